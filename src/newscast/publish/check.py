"""Show's folder -> what is wrong with it, found offline: settings, cover, episodes and feed."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from mutagen.mp3 import MP3, HeaderNotFoundError

from newscast import pictures
from newscast.errors import NewscastError, ShowError
from newscast.files import disk
from newscast.model import Episode
from newscast.publish import store
from newscast.publish.archive import documents, numbers
from newscast.publish.categories import CATEGORIES
from newscast.publish.doctor import Problem, Severity, examine, is_uuid
from newscast.publish.manifests import MANIFEST, Shelf, read, shelf
from newscast.publish.release import feed_document, read_cover
from newscast.publish.store import FEED, folder
from newscast.show import Show

AGAIN = "run newscast publish --again, which writes it anew"
_MAKE_AGAIN = "make its article again with newscast make, or remove its folder"
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


def check(show: Show, now: datetime | None = None) -> list[Problem]:
    """Everything wrong with what is out, errors first; empty when all is well. Changes nothing.

    now: what counts as the future; the clock when not given.
    """
    now = now or datetime.now(UTC)
    problems = [*_settings(show), *_cover(show)]
    try:
        with disk(show.root):
            out = shelf(show.root)
            problems += [
                Problem(_ERROR, str(show.root / "episodes" / broken.folder), broken.error, broken.hint)
                for broken in out.broken
            ]
            episodes = [read(show.root, head.folder) for head in out.heads]
            problems += _folders(show.root, episodes)
            for episode in episodes:
                problems += _episode(show, episode, now)
            problems += _feed(show, out)
    except NewscastError as error:
        problems.append(Problem(_ERROR, str(show.root), error.message, error.hint))
    return sorted(problems, key=lambda problem: problem.severity is not _ERROR)


def _settings(show: Show) -> Iterator[Problem]:
    where = "show.toml"
    host = urlsplit(show.url).hostname or ""
    if host.split(".")[-2:-1] == ["example"] or host.endswith((".example", "localhost")):
        yield Problem(_WARNING, where, f"url is still {show.url}", "set it to where the show will be served")
    if not show.url.startswith("https://"):
        yield Problem(_WARNING, where, "url is not https, which directories refuse", "serve it over https")
    if not show.guid:
        value = f'guid = "{show.podcast_guid}"'
        yield Problem(_WARNING, where, "the show has no guid of its own", f"add {value} and never change it")
    elif not is_uuid(show.guid):
        yield Problem(
            _ERROR, where, f"guid {show.guid!r} is no UUID", "remove it and run newscast check again"
        )
    if not show.email:
        yield Problem(_WARNING, where, "no e-mail of the owner, which some directories want", "set email")
    outer, *inner = show.category or ("",)
    if outer not in CATEGORIES or len(inner) > 1 or not set(inner) <= set(CATEGORIES[outer]):
        names = " > ".join(show.category)
        yield Problem(_WARNING, where, f"Apple has no category {names!r}", 'as in ["News", "Daily News"]')


def _cover(show: Show) -> Iterator[Problem]:
    try:
        path = show.file(show.cover)
        if path:
            pictures.read_cover(path)
    except NewscastError as error:
        yield Problem(_ERROR, "show.toml", error.message, error.hint)
    if not show.cover:
        hint = "make it a square of 1400 to 3000 pixels, RGB, without transparency"
        yield Problem(_WARNING, "show.toml", "the show has no cover, which directories require", hint)


def _folders(root: Path, episodes: list[Episode]) -> Iterator[Problem]:
    for first, second in pairwise(sorted(episodes, key=lambda episode: episode.guid)):
        if first.guid == second.guid:
            message = f"its guid is also that of {folder(root, first).name}"
            yield Problem(_ERROR, str(folder(root, second)), message, "remove one of the two")
    for path in sorted((root / "episodes").glob("[!.]*")):
        if not (path / MANIFEST).is_file():
            yield Problem(_WARNING, str(path), "no episode: it has no episode.json", "remove it")


def _episode(show: Show, episode: Episode, now: datetime) -> Iterator[Problem]:
    home = folder(show.root, episode)
    if episode.published > now:
        yield Problem(_WARNING, str(home), f"dated in the future: {episode.published.isoformat()}")
    if any(before.end > after.start for before, after in pairwise(episode.cues)):
        yield Problem(_ERROR, str(home / MANIFEST), "cues overlap", _MAKE_AGAIN)
    yield from _mp3(home / episode.sound.file, episode)
    for name, data in store.derived(episode).items():
        path = home / name
        if not path.is_file():
            yield Problem(_ERROR, str(path), "missing", AGAIN)
        elif path.read_bytes() != data:
            yield Problem(_ERROR, str(path), "not as the manifest says", AGAIN)


def _mp3(path: Path, episode: Episode) -> Iterator[Problem]:
    if not path.is_file():
        yield Problem(_ERROR, str(path), "the MP3 is gone", _MAKE_AGAIN)
        return
    data = path.read_bytes()
    if len(data) != episode.sound.length:
        yield Problem(_ERROR, str(path), f"{len(data)} bytes, not {episode.sound.length}", _MAKE_AGAIN)
    elif hashlib.sha256(data).hexdigest() != episode.sound.sha256:
        yield Problem(_ERROR, str(path), "its bytes have changed since it was made", _MAKE_AGAIN)
    try:
        info: Any = MP3(BytesIO(data)).info
    except HeaderNotFoundError:
        yield Problem(_ERROR, str(path), "no MP3", _MAKE_AGAIN)
        return
    if abs(info.length - episode.duration) > 1:
        message = f"plays {info.length:.1f} s, and its manifest says {episode.duration:.1f} s"
        yield Problem(_ERROR, str(path), message, _MAKE_AGAIN)


def _feed(show: Show, out: Shelf) -> Iterator[Problem]:
    path = show.root / FEED
    if not path.is_file():
        if out.heads:
            yield Problem(_ERROR, str(path), "there is no feed", AGAIN)
        return
    data = path.read_bytes()
    for finding in examine(data):
        if finding.message.startswith(("no category", "the channel has no picture")):
            continue  # told of show.toml
        yield Problem(finding.severity, str(path), finding.message, AGAIN, finding.rule)
    try:
        channel = etree.fromstring(data).find("channel")
    except etree.XMLSyntaxError:
        return
    if channel is None:
        return
    for item in channel.findall("item"):
        for message in _sound(show, item):
            yield Problem(_ERROR, str(path), message, AGAIN, "RSS 2.0")
    *_, document = documents(out.heads, show.feed_items)
    wanted = {head.guid for head in document.heads}
    absent = len(wanted - {item.findtext("guid") for item in channel.findall("item")})
    if absent:
        yield Problem(
            _WARNING, str(path), f"{absent} of the {len(wanted)} newest episodes are not in it", AGAIN
        )
        return
    with suppress(ShowError):  # of the cover, which has been told
        numbered = numbers(out.heads) if show.feed.season else {}
        if data != feed_document(show, document, read_cover(show)[1], numbered):
            yield Problem(_WARNING, str(path), "not up to date with the episodes and show.toml", AGAIN)


def _sound(show: Show, item: etree._Element) -> Iterator[str]:
    """Whether the file that an item names is there, at the length that it tells."""
    enclosure = item.find("enclosure")
    if enclosure is None:
        return
    url, title = enclosure.get("url", ""), item.findtext("title") or "an item"
    path = show.root / unquote(url.removeprefix(show.address))
    if not url.startswith(show.address) or not path.is_file():
        yield f"{title}: its enclosure {url} is not there"
    elif enclosure.get("length") != str(path.stat().st_size):
        yield f"{title}: its enclosure has {path.stat().st_size} bytes, not {enclosure.get('length')}"
