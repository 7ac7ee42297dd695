"""Which words of a paragraph are what somebody said, and so may be read by a voice of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscast.text.quotes import parts
from newscast.text.segment import sentences

# Parts end with | inside a sentence and with || at its end; those in brackets are somebody's words.
PARAGRAPHS = """
[“Kami siap,”] | kata Budi, | [“dan kami tidak akan mundur.”] || Ia lalu pergi. ||
Budi mengatakan, | ["Kami siap.] || [Kami tidak takut."] || Lalu ia diam. ||
["Tidak,"] | kata dia. || Buku "Laskar Pelangi" laku. || Program "Merdeka Belajar" lanjut. ||
["Kami siap",] | ujarnya. ||
Ia berteriak: | ["Tolong!"] ||
["Mengapa?"] | tanyanya kepada saya. ||
[“Kutipan ini panjang dan berlanjut di alinea berikutnya.] || [Inilah akhirnya.] ||
Ia menyebutnya "pencuri, penipu," dan "koruptor". ||
Seminar "Membangun Desa Mandiri Bersama Rakyat" dibuka. ||
Layar 32" itu rusak. || ["Saya heran,"] | katanya. ||
[«Kami sudah lama menunggu»,] | begitu katanya. ||
Kata "maaf" tidak ada di sana. ||
[“Silakan mampir ke sini,"] | tulis akun itu. ||
["Kami tunggu di sana,”] | katanya. ||
""".strip().splitlines()


@pytest.mark.parametrize("marked", PARAGRAPHS)
def test_speech_is_told_from_other_marked_words(marked: str) -> None:
    plain = " ".join(marked.translate(str.maketrans("", "", "[]|")).split())
    shown = [
        f"[{part.text}]" * part.quoted + part.text * (not part.quoted) + (" ||" if part.last else " |")
        for part in parts(sentences(plain))
    ]
    assert " ".join(shown) == marked


@given(st.text(alphabet='ab “”"«»,.:?! kata', max_size=60))
def test_nothing_is_lost_and_every_sentence_ends_once(text: str) -> None:
    found = sentences(text)
    split = parts(found)
    assert "".join(part.text for part in split).replace(" ", "") == "".join(found).replace(" ", "")
    assert sum(part.last for part in split) == len(found)
    assert all(part.text.strip() == part.text != "" for part in split)
