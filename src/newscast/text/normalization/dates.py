"""dates and clock times as written -> as said."""

import re

from newscast.calendar import DAYS, MONTHS
from newscast.text.normalization.numbers import cardinal, digits
from newscast.text.normalization.rule import DASH, FIGURE, NUMBER, before, choice, rule, word_before
from newscast.text.normalization.units import UNITS

#: Three letters, or the other short forms in use.
SHORT_MONTHS = {month[:3]: month for month in MONTHS if month != "Mei"} | {
    "Agt": "Agustus", "Ags": "Agustus", "Agust": "Agustus", "Aug": "Agustus", "Sept": "September",
    "Oct": "Oktober", "Nop": "November", "Dec": "Desember",
}  # fmt: skip
WEEKDAYS = "senin selasa rabu kamis jumat jum'at sabtu minggu ahad".split()

#: A pair of numbers after one of these is a day and a month.
_DATED = {*WEEKDAYS, "tanggal", "tgl", "per", "ini", "kemarin", "besok", "lusa"}
#: After one of these it is, unless it is one of the usual parts of a whole.
_PERHAPS_DATED = {
    "pada", "sejak", "mulai", "hingga", "sampai", "dibuka", "ditutup", "dimulai", "digelar", "berakhir",
    "tiba", "tayang", "rilis", "dirilis", "terbit", "berangkat", "lahir", "wafat", "aksi", "demo",
}  # fmt: skip
_PARTS = {"1/2", "1/3", "2/3", "1/4", "3/4"}
#: Before one of these 10.30 is a decimal.
_COUNTED = "persen ribu juta miliar triliun poin dolar euro yen meter kilo derajat detik LS LU BT".split()
_HOUR = r"(?:[01]?\d|2[0-4])"
_CLOCK = rf"{_HOUR}[.:][0-5]\d(?:[.:][0-5]\d)?(?!\d|[.,:]\d)"
_DAY_MONTH = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:[/-](?P<year>\d{4}|\d\d))?(?![\w/])"
#: The first half of (17-18/8) or (30/8-2/9).
_FROM = r"(?:(?P<from>\d{1,2})(?:/(?P<from_month>\d{1,2}))?(?:/(?P<from_year>\d{4}))? ?- ?)?"


def date(day: str, month: str, year: str | None = None) -> str | None:
    """17, 8, 2024 -> tujuh belas Agustus dua ribu dua puluh empat; None when there is no such day."""
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    words = f"{cardinal(int(day))} {MONTHS[int(month) - 1]}"
    if year:
        century = 0 if len(year) == 4 else 2000 if int(year) < 50 else 1900
        words += f" {cardinal(century + int(year))}"
    return words


def _date_or_dates(match: re.Match[str]) -> str | None:
    until = date(match["day"], match["month"], match["year"])
    if until is None or not match["from"]:
        return until
    if match["from_month"]:
        since = date(match["from"], match["from_month"], match["from_year"])
    else:
        since = cardinal(int(match["from"]))
    return since and f"{since} sampai {until}"


def clock(text: str) -> str:
    """08.00 -> delapan; 17.05 -> tujuh belas nol lima; 10.30.15 -> ... lewat lima belas detik."""
    hour, *rest = re.split("[.:]", text.removesuffix(":00") if text.count(":") == 2 else text)
    words = [cardinal(int(hour))]
    if rest and (rest[0] != "00" or len(rest) == 2):
        words.append(digits(rest[0]) if rest[0] < "10" else cardinal(int(rest[0])))
    if len(rest) == 2:
        words.append(f"lewat {cardinal(int(rest[1]))} detik")
    return " ".join(words)


@rule(
    (FIGURE,),
    r"(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)"
    r"(?:[ T](?P<time>\d\d:\d\d)(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w/-])",
)
def iso_date(match: re.Match[str]) -> str | None:
    """`2024-08-17`, `2024-08-17 09:30:00`: the order tells it apart from a range."""
    words = date(match["day"], match["month"], match["year"])
    return words and words + (f" pukul {clock(match['time'])}" if match["time"] else "")


@rule((FIGURE,), r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\w/-]|\.\d)")
def numeric_date(match: re.Match[str]) -> str | None:
    """`17/08/2024`, `17-8-2024`, `17.08.2024`: day first, as everywhere in Indonesia."""
    return date(match["day"], match["month"], match["year"])


@rule(" ".join(WEEKDAYS), rf",? ?\({_FROM}{_DAY_MONTH}\)")
def weekday_and_date(match: re.Match[str]) -> str | None:
    """`Sabtu (17/8)`, `Minggu (17-18/8/2024)`: one breath, so the brackets make no pause."""
    words = _date_or_dates(match)
    return words and f"{match['start']} {words}"


@rule((NUMBER,), _FROM + _DAY_MONTH)
def day_and_month(match: re.Match[str]) -> str | None:
    """`(17/8)`, `Sabtu 17/8`, `tanggal 17/8`; not `sampai 3/4`, a fraction."""
    word = word_before(match).lower().strip(",")
    dated = word in _DATED or (word in _PERHAPS_DATED and match[0] not in _PARTS)
    full = match["year"] and int(match["month"]) <= 12
    return _date_or_dates(match) if dated or full or before(match, 1) == "(" else None


@rule(
    (NUMBER,),
    rf"(?P<day>\d{{1,2}}) (?P<month>{choice(SHORT_MONTHS)}|{choice(s.upper() for s in SHORT_MONTHS)})(?!\w)"
    r"(?:\.(?= [\da-z]))?(?P<dash> ?- ?(?=\d))?",
)
def short_month(match: re.Match[str]) -> str:
    """`2 Feb 2026`, `2 Feb`, `30 Apr-2 Mei`."""
    words = f"{cardinal(int(match['day']))} {SHORT_MONTHS[match['month'].capitalize()]}"
    return f"{words} sampai" if match["dash"] else words


@rule(" ".join(SHORT_MONTHS), rf"\.?{DASH}(?P<until>{choice([*SHORT_MONTHS, *MONTHS])})(?!\w)")
def short_months(match: re.Match[str]) -> str:
    """`Jan-Mar 2024`."""
    return f"{SHORT_MONTHS[match['start']]} sampai {SHORT_MONTHS.get(match['until'], match['until'])}"


@rule(" ".join(SHORT_MONTHS), r"(?:\.? ?(?:(?P<year>(?:19|20)\d\d)|'(?P<short>\d\d))(?!\d)|(?!\w|\.\w))")
def short_month_and_year(match: re.Match[str]) -> str | None:
    """`Feb 2026`, `akhir Feb`; without a year it may be a name: not `Jan Ullrich`."""
    month, year = SHORT_MONTHS[match["start"]], match["year"] or match["short"]
    if year:
        return f"{month} {cardinal(int(year))}"
    return month if word_before(match).lower() in ("akhir", "awal", "pertengahan", "medio", "bulan") else None


_ERAS = {"M": "Masehi", "SM": "sebelum Masehi", "H": "Hijriah"}


@rule(" ".join(_ERAS), r"(?![\w-]|\.\w)")
def era(match: re.Match[str]) -> str | None:
    """`tahun 570 M`, `abad ke-5 SM`, `1446 H`, `1445 H/2024 M`."""
    head = before(match, 24)
    both = re.search(r"\d $", head) and re.match(
        r" ?/ ?\d{3,4} M\b", match.string[match.end() : match.end() + 9]
    )
    hijri = match["start"] == "H" and (both or re.search(r"\b1[34]\d\d $", head))
    counted = match["start"] != "H" and re.search(
        r"(?:(?i:tahun|abad) (?:ke-)?(?:[0-9]{1,4}|[IVX]{1,5})|H ?/ ?\d{3,4}"
        r"|(?:\(|\b(?:pada|sejak|hingga|sampai|antara|dan|sekitar|-) ?)\d{3,4}) $",
        head,
    )
    early = re.search(r"\b(?:pada|tahun|sejak|sekitar|hingga|sampai|dan) \d{1,4} $", head) and (
        match["start"] == "SM" or "SM" in before(match)
    )
    return _ERAS[match["start"]] if hijri or counted or early else None


_PARTS_OF_A_YEAR = {"Q": "kuartal", "K": "kuartal", "H": "semester"}


@rule("Q K H", r"(?P<n>[1-4])(?:[ /-](?P<year>(?:19|20)\d\d)|'(?P<short>\d\d))(?!\d)")
def quarter(match: re.Match[str]) -> str:
    """`Q1 2024`, `K3-2023`, `H1 2025`, `Q1'25`."""
    return _part_of_a_year(_PARTS_OF_A_YEAR[match["start"].upper()], match)


@rule((FIGURE,), r"(?P<n>[1-4])(?P<kind>[QH])[-' /]?(?P<year>(?:20)?\d\d)(?![\w/])")
def part_of_a_year(match: re.Match[str]) -> str:
    """`1H25`, `4Q2024`."""
    return _part_of_a_year(_PARTS_OF_A_YEAR[match["kind"]], match)


def _part_of_a_year(name: str, match: re.Match[str]) -> str:
    year = match["year"] or match["short"]
    return f"{name} {cardinal(int(match['n']))} {cardinal(int(year) + (2000 if len(year) == 2 else 0))}"


@rule("FY", r"[-' ]?(?P<year>(?:20)?[12]\d)(?!\w)")
def business_year(match: re.Match[str]) -> str:
    """`FY2024`, `FY25`."""
    return f"tahun buku {cardinal(int(match['year']) % 100 + 2000)}"


@rule((FIGURE,), r"(?P<n>[369]|12)M[-' ]?(?P<year>(?:20)?[12]\d)(?![\w/])")
def months_of_a_year(match: re.Match[str]) -> str:
    """`9M25`: so many months of a business year."""
    year = int(match["year"]) % 100 + 2000
    return f"{cardinal(int(match['n']))} bulan pertama {cardinal(year)}"


_SHORT_DAYS = {day[:3]: day for day in DAYS}


@rule(
    " ".join(_SHORT_DAYS),
    rf"\.?(?:{DASH}(?P<until>{choice([*_SHORT_DAYS, *DAYS])})(?!\w)|,? (?=\d{{1,2}} [A-Z]))",
)
def short_days(match: re.Match[str]) -> str:
    """`Sen-Jum`, `Sab, 12 Oktober`."""
    day, until = _SHORT_DAYS[match["start"]], match["until"]
    return f"{day} sampai {_SHORT_DAYS.get(until, until)}" if until else f"{day}, "


@rule(
    " ".join([*WEEKDAYS, *(m.lower() for m in MONTHS)]),
    rf"{DASH}(?P<until>(?i:{choice([*WEEKDAYS, *MONTHS])})(?!\w)|(?=\d{{1,2}} [A-Z]))",
)
def days_or_months(match: re.Match[str]) -> str:
    """`Senin-Jumat`, `Januari-Maret`, `30 Agustus-2 September`: the hyphen is a range."""
    return f"{match['start']} sampai {match['until']}"


@rule(
    "pukul jam pkl pk",
    rf"\.? ?(?P<since>{_CLOCK}|\d{{1,2}}(?=-\d+[.:]))"
    rf"(?:(?:{DASH}| (?P<word>dan|atau|hingga|sampai|sampai dengan) )(?P<until>{_CLOCK}))?",
)
def clock_after_pukul(match: re.Match[str]) -> str | None:
    """`pukul 10.30`, `jam 08:00-15.00`, `pukul 1.00 hingga 4.00`: the dot of 10.30 is none of thousands."""
    start = match["start"]
    if match["start"] == "PK":
        return None
    words = f"{'pukul' if start.lower() in ('pk', 'pkl') else start} {clock(match['since'])}"
    return f"{words} {match['word'] or 'sampai'} {clock(match['until'])}" if match["until"] else words


@rule("pkl pk", r"\.?(?= ?\d)")
def clock_word(_: re.Match[str]) -> str:
    """`pkl. 10`."""
    return "pukul"


@rule(
    (FIGURE,),
    rf"(?P<since>{_CLOCK}|{_HOUR}(?={DASH}\d{{1,2}}[.:]))(?:{DASH}(?P<until>{_CLOCK}|{_HOUR}(?!\d|[.,]\d)))?"
    r"(?= ?(?:WIB|WITA|WIT|Wib|Wita|GMT|UTC|pagi|siang|sore|petang|malam)\b)",
)
def clock_before_zone(match: re.Match[str]) -> str:
    """`10.30 WIB`, `6.30-10 pagi`, without pukul."""
    words = clock(match["since"])
    return f"{words} sampai {clock(match['until'])}" if match["until"] else words


_ZONES = {"wib": "barat", "wita": "tengah", "wit": "timur"}


@rule("WIB WITA WIT Wib Wita Wit wib wita", "")
def zone(match: re.Match[str]) -> str | None:
    """`10.00 WIB`; in small letters only behind a time, for Wita is a name, too."""
    zone = match["start"]
    timed = zone.isupper() or re.search(r"\d ?$", before(match, 2))
    return f"waktu Indonesia {_ZONES[zone.lower()]}" if timed else None


@rule((NUMBER,), r"(?P<seconds>\d{1,2})(?:\.|, )(?P<rest>\d{3}) detik\b")
def seconds(match: re.Match[str]) -> str:
    """`50.789 detik`, `1 menit 51, 829 detik`: nobody counts a thousand seconds."""
    return f"{cardinal(int(match['seconds']))} koma {digits(match['rest'])} detik"


@rule((FIGURE,), r"(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d) menit\b")
def minutes(match: re.Match[str]) -> str:
    """`2:35 menit`."""
    return f"{cardinal(int(match['minutes']))} menit {cardinal(int(match['seconds']))} detik"


@rule(
    (FIGURE,),
    rf"(?P<day>\d{{1,2}})(?P<mark>[-/])(?P<month>{choice(SHORT_MONTHS)})(?P=mark)(?P<year>\d{{4}}|\d\d)(?!\w)",
)
def dashed_month(match: re.Match[str]) -> str | None:
    """`04-Des-2019`, `4-Dec-19`."""
    return date(match["day"], str(MONTHS.index(SHORT_MONTHS[match["month"]]) + 1), match["year"])


@rule((FIGURE,), r"(?P<hours>\d):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?![\d:])")
def duration(match: re.Match[str]) -> str:
    """`2:05:30`, how long somebody ran; a time of day has two digits or pukul before it."""
    hours, minutes, seconds = (cardinal(int(part)) for part in match.groups())
    return f"{hours} jam {minutes} menit {seconds} detik"


@rule((FIGURE,), r"(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)[.,](?P<rest>\d{1,3})(?!\d)(?: detik)?")
def lap_time(match: re.Match[str]) -> str | None:
    """`1:32,456`: the time of a lap or a race; not `1:50.000`, a scale."""
    if match["rest"] == "000":
        return None
    minutes, seconds = cardinal(int(match["minutes"])), cardinal(int(match["seconds"]))
    return f"{minutes} menit {seconds} koma {digits(match['rest'])} detik"


@rule(
    (FIGURE,),
    rf"(?P<since>(?:[01]\d|2[0-4])\.[0-5]\d|(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|{_HOUR}:[0-5]\d)(?:{DASH}(?P<until>{_CLOCK}))?(?!\d|[.,:]\d)"
    rf"(?: [+-]0\d00\b)?(?! ?(?:{choice(UNITS)}(?!\w)|{choice(_COUNTED)}))",
)
def bare_clock(match: re.Match[str]) -> str | None:
    """`09.00`, `21:45`: two digits on both sides and no unit; not `naik 9.30`, a decimal."""
    compared = re.search(r"\b(?i:skala|rasio|banding|perbandingan)\b", before(match, 50))
    if compared or word_before(match).lower() in ("versi", "skor", "ipk", "us$", "rp"):
        return None
    words = clock(match["since"])
    return f"{words} sampai {clock(match['until'])}" if match["until"] else words


RULES = (
    seconds, minutes, dashed_month, iso_date, numeric_date, weekday_and_date, day_and_month,
    short_month, short_months, era, short_month_and_year, quarter, part_of_a_year, business_year,
    months_of_a_year, short_days, days_or_months,
    clock_after_pukul, clock_word, clock_before_zone, zone, duration, lap_time, bare_clock,
)  # fmt: skip
