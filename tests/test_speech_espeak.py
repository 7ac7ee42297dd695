"""eSpeak NG: its mnemonics, and that the library says just those."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from newscast.errors import SynthesisError
from newscast.model import Line
from newscast.speech.engines import espeak
from newscast.speech.engines.espeak import mnemonics
from newscast.speech.trim import trim
from newscast.speech.voices import builtin_folder, load, shelf
from newscast.text.pronunciation.phonemes import phonemes

VOICE = shelf(builtin_folder())["id_ID-espeak"]


@pytest.mark.parametrize(
    ("ipa", "expected"),
    [
        ("dəŋˈan", "[[d[@N'a/n]]"),
        ("ɲˈaɲi, tʃˈari dʒarˈi.", "[[_n^'a/n^i]], [[_tS'a/R2i]] [[dZa/R2'i]]."),
        ("sˈuŋaɪ, puˈlaʊ?", "[[_s'uNaI]], [[_pu'laU]]?"),
        ("pˈasar ˈindeks", "[[_p'a/sa/R2]] [[_'ind[eks]]"),
        ("; , .", "; , ."),
    ],
)
def test_it_gets_its_own_mnemonics(ipa: str, expected: str) -> None:
    assert mnemonics(ipa).replace(" ", "") == expected.replace(" ", "")


def test_it_skips_no_phoneme_silently() -> None:
    with pytest.raises(SynthesisError, match="eSpeak NG has no phoneme ɓ"):
        mnemonics("ɓa")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the library tells of the phonemes that it says."""
    heard: list[str] = []
    freshly_loaded = espeak._library

    def hear(text: bytes) -> int:
        heard.append(text.decode())
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p)(hear)

    @contextmanager
    def listening() -> Iterator[tuple[ctypes.CDLL, int]]:
        with freshly_loaded() as (library, rate):
            library.espeak_SetPhonemeCallback(callback)
            yield library, rate

    monkeypatch.setattr(espeak, "_library", listening)
    yield heard


def test_the_library_says_the_schwas_it_is_given(said: list[str]) -> None:
    """Its own text rules would say d'ENan, l'Ebih, b'EsaR and t'ERas."""
    spoken = "Dengan ember itu lebih besar, katanya, daripada enam teras."
    load(VOICE).synthesize(Line(spoken, spoken, phonemes(spoken)))
    assert " ".join(said).replace("_", "").split() == [  # it tells a/ as a
        *("d[@N'an", "'embeR2", "'itu", "l@b'ih", "b@s'aR2"),
        *("kat'an^a", "d[,aR2ip'ad[a", "@n'am", "t@R2'as"),
    ]


def test_the_library_says_what_a_line_tells_not_how_it_is_written(said: list[str]) -> None:
    load(VOICE).synthesize(Line("", "Kartosuro", "kartasˈura"))
    assert said == ["_kaR2tas'uR2a"]


def test_words_are_kept_apart_by_a_moment_that_does_not_break_the_line() -> None:
    together, apart = (
        trim(load(VOICE).synthesize(Line("", "", ipa))).duration for ipa in ("pasarˈitu", "pasar ˈitu")
    )
    assert 0.01 < apart - together < 0.06
