"""quantities as written (money, units, ranges, scores, fractions, plain numbers) -> as said."""

import re

from newscast.calendar import MONTHS
from newscast.text.normalization.numbers import amount, cardinal, digits, fraction
from newscast.text.normalization.rule import DASH, FIGURE, NUMBER, N, before, choice, rule, word_before
from newscast.text.normalization.units import CURRENCIES, MONEY_SCALES, PER, SCALES, UNITS

_NAMES = UNITS | CURRENCIES
_SCALE = rf"(?i:{choice(SCALES)})(?!\w)"
_MONEY_SCALE = rf"(?i:{choice(MONEY_SCALES)})(?!\w)"
_UNIT = rf"(?:{choice(UNITS)}(?!\w)|{choice(CURRENCIES)}(?!\w|\.? ?\d))"
_CURRENCY = choice(CURRENCIES)
#: A quantity that something but a bracket or another number stands behind, so that soups of digits are cheap.
_AMOUNT = rf"(?=[\d.,]{{1,24}} ?[^\s\d.,()])(?P<a>{N})"
_NOUN = choice(noun for noun in PER if len(noun) > 2 and noun.islower())
_PER = rf"(?: ?/ ?(?P<per>{choice(PER)})(?!\w))?"

#: Words that make a pair of numbers a score.
_SPORT = re.compile(
    r"\b(?i:agregat|babak|berakhir|bermain|comeback|dibantai|dibungkam|dihajar|dikalahkan|dilumat|"
    r"ditahan|ditekuk|final|formasi|game|gim|gol|head to head|imbang|kalah|kedudukan|kekalahan|"
    r"kemenangan|keunggulan|laga|leg|melawan|melumat|membantai|membungkam|memimpin|menahan|"
    r"menaklukkan|menang|mencukur|menekuk|mengalahkan|menggilas|menggulung|menghajar|menumbangkan|"
    r"menundukkan|penalti|pertandingan|pertemuan|pola|rekor|seri|set|skor|straight|takluk\w*|"
    r"tertinggal|tos-tosan|tumbang|tunduk|unggul|versus|vs)\b"
)
#: A pair of numbers after one of these is a range, whatever follows.
_NUMBERED = frozenset(
    """
    ayat bab bagian blok edisi hal halaman hari jam jilid kelas musim nomor pasal periode pukul roda rt
    semester tahap tahun tanggal tipe umur usia volume
    """.split()
)
#: Nouns that make a rising pair a range even on a sports page.
_COUNTED = re.compile(
    r" (?:tahun|menit|jam|hari|minggu|pekan|bulan|orang|persen|kali|detik|meter|kilometer|pemain|tim|klub|"
    rf"{'|'.join(MONTHS)})\b"
)


_LOWER = {unit.lower(): name for unit, name in UNITS.items()}


def _said(number: str, scale: str | None, unit: str | None = None) -> str:
    words = [amount(number)]
    if scale:
        words.append(MONEY_SCALES[scale.lower()])
    if unit:
        words.append(_NAMES[unit])
    return " ".join(words)


def _per(match: re.Match[str]) -> str:
    return f" per {PER[match['per']]}" if match["per"] else ""


def _money_amount(number: str, scale: str | None) -> str:
    number = re.sub(r"[.,]00$", "", number)
    if not scale and re.fullmatch(r"[1-9]\d{0,2},\d{3}", number):
        number = number.replace(",", "")
    return _said(number, scale)


@rule(
    " ".join(CURRENCIES),
    rf"\.? ?(?P<sign>-?)(?P<a>{N})(?: ?(?P<ascale>{_MONEY_SCALE}|{choice(SCALES)}(?=an\b)))?(?:[,.]-)?"
    r"(?P<an>-?an\b)?"
    rf"(?:{DASH}(?P<again>{_CURRENCY})?\.? ?(?P<b>{N})(?: ?(?P<bscale>{_MONEY_SCALE}))?(?:[,.]-)?)?{_PER}",
)
def money(match: re.Match[str]) -> str:
    """Rp1,5 triliun, US$ 20.000, Rp3.500,-, Rp5-10 miliar, Rp15.000/kg: the currency is said last."""
    unit = CURRENCIES[match["start"]]
    first = ("minus " if match["sign"] else "") + _money_amount(match["a"], match["ascale"])
    first += "an" if match["an"] else ""
    if not match["b"]:
        return f"{first} {unit}{_per(match)}"
    if match["again"]:
        first += f" {unit}"
    second = _money_amount(match["b"], match["bscale"])
    return f"{first} sampai {second} {unit}{_per(match)}"


@rule("Rp Rp. IDR US$ USD S$ SGD A$ EUR JPY", rf"(?!\w){_PER}")
def bare_currency(match: re.Match[str]) -> str:
    """per US$, Rp/kg."""
    return CURRENCIES[match["start"].rstrip(".")] + _per(match)


_COMPASS = {"LS": "lintang selatan", "LU": "lintang utara", "BT": "bujur timur", "BB": "bujur barat"}


@rule(" ".join(_COMPASS), "")
def latitude(match: re.Match[str]) -> str | None:
    """8,5 LS dan 115,2 BT; without a number before them they are any letters."""
    return (
        _COMPASS[match["start"]]
        if re.search(r"(?:\d ?|[°′″] ?|derajat |menit )$", before(match, 9))
        else None
    )


@rule("maks max min", r"\. ?(?=\d)")
def limit(match: re.Match[str]) -> str:
    """maks. 5 orang, min. 3 hari."""
    return "minimal " if match["start"].lower() == "min" else "maksimal "


@rule("derajat", r" (?P<scale>[CF])(?!\w)")
def degrees(match: re.Match[str]) -> str:
    """30 derajat C."""
    return f"{match['start']} {'Celsius' if match['scale'] == 'C' else 'Fahrenheit'}"


@rule("M Mw mag magnitudo", r"(?:\.|:)? ?(?P<n>\d{1,2}(?:[.,]\d{1,2})?)(?!\w|[.,]\d|/| [A-Z]{1,3}\b)")
def magnitude(match: re.Match[str]) -> str | None:
    """gempa M 5,6; M5.6: the capital stands for the magnitude of an earthquake."""
    if len(match["start"]) == 1 and not re.search("[.,]", match["n"]) and "empa" not in match.string:
        return None
    return f"magnitudo {amount(match['n'])}"


@rule(FIGURE, r"(?P<d>\d{1,3})°(?P<m>\d{1,2})['′](?:(?P<s>\d{1,2}(?:[.,]\d{1,2})?)[″\"])?")
def degrees_and_minutes(match: re.Match[str]) -> str:
    """6°12′30″: a position on the map."""
    words = f"{cardinal(int(match['d']))} derajat {cardinal(int(match['m']))} menit"
    return words + (f" {amount(match['s'])} detik" if match["s"] else "")


@rule(FIGURE, r"(?P<over>\d{2,3})/(?P<under>\d{2,3}) ?mmHg\b")
def blood_pressure(match: re.Match[str]) -> str:
    """120/80 mmHg."""
    return f"{cardinal(int(match['over']))} per {cardinal(int(match['under']))} milimeter raksa"


@rule(
    NUMBER,
    rf"{_AMOUNT}(?: ?(?P<ascale>{_SCALE}))?(?: ?(?P<aunit>{_UNIT}))?{DASH}"
    rf"(?P<b>{N})(?: ?(?P<bscale>{_SCALE}))?(?: ?(?P<bunit>{_UNIT}))?{_PER}",
)
def range_of_quantities(match: re.Match[str]) -> str | None:
    """8%-10%, 22-30°C, 1,5 juta-2 juta, 5-10 km/jam: a unit or a scale makes it a range."""
    if not (match["aunit"] or match["bunit"] or match["ascale"] or match["bscale"]):
        return None
    first = _said(match["a"], match["ascale"], match["aunit"])
    return f"{first} sampai {_said(match['b'], match['bscale'], match['bunit'])}{_per(match)}"


@rule(NUMBER, rf"{_AMOUNT}(?: ?(?P<scale>{_SCALE}))? ?(?P<unit>{_UNIT}){_PER}")
def quantity(match: re.Match[str]) -> str:
    """25 kg, 3,27%, 60 km/jam, 500 ribu ha, 20.000 USD."""
    return _said(match["a"], match["scale"], match["unit"]) + _per(match)


@rule("km kg cm mm km2 m2 m3 mm2 cm2 cm3 mm3 km3 kwh mwh mbps mdpl", rf"(?!\w){_PER}")
def unit_alone(match: re.Match[str]) -> str | None:
    """per kWh, km/jam: a unit without a number; M3 is a car."""
    if match["start"] in ("M2", "M3"):
        return None
    return (UNITS.get(match["start"]) or _LOWER[match["start"].lower()]) + _per(match)


@rule(NUMBER, rf"{_AMOUNT} ?(?P<scale>{_SCALE})")
def scaled(match: re.Match[str]) -> str:
    """15 ribu, 2,3 juta, 2.5 miliar, 500rb."""
    return _said(match["a"], match["scale"])


@rule(NUMBER, rf"{_AMOUNT} (?P<what>[a-z]{{2,12}}) ?/ ?(?P<per>{choice(PER)})(?!\w)")
def per(match: re.Match[str]) -> str:
    """24 jam/hari, 3 kali/minggu."""
    return f"{amount(match['a'])} {match['what']} per {PER[match['per']]}"


@rule(
    NUMBER,
    rf"{_AMOUNT} ?/ ?(?P<per>{_NOUN})(?!\w)",
)
def number_per(match: re.Match[str]) -> str:
    """500/orang."""
    return f"{amount(match['a'])} per {PER[match['per']]}"


@rule(NUMBER, rf"{_AMOUNT} ?[x×](?: ?(?=\d)|(?!\w))")
def times(match: re.Match[str]) -> str:
    """100x, 2x45 menit, 4 x 100 m: what is multiplied is read on its own."""
    return f"{amount(match['a'])} kali"


@rule(FIGURE, r"(?P<parts>\d{1,2}(?:-\d{1,2}){2,4})(?![\w/]|[-.,]\d)")
def formation(match: re.Match[str]) -> str:
    """4-3-3: three numbers and more are no range."""
    return " ".join(cardinal(int(part)) for part in match["parts"].split("-"))


@rule(NUMBER, r"(?P<a>\d{1,3}) ?[-:] ?(?P<b>\d{1,3})(?!\w|[-.,:/]\d)")
def score(match: re.Match[str]) -> str | None:
    """menang 2-1, 21-18: falling or level numbers, or any pair beside words of sport."""
    a, b = int(match["a"]), int(match["b"])
    around = match.string[max(0, match.start() - 100) : match.end() + 60]
    colon = ":" in match[0]
    sport = _SPORT.search(around) is not None
    if not sport and (colon or (a < b and not _between_teams(match))):
        return None
    if a < b and _COUNTED.match(match.string, match.end()):
        return None
    return f"{cardinal(a)} {cardinal(b)}"


def _between_teams(match: re.Match[str]) -> bool:
    """Persebaya 1-3 Bali United; not Pasal 1-5 Undang-Undang."""
    team = word_before(match)
    follows = re.match(r" [A-Z][a-z]", match.string[match.end() : match.end() + 3])
    return bool(follows) and team[:1].isupper() and team.lower() not in _NUMBERED and before(match, 1) == " "


@rule(NUMBER, rf"{_AMOUNT} ?: ?(?P<b>{N})")
def ratio(match: re.Match[str]) -> str:
    """1:50.000, 2:1 where nobody plays; ISO 9001:2015 has a year."""
    if re.fullmatch(r"\d{4,5}:(?:19|20)\d\d", match[0]):
        return f"{amount(match['a'])} {amount(match['b'])}"
    return f"{amount(match['a'])} banding {amount(match['b'])}"


@rule(NUMBER, rf"{_AMOUNT}{DASH}(?P<b>{N})(?P<an>-?an\b)?")
def plain_range(match: re.Match[str]) -> str:
    """6-11 tahun, 2014-2019, 17-19 Agustus: all other pairs; 2019-20 are two years."""
    a, b = match["a"], match["b"]
    if re.fullmatch(r"(?:19|20)\d\d", a) and re.fullmatch(r"\d\d", b) and a[2:] < b:
        b = a[:2] + b
    return f"{amount(a)} sampai {amount(b)}{'an' if match['an'] else ''}"


@rule(NUMBER, r"(?P<whole>\d{1,4} )?(?P<over>\d{1,3})[/⁄](?P<under>\d{1,4})(?![\w/]|[.,]\d)")
def fraction_or_slash(match: re.Match[str]) -> str | None:
    """1/4 seperempat, 3 ½ tiga setengah; 2023/24 is a season and has no fraction in it."""
    over, under = int(match["over"]), int(match["under"])
    is_fraction = 0 < over < under <= 10 or (over == 1 and under in (16, 20, 100, 1000)) or "⁄" in match[0]
    if not is_fraction or not under or word_before(match).lower() in _NUMBERED:
        return None
    whole = f"{cardinal(int(match['whole']))} " if match["whole"] else ""
    return whole + fraction(over, under)


@rule(FIGURE, r"(?P<a>\d{1,5})/(?P<b>\d{1,5})(?!\w|[.,]\d)")
def numbers_beside_a_slash(match: re.Match[str]) -> str:
    """musim 2021/2022, 24/7: said one after the other."""
    return f"{cardinal(int(match['a']))} {cardinal(int(match['b']))}"


@rule(NUMBER, r"(?P<n>\d{1,4}(?:\.\d{3})?)'?(?:-| )?an(?P<nya>nya)?(?!\w)")
def decade(match: re.Match[str]) -> str:
    """80-an, 1960-an, 90an."""
    return f"{amount(match['n'])}an{match['nya'] or ''}"


@rule(FIGURE, r"(?P<n>\d{1,3}(?:\.\d{3}){1,5}|\d{1,6})-?(?P<tail>nya|ku|mu|lah|pun)(?!\w)")
def number_with_a_tail(match: re.Match[str]) -> str:
    """5-nya."""
    return f"{amount(match['n'])}{match['tail']}"


@rule(FIGURE, r"(?P<n>\d{1,3})\+(?P<more>\d{1,2})?(?!\d)")
def added_time(match: re.Match[str]) -> str:
    """menit 90+3; 18+."""
    return (
        f"{cardinal(int(match['n']))} plus {cardinal(int(match['more'])) if match['more'] else ''}".rstrip()
    )


@rule(NUMBER, N)
def plain_number(match: re.Match[str]) -> str:
    """1.500, 8,77, 12: what is left; a leading zero or more than 12 digits make it a code."""
    number = match[0]
    if number.isdecimal() and ((number[0] == "0" and len(number) > 1) or len(number) > 12):
        return digits(number)
    return amount(number)


@rule(NUMBER, r"\d+(?:\.\d{1,6}){0,8}")
def digit_by_digit(match: re.Match[str]) -> str:
    """Versions such as 17.4.1, and runs of digits that are no number at all."""
    parts = match[0].split(".")
    return " titik ".join(
        amount(part) if len(part) < 5 and part[0] != "0" else digits(part) for part in parts
    )


RULES = (
    money, bare_currency, latitude, limit, degrees, magnitude, degrees_and_minutes, blood_pressure,
    range_of_quantities, quantity, unit_alone, scaled, per, number_per, times, formation,
    score, ratio, plain_range, fraction_or_slash, numbers_beside_a_slash, decade, number_with_a_tail,
    added_time, plain_number, digit_by_digit,
)  # fmt: skip
