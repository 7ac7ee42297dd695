"""A source of show.toml (a feed, an inbox folder, one address) -> links to articles, newest first."""

import calendar
import re
from datetime import UTC, datetime
from html.entities import html5
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import msgspec
from lxml import etree

from newscast.articles.address import canonical as canonical
from newscast.articles.dates import find_stamp
from newscast.articles.extraction.tree import plain_line
from newscast.articles.fetching import pagecache
from newscast.articles.fetching.fetch import fetch
from newscast.articles.page import Page
from newscast.calendar import WIB
from newscast.errors import FetchError
from newscast.show import Source

INBOX = (".txt", ".html", ".htm", ".md")
#: A feed larger than this is no feed of news.
MAX_FEED = 5_000_000
MAX_ENTRIES = 1000
_SITEMAPS = 5
_OLDEST = datetime.min.replace(tzinfo=UTC)


class Link(msgspec.Struct, frozen=True):
    """One article to be fetched. url: its address or its file's path. published: aware, None if not said."""

    url: str
    title: str
    published: datetime | None


class _JsonItem(msgspec.Struct):
    url: str = ""
    external_url: str = ""
    id: str | int = ""
    title: str = ""
    date_published: str = ""


class _JsonFeed(msgspec.Struct):
    items: list[_JsonItem]
    version: str = ""


def find_links(source: Source, folder: Path, *, cache: Path | None = None) -> list[Link]:
    """The newest `source.limit` articles of a source, no two of them one article. Raises FetchError.

    folder: where show.toml lies, which an inbox is relative to.
    """
    if source.url:
        return [Link(source.url, "", None)]
    if source.inbox:
        links = _of_inbox(folder / source.inbox)
    else:
        if cache is not None:
            pagecache.prune(cache)
        links = _of_feed(source.feed, cache, source.allow_private, depth=1)
    links.sort(key=lambda link: link.published or _OLDEST, reverse=True)
    first: dict[str, Link] = {}
    for link in links:
        first.setdefault(canonical(link.url), link)
    return list(first.values())[: source.limit]


def _of_inbox(folder: Path) -> list[Link]:
    """Files by their time of change; hidden and half-written ones (.name, name~) are left alone."""
    try:
        files = [
            f
            for f in folder.iterdir()
            if f.suffix.lower() in INBOX and not f.name.startswith(".") and f.is_file()
        ]
        return [Link(str(f), f.stem, datetime.fromtimestamp(f.stat().st_mtime, UTC)) for f in sorted(files)]
    except FileNotFoundError as error:
        raise FetchError(f"there is no inbox {folder}", f"mkdir -p {folder}") from error
    except OSError as error:
        raise FetchError(f"the inbox {folder} cannot be read: {error.strerror}") from error


def _of_feed(url: str, cache: Path | None, allow_private: bool, depth: int) -> list[Link]:
    page = fetch(url, cache=cache, allow_private=allow_private)
    content = page.content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if len(content) > MAX_FEED:
        raise FetchError(f"{url} is larger than {MAX_FEED // 1_000_000} MB: no feed of news is")
    if content.startswith(b"{"):
        links = _of_json(content, page, url)
    elif re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", content[:4096]):
        links = _of_sitemap(content, page, url, cache, allow_private, depth)
    else:
        links = _of_xml(content, page, url)
    return [link for link in links if link.url.startswith(("http://", "https://"))][:MAX_ENTRIES]


def _of_json(content: bytes, page: Page, url: str) -> list[Link]:
    """JSON Feed 1.1."""
    try:
        feed = msgspec.json.decode(content, type=_JsonFeed, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FetchError(f"{url} is not a JSON Feed: {error}") from error
    return [
        Link(
            _joined(page, item.url or item.external_url or str(item.id)),
            plain_line(item.title),
            _stamp(item.date_published),
        )
        for item in feed.items
    ]


def _of_sitemap(
    content: bytes, page: Page, url: str, cache: Path | None, allow_private: bool, depth: int
) -> list[Link]:
    """sitemaps.org 0.9 with Google's news extension; of an index, the newest few sitemaps."""
    root = _tree(content, page.charset)
    if root is None:
        raise FetchError(f"{url} is not a sitemap")
    rows = []
    for entry in list(root.iterchildren("{*}url", "{*}sitemap"))[: 10 * MAX_ENTRIES]:
        told = {
            etree.QName(e).localname: (e.text or "").strip() for e in entry.iter() if isinstance(e.tag, str)
        }
        address = next((e.text or "" for e in entry.iterchildren("{*}loc")), "").strip()
        when = told.get("publication_date") or told.get("lastmod", "")
        rows.append(Link(_joined(page, address), plain_line(told.get("title", "")), _stamp(when)))
    if etree.QName(root).localname != "sitemapindex":
        return rows
    if depth == 0:
        return []
    rows.sort(key=lambda link: link.published or _OLDEST, reverse=True)
    return [link for row in rows[:_SITEMAPS] for link in _of_feed(row.url, cache, allow_private, depth - 1)]


def _of_xml(content: bytes, page: Page, url: str) -> list[Link]:
    """RSS 0.9 to 2.0, RDF and Atom.

    feedparser gets well-formed XML without entities only: it reads broken XML a hundred times slower.
    """
    root = _tree(content, page.charset)
    if root is None or etree.QName(root).localname.lower() not in ("rss", "rdf", "feed"):
        raise FetchError(f"{url} is not a feed", "newscast wants RSS, Atom, JSON Feed or a news sitemap")
    for extra in list(root.iter("{*}item", "{*}entry"))[MAX_ENTRIES:]:
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
        published = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    return Link(_joined(page, entry.get("link", "")), plain_line(entry.get("title", "")), published)


def _stamp(text: str) -> datetime | None:
    moment = find_stamp(text) if text else None
    return moment.aware(WIB) if moment else None


def _joined(page: Page, url: str) -> str:
    try:
        return urljoin(page.url, url.strip()) if url.strip() else ""
    except ValueError:
        return ""
