"""The feed of a show on another host -> episodes of ours: guids, dates, titles and sound as they were.

Sound is brought over byte by byte, so that the old host may be left; what the feed tells of an episode is
kept, what it does not tell (a transcript in words) is not invented.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec
from lxml import etree, html
from mutagen import File as MutagenFile
from mutagen import MutagenError

from newscast.errors import PublishError
from newscast.model import SCHEMA, Chapter, Episode, Media
from newscast.plain import plain, shorten
from newscast.publish.item import ATOM, ITUNES, PODCAST
from newscast.publish.store import slugify
from newscast.show import podcast_guid

#: Documents of one feed, and bytes of one file, beyond which something is wrong.
MOST_DOCUMENTS, MOST_BYTES = 500, 2_000_000_000
_MIMES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "opus": "audio/ogg", "ogg": "audio/ogg"}
_WANTED = "give the file or the address of an RSS feed"
_MEND = "mend it in the old feed"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An episode as a feed tells of it. chapters: address of its JSON chapters, or ""."""

    guid: str
    title: str
    summary: str
    published: datetime
    duration: float
    link: str
    sound: str
    mime: str
    chapters: str


def documents(place: str) -> list[bytes]:
    """A feed and, from an address, its older pages and archives (RFC 5005). Raises PublishError."""
    if "://" not in place:
        try:
            return [Path(place).read_bytes()]
        except OSError as error:
            raise PublishError(f"{place} cannot be read: {error.strerror}", _WANTED) from error
    found: list[bytes] = []
    seen: set[str] = set()
    following = place
    while following and following not in seen and len(found) < MOST_DOCUMENTS:
        seen.add(following)
        found.append(fetch(following))
        links = {str(link.get("rel")): link for link in _channel(found[-1]).findall(f"{ATOM}link")}
        older = links.get("prev-archive", links.get("next"))
        following = urljoin(following, str(older.get("href"))) if older is not None else ""
    return found


def items(feeds: list[bytes], zone: Any = UTC) -> Iterator[Item]:
    """The episodes of a feed, each once. zone: of the dates that we give them. Raises PublishError."""
    seen: set[str] = set()
    for data in feeds:
        for item in _channel(data).iter("item"):
            enclosure = item.find("enclosure")
            if enclosure is None or not enclosure.get("url"):
                continue  # a post, no episode
            url = str(enclosure.get("url"))
            guid = (item.findtext("guid") or url).strip()
            title = plain(item.findtext("title") or "") or "Tanpa judul"
            if guid in seen:
                continue
            seen.add(guid)
            try:
                published = parsedate_to_datetime(item.findtext("pubDate") or "").astimezone(zone)
            except ValueError as error:
                raise PublishError(f"{title} has no date that can be read", _MEND) from error
            chapters = item.find(f"{PODCAST}chapters")
            text = item.findtext("description") or item.findtext(f"{ITUNES}summary") or ""
            yield Item(
                guid=guid,
                title=title,
                summary=shorten(_words(text), 4000),
                published=published,
                duration=_seconds(item.findtext(f"{ITUNES}duration") or ""),
                link=(item.findtext("link") or "").strip(),
                sound=url,
                mime=_mime(url, enclosure.get("type", "")),
                chapters="" if chapters is None else chapters.get("url", ""),
            )


def show_guid(feeds: list[bytes], place: str) -> str:
    """The show's podcast:guid, which it keeps; of its address where it has none."""
    told = _channel(feeds[0]).findtext(f"{PODCAST}guid")
    return told.strip() if told else podcast_guid(place)


def take(item: Item) -> tuple[Episode, bytes]:
    """An item as an episode, and its sound. Raises PublishError."""
    sound = fetch(item.sound)
    duration = item.duration
    try:
        duration = float(MutagenFile(BytesIO(sound)).info.length)
    except (MutagenError, AttributeError) as error:
        if not duration:
            raise PublishError(f"{item.sound} is no sound file", _MEND) from error
    chapters = tuple(_chapters(item, duration)) or (Chapter(0.0, duration, shorten(item.title, 45)),)
    episode = Episode(
        schema=SCHEMA,
        guid=item.guid,
        slug=slugify(item.title),
        title=item.title,
        summary=item.summary,
        published=item.published,
        duration=duration,
        media=(
            Media(
                file="",
                mime=item.mime,
                length=len(sound),
                sha256=hashlib.sha256(sound).hexdigest(),
                bitrate=max(1, round(len(sound) * 8 / max(duration, 0.1))),
            ),
        ),
        inputs="imported",
        voices=("-",),
        sources=(item.link,) if urlsplit(item.link).scheme in ("http", "https") else (),
        cues=(),
        chapters=chapters,
    )
    return episode, sound


def fetch(url: str) -> bytes:
    """The bytes of an address that a feed names. Raises PublishError."""
    try:
        with httpx.stream("GET", url, timeout=60, follow_redirects=True) as answer:
            answer.raise_for_status()
            parts, size = [], 0
            for part in answer.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES:
                    raise PublishError(f"{url} is too big", "bring it over by hand")
            return b"".join(parts)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise PublishError(f"{url} cannot be had: {error}", "run it again; it goes on") from error


def _chapters(item: Item, duration: float) -> Iterator[Chapter]:
    if not item.chapters:
        return
    try:
        rows = msgspec.json.decode(fetch(item.chapters))["chapters"]
        marks = sorted((max(0.0, float(row["startTime"])), plain(str(row.get("title", "")))) for row in rows)
    except (PublishError, msgspec.DecodeError, KeyError, TypeError, ValueError):
        return  # it is heard without them
    marks = [(start, title or "Bab") for start, title in marks if start < duration]
    ends = [*(start for start, _ in marks[1:]), duration]
    for place, ((start, title), end) in enumerate(zip(marks, ends, strict=True)):
        yield Chapter(start if place else 0.0, end, title)


def _words(text: str) -> str:
    """A description without its HTML."""
    if "<" not in text or not text.strip():
        return plain(text)
    try:
        return plain(" ".join(str(part) for part in html.fromstring(text).itertext()))
    except (etree.ParserError, etree.XMLSyntaxError):
        return plain(text)


def _seconds(text: str) -> float:
    try:
        parts = [float(part) for part in text.strip().split(":")]
    except ValueError:
        return 0.0
    return sum(part * 60.0**place for place, part in enumerate(reversed(parts)))


def _mime(url: str, told: str) -> str:
    end = urlsplit(url).path.rpartition(".")[2].lower()
    return _MIMES.get(end, told if told in _MIMES.values() else "audio/mpeg")


def _channel(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        channel = etree.fromstring(data, parser).find("channel")
    except (etree.XMLSyntaxError, AttributeError):
        channel = None
    if channel is None:
        raise PublishError("that is no RSS feed", _WANTED)
    return channel
