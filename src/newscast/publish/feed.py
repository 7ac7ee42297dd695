"""Show and episodes -> feed.xml: RSS 2.0 with the itunes, podcast, atom and content namespaces.

Apple's Podcaster's Guide to RSS, PSP-1 and the Podcasting 2.0 namespace say what each element
holds. The same show and episodes make the same bytes, on every machine and in every locale.
"""

import html
from collections.abc import Sequence
from email.utils import format_datetime
from urllib.parse import quote

from lxml import etree

from newscast.model import Chapter, Episode
from newscast.plain import legal, plain, shorten
from newscast.publish.manifests import folder_of
from newscast.publish.store import FEED, PAGE, chapters_of, transcript_of
from newscast.publish.words import DISCLOSURE, SHOW_DISCLOSURE, stamp, web
from newscast.show import Show

#: Directories refuse bigger feeds; the newest episodes that fit stay in.
MAX_BYTES = 5_000_000
#: Characters of a value, bytes of a description: Apple's limits.
MAX_VALUE = 255
MAX_DESCRIPTION = 4000

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_NAMESPACES = {
    "itunes": ITUNES[1:-1],
    "podcast": _PODCAST[1:-1],
    "atom": _ATOM[1:-1],
    "content": _CONTENT[1:-1],
}


def write_feed(show: Show, episodes: Sequence[Episode], cover: str) -> bytes:
    """The feed, UTF-8. episodes: the newest first. cover: a file name, or ""."""
    rss = etree.Element("rss", version="2.0", nsmap=_NAMESPACES)
    channel = _add(rss, "channel")
    _channel(channel, show, cover)
    if episodes:
        # Of the newest episode, not of this run: nothing new makes the same bytes.
        _add(channel, "lastBuildDate", format_datetime(max(e.published for e in episodes)))
    room = MAX_BYTES - len(etree.tostring(rss))
    for episode in episodes:
        item = _add(channel, "item")
        _item(item, show, episode)
        room -= len(etree.tostring(item, encoding="UTF-8")) + 100  # indentation
        if room < 0:
            channel.remove(item)
            break
    return etree.tostring(rss, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def address(show: Show, episode: Episode, name: str) -> str:
    """The absolute address, in ASCII, of a file in an episode's folder."""
    return show.address + quote(f"episodes/{folder_of(episode)}/{name}")


def _channel(channel: etree._Element, show: Show, cover: str) -> None:
    title, author = _value(show.title), _value(show.author)
    _add(channel, f"{_ATOM}link", href=show.address + FEED, rel="self", type="application/rss+xml")
    _add(channel, "title", title)
    _add(channel, "link", show.address)
    _add(channel, "description", _with_end(plain(show.description), SHOW_DISCLOSURE))
    _add(channel, "language", show.language)
    if show.copyright:
        _add(channel, "copyright", _value(show.copyright))
    _add(channel, "generator", "newscast")
    if cover:
        picture = show.address + quote(cover)
        image = _add(channel, "image")
        for name, text in {"url": picture, "title": title, "link": show.address}.items():
            _add(image, name, text)
        _add(image, "width", "144")  # as shown; RSS allows no more
        _add(image, "height", "144")
        _add(channel, f"{ITUNES}image", href=picture)
    _add(channel, f"{ITUNES}author", author)
    email = _value(show.email)
    if email:
        owner = _add(channel, f"{ITUNES}owner")
        _add(owner, f"{ITUNES}name", author)
        _add(owner, f"{ITUNES}email", email)
    category = channel
    for name in show.category:
        category = _add(category, f"{ITUNES}category", text=name)
    _add(channel, f"{ITUNES}explicit", _explicit(show))
    _add(channel, f"{ITUNES}type", "episodic")
    _add(channel, f"{_PODCAST}guid", show.podcast_guid)
    _add(channel, f"{_PODCAST}medium", "podcast")
    _add(channel, f"{_PODCAST}locked", "yes", **({"owner": email} if email else {}))
    _add(channel, f"{_PODCAST}person", author, role="host")
    _add(channel, f"{_PODCAST}txt", "true", purpose="ai-content")


def _item(item: etree._Element, show: Show, episode: Episode) -> None:
    _add(item, "title", _value(episode.title))
    _add(item, "link", address(show, episode, PAGE))
    _add(item, "description", _description(episode))
    _add(item, f"{_CONTENT}encoded", _content(episode))
    _add(item, "guid", episode.guid, isPermaLink="false")
    _add(item, "pubDate", format_datetime(episode.published))
    media = episode.sound
    sound = address(show, episode, media.file)
    _add(item, "enclosure", url=sound, length=str(media.length), type=media.mime)
    _add(item, f"{ITUNES}duration", str(max(1, round(episode.duration))))
    _add(item, f"{ITUNES}explicit", _explicit(show))
    _add(item, f"{ITUNES}episodeType", "full")
    captions = address(show, episode, transcript_of(episode))
    _add(item, f"{_PODCAST}transcript", url=captions, type="text/vtt", language=show.language)
    chapters = address(show, episode, chapters_of(episode))
    _add(item, f"{_PODCAST}chapters", url=chapters, type="application/json+chapters")


def _description(episode: Episode) -> str:
    """Plain text, at most 4000 bytes: the summary gives way first, then the last chapters."""
    end = f"Artikel: {web(episode.url)}\n\n{DISCLOSURE}" if web(episode.url) else DISCLOSURE
    stamps = ""
    for line in map(_stamped, episode.chapters):
        if len(f"{stamps}\n{line}".encode()) > MAX_DESCRIPTION // 2:
            break
        stamps = f"{stamps}\n{line}".strip()
    return _with_end(plain(episode.summary), f"{stamps}\n\n{end}".strip())


def _content(episode: Episode) -> str:
    """The same as HTML, for clients that show it."""
    rows = "".join(f"<li>{html.escape(_stamped(chapter))}</li>" for chapter in episode.chapters)
    url = html.escape(web(episode.url))
    parts = [
        f"<p>{html.escape(shorten(plain(episode.summary), MAX_DESCRIPTION))}</p>",
        f"<ul>{rows}</ul>" if rows else "",
        f'<p><a href="{url}">Artikel asli</a></p>' if url else "",
        f"<p>{DISCLOSURE}</p>",
    ]
    return "".join(parts)


def _stamped(chapter: Chapter) -> str:
    return f"{stamp(chapter.start)} {plain(chapter.title)}"


def _with_end(text: str, end: str) -> str:
    """Two paragraphs of at most 4000 bytes together, the first cut as needed."""
    size = min(len(text), MAX_DESCRIPTION)
    while size and len(f"{shorten(text, size)}\n\n{end}".encode()) > MAX_DESCRIPTION:
        size -= 1 + size // 100
    return f"{shorten(text, size)}\n\n{end}" if size else end


def _value(text: str) -> str:
    return shorten(plain(text), MAX_VALUE)


def _explicit(show: Show) -> str:
    return "true" if show.explicit else "false"


def _add(parent: etree._Element, name: str, content: str = "", **attributes: str) -> etree._Element:
    """An element below `parent`. Whatever comes from outside, what XML forbids stays outside."""
    element = etree.SubElement(parent, name, {key: legal(value) for key, value in attributes.items()})
    if content:
        element.text = legal(content)
    return element
