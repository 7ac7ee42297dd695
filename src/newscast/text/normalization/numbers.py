"""numbers -> Indonesian words: cardinals, ordinals, decimals, fractions, digits, Roman numerals."""

import re
from functools import lru_cache

DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
#: Names of the powers of a thousand, greatest first.
_POWERS = ((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"))
#: Above this a number is a code rather than a quantity.
GREATEST = 10**18 - 1

_ENGLISH_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?!\d)")
_COMMA_THOUSAND = re.compile(r"[1-9]\d{0,2},000")
_ROMAN = re.compile(r"(M{0,3})(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@lru_cache(4096)
def cardinal(n: int) -> str:
    """21 -> dua puluh satu. Digit by digit from 10^18 on."""
    if n < 0:
        return "minus " + cardinal(-n)
    if n > GREATEST:
        return digits(str(n))
    words = []
    for power, name in _POWERS:
        count, n = divmod(n, power)
        if count == 1 and power == 1000:
            words.append("seribu")
        elif count:
            words.append(f"{cardinal(count)} {name}")
    if n or not words:
        words.append(_below_thousand(n))
    return " ".join(words)


def _below_thousand(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    words = []
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{DIGITS[hundreds]} ratus")
    if rest == 10:
        words.append("sepuluh")
    elif rest == 11:
        words.append("sebelas")
    elif 11 < rest < 20:
        words.append(f"{DIGITS[rest - 10]} belas")
    elif rest >= 20:
        words.append(f"{DIGITS[rest // 10]} puluh")
        rest %= 10
    if 0 < rest < 10 or not words:
        words.append(DIGITS[rest])
    return " ".join(words)


def ordinal(n: int) -> str:
    """1 -> pertama, 2 -> kedua, 20 -> kedua puluh (EYD V)."""
    return "pertama" if n == 1 else "ke" + cardinal(n)


_ENGLISH = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def ordinal_in_english(n: int) -> str:
    """1 -> first, 25 -> twenty fifth; up to 100."""
    if n >= 100:
        return "one hundredth"
    if n < 20:
        return _ENGLISH[n]
    tens, ones = divmod(n, 10)
    tens_word = _ENGLISH_TENS[tens - 2]
    return f"{tens_word} {_ENGLISH[ones]}" if ones else tens_word[:-1] + "ieth"


def digits(text: str) -> str:
    """0812 -> nol delapan satu dua; whatever is not a digit is left out."""
    return " ".join(DIGITS[int(c)] for c in text if c.isdecimal())


def amount(text: str) -> str:
    """A quantity as Indonesian news writes it: dots for thousands, a comma for the decimals.

    1.500 -> seribu lima ratus; 2,75 -> dua koma tujuh lima; 2.5, with less or more than three
    digits after the dot, is a decimal too; 1,500,000 and 3,000 are English.
    """
    sign = "minus " if text.startswith("-") else ""
    text = text.lstrip("-")
    if text.isdecimal():
        return sign + cardinal(int(text))
    if _COMMA_THOUSAND.fullmatch(text):
        text = text.replace(",", "")
    elif _ENGLISH_NUMBER.fullmatch(text):
        text = text.replace(",", "").replace(".", ",")
    elif not _THOUSANDS.match(text):
        text = text.replace(".", ",", 1)
    whole, _, decimals = text.replace(".", "").partition(",")
    words = cardinal(int(whole))
    if decimals:
        words += f" koma {digits(decimals)}"
    return sign + words


def fraction(over: int, under: int) -> str:
    """1/2 -> setengah, 1/4 -> seperempat, 2/3 -> dua pertiga."""
    if (over, under) == (1, 2):
        return "setengah"
    if over == 1:
        return "seper" + cardinal(under)
    return f"{cardinal(over)} per{cardinal(under)}"


def roman(text: str) -> int | None:
    """XIV -> 14; None when it is no Roman numeral as one writes it."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[c] for c in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
