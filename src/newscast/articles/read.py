"""A path, an address or `-` -> the whole Article: fetched, extracted, and its further pages joined.

The order of the room: fetch -> tree (HTML) or plain (text) gives blocks -> metadata -> mend makes whole
lines -> clean, by rules.tsv, leaves paragraphs -> refuse turns away what is no article. `following` finds
further pages of an article, `links` finds articles in feeds.
"""

from collections.abc import Callable
from datetime import tzinfo
from functools import partial
from pathlib import Path

import msgspec

from newscast.articles.blocks import Dropped
from newscast.articles.extraction.extract import extract, is_html
from newscast.articles.extraction.pagination import MOST, following
from newscast.articles.extraction.tree import decode, parse
from newscast.articles.fetching.fetch import fetch
from newscast.articles.page import Page
from newscast.calendar import WIB
from newscast.errors import ArticleError, ExtractError
from newscast.model import Article, Kind, Paragraph


def read_article(
    source: str,
    *,
    cache: Path | None = None,
    allow_private: bool = True,
    zone: tzinfo = WIB,
    forced: bool = False,
    explain: list[Dropped] | None = None,
    sites: Path | None = None,
) -> Article:
    """Everything from a source to its article; arguments as of `fetch` and `extract`. Raises ArticleError.

    An article whose further pages cannot be had is an error, not half an article.
    """
    get = partial(fetch, cache=cache, allow_private=allow_private)
    read = partial(extract, zone=zone, explain=explain, sites=sites)
    page = get(source)
    try:
        if not page.url or not is_html(page):
            return read(page, forced=forced)
        return _whole(page, get, read, forced)
    except ExtractError as error:
        name = "standard input" if source == "-" else source[:200]
        raise ExtractError(f"{name}: {error.message}", error.hint) from error


def _whole(page: Page, get: Callable[[str], Page], read: Callable[..., Article], forced: bool) -> Article:
    """The article with its further pages, which are read in order and at most MOST."""
    everything, waiting = following(parse(decode(page)), page.url)
    if everything:
        try:
            return read(msgspec.structs.replace(get(everything), url=page.url), forced=forced)
        except ArticleError:
            pass  # the link is there but what it leads to is not: read page by page
    article = read(page, forced=forced)
    paragraphs, visited = list(article.paragraphs), {page.url}
    while waiting and len(visited) < MOST:
        address = waiting.pop(0)
        if address in visited:
            continue
        visited.add(address)
        further = get(address)
        _, more = following(parse(decode(further)), further.url)
        waiting += [url for url in more if url not in visited and url not in waiting]
        paragraphs = _joined(paragraphs, read(further, forced=True).paragraphs)
    return msgspec.structs.replace(article, paragraphs=tuple(paragraphs))


def _joined(paragraphs: list[Paragraph], more: tuple[Paragraph, ...]) -> list[Paragraph]:
    """Pages in a row, without what each page repeats; a sentence that the page's end cuts is mended."""
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
