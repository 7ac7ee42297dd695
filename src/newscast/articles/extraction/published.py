"""What a page declares and shows of its time -> when it was published."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

import msgspec
from lxml import html

from newscast.articles.blocks import Block
from newscast.articles.dates import (
    Moment,
    find_moment,
    find_stamp,
    is_believable,
    is_date_line,
    is_month_first,
    settle,
)

#: An address that names its day: /2024/03/05/, /20240305-
_DATED = re.compile(r"/((?:19|20)\d\d)/?([01]\d)/?([0-3]\d)(?:/|\d{0,6}[-/])")
_UPDATE = re.compile(r"(?i)diperbarui|update|modified")
#: Characters of a line that may give the date.
_DATE_LINE = 120
#: Blocks above and below the title among which its date line stands.
_ABOVE, _BELOW = 6, 14


class When(msgspec.Struct, frozen=True):
    """published: None if the page does not say. doubted: a date it gives that no article has, as written."""

    published: datetime | None
    doubted: str = ""


def find_published(
    root: html.HtmlElement,
    blocks: Sequence[Block],
    declared: Iterable[str],
    title: str,
    url: str,
    zone: tzinfo,
) -> When:
    """When a page was published. declared: timestamps of its metadata, the best first. zone: of times that
    name none."""
    marked = root.xpath('//*[@itemprop="datePublished"]')
    stamps = [*declared, *(e.get("datetime") or e.get("content") or "" for e in marked)]
    times = [e.get("datetime", "") for e in root.iter("time")][:1]
    american = is_month_first((*stamps, *(block.text for block in blocks if len(block.text) < _DATE_LINE)))
    doubted = ""
    stamp = None
    for text in filter(None, (*stamps, *times)):
        moment = find_stamp(text, month_first=american)
        if moment and is_believable(moment.aware(zone)):
            stamp = moment
            break
        doubted = doubted or (text if moment else "")
    seen = seen_moment(blocks, title, zone, month_first=american)
    if stamp is None and seen is None:
        stamp = _of_address(url) or _guessed(root)
        stamp = stamp if stamp and is_believable(stamp.aware(zone)) else None
    return When(settle(stamp, seen, zone), doubted[:80])


def _of_address(url: str) -> Moment | None:
    found = _DATED.search(url)
    return find_stamp("-".join(found.groups())) if found else None


def _guessed(root: html.HtmlElement) -> Moment | None:
    """htmldate's opinion, of last resort. It may raise nearly anything on odd pages."""
    from htmldate import find_date  # takes longer to load than most pages to read

    try:
        return find_stamp(find_date(root, original_date=True, extensive_search=False) or "")
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def seen_moment(
    blocks: Sequence[Block], title: str, zone: tzinfo, *, month_first: bool = False
) -> Moment | None:
    """The date line a reader sees nearest to the title, rather below than above; a time beats a day."""
    heads = [n for n, block in enumerate(blocks) if block.text == title] or [0]
    found: list[tuple[int, Moment]] = []
    for head in heads:
        for n in range(max(0, head - _ABOVE), min(len(blocks), head + _BELOW)):
            text = blocks[n].text
            if n == head or not is_date_line(text) or _UPDATE.search(text):
                continue
            moment = find_moment(text, month_first=month_first)
            if moment and is_believable(moment.aware(zone)):
                away = n - head if n > head else (head - n) * 2 + 4
                found.append((away + (0 if moment.timed else 20), moment))
    return min(found, key=lambda pair: pair[0])[1] if found else None
