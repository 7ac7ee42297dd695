"""Show and episodes -> feed.xml or an archive: RSS 2.0 with itunes, podcast, atom, content and history.

Apple's Podcaster's Guide to RSS, PSP-1, the Podcasting 2.0 namespace and RFC 5005 say what each element
holds. The same show and episodes make the same bytes, on every machine and in every locale.
"""

from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from urllib.parse import quote

from lxml import etree

from newscast.model import Episode
from newscast.plain import plain
from newscast.publish.item import (
    ATOM,
    CONTENT,
    ITUNES,
    PODCAST,
    add,
    add_item,
    address,
    value,
    with_end,
)
from newscast.publish.manifests import folder_of
from newscast.publish.store import FEED
from newscast.publish.words import SHOW_DISCLOSURE
from newscast.show import Show

#: Directories refuse bigger feeds.
MAX_BYTES = 5_000_000

HISTORY = "{http://purl.org/syndication/history/1.0}"
_NAMESPACES = {
    "itunes": ITUNES[1:-1],
    "podcast": PODCAST[1:-1],
    "atom": ATOM[1:-1],
    "content": CONTENT[1:-1],
    "fh": HISTORY[1:-1],
}


def write_feed(
    show: Show,
    episodes: Sequence[Episode],
    cover: str,
    *,
    file: str = FEED,
    previous: str = "",
    numbers: Mapping[str, int] | None = None,
) -> bytes:
    """The feed, UTF-8. episodes: the newest first. cover: a file name, or "".

    file, previous: this document's name and that of the next older one. numbers: of episodes by guid.
    A feed too big for directories goes without the HTML of its descriptions.
    """
    for brief in (False, True):
        rss = etree.Element("rss", version="2.0", nsmap=_NAMESPACES)
        channel = add(rss, "channel")
        _channel(channel, show, cover, file, previous)
        if episodes:
            # Of what it holds, not of this run: nothing new makes the same bytes.
            newest = max(max(e.published, e.updated or e.published) for e in episodes)
            add(channel, "lastBuildDate", format_datetime(newest))
        if file == FEED:
            _trailer(channel, show, episodes)
        for episode in episodes:
            add_item(channel, show, episode, (numbers or {}).get(episode.guid, 0), brief)
        data = etree.tostring(rss, xml_declaration=True, encoding="UTF-8", pretty_print=True)
        if len(data) <= MAX_BYTES:
            break
    return data


def _channel(channel: etree._Element, show: Show, cover: str, file: str, previous: str) -> None:
    title, author, email = value(show.title), value(show.author), value(show.email)
    _links(channel, show, file, previous)
    add(channel, "title", title)
    add(channel, "link", show.address)
    add(channel, "description", with_end(plain(show.description), SHOW_DISCLOSURE))
    add(channel, "language", show.language)
    if show.copyright:
        add(channel, "copyright", value(show.copyright))
    add(channel, "generator", "newscast")
    if cover:
        picture = show.address + quote(cover)
        image = add(channel, "image")
        for name, text in {"url": picture, "title": title, "link": show.address}.items():
            add(image, name, text)
        add(image, "width", "144")  # as shown; RSS allows no more
        add(image, "height", "144")
        add(channel, f"{ITUNES}image", href=picture)
    add(channel, f"{ITUNES}author", author)
    if email:
        owner = add(channel, f"{ITUNES}owner")
        add(owner, f"{ITUNES}name", author)
        add(owner, f"{ITUNES}email", email)
    category = channel
    for name in show.category:
        category = add(category, f"{ITUNES}category", text=name)
    add(channel, f"{ITUNES}explicit", "true" if show.explicit else "false")
    add(channel, f"{ITUNES}type", "episodic")
    if show.feed.block or show.key:
        add(channel, f"{ITUNES}block", "Yes")
    if show.moved_to:
        moved = show.moved_to if show.moved_to.endswith(".xml") else show.moved_to.rstrip("/") + f"/{FEED}"
        add(channel, f"{ITUNES}new-feed-url", moved)
    add(channel, f"{PODCAST}guid", show.podcast_guid)
    add(channel, f"{PODCAST}medium", "podcast")
    add(channel, f"{PODCAST}locked", "yes", **({"owner": email} if email else {}))
    _people(channel, show)
    add(channel, f"{PODCAST}txt", "true", purpose="ai-content")


def _links(channel: etree._Element, show: Show, file: str, previous: str) -> None:
    kind = "application/rss+xml"
    add(channel, f"{ATOM}link", href=show.address + file, rel="self", type=kind)
    if file != FEED:
        add(channel, f"{ATOM}link", href=show.address + FEED, rel="current", type=kind)
        add(channel, f"{HISTORY}archive")
    if previous:
        add(channel, f"{ATOM}link", href=show.address + previous, rel="prev-archive", type=kind)
    if show.feed.hub and file == FEED:
        add(channel, f"{ATOM}link", href=show.feed.hub, rel="hub")


def _people(channel: etree._Element, show: Show) -> None:
    if not show.people:
        add(channel, f"{PODCAST}person", value(show.author), role="host")
    for person in show.people:
        more = {name: text for name in ("href", "img") if (text := getattr(person, name))}
        add(channel, f"{PODCAST}person", value(person.name), role=person.role, **more)


def _trailer(channel: etree._Element, show: Show, episodes: Sequence[Episode]) -> None:
    for episode in episodes:
        if show.feed.trailer in (episode.guid, folder_of(episode)):
            media = episode.sound
            add(
                channel,
                f"{PODCAST}trailer",
                value(episode.title),
                pubdate=format_datetime(episode.published),
                url=address(show, episode, media.file),
                length=str(media.length),
                type=media.mime,
            )
