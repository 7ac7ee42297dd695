"""When an article was published, from what is written, declared and seen."""

from datetime import UTC, datetime, timedelta

import pytest
from test_articles_extract import PARAGRAPHS, markup

from newscast.articles.dates import find_moment, find_stamp, is_believable, is_month_first, settle
from newscast.articles.extraction.extract import document_of, extract
from newscast.articles.page import Page
from newscast.calendar import WIB


def read(text: str, media_type: str = "text/html") -> tuple[str, list[str]]:
    """When, and which dates are not believed."""
    got = extract(document_of(Page("", text.encode(), media_type, "")))
    when = got.article.published
    return when.isoformat() if when else "", [d.text for d in got.dropped if d.rule == "date not believed"]


def page(*stamps: str, seen: str = "") -> str:
    metas = "".join(f'<meta property="article:published_time" content="{stamp}">' for stamp in stamps[:1])
    metas += "".join(f'<meta name="pubdate" content="{stamp}">' for stamp in stamps[1:])
    line = f"<div>{seen}</div>" if seen else ""
    return markup(*PARAGRAPHS, head=metas).replace("</h1>", f"</h1>{line}")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("10/21/2025", "2025-10-21"),
        ("21/10/2025", "2025-10-21"),
        ("10/06/2025", "2025-06-10"),
        ("13/13/2025", None),
        ("0000-00-00 00:00:00", None),
        ("1 Januari 0001", None),
        ("31 Desember 9999", None),
    ],
)
def test_a_date_is_read_as_it_can_only_be(written: str, day: str | None) -> None:
    moment = find_moment(written)
    assert (moment.clock.date().isoformat() if moment else None) == day


@pytest.mark.parametrize(
    ("texts", "american"),
    [
        (["10/21/2025 08:00", "10/06/2025"], True),
        (["10/21/2025", "21/10/2025"], False),
        (["10/06/2025", "2025-10-21"], False),
        ([], False),
    ],
)
def test_a_file_is_american_when_one_date_can_be_nothing_else(texts: list[str], american: bool) -> None:
    assert is_month_first(texts) is american


def test_an_american_file_is_read_so_throughout() -> None:
    text = "\n".join(
        ["Warga Memperbaiki Saluran Air", "10/06/2025 16:37 WIB", *PARAGRAPHS, "10/21/2025 10:00 WIB"]
    )
    assert read(text, "text/plain")[0] == "2025-10-06T16:37:00+07:00"
    assert read(text.replace("10/21", "21/10"), "text/plain")[0] == "2025-06-10T16:37:00+07:00"
    other = "<p>Diterbitkan 10/21/2025</p>"
    html = page(seen="10/06/2025 16:37 WIB").replace("</body>", f"{other}</body>")
    assert read(html)[0] == "2025-10-06T16:37:00+07:00"


@pytest.mark.parametrize(
    ("stamp", "seen", "published"),
    [
        # The day alone is declared, a time is seen.
        ("2025-06-10", "Selasa, 10 Juni 2025 21:30 WIB", "2025-06-10T21:30:00+07:00"),
        ("2025-06-09", "Selasa, 10 Juni 2025 01:30 WITA", "2025-06-10T01:30:00+08:00"),
        ("2025-06-10", "1 Januari 2025 08:00 WIB", "2025-06-10T12:00:00+07:00"),
        # Local time that was declared wrongly.
        ("2025-06-10T21:30:00Z", "Selasa, 10 Juni 2025 21:30 WIB", "2025-06-10T21:30:00+07:00"),
        ("2025-06-10T21:30:00-07:00", "", "2025-06-10T21:30:00+07:00"),
        ("2025-06-10T21:30:00-08:00", "10 Juni 2025 21:30 WITA", "2025-06-10T21:30:00+08:00"),
        # America.
        ("2025-06-10T21:30:00-08:00", "", "2025-06-11T12:30:00+07:00"),
        ("2025-12-10T21:30:00-08:00", "December 10, 2025 9:30 PM PST", "2025-12-10T21:30:00-08:00"),
        ("2025-06-10T21:30:00-07:00", "10 Juni 2025, 9.30 malam PDT", "2025-06-10T21:30:00-07:00"),
        ("2025-06-10", "10 Juni 2025, 9.30 malam PDT", "2025-06-10T21:30:00-07:00"),
        ("2025-06-10T21:30:00-07:00", "Rabu, 11 Juni 2025 11:30 WIB", "2025-06-11T11:30:00+07:00"),
        ("2025-06-10T21:30:00-04:00", "", "2025-06-11T08:30:00+07:00"),
    ],
)
def test_what_is_declared_is_checked_against_what_is_seen(stamp: str, seen: str, published: str) -> None:
    assert read(page(stamp, seen=seen))[0] == published


@pytest.mark.parametrize("odd", ["2099-01-01T07:00:00+07:00", "1970-01-01T00:00:00Z"])
def test_a_date_that_no_article_has_is_told_and_the_next_is_taken(odd: str) -> None:
    assert read(page(odd, "2024-03-05T10:00:00+07:00")) == ("2024-03-05T10:00:00+07:00", [odd])
    assert read(page(odd, seen="5 Maret 2024 10:00 WIB"))[0] == "2024-03-05T10:00:00+07:00"
    assert read(page(odd))[0] == ""


@pytest.mark.parametrize("odd", ["0001-01-01T00:00:00+07:00", "0000-00-00 00:00:00", "9999-12-31T23:59:59Z"])
def test_a_date_that_is_none_harms_nobody(odd: str) -> None:
    assert read(page(odd))[0] == ""


def test_what_is_believable() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert is_believable(now + timedelta(hours=30), now)
    assert not is_believable(now + timedelta(days=3), now)
    assert is_believable(datetime(1945, 8, 17, tzinfo=WIB), now)
    assert settle(None, find_stamp("2025-06-10"), WIB) == datetime(2025, 6, 10, 12, tzinfo=WIB)
