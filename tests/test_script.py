"""The script of an episode: what is said, in which order, under which chapters."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscast.calendar import DAYS, MONTHS
from newscast.errors import ShowError
from newscast.model import Article, Ends, Kind, Paragraph, Script
from newscast.show import Show
from newscast.tables import Wording
from newscast.text.lexicon import Lexicon
from newscast.text.script import CHAPTER_LENGTH, SUMMARY_LENGTH, unknown_names, write_script

EVENING = datetime(2024, 1, 9, 18, 30, tzinfo=UTC)  # already Wednesday the tenth in Jakarta
LEXICON = Lexicon.default()


def show(zone: str = "WIB", **wording: str) -> Show:
    return Show(
        id="kabar",
        title="Kabar Lembah",
        description="Kabar",
        url="https://contoh.id",
        author="Kami",
        cover="cover.jpg",
        timezone=zone,  # type: ignore[arg-type]
        script=Wording(**wording),
    )


def article(*texts: str | Paragraph, title: str = "Jembatan Baru Diresmikan.") -> Article:
    paragraphs = tuple(text if isinstance(text, Paragraph) else Paragraph(text) for text in texts)
    return Article(title=title, paragraphs=paragraphs, url="https://contoh.id/jembatan", site="Kabar Desa")


def write(*texts: str | Paragraph, title: str = "Jembatan Baru Diresmikan.", **wording: str) -> Script:
    return write_script(article(*texts, title=title), show(**wording), EVENING, LEXICON)


def said(script: Script) -> list[tuple[str, list[tuple[str, Ends]]]]:
    return [(part.title, [(line.text, line.ends) for line in part.lines]) for part in script.sections]


def test_an_article_from_greeting_to_sign_off() -> None:
    script = write(
        "Bupati datang. Warga senang.",
        Paragraph("Tiga jembatan", Kind.SUBHEAD),
        Paragraph("Jembatan Melati", Kind.ITEM),
        "Semua kokoh",
    )
    assert said(script) == [
        ("Pembuka", [("Inilah Kabar Lembah, Rabu, 10 Januari 2024.", Ends.SECTION)]),
        ("Jembatan Baru Diresmikan", [("Jembatan Baru Diresmikan.", Ends.SECTION)]),
        ("Jembatan Baru Diresmikan", [("Bupati datang.", Ends.SENTENCE), ("Warga senang.", Ends.SECTION)]),
        (
            "Tiga jembatan",
            [
                ("Tiga jembatan", Ends.PARAGRAPH),
                ("Jembatan Melati", Ends.PARAGRAPH),
                ("Semua kokoh", Ends.SECTION),
            ],
        ),
        (
            "Penutup",
            [
                ("Demikian Kabar Lembah.", Ends.SENTENCE),
                ("Naskah ini dibacakan oleh suara buatan komputer.", Ends.SECTION),
            ],
        ),
    ]
    assert (script.title, script.summary) == ("Jembatan Baru Diresmikan", "Bupati datang. Warga senang.")
    assert (script.guid, script.published) == (article("Bupati").guid, EVENING)
    assert [part.url for part in script.sections] == ["", *["https://contoh.id/jembatan"] * 3, ""]
    assert all(line.phonemes for line in script.lines)


def test_a_line_ends_with_a_mark_so_that_the_voice_falls() -> None:
    script = write("Semua kokoh", "Benarkah?", "Bahannya:", greeting="", headline="", sign_off="")
    assert [line.spoken for line in script.lines] == ["Semua kokoh.", "Benarkah?", "Bahannya."]
    assert script.lines[0].phonemes.endswith(".")


def test_parts_left_out_and_empty_sections_are_not_made() -> None:
    script = write("Isi.", Paragraph("* * *"), greeting="", headline="", sign_off="")
    assert said(script) == [("Jembatan Baru Diresmikan", [("Isi.", Ends.SECTION)])]
    assert (
        write(Paragraph("Awal", Kind.SUBHEAD), "Isi.", greeting="", headline="").sections[0].title == "Awal"
    )
    assert write(greeting="", headline="", sign_off="").sections == ()


def test_a_title_that_is_only_the_first_words_is_not_said() -> None:
    untitled = msgspec.structs.replace(article("Bupati datang."), titled=False)
    script = write_script(untitled, show(), EVENING, LEXICON)
    assert [title for title, _ in said(script)] == ["Pembuka", "Isi berita", "Penutup"]
    assert script.title == "Jembatan Baru Diresmikan"


def test_the_wording_is_filled_in() -> None:
    script = write("Isi.", greeting="{show}: {title}, {site}, {day} {date}", headline="", sign_off="")
    filled = "Kabar Lembah: Jembatan Baru Diresmikan, Kabar Desa, Rabu 10 Januari 2024"
    assert script.lines[0].text == filled


@pytest.mark.parametrize(("zone", "date"), [("WIB", "Selasa, 9 Januari"), ("WIT", "Rabu, 10 Januari")])
def test_the_date_is_that_of_the_shows_own_zone(zone: str, date: str) -> None:
    late = datetime(2024, 1, 9, 16, 30, tzinfo=UTC)  # 23.30 WIB, 01.30 WIT
    assert date in write_script(article("Isi."), show(zone), late, LEXICON).lines[0].text


def test_days_and_months_are_ours_whatever_the_locale() -> None:
    assert DAYS[datetime(2024, 5, 20, tzinfo=UTC).weekday()] == "Senin"
    assert (len(DAYS), len(MONTHS), MONTHS[4], MONTHS[11]) == (7, 12, "Mei", "Desember")


@pytest.mark.parametrize("wording", ["{name}", "Halo {0}", "{title.__class__}", "{}"])
def test_an_unknown_placeholder_is_named(wording: str) -> None:
    with pytest.raises(ShowError) as caught:
        write("Isi.", sign_off=wording)
    assert wording.split()[-1] in str(caught.value)
    assert "{title}" in caught.value.hint


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Siapa Pelakunya?", "Siapa Pelakunya?"),
        ("Awas!", "Awas!"),
        ("Lalu...", "Lalu..."),
        ("Gempa.", "Gempa."),
        ("Harga {beras} Naik", "Harga {beras} Naik."),
    ],
)
def test_the_headline_ends_with_one_mark(title: str, headline: str) -> None:
    assert write("Isi.", title=title, greeting="").lines[0].text == headline


def test_a_long_title_is_cut_at_a_word_for_its_chapter() -> None:
    title = "Pemerintah Kabupaten Lembah Asri Meresmikan Tiga Jembatan Gantung"
    script = write("Isi.", title=title, greeting="")
    assert script.sections[0].title == "Pemerintah Kabupaten Lembah Asri Meresmikan…"
    assert script.title == title


@settings(max_examples=60)
@given(st.text("ab ,-", min_size=1, max_size=120).map(lambda text: "a" + text))
def test_titles_and_summaries_keep_to_their_lengths(text: str) -> None:
    script = write(text * 4, title=text, greeting="", sign_off="")
    assert all(len(part.title) <= CHAPTER_LENGTH for part in script.sections)
    assert len(script.summary) <= SUMMARY_LENGTH


def test_the_summary_is_whole_sentences_of_the_body() -> None:
    long = "Warga " + "sangat " * 41 + "senang."
    assert write(Paragraph("Awal", Kind.SUBHEAD), "Satu.", "Dua. Tiga.").summary == "Satu. Dua."
    assert write("Satu.", long + " Tiga.").summary == "Satu."
    assert write(long + " " + long).summary == long
    assert write().summary == ""


def test_names_that_no_dictionary_knows_are_listed_once() -> None:
    script = write("Brontavel menemui Quexilo di Jakarta. KPK memanggil Brontavel dan Prabowo.")
    assert unknown_names(script, LEXICON) == ["Brontavel", "Quexilo"]


def test_what_normalize_knows_is_no_unknown_name() -> None:
    script = write(
        "Timnas mendapat Rp5 juta dari Ditjen Pajak di Jl. Melati, kata Kombes Pol. Budi dan Dr. Sari."
    )
    assert unknown_names(script, LEXICON) == []


SENTENCES = st.sampled_from(
    ["Harga naik 2,5%.", "Rapat pukul 10.00 WIB.", '"Ya," kata dr. Sari.', "Rp1,5 miliar", "— • —", "(17/8)"]
)


@settings(max_examples=60)
@given(st.lists(st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join), max_size=5))
def test_all_that_can_be_read_is_said_in_order(paragraphs: list[str]) -> None:
    script = write(*paragraphs, greeting="", headline="", sign_off="")
    heard = "".join(letter for line in script.lines for letter in line.text if letter.isalnum())
    assert heard == "".join(letter for text in paragraphs for letter in text if letter.isalnum())
    for line in script.lines:
        assert line.spoken[-1] in ".?!" and line.phonemes
        assert not any(letter.isdigit() for letter in line.spoken)
    assert [part.lines[-1].ends for part in script.sections] == [Ends.SECTION] * len(script.sections)
