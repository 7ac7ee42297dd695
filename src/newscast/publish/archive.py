"""Heads of all episodes -> the documents of the feed, and the months that pages list.

feed.xml holds the newest `feed_items`. Older ones are in archives (RFC 5005, section 4), each a run of at
most three quarters as many of one month, counted from its first episode. An archive appears once one of its
episodes has left feed.xml; by then a quarter of `feed_items` came after it, so the run is full or its month
is over: it is complete, and new episodes never change its bytes. What changes them is a change of what they
tell: an episode of its month that is corrected, removed or dated back, or another title, cover or address.
An old episode that is corrected is for that reason also in feed.xml again, as the RFC advises, until as
many newer ones have come: readers that keep their copy of an archive learn of it there.
"""

from collections.abc import Sequence

import msgspec

from newscast.publish.manifests import Head
from newscast.publish.store import FEED

ARCHIVE = "archive"


class Document(msgspec.Struct, frozen=True):
    """One file of the feed, below the web root. heads: the newest first. previous: the next older file."""

    file: str
    heads: tuple[Head, ...]
    previous: str = ""


class Run(msgspec.Struct, frozen=True):
    """Some episodes of one month, the newest first. name: 2026-11, and from the second run on 2026-11-2."""

    name: str
    heads: tuple[Head, ...]


def runs(heads: Sequence[Head], size: int) -> list[Run]:
    """The months, the oldest first, each cut into runs of `size` from its first episode on."""
    months: dict[str, list[Head]] = {}
    for head in reversed(heads):
        months.setdefault(head.folder[:7], []).append(head)
    found = []
    for month in sorted(months):
        for number, start in enumerate(range(0, len(months[month]), size), 1):
            name = month if number == 1 else f"{month}-{number}"
            found.append(Run(name, tuple(reversed(months[month][start : start + size]))))
    return found


def documents(heads: Sequence[Head], items: int) -> list[Document]:
    """All files of the feed, the archives from the oldest on, at last feed.xml. heads: the newest first."""
    newest, older = heads[:items], heads[items:]
    left = {head.guid for head in older}
    found: list[Document] = []
    for run in runs(heads, max(1, items * 3 // 4)):
        if any(head.guid in left for head in run.heads):
            previous = found[-1].file if found else ""
            found.append(Document(f"{ARCHIVE}/{run.name}.xml", run.heads, previous))
    corrected = [head for head in older if head.updated and head.updated > newest[-1].published]
    corrected.sort(key=touched, reverse=True)
    again = {head.guid for head in corrected[: max(1, items // 4)]}
    shown = (*newest, *(head for head in older if head.guid in again))
    return [*found, Document(FEED, shown, found[-1].file if found else "")]


def touched(head: Head) -> float:
    """When what listeners get of an episode last changed, in seconds since 1970."""
    return max(head.published, head.updated or head.published).timestamp()


def numbers(heads: Sequence[Head]) -> dict[str, int]:
    """The number of each episode, by guid, in the year of its date."""
    years: dict[str, int] = {}
    found = {}
    for head in reversed(heads):
        years[head.folder[:4]] = found[head.guid] = years.get(head.folder[:4], 0) + 1
    return found
