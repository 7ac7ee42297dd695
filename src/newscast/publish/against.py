"""The feed as it was, the feed as it is -> what has changed that must never change: guids, dates, addresses.

Apps know an episode by its guid: another one is offered anew, with the old date or none; a date that moves
sorts it elsewhere; an address that ends breaks every link and download of it.
"""

from collections.abc import Iterator, Sequence
from email.utils import parsedate_to_datetime

import msgspec
from lxml import etree

from newscast.errors import PublishError
from newscast.files import disk
from newscast.publish.archive import ARCHIVE
from newscast.publish.doctor import Problem, Severity
from newscast.publish.item import PODCAST
from newscast.publish.store import FEED
from newscast.publish.takeover import documents
from newscast.show import Show

_WANTED = "give the file or the address of an RSS feed"


class Told(msgspec.Struct, frozen=True):
    """What a feed told of an episode. when: seconds since 1970, or None."""

    title: str
    when: float | None
    url: str


def compare(old: Sequence[bytes], new: Sequence[bytes], where: str) -> Iterator[Problem]:
    """Problems of `new` as the next version of `old`. Each is a feed with its archives.

    Episodes that only the new one has are none. Raises PublishError if one of them is no feed.
    """
    before, after = _episodes(old), _episodes(new)
    addresses = {told.url: guid for guid, told in after.items()}
    for guid, told in before.items():
        now = after.get(guid)
        if now is None:
            other = addresses.get(told.url)
            message = f"{told.title}: its guid is now {other}" if other else f"{told.title}: it is gone"
            hint = (
                f"give it back its guid {guid}"
                if other
                else f"restore {guid}, unless it was removed on purpose"
            )
            yield Problem(Severity.ERROR if other else Severity.WARNING, where, message, hint, "guids stay")
        elif now.when != told.when:
            message, hint = f"{told.title}: its date has moved", "date it as it was"
            yield Problem(Severity.ERROR, where, message, hint, "dates stay")
        elif now.url != told.url:
            message = f"{told.title}: its sound is now at {now.url}"
            hint = f"let {told.url} answer, or lead there, for a while"
            yield Problem(Severity.WARNING, where, message, hint, "addresses answer")
    ours, theirs = _guid(new), _guid(old)
    if theirs and ours != theirs:
        hint = f'set guid = "{theirs}"'
        yield Problem(Severity.ERROR, where, f"the show's podcast:guid was {theirs}", hint, "guids stay")


def compare_show(show: Show, place: str) -> list[Problem]:
    """The show's feed with its archives against an older feed, a file or an address. Raises PublishError."""
    files = [show.root / FEED, *sorted((show.root / ARCHIVE).glob("*.xml"))]
    with disk(show.root):
        ours = [path.read_bytes() for path in files if path.is_file()]
    return list(compare(documents(place), ours, str(show.root / FEED)))


def _episodes(feeds: Sequence[bytes]) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for data in feeds:
        for item in _channel(data).iter("item"):
            enclosure = item.find("enclosure")
            url = "" if enclosure is None else enclosure.get("url", "")
            guid = (item.findtext("guid") or url).strip()
            try:
                when = parsedate_to_datetime(item.findtext("pubDate") or "").timestamp()
            except ValueError:
                when = None
            found.setdefault(guid, Told((item.findtext("title") or guid).strip(), when, url))
    return found


def _guid(feeds: Sequence[bytes]) -> str:
    return next((text for data in feeds if (text := _channel(data).findtext(f"{PODCAST}guid"))), "")


def _channel(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
        channel = root.find("channel")
    except (etree.XMLSyntaxError, AttributeError) as error:
        raise PublishError(
            "the feed to compare with cannot be read", "give the file or address of an RSS feed"
        ) from error
    if channel is None:
        raise PublishError("the feed to compare with is no RSS", _WANTED)
    return channel
