"""Numbers to words, checked by an independent way back from words to numbers."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscast.text.normalization.numbers import amount, cardinal, digits, fraction, ordinal, roman

UNITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()
POWERS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def number(words: str) -> int:
    """The way back: a small stack machine that knows nothing of how `cardinal` works."""
    total = group = unit = 0
    for word in words.replace("seribu", "satu ribu").split():
        if word in UNITS:
            unit = UNITS.index(word)
        elif word in ("sepuluh", "sebelas", "seratus"):
            group += {"sepuluh": 10, "sebelas": 11, "seratus": 100}[word]
        elif word in ("belas", "puluh", "ratus"):
            group += unit + 10 if word == "belas" else unit * (10 if word == "puluh" else 100)
            unit = 0
        else:
            total += (group + unit) * POWERS[word]
            group = unit = 0
    return total + group + unit


def test_the_way_back_holds_for_all_small_numbers() -> None:
    assert all(number(cardinal(n)) == n for n in range(12_000))


@given(st.integers(0, 10**18 - 1))
@example(10**15)
@example(1_001_000)
def test_the_way_back_holds_for_large_numbers(n: int) -> None:
    assert number(cardinal(n)) == n


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (100, "seratus"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (1_001_000, "satu juta seribu"),
        (-7, "minus tujuh"),
        (10**15, "satu kuadriliun"),
    ],
)
def test_cardinal(n: int, words: str) -> None:
    assert cardinal(n) == words


def test_a_number_beyond_all_names_is_read_digit_by_digit() -> None:
    assert cardinal(10**18).split() == ["satu", *["nol"] * 18]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.500", "seribu lima ratus"),
        ("2,75", "dua koma tujuh lima"),
        ("2.5", "dua koma lima"),
        (
            "1.234.567,89",
            "satu juta dua ratus tiga puluh empat ribu lima ratus enam puluh tujuh koma delapan sembilan",
        ),
        ("1,500,000", "satu juta lima ratus ribu"),
        ("-0,5", "minus nol koma lima"),
        ("3,0", "tiga koma nol"),
    ],
)
def test_amount(text: str, words: str) -> None:
    assert amount(text) == words


def test_ordinals_digits_and_fractions() -> None:
    assert (ordinal(1), ordinal(2), ordinal(20)) == ("pertama", "kedua", "kedua puluh")
    assert digits("0812-3") == "nol delapan satu dua tiga"
    assert (fraction(1, 2), fraction(1, 4), fraction(2, 3)) == ("setengah", "seperempat", "dua pertiga")


def write_roman(n: int) -> str:
    table = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    )
    text = ""
    for value, letters in table:
        text += letters * (n // value)
        n %= value
    return text


def test_roman_numerals_come_back_and_misspelled_ones_are_none() -> None:
    assert all(roman(write_roman(n)) == n for n in range(1, 4000))
    assert [roman(text) for text in ("", "IIII", "VX", "IC", "XI ", "AB")] == [None] * 6
