"""The bytes of a feed -> what directories, apps and the standards would find wrong with it.

Knows nothing of the show: any feed may be examined. Each finding names the rule, the place and the mend.
"""

import re
from collections import Counter
from collections.abc import Iterator
from email.utils import format_datetime, parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from lxml import etree

from newscast.publish.categories import CATEGORIES
from newscast.publish.feed import MAX_BYTES
from newscast.publish.item import ATOM, ITUNES, MAX_DESCRIPTION, MAX_VALUE, PODCAST

APPLE, SPOTIFY, PSP, RSS, PODCASTING = "Apple", "Spotify", "PSP-1", "RSS 2.0", "Podcasting 2.0"
_CHANNEL = ("title", "link", "description", "language", f"{ITUNES}category", f"{ITUNES}explicit")
_ITEM = ("title", "description", "guid", "pubDate", "enclosure", f"{ITUNES}duration")
_KINDS = {".mp3": ("audio/mpeg",), ".m4a": ("audio/mp4", "audio/x-m4a"), ".opus": ("audio/ogg", "audio/opus")}
_TRANSCRIPTS = (
    *("text/vtt", "application/x-subrip", "application/srt"),
    *("application/json", "text/html", "text/plain"),
)


class Severity(StrEnum):
    """What a problem is: met by listeners, or worth a look."""

    ERROR = "error"
    WARNING = "warning"


class Problem(msgspec.Struct, frozen=True):
    """where: a file, and in it an episode. hint: what to do, or "". rule: who asks for it, or ""."""

    severity: Severity
    where: str
    message: str
    hint: str = ""
    rule: str = ""


class Finding(msgspec.Struct, frozen=True):
    """A problem of a feed that does not yet know which file it is in."""

    rule: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


def examine(data: bytes) -> Iterator[Finding]:
    """All that is wrong with a feed; nothing more once it cannot be read."""
    if not data.startswith(b"<?xml"):
        yield Finding(RSS, "its first bytes are not <?xml", "let nothing stand before it")
    if b"<!DOCTYPE" in data[:1000]:
        yield Finding(PSP, "it has a DOCTYPE", "leave it out: apps refuse it")
    try:
        root = etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError as error:
        yield Finding(RSS, f"not well-formed: {error}", "write it again")
        return
    channel = root.find("channel")
    if channel is None or root.tag != "rss":
        yield Finding(RSS, "it is no RSS", "write it again")
        return
    if len(data) > MAX_BYTES:
        yield Finding(APPLE, f"{len(data)} bytes are more than directories take", "lower feed_items")
    yield from _channel(channel)
    items = channel.findall("item")
    for item in items:
        yield from _item(item)
    yield from _together(items)


def _channel(channel: etree._Element) -> Iterator[Finding]:
    for name in _CHANNEL:
        if not _there(channel, name):
            yield Finding(APPLE, f"the channel has no {etree.QName(name).localname}")
    yield from _texts(channel, "the channel")
    category = channel.find(f"{ITUNES}category")
    if category is not None:
        names = [category.get("text", ""), *(inner.get("text", "") for inner in category)]
        if names[0] not in CATEGORIES or not set(names[1:]) <= set(CATEGORIES[names[0]]):
            yield Finding(APPLE, f"no category is {' > '.join(names)!r}", "see Apple's list; case counts")
    image = channel.find(f"{ITUNES}image")
    if image is None:
        yield Finding(APPLE, "the channel has no picture", "name a cover", Severity.WARNING)
    elif not re.search(r"\.(jpe?g|png)$", urlsplit(image.get("href", "")).path, re.IGNORECASE):
        yield Finding(APPLE, f"the picture {image.get('href')} is not named .jpg or .png")
    if not any(link.get("rel") == "self" for link in channel.findall(f"{ATOM}link")):
        yield Finding(PSP, "the channel has no atom:link to itself")
    guid = channel.findtext(f"{PODCAST}guid")
    if guid is not None and not is_uuid(guid):
        yield Finding(PODCASTING, f"podcast:guid {guid!r} is no UUID")
    moved = channel.findtext(f"{ITUNES}new-feed-url")
    if moved is not None and not _web(moved):
        yield Finding(APPLE, f"itunes:new-feed-url {moved!r} is no address")


def _item(item: etree._Element) -> Iterator[Finding]:
    title = item.findtext("title") or "an item"
    absent = [etree.QName(name).localname for name in _ITEM if not _there(item, name)]
    if absent:
        yield Finding(RSS, f"{title}: no {', '.join(absent)}")
        return
    yield from _texts(item, title)
    yield from _enclosure(item, title)
    date = (item.findtext("pubDate") or "").strip()
    if not _is_date(date):
        yield Finding(
            RSS, f"{title}: its date {date!r} is not as RFC 2822 writes it", "English names, right day"
        )
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false" and not _web(guid.text or ""):
        yield Finding(RSS, f"{title}: its guid is no address", 'say isPermaLink="false"')
    length = item.findtext(f"{ITUNES}duration") or ""
    if not re.fullmatch(r"\d+|(\d+:)?\d?\d:\d\d", length.strip()):
        yield Finding(APPLE, f"{title}: its duration {length!r} is neither seconds nor HH:MM:SS")
    kind = item.findtext(f"{ITUNES}episodeType")
    if kind not in (None, "full", "trailer", "bonus"):
        yield Finding(APPLE, f"{title}: no episodeType is {kind!r}")
    for transcript in item.findall(f"{PODCAST}transcript"):
        if not _web(transcript.get("url", "")) or transcript.get("type") not in _TRANSCRIPTS:
            yield Finding(PODCASTING, f"{title}: its transcript has no address or another type")
    chapters = item.find(f"{PODCAST}chapters")
    if chapters is not None and chapters.get("type") not in ("application/json+chapters", "application/json"):
        yield Finding(PODCASTING, f"{title}: its chapters are of type {chapters.get('type')!r}")


def _enclosure(item: etree._Element, title: str) -> Iterator[Finding]:
    enclosure = item.find("enclosure")
    assert enclosure is not None
    url, kind = enclosure.get("url", ""), enclosure.get("type", "")
    if not _web(url) or not url.isascii():
        yield Finding(RSS, f"{title}: its enclosure {url!r} is no address in ASCII")
    if not enclosure.get("length", "").isdigit():
        yield Finding(
            RSS, f"{title}: its enclosure's length {enclosure.get('length')!r} is no number of bytes"
        )
    end = urlsplit(url).path.rpartition("/")[2].rpartition(".")[2].lower()
    wanted = _KINDS.get(f".{end}", ())
    if wanted and kind not in wanted:
        yield Finding(APPLE, f"{title}: its enclosure is .{end}, but of type {kind!r}")
    elif not wanted and not kind.startswith(("audio/", "video/")):
        yield Finding(SPOTIFY, f"{title}: its enclosure is of type {kind!r}")


def _together(items: list[etree._Element]) -> Iterator[Finding]:
    """What is wrong between items."""
    for name, of in (("guid", lambda item: item.findtext("guid")), ("enclosure", _url)):
        for value, count in Counter(filter(None, map(of, items))).items():
            if count > 1:
                yield Finding(APPLE, f"{count} items have the {name} {value}", "each needs its own")
    dates = [date for item in items if _is_date(date := (item.findtext("pubDate") or "").strip())]
    times = [parsedate_to_datetime(date).timestamp() for date in dates]
    if times != sorted(times, reverse=True):
        yield Finding(RSS, "its items are not the newest first")


def _texts(element: etree._Element, where: str) -> Iterator[Finding]:
    """Apple's limits, and values that only look right."""
    if len(element.findtext("title") or "") > MAX_VALUE:
        yield Finding(APPLE, f"{where}: the title has more than {MAX_VALUE} characters", "shorten it")
    if len((element.findtext("description") or "").encode()) > MAX_DESCRIPTION:
        yield Finding(APPLE, f"{where}: the description has more than {MAX_DESCRIPTION} bytes", "shorten it")
    explicit = element.findtext(f"{ITUNES}explicit")
    if explicit not in (None, "true", "false"):
        yield Finding(APPLE, f"{where}: itunes:explicit is {explicit!r}", "say true or false")


def _there(element: etree._Element, name: str) -> bool:
    found = element.find(name)
    return found is not None and bool(found.text or found.attrib)


def _url(item: etree._Element) -> str | None:
    enclosure = item.find("enclosure")
    return None if enclosure is None else enclosure.get("url")


def _web(text: str) -> bool:
    return bool(re.fullmatch(r"https?://\S+", text.strip()))


def _is_date(text: str) -> bool:
    """Whether a date is as RFC 2822 writes it, its weekday too; zones by name are allowed."""
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return False
    day = format_datetime(found)[:3]
    return not text[:1].isalpha() or text.startswith(f"{day},")


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID in full."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
