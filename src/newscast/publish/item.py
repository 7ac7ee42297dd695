"""Episode -> its item of the feed.

Apple's Podcaster's Guide to RSS, PSP-1 and the Podcasting 2.0 namespace say what each element holds.
"""

import html
from email.utils import format_datetime
from urllib.parse import quote

from lxml import etree

from newscast.model import Chapter, Episode
from newscast.plain import legal, plain, shorten
from newscast.publish.manifests import folder_of
from newscast.publish.store import PAGE, chapters_of, transcript_of
from newscast.publish.words import DISCLOSURE, stamp, web
from newscast.show import Show

#: Characters of a value, bytes of a description: Apple's limits.
MAX_VALUE = 255
MAX_DESCRIPTION = 4000

#: In the order in which clients should take them.
_TRANSCRIPTS = {"vtt": "text/vtt", "srt": "application/x-subrip", "json": "application/json"}

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"


def add_item(
    channel: etree._Element, show: Show, episode: Episode, number: int = 0, brief: bool = False
) -> None:
    """An item below `channel`. number: of the episode in its year, 0 for none. brief: without its HTML."""
    item = add(channel, "item")
    add(item, "title", value(episode.title))
    add(item, "link", address(show, episode, PAGE))
    add(item, "description", _description(episode))
    if not brief:
        add(item, f"{CONTENT}encoded", _content(episode))
    add(item, "guid", episode.guid, isPermaLink="false")
    add(item, "pubDate", format_datetime(episode.published))
    if episode.updated:
        add(item, f"{ATOM}updated", episode.updated.isoformat())
    media = episode.sound
    sound = address(show, episode, media.file)
    add(item, "enclosure", url=sound, length=str(media.length), type=media.mime)
    add(item, f"{ITUNES}duration", str(max(1, round(episode.duration))))
    add(item, f"{ITUNES}explicit", "true" if show.explicit else "false")
    trailer = show.feed.trailer in (episode.guid, folder_of(episode))
    add(item, f"{ITUNES}episodeType", "trailer" if trailer else "full")
    if number and not trailer:
        add(item, f"{ITUNES}season", str(episode.published.year))
        add(item, f"{ITUNES}episode", str(number))
    if episode.image and not web(episode.image):
        add(item, f"{ITUNES}image", href=address(show, episode, episode.image))
    for format, kind in _TRANSCRIPTS.items() if episode.cues else ():
        url = address(show, episode, transcript_of(episode, format))
        add(item, f"{PODCAST}transcript", url=url, type=kind, language=show.language)
    chapters = address(show, episode, chapters_of(episode))
    add(item, f"{PODCAST}chapters", url=chapters, type="application/json+chapters")
    _editions(item, show, episode)


def _editions(item: etree._Element, show: Show, episode: Episode) -> None:
    """The other files of the same sound, for who has little data or likes another format."""
    for media in episode.media[1:]:
        other = add(
            item,
            f"{PODCAST}alternateEnclosure",
            type=media.mime,
            length=str(media.length),
            bitrate=str(media.bitrate),
        )
        add(other, f"{PODCAST}source", uri=address(show, episode, media.file))


def address(show: Show, episode: Episode, name: str) -> str:
    """The absolute address, in ASCII, of a file in an episode's folder."""
    return show.address + quote(f"episodes/{folder_of(episode)}/{name}")


def _description(episode: Episode) -> str:
    """Plain text, at most 4000 bytes: the summary gives way first, then the last chapters and corrections."""
    end = f"Artikel: {web(episode.url)}\n\n{DISCLOSURE}" if web(episode.url) else DISCLOSURE
    told = _lines([plain(correction.text) for correction in reversed(episode.corrections)], 800)
    stamps = _lines([_stamped(chapter) for chapter in episode.chapters], MAX_DESCRIPTION // 2)
    return with_end(plain(episode.summary), "\n\n".join(part for part in (told, stamps, end) if part))


def _lines(lines: list[str], most: int) -> str:
    """As many of the lines as fit into so many bytes."""
    kept = ""
    for line in lines:
        if len(f"{kept}\n{line}".encode()) > most:
            break
        kept = f"{kept}\n{line}".strip()
    return kept


def _content(episode: Episode) -> str:
    """The same as HTML, for clients that show it."""
    rows = "".join(f"<li>{html.escape(_stamped(chapter))}</li>" for chapter in episode.chapters)
    url = html.escape(web(episode.url))
    parts = [
        f"<p>{html.escape(shorten(plain(episode.summary), MAX_DESCRIPTION))}</p>",
        *(f"<p><em>{html.escape(plain(told.text))}</em></p>" for told in reversed(episode.corrections[-5:])),
        f"<ul>{rows}</ul>" if rows else "",
        f'<p><a href="{url}">Artikel asli</a></p>' if url else "",
        f"<p>{DISCLOSURE}</p>",
    ]
    return "".join(parts)


def _stamped(chapter: Chapter) -> str:
    return f"{stamp(chapter.start)} {plain(chapter.title)}"


def with_end(text: str, end: str) -> str:
    """Two paragraphs of at most 4000 bytes together, the first cut as needed."""
    size = min(len(text), MAX_DESCRIPTION)
    while size and len(f"{shorten(text, size)}\n\n{end}".encode()) > MAX_DESCRIPTION:
        size -= 1 + size // 100
    return f"{shorten(text, size)}\n\n{end}" if size else end


def value(text: str) -> str:
    """What fits into one element of the feed."""
    return shorten(plain(text), MAX_VALUE)


def add(parent: etree._Element, name: str, content: str = "", **attributes: str) -> etree._Element:
    """An element below `parent`. Whatever comes from outside, what XML forbids stays outside."""
    element = etree.SubElement(parent, name, {key: legal(value) for key, value in attributes.items()})
    if content:
        element.text = legal(content)
    return element
