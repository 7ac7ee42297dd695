"""The lexicon: what matches, who wins, and which line is wrong."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from newscast.errors import ShowError
from newscast.show import Show
from newscast.text.lexicon import Lexicon, for_show
from newscast.text.normalization.normalize import normalize


def lexicon(folder: Path, *lines: str) -> Lexicon:
    path = folder / "lexicon.tsv"
    path.write_text("\n".join(lines), "utf-8")
    return Lexicon.load(path)


def test_a_row_is_said_as_it_says_and_a_pronunciation_is_kept(tmp_path: Path) -> None:
    ours = lexicon(tmp_path, "# comment", "", "Xiaomi\tsyaomi\tʃaomi\tbrand", "Dieng\t\tdiəŋ")
    assert normalize("Ponsel Xiaomi dijual di Dieng.", ours) == "Ponsel syaomi dijual di Dieng."
    assert ours.pronunciations["syaomi"] == "ʃaomi"
    assert ours.pronunciations["dieng"] == "diəŋ"


def test_the_longest_row_wins(tmp_path: Path) -> None:
    ours = lexicon(tmp_path, "KIA\tka i a", "KIA Motors\tkia motors")
    assert normalize("KIA Motors dan KIA.", ours) == "kia motors dan ka i a."


def test_a_small_letter_at_the_start_may_be_a_capital_and_no_other(tmp_path: Path) -> None:
    ours = lexicon(tmp_path, "gercep\tgerak cepat", "w.n.\twarga negara", "Mal\tmol")
    assert normalize("Gercep! gercep, mal, Mal", ours) == "gerak cepat! gerak cepat, mal, mol"
    assert normalize("w.n. Cina dan W.N. Budi", ours) == "warga negara Cina dan wé én Budi"


def test_a_row_matches_whole_words_only(tmp_path: Path) -> None:
    ours = lexicon(tmp_path, "mal\tmol")
    assert normalize("maling di mal", ours) == "maling di mol"


def test_a_show_wins_over_our_rows_and_rules(tmp_path: Path) -> None:
    assert normalize("yg MUI 4x4") == "yang ém u i empat kali empat"
    theirs = lexicon(tmp_path, "yg\tyeg", "MUI\tmui", "4x4\tfor bai for")
    assert normalize("yg MUI 4x4", theirs) == "yeg mui for bai for"


def test_an_empty_spoken_keeps_the_rules_off(tmp_path: Path) -> None:
    assert normalize("Band ST dan MUI.", lexicon(tmp_path, "MUI\t")) == "Band és té dan MUI."


def test_hyphens_of_a_spoken_form_are_spaces(tmp_path: Path) -> None:
    assert normalize("bbrp orang", lexicon(tmp_path, "bbrp\tsatu-dua")) == "satu dua orang"


def test_what_a_row_says_is_never_read_again(tmp_path: Path) -> None:
    ours = lexicon(tmp_path, "Prabowo\tPrabowo Subianto", "Subianto\tsubyanto", "bos\tKPK", "ketua\tbos AS")
    assert normalize("Prabowo, Subianto.", ours) == "Prabowo Subianto, subyanto."
    assert normalize("Prabowo Subianto", ours) == "Prabowo Subianto"
    assert normalize("Ketua dan bos KPK", ours) == "bos AS dan KPK KPK"
    assert normalize("KETUA, BOS, PASAR BESAR", lexicon(tmp_path, "BOS\tBIG BOSS")) == (
        "Ketua, BIG BOSS, Pasar Besar"
    )


SAID = st.sampled_from("Prabowo Subianto yg dan KPK AS MPR G pukul nomor jalan orang a Sri vs BESAR".split())
WRITTEN = SAID | st.sampled_from(["5", "G20", "2,5%", "orang2", "(17/8)", "Rp5", "jl.", "No."])
SPOKEN = st.lists(SAID, min_size=1, max_size=4).map(" ".join) | st.just("(spell)")


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(WRITTEN, SPOKEN, max_size=5),
    st.lists(WRITTEN, min_size=1, max_size=8).map(" ".join),
)
def test_twice_is_once_under_any_lexicon(rows: dict[str, str], text: str) -> None:
    with TemporaryDirectory() as folder:
        ours = lexicon(Path(folder), *map("\t".join, rows.items()))
    # That one row says just what another reads otherwise is a contradiction, and each is right in its place.
    said = {row.spoken for row in ours.rows.values()}
    assume(not any(row.spoken != row.written and row.written in said for row in ours.rows.values()))
    once = normalize(text, ours)
    assert normalize(once, ours) == once


@pytest.mark.parametrize(
    ("written", "mode", "said"),
    [
        ("HYBE", "(word)", "Hybe"),
        ("HYBE", "(spell)", "ha yé bé é"),
        ("TREASURE BAND", "(word)", "Treasure Band"),
        ("eFishery", "(word)", "eFishery"),
        ("G2B-X", "(spell)", "gé dua bé éks"),
    ],
)
def test_a_row_may_say_how_letters_are_read(tmp_path: Path, written: str, mode: str, said: str) -> None:
    ours = lexicon(tmp_path, f"{written}\t{mode}")
    assert normalize(f"Grup {written} datang.", ours) == f"Grup {said} datang."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("tanpa tab", "two to four columns"),
        ("a\tb\tc\td\te", "two to four columns"),
        ("\tdiucapkan", "nothing is written"),
        ("G20\tG20", "'2' cannot be spoken"),
        ("A&B\ta & b", "'&' cannot be spoken"),
        ("G20\t(word)", "'2' cannot be spoken"),
        ("G20\t(eja)", r"'\(' cannot be spoken"),
        ("pertama\tsatu", "there already"),
    ],
)
def test_a_bad_line_is_named_with_its_number(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(ShowError, match=rf"lexicon\.tsv, line 3: .*{reason}") as caught:
        lexicon(tmp_path, "# judul", "pertama\tkesatu", line)
    assert caught.value.hint


def test_a_lexicon_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(ShowError, match="cannot be read"):
        Lexicon.load(tmp_path / "nothing.tsv")
    (tmp_path / "latin.tsv").write_bytes(b"kaf\xe9\tkafe\n")
    with pytest.raises(ShowError, match="not UTF-8"):
        Lexicon.load(tmp_path / "latin.tsv")


def test_the_lexicon_of_a_show(tmp_path: Path) -> None:
    base = Show(id="a", title="A", description="A", url="https://a.example", author="A", cover="")
    show = structs.replace(base, folder=tmp_path, lexicon="lexicon.tsv")
    lexicon(tmp_path, "MUI\tmui")
    assert normalize("MUI yg", for_show(show)) == "mui yang"
    assert for_show(base) is Lexicon.default()
