"""money as written -> as said: Rp1,5 triliun, US$ 20.000, Rp15.000/kg."""

import re

from newscast.text.normalization.measures import PER_UNIT, said, said_per
from newscast.text.normalization.rule import DASH, N, choice, rule
from newscast.text.normalization.units import CURRENCIES, MONEY_SCALES, SCALES

_MONEY_SCALE = rf"(?i:{choice(MONEY_SCALES)})(?!\w)"
_CURRENCY = choice(CURRENCIES)


def _money_amount(number: str, scale: str | None) -> str:
    number = re.sub(r"[.,]00$", "", number)
    if not scale and re.fullmatch(r"[1-9]\d{0,2},\d{3}", number):
        number = number.replace(",", "")
    return said(number, scale)


@rule(
    " ".join(CURRENCIES),
    rf"\.? ?(?P<sign>-?)(?P<a>{N})(?: ?(?P<ascale>{_MONEY_SCALE}|{choice(SCALES)}(?=an\b)))?(?:[,.]-)?"
    r"(?P<an>-?an\b)?"
    rf"(?:{DASH}(?P<again>{_CURRENCY})?\.? ?(?P<b>{N})(?: ?(?P<bscale>{_MONEY_SCALE}))?(?:[,.]-)?)?"
    rf"{PER_UNIT}",
)
def money(match: re.Match[str]) -> str:
    """Rp1,5 triliun, US$ 20.000, Rp3.500,-, Rp5-10 miliar, Rp15.000/kg: the currency is said last."""
    unit = CURRENCIES[match["start"]]
    first = ("minus " if match["sign"] else "") + _money_amount(match["a"], match["ascale"])
    first += "an" if match["an"] else ""
    if not match["b"]:
        return f"{first} {unit}{said_per(match)}"
    if match["again"]:
        first += f" {unit}"
    second = _money_amount(match["b"], match["bscale"])
    return f"{first} sampai {second} {unit}{said_per(match)}"


@rule("Rp Rp. IDR US$ USD S$ SGD A$ EUR JPY", rf"(?!\w){PER_UNIT}")
def bare_currency(match: re.Match[str]) -> str:
    """per US$, Rp/kg."""
    return CURRENCIES[match["start"].rstrip(".")] + said_per(match)


RULES = (money, bare_currency)
