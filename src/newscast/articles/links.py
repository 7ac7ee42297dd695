"""A source of show.toml (a feed, an inbox folder, one address) -> links to articles, newest first.

All that a source gives is handed on: how many of them a night makes is the night's affair, once it knows
which are new.
"""

import re
import time
from datetime import UTC, datetime
from html import escape
from html.entities import html5
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

import feedparser
import msgspec
from lxml import etree

from newscast.articles.address import canonical as canonical
from newscast.articles.dates import find_stamp, is_believable
from newscast.articles.extraction.tree import plain_line
from newscast.articles.fetching import pagecache
from newscast.articles.fetching.fetch import fetch
from newscast.articles.fetching.reach import host_of, shown
from newscast.articles.page import Page
from newscast.calendar import WIB
from newscast.errors import FetchError
from newscast.tables import Source

INBOX = (".txt", ".html", ".htm", ".md")
#: A feed larger than this is no feed of news.
MAX_FEED = 5_000_000
MAX_ENTRIES = 1000
#: A sitemap holds at most so many entries (sitemaps.org), in no order.
_MAX_SITEMAP = 50_000
_SITEMAPS = 5
#: Less than this is a teaser, and more no article: characters with mark-up, and words.
_SPARE = 400
MAX_SPARE = 200_000
_SPARE_WORDS = 60
#: Controls, and the bytes of a name that is not UTF-8.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Link(msgspec.Struct, frozen=True):
    """One article to be fetched. url: its address or its file's path. published: aware, None if not said.

    spare: what the feed itself has of its text, as an HTML page; "" when it is no more than a teaser.
    """

    url: str
    title: str
    published: datetime | None
    spare: str = ""


class Found(msgspec.Struct, frozen=True):
    """What a source gave. links: newest first, no two of one article.

    items: how many entries or files it has. unaddressed: how many of them lead nowhere. notes: what else a
    person should know, a sentence each.
    """

    links: tuple[Link, ...]
    items: int
    unaddressed: int = 0
    notes: tuple[str, ...] = ()


class _JsonItem(msgspec.Struct):
    url: str = ""
    external_url: str = ""
    id: str | int = ""
    title: str = ""
    date_published: str = ""


class _JsonFeed(msgspec.Struct):
    items: list[_JsonItem]
    version: str = ""


def find_links(source: Source, folder: Path, *, cache: Path | None = None) -> Found:
    """Every article of a source. folder: where show.toml lies, which an inbox is relative to.

    Raises FetchError when it gives nothing at all because it cannot be had or read.
    """
    if source.url:
        return Found((Link(source.url, "", None),), 1)
    notes: list[str] = []
    if source.inbox:
        entries = _of_inbox(folder / source.inbox, notes)
    else:
        if cache is not None:
            pagecache.prune(cache)
        entries = _Feeds(cache, source.allow_private, notes).read(source.feed, depth=1)
    links = _believed([link for link in entries if link.url], notes)
    links.sort(key=_age, reverse=True)
    first: dict[str, Link] = {}
    for link in links:
        first.setdefault(canonical(link.url), link)
    return Found(tuple(first.values()), len(entries), len(entries) - len(links), tuple(notes))


def source_fault(source: Source, folder: Path) -> FetchError | None:
    """Why a source can never give anything, found without asking it; None if it may."""
    try:
        if source.inbox:
            _of_inbox(folder / source.inbox, [])
        else:
            host_of(source.feed or source.url)
    except FetchError as error:
        return error
    return None


def _age(link: Link) -> datetime:
    return link.published or datetime.min.replace(tzinfo=UTC)


def _believed(links: list[Link], notes: list[str]) -> list[Link]:
    """The links, without dates that no article can have."""
    wrong = [link for link in links if link.published and not is_believable(link.published)]
    if wrong:
        notes.append(
            f"{len(wrong)} dates are not believed, such as {wrong[0].published:%Y-%m-%d} "
            f"of {shown(wrong[0].url)}"
        )
    return [msgspec.structs.replace(link, published=None) if link in wrong else link for link in links]


def _of_inbox(folder: Path, notes: list[str]) -> list[Link]:
    """Files by their time of change; hidden and half-written ones (.name, name~) are left alone."""
    links = []
    try:
        for file in sorted(folder.iterdir()):
            if file.suffix.lower() not in INBOX or file.name.startswith(".") or not file.is_file():
                continue
            if _UNSHOWN.search(file.name):
                notes.append(f"{shown(str(file))} is left alone: its name cannot be shown; rename it")
                continue
            links.append(Link(str(file), file.stem, _changed(file)))
    except FileNotFoundError as error:
        raise FetchError(f"there is no inbox {folder}", f"mkdir -p {folder}") from error
    except OSError as error:
        raise FetchError(f"the inbox {folder} cannot be read: {error.strerror}") from error
    return links


def _changed(file: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except (ValueError, OverflowError):  # a file system may hold any number
        return None


class _Feeds:
    """Reads one feed, or the sitemaps of an index. notes: is told what could not be had."""

    def __init__(self, cache: Path | None, allow_private: bool, notes: list[str]) -> None:
        self._cache, self._private, self._notes = cache, allow_private, notes

    def read(self, url: str, depth: int) -> list[Link]:
        """All entries, also those that lead nowhere. A feed is made for programs: robots.txt is not asked."""
        page = fetch(url, cache=self._cache, allow_private=self._private, robots=False)
        content = page.content.lstrip(b"\xef\xbb\xbf \t\r\n")
        name = shown(url)
        if len(content) > MAX_FEED:
            raise FetchError(f"{name} is larger than {MAX_FEED // 1_000_000} MB: no feed of news is")
        if content.startswith(b"{"):
            links = _of_json(content, page, name)
        elif re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", content[:4096]):
            links, is_index = _of_sitemap(content, page, name)
            links.sort(key=_age, reverse=True)
            if is_index:
                return self._indexed(links, depth)
        else:
            links = _of_xml(content, page, name)
        if len(links) > MAX_ENTRIES:
            self._notes.append(f"{name} has more than {MAX_ENTRIES} entries; the others are not read")
        return links[:MAX_ENTRIES]

    def _indexed(self, sitemaps: list[Link], depth: int) -> list[Link]:
        """Of an index, the newest few sitemaps; those that cannot be had are told."""
        links: list[Link] = []
        failed: list[FetchError] = []
        for sitemap in sitemaps[:_SITEMAPS] if depth else ():
            try:
                links += self.read(sitemap.url, depth - 1)
            except FetchError as error:
                failed.append(error)
        if failed and not links:
            raise failed[0]
        self._notes += [error.message for error in failed]
        return links


def _of_json(content: bytes, page: Page, name: str) -> list[Link]:
    """JSON Feed 1.1."""
    try:
        feed = msgspec.json.decode(content, type=_JsonFeed, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FetchError(f"{name} is not a JSON Feed: {error}") from error
    return [
        Link(
            _joined(page, item.url or item.external_url or str(item.id)),
            plain_line(item.title),
            _stamp(item.date_published),
        )
        for item in feed.items
    ]


def _of_sitemap(content: bytes, page: Page, name: str) -> tuple[list[Link], bool]:
    """sitemaps.org 0.9 with Google's news extension; whether it is an index of sitemaps."""
    root = _tree(content, page.charset)
    if root is None:
        raise FetchError(f"{name} is not a sitemap")
    rows = []
    for entry in list(root.iterchildren("{*}url", "{*}sitemap"))[:_MAX_SITEMAP]:
        told = {
            etree.QName(e).localname: (e.text or "").strip() for e in entry.iter() if isinstance(e.tag, str)
        }
        address = next((e.text or "" for e in entry.iterchildren("{*}loc")), "").strip()
        when = told.get("publication_date") or told.get("lastmod", "")
        rows.append(Link(_joined(page, address), plain_line(told.get("title", "")), _stamp(when)))
    return rows, etree.QName(root).localname == "sitemapindex"


def _of_xml(content: bytes, page: Page, name: str) -> list[Link]:
    """RSS 0.9 to 2.0, RDF and Atom.

    feedparser gets well-formed XML without entities only: it reads broken XML a hundred times slower.
    """
    root = _tree(content, page.charset)
    if root is None or etree.QName(root).localname.lower() not in ("rss", "rdf", "feed"):
        raise FetchError(f"{name} is not a feed", "give RSS, Atom, JSON Feed or a news sitemap")
    for extra in list(root.iter("{*}item", "{*}entry"))[MAX_ENTRIES + 1 :]:
        _remove(extra)
    feed = feedparser.parse(etree.tostring(root), response_headers={"content-location": page.url})
    return [_of_entry(entry, page) for entry in feed.entries]


def _tree(content: bytes, charset: str) -> etree._Element | None:
    """XML, mended; no DTD, no entities but those of HTML, nesting at most 256. None when nothing is left."""
    for encoding in (None, charset or "cp1252"):
        try:
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, load_dtd=False, recover=True, encoding=encoding
            )
            root: etree._Element | None = etree.fromstring(content, parser=parser)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            continue
        if root is not None:
            for entity in list(root.iter(etree.Entity)):
                entity.tail = html5.get(f"{(entity.text or '')[1:]}", "") + (entity.tail or "")
                _remove(entity)
            return root
    return None


def _remove(element: etree._Element) -> None:
    """Take an element out and leave the text behind it where it is."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _of_entry(entry: Any, page: Page) -> Link:
    when = entry.get("published") or entry.get("updated") or ""
    published = _stamp(when)
    if published is None and (parsed := entry.get("published_parsed") or entry.get("updated_parsed")):
        published = _stamp(time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed))
    title = plain_line(entry.get("title", ""))
    bodies = (piece.get("value", "") for piece in entry.get("content", ()))
    body = max((*bodies, entry.get("summary", "")), key=len)
    return Link(_joined(page, entry.get("link", "")), title, published, _spare(title, published, body))


def _spare(title: str, published: datetime | None, body: str) -> str:
    """The text of an entry as a page, where it is long enough to be an article."""
    if not _SPARE < len(body) < MAX_SPARE or len(re.sub(r"<[^<>]*>", " ", body).split()) < _SPARE_WORDS:
        return ""
    when = f'<meta property="article:published_time" content="{published.isoformat()}">' if published else ""
    head = f"<title>{escape(title)}</title>{when}"
    return f"<html><head>{head}</head><body><h1>{escape(title)}</h1><div>{body}</div></body></html>"


def _stamp(text: str) -> datetime | None:
    moment = find_stamp(text) if text else None
    return moment.aware(WIB) if moment else None


def _joined(page: Page, url: str) -> str:
    """An http(s) address, also relative to the feed's, in characters that may stand in one; "" for others."""
    try:
        whole = urljoin(page.url, url.strip()) if url.strip() else ""
    except ValueError:
        return ""
    if not whole.lower().startswith(("http://", "https://")):
        return ""
    return "".join(c if c.isprintable() and c != " " else quote(c, errors="replace") for c in whole)
