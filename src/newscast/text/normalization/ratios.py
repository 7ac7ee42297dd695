"""two numbers that are no range (fractions, ratios, seasons) as written -> as said."""

import re

from newscast.text.normalization.measures import UNIT
from newscast.text.normalization.numbers import amount, cardinal, fraction
from newscast.text.normalization.rule import AMOUNT, FIGURE, NUMBER, NUMBERED, N, rule, word_before
from newscast.text.normalization.units import UNITS


@rule((NUMBER,), rf"{AMOUNT} ?: ?(?P<b>{N})")
def ratio(match: re.Match[str]) -> str:
    """`1:50.000`, `2:1` where nobody plays; `ISO 9001:2015` has a year."""
    if re.fullmatch(r"\d{4,5}:(?:19|20)\d\d", match[0]):
        return f"{amount(match['a'])} {amount(match['b'])}"
    return f"{amount(match['a'])} banding {amount(match['b'])}"


@rule(
    (NUMBER,),
    r"(?P<whole>\d{1,4} )?(?P<over>\d{1,3})[/⁄](?P<under>\d{1,4})(?![\w/]|[.,]\d)"
    rf"(?: (?P<unit>{UNIT}))?",
)
def fraction_or_slash(match: re.Match[str]) -> str | None:
    """`1/4`, `3 ½`; not `2023/24`, a season."""
    over, under = int(match["over"]), int(match["under"])
    is_fraction = 0 < over < under <= 10 or (over == 1 and under in (16, 20, 100, 1000)) or "⁄" in match[0]
    if not is_fraction or not under or word_before(match).lower() in NUMBERED:
        return None
    whole = f"{cardinal(int(match['whole']))} " if match["whole"] else ""
    return whole + fraction(over, under) + (f" {UNITS[match['unit']]}" if match["unit"] in UNITS else "")


@rule((FIGURE,), r"(?P<a>\d{1,5})/(?P<b>\d{1,5})(?!\w|[.,]\d)")
def numbers_beside_a_slash(match: re.Match[str]) -> str:
    """`musim 2021/2022`, `24/7`: said one after the other."""
    return f"{cardinal(int(match['a']))} {cardinal(int(match['b']))}"


RULES = (ratio, fraction_or_slash, numbers_beside_a_slash)
