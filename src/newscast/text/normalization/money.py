"""money as written -> as said: Rp1,5 triliun, US$ 20.000, Rp15.000/kg."""

import re

from newscast.text.normalization.measures import PER_UNIT, said, said_per
from newscast.text.normalization.rule import DASH, PAUSE, N, choice, rule
from newscast.text.normalization.units import CURRENCIES, MONEY_SCALES, SCALES

_CURRENCY = choice(CURRENCIES)
#: A scale, also in jutaan and Ribuan; single letters are scales beside a currency only.
_SCALE = rf"(?:(?i:{choice(SCALES)}(?:an)?|[mtk])(?!\w))"
#: Between two amounts: a dash; a word, if a currency or a scale follows too; a slash between two rates.
_JOIN = (
    rf"(?:{DASH}|(?P<word> (?:sampai|hingga)(?: dengan)? )(?=(?:{_CURRENCY})\.? ?\d|[\d.,]{{1,24}} ?{_SCALE})"
    r"|(?P<rates>(?<=\d\.\d\d\d)/(?=\d{1,3}\.\d{3})))"
)


def _money_amount(number: str, scale: str | None) -> str:
    number = re.sub(r"[.,]00$", "", number)
    if not scale and re.fullmatch(r"[1-9]\d{0,2},\d{3}", number):
        number = number.replace(",", "")
    if scale and scale.lower() not in MONEY_SCALES:
        return said(number, scale[:-2]) + "an"
    return said(number, scale)


@rule(
    " ".join(CURRENCIES),
    rf"\.? ?(?P<sign>-?)(?P<a>{N})(?: ?(?P<ascale>{_SCALE}))?(?:[,.]-)?(?P<an>-?an\b)?"
    rf"(?:{_JOIN}(?P<again>{_CURRENCY})?\.? ?(?P<b>{N})(?: ?(?P<bscale>{_SCALE}))?(?:[,.]-)?)?"
    rf"{PER_UNIT}",
)
def money(match: re.Match[str]) -> str:
    """Rp1,5 triliun, US$ 20.000, Rp3.500,-, Rp5-10 miliar, Rp15.000/kg: the currency is said last, and
    Rp3 sampai Rp5 juta are millions both.
    """
    unit = CURRENCIES[match["start"]]
    first = ("minus " if match["sign"] else "") + _money_amount(match["a"], match["ascale"])
    first += "an" if match["an"] else ""
    if not match["b"]:
        return f"{first} {unit}{said_per(match)}"
    shared = match["bscale"] and not match["ascale"] and len(match["a"]) < 4
    if match["again"] and not shared:
        first += f" {unit}"
    second = _money_amount(match["b"], match["bscale"])
    between = f"{PAUSE} " if match["rates"] else match["word"] or " sampai "
    return f"{first}{between}{second} {unit}{said_per(match)}"


@rule("Rp Rp. IDR US$ USD S$ SGD A$ EUR JPY", rf"(?!\w){PER_UNIT}")
def bare_currency(match: re.Match[str]) -> str:
    """per US$, Rp/kg."""
    return CURRENCIES[match["start"].rstrip(".")] + said_per(match)


RULES = (money, bare_currency)
