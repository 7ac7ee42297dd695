"""numbers that stand alone, and what is left of them, as written -> as said."""

import re

from newscast.text.normalization.numbers import amount, cardinal, digits
from newscast.text.normalization.rule import AMOUNT, DASH, FIGURE, NUMBER, N, before, rule, word_before


@rule((NUMBER,), rf"{AMOUNT} ?[x×](?: ?(?=\d)|(?!\w))")
def times(match: re.Match[str]) -> str:
    """`100x`, `2x45 menit`, `4 x 100 m`: what is multiplied is read on its own."""
    return f"{amount(match['a'])} kali"


@rule((NUMBER,), rf"{AMOUNT}{DASH}(?P<b>{N})(?P<an>-?an\b)?")
def plain_range(match: re.Match[str]) -> str:
    """`6-11 tahun`, `2014-2019`, `17-19 Agustus`: all other pairs; 2019-20 are two years."""
    a, b = match["a"], match["b"]
    if re.fullmatch(r"(?:19|20)\d\d", a) and re.fullmatch(r"\d\d", b) and a[2:] < b:
        b = a[:2] + b
    return f"{amount(a)} sampai {amount(b)}{'an' if match['an'] else ''}"


@rule((FIGURE,), r"(?P<n>\d{1,4}(?:[.,]\d)?)k(?!\w)")
def thousands(match: re.Match[str]) -> str | None:
    """`20k pengikut`; not `4K`, a screen, nor `p3k`."""
    return None if before(match, 1).isalpha() else f"{amount(match['n'])} ribu"


_NOT_GENERATIONS = frozenset("gpa indeks ip ipk magnitudo mag nilai rating ratio rp skor".split())
_GENERATIONS = frozenset("era generasi industri revolusi society web".split())


_SALES = re.compile(r"(?i:belanja|diskon|harbolnas|lazada|promo|sale|shopee|shopping|tokopedia)")


@rule((FIGURE,), r"(?P<n>\d{1,2})\.(?P=n)(?!\w|[.,]\d)")
def day_of_sales(match: re.Match[str]) -> str | None:
    """`promo 9.9`, not `naik 5.5`: the day of a month and a month."""
    around = match.string[max(0, match.start() - 40) : match.end() + 40]
    return f"{cardinal(int(match['n']))} {cardinal(int(match['n']))}" if _SALES.search(around) else None


@rule((FIGURE,), r"(?P<n>[1-9])\.0(?!\w|[.,]\d|-\d| (?:SR|LU|LS|BT|persen|juta|miliar|triliun)\b)")
def generation(match: re.Match[str]) -> str | None:
    """`Web 2.0`, `Industri 4.0`, not `IPK 3.0`: here the dot is said."""
    word = word_before(match)
    named = len(word) > 2 and word[0].isupper() and word.lower() not in _NOT_GENERATIONS
    return f"{cardinal(int(match['n']))} titik nol" if named or word.lower() in _GENERATIONS else None


@rule((NUMBER,), r"(?P<n>\d{1,4}(?:\.\d{3})?)'?(?:-| )?an(?P<nya>nya)?(?!\w)")
def decade(match: re.Match[str]) -> str:
    """`80-an`, `1960-an`, `90an`."""
    return f"{amount(match['n'])}an{match['nya'] or ''}"


@rule((FIGURE,), r"(?P<n>\d{1,3}(?:\.\d{3}){1,5}|\d{1,6})-?(?P<tail>nya|ku|mu|lah|pun)(?!\w)")
def number_with_a_tail(match: re.Match[str]) -> str:
    """`5-nya`."""
    return f"{amount(match['n'])}{match['tail']}"


@rule((NUMBER,), N)
def plain_number(match: re.Match[str]) -> str:
    """`1.500`, `8,77`, `12`: what is left; a leading zero or more than 12 digits make it a code."""
    number = match[0]
    if number.isdecimal() and ((number[0] == "0" and len(number) > 1) or len(number) > 12):
        return digits(number)
    return amount(number)


@rule((NUMBER,), r"\d+(?:\.\d{1,6}){0,8}")
def digit_by_digit(match: re.Match[str]) -> str:
    """`17.4.1` is a version; and runs of digits that are no number at all."""
    parts = match[0].split(".")
    return " titik ".join(
        amount(part) if len(part) < 5 and part[0] != "0" else digits(part) for part in parts
    )


@rule("x", r"(?= ?\d| [a-z](?!\w))")
def cross(match: re.Match[str]) -> str | None:
    """`2,5 m x 3 m`, `p x l`, not `huruf x 3`: between measures it multiplies."""
    return "kali" if re.search(r"\d ?\w{1,10} ?$|\b[a-z] $", before(match, 16)) else None


RULES = (
    thousands, day_of_sales, generation, times, cross, plain_range, decade, number_with_a_tail, plain_number,
    digit_by_digit,
)  # fmt: skip
