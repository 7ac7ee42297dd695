"""money as written -> as said: Rp1,5 triliun, US$ 20.000, Rp15.000/kg."""

import re

from newscast.text.normalization.measures import PER_UNIT, said, said_per
from newscast.text.normalization.rule import AMOUNT, DASH, NUMBER, PAUSE, N, before, choice, rule, word_before
from newscast.text.normalization.units import CURRENCIES, MONEY_SCALES, SCALES, UNITS

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
    rf"(?: ?rupiah\b)?(?P<each> ?/ ?(?=\d{{1,3}} ?(?:{choice(UNITS)}(?!\w)|[a-z]{{3}})))?"
    rf"{PER_UNIT}",
)
def money(match: re.Match[str]) -> str:
    """`Rp1,5 triliun`, `US$ 20.000`, `Rp3.500,-`, `Rp5-10 miliar`, `Rp15.000/kg`: the currency comes last; in
    `Rp3 sampai Rp5 juta` both are millions.
    """
    unit = CURRENCIES[match["start"]]
    first = ("minus " if match["sign"] else "") + _money_amount(match["a"], match["ascale"])
    first += "an" if match["an"] else ""
    if not match["b"]:
        return f"{first} {unit}{' per ' if match['each'] else said_per(match)}"
    shared = match["bscale"] and not match["ascale"] and len(match["a"]) < 4
    if match["again"] and not shared:
        first += f" {unit}"
    second = _money_amount(match["b"], match["bscale"])
    between = f"{PAUSE} " if match["rates"] else match["word"] or " sampai "
    return f"{first}{between}{second} {unit}{said_per(match)}"


#: Where these stand, 12 M is money.
_BUDGET = re.compile(
    r"\b(?:PAD|(?i:rp|anggaran|dana|biaya|apbdp?|apbnp?|korupsi|kerugian|utang|omzet|laba|nilai|senilai|bernilai"
    r"|investasi|proyek|kredit|hibah|aset|harta|kucurkan|gelontorkan|kucuran)(?:nya)?)\b"
)


@rule((NUMBER,), rf"{AMOUNT} ?(?P<scale>[MT])(?![\w'-]|\.\w)")
def billions(match: re.Match[str]) -> str | None:
    """`Dana Desa 183 M`, `korupsi 2 T`: not `lari 100 M`: capitals without Rp, where money is spoken of."""
    dated = word_before(match).lower() in ("pada", "tahun", "sejak", "abad")
    money = (
        not dated and not before(match, 3).rstrip().endswith(("x", "×")) and _BUDGET.search(before(match, 80))
    )
    return said(match["a"], match["scale"].lower()) if money else None


@rule("Rp Rp. IDR US$ USD S$ SGD A$ EUR JPY", rf"(?!\w){PER_UNIT}")
def bare_currency(match: re.Match[str]) -> str:
    """`per US$`, `Rp/kg`."""
    return CURRENCIES[match["start"].rstrip(".")] + said_per(match)


RULES = (money, billions, bare_currency)
