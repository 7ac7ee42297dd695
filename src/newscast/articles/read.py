"""A path, an address or `-` -> the whole Article: fetched, extracted, and its further pages joined."""

from datetime import tzinfo
from pathlib import Path

import msgspec

from newscast.articles.clean import Dropped
from newscast.articles.dates import WIB
from newscast.articles.extract import extract, is_html
from newscast.articles.fetch import fetch
from newscast.articles.following import MOST, following
from newscast.articles.pagecache import Page
from newscast.articles.tree import decode, parse
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
) -> Article:
    """Everything from a source to its article; arguments as of `fetch` and `extract`. Raises ArticleError.

    An article whose further pages cannot be had is an error, not half an article.
    """
    page = fetch(source, cache=cache, allow_private=allow_private)
    try:
        if not page.url or not is_html(page):
            return extract(page, zone=zone, forced=forced, explain=explain)
        return _whole(page, cache, allow_private, zone, forced, explain)
    except ExtractError as error:
        name = "standard input" if source == "-" else source[:200]
        raise ExtractError(f"{name}: {error.message}", error.hint) from error


def _whole(
    page: Page,
    cache: Path | None,
    allow_private: bool,
    zone: tzinfo,
    forced: bool,
    explain: list[Dropped] | None,
) -> Article:
    """The article with its further pages, which are read in order and at most MOST."""
    everything, waiting = following(parse(decode(page)), page.url)
    if everything:
        try:
            whole = fetch(everything, cache=cache, allow_private=allow_private)
            return extract(
                msgspec.structs.replace(whole, url=page.url), zone=zone, forced=forced, explain=explain
            )
        except ArticleError:
            pass  # the link is there but what it leads to is not: read page by page
    article = extract(page, zone=zone, forced=forced, explain=explain)
    paragraphs, visited = list(article.paragraphs), {page.url}
    while waiting and len(visited) < MOST:
        address = waiting.pop(0)
        if address in visited:
            continue
        visited.add(address)
        further = fetch(address, cache=cache, allow_private=allow_private)
        _, more = following(parse(decode(further)), further.url)
        waiting += [url for url in more if url not in visited and url not in waiting]
        paragraphs = _joined(paragraphs, extract(further, zone=zone, forced=True, explain=explain).paragraphs)
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
