"""measures as written (numbers with a unit, a scale or a place on the map) -> as said."""

import re

from newscast.text.normalization.numbers import amount, cardinal
from newscast.text.normalization.rule import AMOUNT, DASH, FIGURE, NUMBER, N, before, choice, rule
from newscast.text.normalization.units import CURRENCIES, MONEY_SCALES, PER, SCALES, UNITS

_NAMES = UNITS | CURRENCIES
_SCALE = rf"(?i:{choice(SCALES)})(?!\w)"
UNIT = rf"(?:{choice(UNITS)}(?!\w)|{choice(CURRENCIES)}(?!\w|\.? ?\d))"
_NOUN = choice(noun for noun in PER if len(noun) > 1 and noun[0].isalpha())
#: A slash and what a quantity is counted by.
PER_UNIT = rf"(?: ?/ ?(?:(?P<per>{choice(PER)})|(?P<thing>[A-Za-z][a-z]{{2,13}}))(?!\w))?"
_COMPASS = {"LS": "lintang selatan", "LU": "lintang utara", "BT": "bujur timur", "BB": "bujur barat"}


def said(number: str, scale: str | None, unit: str | None = None) -> str:
    """A number with its scale and its unit."""
    words = [amount(number)]
    if scale:
        words.append(MONEY_SCALES[scale.lower()])
    if unit:
        words.append(_NAMES[unit])
    return " ".join(words)


def said_per(match: re.Match[str]) -> str:
    """What PER_UNIT found."""
    thing = PER[match["per"]] if match["per"] else match["thing"]
    return f" per {thing}" if thing else ""


@rule(" ".join(_COMPASS), "")
def latitude(match: re.Match[str]) -> str | None:
    """`8,5 LS dan 115,2 BT`; not `LS`, any letters."""
    return (
        _COMPASS[match["start"]]
        if re.search(r"(?:\d ?|[°′″] ?|derajat |menit )$", before(match, 9))
        else None
    )


@rule("maks max min", r"\. ?(?=\d)")
def limit(match: re.Match[str]) -> str:
    """`maks. 5 orang`, `min. 3 hari`."""
    return "minimal " if match["start"].lower() == "min" else "maksimal "


@rule("derajat", r" (?P<scale>[CF])(?!\w)")
def degrees(match: re.Match[str]) -> str:
    """`30 derajat C`."""
    return f"{match['start']} {'Celsius' if match['scale'] == 'C' else 'Fahrenheit'}"


@rule("M Mw mag magnitudo", r"(?:\.|:)? ?(?P<n>\d{1,2}(?:[.,]\d{1,2})?)(?!\w|[.,]\d|/| [A-Z]{1,3}\b)")
def magnitude(match: re.Match[str]) -> str | None:
    """`gempa M 5,6`; `M5.6`: the capital stands for the magnitude of an earthquake."""
    if len(match["start"]) == 1 and not re.search("[.,]", match["n"]) and "empa" not in match.string:
        return None
    return f"magnitudo {amount(match['n'])}"


@rule((NUMBER,), r"(?P<n>\d[.,]\d) ?M(?!\w)")
def magnitude_behind(match: re.Match[str]) -> str | None:
    """`Gempa 5,5 M`, not `lari 1,5 M`."""
    return f"magnitudo {amount(match['n'])}" if "empa" in before(match, 80) else None


@rule((FIGURE,), r"(?P<d>\d{1,3})° ?(?P<m>\d{1,2})['′](?: ?(?P<s>\d{1,2}(?:[.,]\d{1,2})?)[″\"])?")
def degrees_and_minutes(match: re.Match[str]) -> str:
    """`6°12′30″`: a position on the map."""
    words = f"{cardinal(int(match['d']))} derajat {cardinal(int(match['m']))} menit"
    return words + (f" {amount(match['s'])} detik" if match["s"] else "")


@rule((FIGURE,), r"(?P<over>\d{2,3})/(?P<under>\d{2,3}) ?mmHg\b")
def blood_pressure(match: re.Match[str]) -> str:
    """`120/80 mmHg`."""
    return f"{cardinal(int(match['over']))} per {cardinal(int(match['under']))} milimeter raksa"


@rule(
    (NUMBER,),
    rf"{AMOUNT}(?: ?(?P<ascale>{_SCALE}))?(?: ?(?P<aunit>{UNIT}))?{DASH}"
    rf"(?P<b>{N})(?: ?(?P<bscale>{_SCALE}))?(?: ?(?P<bunit>{UNIT}))?{PER_UNIT}",
)
def range_of_quantities(match: re.Match[str]) -> str | None:
    """`8%-10%`, `22-30°C`, `1,5 juta-2 juta`, `5-10 km/jam`: a unit or a scale makes it a range."""
    if not (match["aunit"] or match["bunit"] or match["ascale"] or match["bscale"]):
        return None
    first = said(match["a"], match["ascale"], match["aunit"])
    return f"{first} sampai {said(match['b'], match['bscale'], match['bunit'])}{said_per(match)}"


@rule((FIGURE,), rf"(?P<a>\d{{1,4}})/(?P<b>\d{{2,4}}) ?(?P<unit>{UNIT})")
def pair_of_quantities(match: re.Match[str]) -> str:
    """`12/256 GB`: the unit is that of both."""
    return f"{cardinal(int(match['a']))} {said(match['b'], None, match['unit'])}"


@rule((NUMBER,), rf"{AMOUNT}(?: ?(?P<scale>{_SCALE}))? ?(?P<unit>{UNIT})(?:\.(?= [a-z]))?{PER_UNIT}")
def quantity(match: re.Match[str]) -> str | None:
    """`25 kg`, `3,27%`, `60 km/jam`, `500 ribu ha`, `20.000 USD`; not `Dewa 19 ft. Ari`, featuring."""
    if match["unit"] == "ft" and re.match(r"\. [A-Z]", match.string[match.end() : match.end() + 3]):
        return None
    return said(match["a"], match["scale"], match["unit"]) + said_per(match)


@rule("km kg cm mm km2 m2 m3 mm2 cm2 cm3 mm3 km3 kwh mwh mbps mdpl", rf"(?!\w){PER_UNIT}")
def unit_alone(match: re.Match[str]) -> str | None:
    """`per kWh`, `tiap km/jam`: a unit without a number; not `M3`, a car, nor `MM`, a person or a degree."""
    name = UNITS.get(match["start"])
    return name + said_per(match) if name and match["start"] not in ("M2", "M3") else None


@rule("(", rf"(?P<unit>{choice(_NAMES)})\)")
def unit_in_brackets(match: re.Match[str]) -> str | None:
    """`45 hektare (ha)`, `rupiah (Rp)`: the unit has been said."""
    name = _NAMES[match["unit"]]
    head = before(match).rstrip().lower()
    return "" if head.endswith((name.lower(), name.lower().rstrip("e"))) else None


#: What has horsepower; a hp beside another word is a telephone.
_ENGINE = re.compile(r"\b(?i:ber)?(?i:tenaga|mesin|motor|daya|diesel|pompa|output|sebesar|hingga)\b")


@rule((NUMBER,), rf"{AMOUNT} ?(?:hp|Hp|HP|bhp|PS)(?!\w)")
def horsepower(match: re.Match[str]) -> str | None:
    """`mesin 17 hp`, not `2 hp`, telephones."""
    powerful = _ENGINE.search(before(match, 80)) and match["a"] not in "12345"
    return f"{amount(match['a'])} tenaga kuda" if powerful else None


@rule((NUMBER,), rf"{AMOUNT} ?(?P<scale>{_SCALE}){PER_UNIT}")
def scaled(match: re.Match[str]) -> str:
    """`15 ribu`, `2,3 juta`, `2.5 miliar`, `500rb`, `12rb/kg`."""
    return said(match["a"], match["scale"]) + said_per(match)


@rule(
    (NUMBER,),
    rf"{AMOUNT}(?: ?(?P<scale>{_SCALE}))? (?P<what>[A-Za-z][a-z]{{1,11}}) ?/ ?(?P<per>{choice(PER)})(?!\w)",
)
def per(match: re.Match[str]) -> str:
    """`24 jam/hari`, `3 kali/minggu`, `2 ribu pax/hari`."""
    return f"{said(match['a'], match['scale'])} {match['what']} per {PER[match['per']]}"


@rule((NUMBER,), rf"{AMOUNT}(?:,-)? ?/ ?(?P<per>{_NOUN})(?!\w)")
def number_per(match: re.Match[str]) -> str:
    """`500/orang`, `13.000,-/kg`."""
    return f"{amount(match['a'])} per {PER[match['per']]}"


RULES = (
    latitude, limit, degrees, magnitude, magnitude_behind, degrees_and_minutes, blood_pressure,
    range_of_quantities, horsepower, pair_of_quantities, quantity, unit_alone, unit_in_brackets, per,
    scaled, number_per,
)  # fmt: skip
