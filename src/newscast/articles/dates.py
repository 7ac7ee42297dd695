"""A line of text or a machine's timestamp -> an aware datetime.

Indonesian sites write local time and often declare it wrongly (WIB with a Z, or -07:00), so what a
machine reads is checked against what a reader sees.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

import msgspec

from newscast.calendar import MONTH_NUMBERS, WIB, WIT, ZONES

_AMERICAN = {
    name: timezone(timedelta(hours=hours), name)
    for name, hours in (("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("PST", -8), ("PDT", -7))
}
_ZONES = {**ZONES, **_AMERICAN, "GMT": UTC, "UTC": UTC, "KST": WIT}
INDONESIA = frozenset(zone.utcoffset(None) for zone in ZONES.values())

_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
#: Longest words first, so that `juli` is not read as `jul`.
_DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})[ ./-]{{1,3}}({_MONTH})\.?[ ,./-]{{1,3}}(\d{{4}})(?!\d)", re.I
)
_MONTH_DAY_YEAR = re.compile(
    rf"\b({_MONTH})\.? {{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?,? {{1,2}}(\d{{4}})(?!\d)", re.I
)
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?!\d)")
_TIME = re.compile(
    r"(?<![\d/])([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?(?!\d)(?:\s*([ap]m|siang|sore|petang|malam)\b)?",
    re.I,
)
_ZONE = re.compile(r"\b(WIB|WITA|WIT|GMT|UTC|KST|[ECP][SD]T)\b(?:\s*([+-]\d{1,2}))?", re.I)
_YEAR = re.compile(r"\d{4}")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)$")
_IN_SENTENCES = re.compile(r"\b(?:yang|di|dalam|dari|dengan|untuk|saat)\b")
_UPDATED = re.compile(r"\||\b(?:diperbarui|updated?)\b", re.I)
#: Years that a newspaper may be dated with; 0000 and 0001 are empty fields of databases.
_YEARS = range(1900, 2200)
#: A clock may be wrong by a zone or two, but no article is from next week.
_AHEAD = timedelta(days=2)
#: WIB with the sign turned, as some sites declare it. -08:00 is not WITA turned: of those who declare it,
#: more are in America, and blogs that nobody told where they are.
_TURNED = timedelta(hours=-7)
_DAY = timedelta(days=1)
#: Two clocks show one time although one is cut at minutes.
_CLOSE = timedelta(minutes=2)
#: Where Unix time begins, in this zone or that: an empty field as well.
_EPOCH = (date(1969, 12, 31), date(1970, 1, 1))
_NAMED_DAY = re.compile(r"\b(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\b", re.I)


class Moment(msgspec.Struct, frozen=True):
    """What a text says of a time. clock: naive wall time. zone: None if not said. timed: not only a day."""

    clock: datetime
    zone: tzinfo | None
    timed: bool

    def aware(self, zone: tzinfo) -> datetime:
        """In its own zone if that is Indonesian or named as American, else in `zone`; a day alone is noon."""
        if not self.timed:
            return self.clock.replace(hour=12, tzinfo=zone)
        told = self.clock.replace(tzinfo=self.zone or zone)
        return told if told.utcoffset() in INDONESIA or told.tzname() in _AMERICAN else told.astimezone(zone)


def find_moment(text: str, *, month_first: bool = False) -> Moment | None:
    """The first date that `text` gives, as Indonesian and English readers write it.

    month_first: 10/06/2025 is of October; 10/21/2025 is in any case, for there is no 21st month.
    """
    numbers = ((3, 1, 2), (3, 2, 1)) if month_first else ((3, 2, 1), (3, 1, 2))
    for pattern, orders in (
        (_DAY_MONTH_YEAR, ((3, 2, 1),)),
        (_MONTH_DAY_YEAR, ((3, 1, 2),)),
        (_YEAR_FIRST, ((1, 2, 3),)),
        (_DAY_FIRST, numbers),
    ):
        for found in pattern.finditer(text):
            for order in orders:
                if day := _day(*(found[group].lower() for group in order)):
                    return _with_time(day, text[found.end() : found.end() + 48], text[: found.start()][-32:])
    return None


def _day(year: str, month: str, day: str) -> datetime | None:
    try:
        when = datetime(int(year), MONTH_NUMBERS.get(month) or int(month), int(day))
    except ValueError:
        return None
    return when if when.year in _YEARS else None


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether dates in numbers are as Americans write them: one can be no other, and none is against."""
    pairs = [(int(d[1]), int(d[2])) for text in texts for d in _DAY_FIRST.finditer(text[:300])]
    return any(second > 12 for _, second in pairs) and all(first <= 12 for first, _ in pairs)


def _with_time(day: datetime, after: str, before: str) -> Moment:
    """Add the time beside a day: behind it, or in front as in `16:37 WIB, 23 Februari 2016`."""
    for beside in (after, before):
        if time := _TIME.search(beside):
            hour, minute, second = (int(part or 0) for part in time.group(1, 2, 3))
            if _is_later(hour, (time[4] or "").lower()):
                hour += 12
            zone = _ZONE.search(beside)
            return Moment(day.replace(hour=hour, minute=minute, second=second), _zone(zone), timed=True)
    return Moment(day, None, timed=False)


def _is_later(hour: int, part: str) -> bool:
    """Whether an hour of the twelve-hour clock is one of its second half: 9 malam, 3 sore, 1 siang."""
    return hour < 12 and (
        part in ("pm", "sore", "petang") or (part == "malam" and hour > 5) or (part == "siang" and hour < 5)
    )


def _zone(found: re.Match[str] | None) -> tzinfo | None:
    if not found:
        return None
    if found[2] and abs(int(found[2])) <= 14:
        return timezone(timedelta(hours=int(found[2])))
    return _ZONES[found[1].upper()]


def find_stamp(text: str, *, month_first: bool = False) -> Moment | None:
    """A timestamp of metadata: ISO 8601 and its misspellings, RFC 822, epoch seconds, or a written date."""
    text = text.strip()[:80]
    if re.fullmatch(r"[0-9]{10}(?:[0-9]{3})?", text):
        clock = datetime.fromtimestamp(int(text[:10]), UTC)
        return Moment(clock.replace(tzinfo=None), UTC, timed=True)
    text = re.sub(r"(\d\d)T(\d\d)-(\d\d)-(\d\d)", r"\1T\2:\3:\4", text)  # detik: 2022-12-10T07-16-35Z
    moment = find_moment(text.replace("T", " ", 1) if text[:4].isdigit() else text, month_first=month_first)
    if moment is None or not moment.timed:
        return moment
    if offset := _OFFSET.search(text):
        hours = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        if hours < timedelta(hours=24):
            zone = timezone(hours if offset[1] == "+" else -hours)
            return msgspec.structs.replace(moment, zone=zone)
    return msgspec.structs.replace(moment, zone=UTC) if text.endswith("Z") else moment


def is_believable(when: datetime, now: datetime | None = None) -> bool:
    """Whether an article may be of that time: not from the future, and no empty field of a database.

    when, now: aware; now is the clock's when it is not given.
    """
    return when.date() not in _EPOCH and when <= (now or datetime.now(UTC)) + _AHEAD


def settle(stamp: Moment | None, seen: Moment | None, zone: tzinfo) -> datetime | None:
    """When it was published, from what the metadata says and what the page shows.

    A stamp in an Indonesian zone is believed. One in another zone is believed unless the page shows
    the same clock without that zone: then the site wrote its local time and declared it wrongly.
    A time that is seen beats a day that is declared. A site that shows American time is in America.
    """
    if stamp is None:
        return seen.aware(zone) if seen else None
    timed = seen if seen and seen.timed else None
    if not stamp.timed or stamp.zone is None:
        near = _DAY if not stamp.timed else timedelta(0)
        close = timed is not None and abs(timed.clock.date() - stamp.clock.date()) <= near
        return timed.aware(zone) if timed and close else stamp.aware(zone)
    offset = stamp.zone.utcoffset(None)
    if offset in INDONESIA:
        return stamp.aware(zone)
    told = timed.zone if timed else None
    if timed and told and told.tzname(None) in _AMERICAN:
        return stamp.clock.replace(tzinfo=stamp.zone)
    local = told if told and told.utcoffset(None) in INDONESIA else zone
    if timed and abs(timed.clock - stamp.clock) < _CLOSE:
        return stamp.clock.replace(tzinfo=local)
    right = stamp.aware(zone).astimezone(local)
    seen_so = timed is not None and abs(timed.clock - right.replace(tzinfo=None)) < _CLOSE
    if offset == _TURNED and not seen_so:
        return stamp.clock.replace(tzinfo=WIB)
    return right


#: What a date line says beside the day: its parts, that it was published, the site. Other words make it a
#: headline ("Jadwal Kapal Selasa 10 Juni 2025, Lengkap dari Pagi") or the beginning of a sentence.
_DATE_WORDS = re.compile(
    rf"{_NAMED_DAY.pattern}|\b(?:{_MONTH}|wib|wita|wit|pukul|jam|di-?(?:perbarui|terbitkan|publikasikan)|tayang|terbit|"
    r"updated?|published|posted|oleh|by|[\w-]+\.[a-z]{2,8})\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_HEADLINE = 4


@lru_cache(maxsize=4096)
def is_date_line(text: str) -> bool:
    """Whether a short line is there to give the date; a sentence with a date in it is not."""
    if len(text) > 120 or not _YEAR.search(text):
        return False
    if text.endswith((".", ",", '"', "”")) or len(text.split()) > 17:
        return False
    if len(_IN_SENTENCES.findall(text)) > 1:
        return False
    told = len(text) <= 48 or bool(_ZONE.search(text) or _NAMED_DAY.search(text) or _UPDATED.search(text))
    if not told or find_moment(text) is None:
        return False
    return "|" in text or len(_WORD.findall(_DATE_WORDS.sub(" ", text))) < _HEADLINE
