"""A path, an address or `-` -> the whole Article: fetched, extracted, and its further pages joined.

The order of the room: fetch -> tree (HTML) or plaintext gives blocks -> metadata -> clean leaves paragraphs
and says what it dropped (reflow makes whole lines, judge says which are chrome by themselves, span finds
where the article begins and ends) -> reject turns away what is no article. `following` finds further pages
of an article, `links` finds articles in feeds, `left_out` says what a producer should look at.
"""

import shlex
from collections.abc import Callable
from datetime import tzinfo
from functools import partial
from pathlib import Path

import msgspec

from newscast.articles.address import site_of
from newscast.articles.extraction.extract import document_of, extract
from newscast.articles.extraction.pagination import MOST, following
from newscast.articles.fetching.fetch import fetch
from newscast.articles.fetching.reach import shown
from newscast.articles.page import Document, Page, Read
from newscast.calendar import WIB
from newscast.errors import ArticleError, ExtractError
from newscast.model import Kind, Paragraph


def read_article(
    source: str,
    *,
    cache: Path | None = None,
    allow_private: bool = True,
    zone: tzinfo = WIB,
    forced: bool = False,
    sites: Path | None = None,
    robots: bool = True,
    address: str = "",
    spare: str = "",
) -> Read:
    """Everything from a source to its article and what was left out.

    Arguments are those of `fetch` and `extract`. Raises ArticleError. An article whose further pages cannot
    be had is an error, not half an article. forced also reads what robots.txt closes. spare: what the feed
    has of it, read in its place where the page cannot be had.
    """
    get = partial(fetch, cache=cache, robots=robots and not forced)
    extracted = partial(extract, zone=zone, sites=sites, address=address, spare=spare)
    try:
        page = get(source, allow_private=allow_private)
    except ArticleError:
        if not spare:
            raise
        page = Page(source, spare.encode(), "text/html", "utf-8", public=True)
    try:
        more = partial(get, allow_private=allow_private and not page.public)
        return _whole(document_of(page), more, extracted, forced)
    except ExtractError as error:
        name = "standard input" if source == "-" else shown(source)
        hint = error.hint.replace("SOURCE", shlex.quote(source)).replace(
            "DOMAIN", site_of(source) or "domain"
        )
        raise ExtractError(f"{name}: {error.message}", hint) from error


def _whole(
    document: Document, get: Callable[[str], Page], extracted: Callable[..., Read], forced: bool
) -> Read:
    """The article with its further pages, which are read in order and at most MOST."""
    here = document.page.url
    everything, waiting = _further(document)
    if everything:
        try:
            page = msgspec.structs.replace(get(everything), url=here)
            return extracted(document_of(page), forced=forced)
        except ArticleError:
            pass  # the link is there but what it leads to is not: read page by page
    read = extracted(document, forced=forced)
    visited = {here}
    while waiting and len(visited) < MOST:
        address = waiting.pop(0)
        if address in visited:
            continue
        visited.add(address)
        further = document_of(get(address))
        waiting += [url for url in _further(further)[1] if url not in visited and url not in waiting]
        read = _with_page(read, extracted(further, forced=True))
    return read


def _further(document: Document) -> tuple[str, list[str]]:
    """Where the rest of the article is (see `following`): nowhere for a text and for a file."""
    if document.root is None or not document.page.url:
        return "", []
    return following(document.root, document.page.url)


def _with_page(read: Read, more: Read) -> Read:
    """An article and its next page; what was left out of that stands behind all paragraphs before it."""
    before = len(read.article.paragraphs)
    dropped = [msgspec.structs.replace(piece, at=before + piece.at) for piece in more.dropped]
    paragraphs = tuple(_joined(list(read.article.paragraphs), more.article.paragraphs))
    dropped = [msgspec.structs.replace(piece, at=min(piece.at, len(paragraphs))) for piece in dropped]
    return Read(msgspec.structs.replace(read.article, paragraphs=paragraphs), (*read.dropped, *dropped))


def _joined(paragraphs: list[Paragraph], more: tuple[Paragraph, ...]) -> list[Paragraph]:
    """Pages in a row, without what each page repeats; a sentence that the page's end cuts is made whole."""
    known = {p.text for p in paragraphs}
    fresh = [p for p in more if p.text not in known]
    if (
        paragraphs
        and fresh
        and paragraphs[-1].kind is fresh[0].kind is Kind.BODY
        and fresh[0].text[0].islower()
    ):
        fresh[0] = Paragraph(f"{paragraphs.pop().text} {fresh[0].text}")
    return paragraphs + fresh
