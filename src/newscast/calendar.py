"""Days, months and zones of Indonesia: what is said, shown and read; never the machine's locale."""

from datetime import datetime, timedelta, timezone

#: Monday first, as datetime.weekday counts.
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
#: Western, Central and Eastern Indonesian Time; there is no summer time.
WIB = timezone(timedelta(hours=7), "WIB")
WITA = timezone(timedelta(hours=8), "WITA")
WIT = timezone(timedelta(hours=9), "WIT")
ZONES = {"WIB": WIB, "WITA": WITA, "WIT": WIT}

#: Every spelling of a month that Indonesian and English pages use, and its number.
MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags agus aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}


def date(when: datetime) -> str:
    """21 Mei 2020, in the time zone that `when` is in."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def day(when: datetime) -> str:
    """Kamis, 21 Mei 2020."""
    return f"{DAYS[when.weekday()]}, {date(when)}"


def month(name: str) -> str:
    """November 2026, of 2026-11 or of the name of a run of that month, 2026-11-2."""
    year, number = name.split("-")[:2]
    return f"{MONTHS[int(number) - 1]} {year}"
