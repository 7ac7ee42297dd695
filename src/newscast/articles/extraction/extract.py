"""The bytes of a page (HTML, text, markdown) -> an Article, or an ExtractError that says why not."""

import re
from datetime import tzinfo
from pathlib import Path

import msgspec
import trafilatura
from lxml import html

from newscast.articles.blocks import Block, Dropped
from newscast.articles.cleaning.clean import clean
from newscast.articles.cleaning.shape import is_sentence, words_in
from newscast.articles.extraction import reject as refuse
from newscast.articles.extraction.metadata import Metadata, read_metadata
from newscast.articles.extraction.plaintext import blocks_of_text, find_published, find_title, first_prose
from newscast.articles.extraction.sites import narrow, site_of, without
from newscast.articles.extraction.tree import blocks_of, decode, parse
from newscast.articles.page import Page
from newscast.calendar import WIB
from newscast.errors import ExtractError
from newscast.model import Article, Paragraph

#: Fewer words than this are looked for again by other means.
_FEW = 40
#: More than this is no article, and reading it would only take long.
_MOST_BLOCKS = 10_000
_MOST_CHARACTERS = 600_000
#: And when they are less than this share of the prose on the page.
_HALF = 0.5


def extract(
    page: Page,
    *,
    zone: tzinfo = WIB,
    forced: bool = False,
    explain: list[Dropped] | None = None,
    sites: Path | None = None,
) -> Article:
    """The article on `page`.

    zone: of times that name none. forced: take another language, and a text that is hardly an article.
    explain: filled with what was left out. sites: folder of site files (see sites.py).
    Raises ExtractError, which says what the page is instead, and ShowError for a bad site file.
    """
    refuse.binary(page.content)
    text = decode(page)
    left: list[Dropped] = []
    if is_html(page):
        article = _from_html(text, page, zone, left, forced, sites)
    else:
        article = _from_text(text, page, zone, left)
    language = refuse.not_an_article(article.title, article.paragraphs, forced=forced)
    if explain is not None:
        explain.extend(left)
    return msgspec.structs.replace(article, language=language or article.language)


def is_html(page: Page) -> bool:
    """Whether a page is HTML: declared, or by its first bytes where nothing is declared."""
    return "html" in page.media_type or (not page.media_type and b"<html" in page.content[:3000].lower())


def _from_html(
    text: str, page: Page, zone: tzinfo, left: list[Dropped], forced: bool, sites: Path | None
) -> Article:
    root = parse(text)
    blocks = _bounded(blocks_of(root))
    told = read_metadata(root, blocks, page.url, zone)
    site = site_of(told.url or page.url, sites)
    if site:
        root = narrow(root, site, left)
        blocks = without(blocks_of(root), site, left)
    below = _below_title(blocks, told.title)
    left += _above_title(blocks[: len(blocks) - len(below)])
    paragraphs = clean(below, told.title, explain=left)
    if not site:  # whoever wrote its file knows better than a second reading
        paragraphs = _or_else(paragraphs, root, blocks, told, left)
    if not forced:
        refuse.page(told, blocks, paragraphs)
    return Article(
        title=told.title,
        paragraphs=tuple(paragraphs),
        url=told.url,
        published=told.published,
        subtitle=told.subtitle,
        site=told.site,
        section=told.section,
        authors=told.authors,
        language="" if told.language == "id" else told.language,  # unless it can be told from the text
        image=told.image,
    )


def _bounded(blocks: list[Block]) -> list[Block]:
    if len(blocks) > _MOST_BLOCKS or sum(len(block.text) for block in blocks) > _MOST_CHARACTERS:
        raise ExtractError("it is far longer than any article", refuse.HINT)
    return blocks


def _below_title(blocks: list[Block], title: str) -> list[Block]:
    """What stands above the headline is not the article; nothing is cut when most prose stands there."""
    heads = [n for n, block in enumerate(blocks) if title and block.heading and block.text == title]
    for n in reversed(heads):
        if sum(len(b.text) for b in blocks[n:] if len(b.text) > 80) * 2 > sum(
            len(b.text) for b in blocks if len(b.text) > 80
        ):
            return blocks[n:]
    return blocks


def _above_title(blocks: list[Block]) -> list[Dropped]:
    """To be explained: menus and the like."""
    return [Dropped(block.text, "above the title") for block in blocks]


def _or_else(
    paragraphs: list[Paragraph],
    root: html.HtmlElement,
    blocks: list[Block],
    told: Metadata,
    left: list[Dropped],
) -> list[Paragraph]:
    """Where our reading finds next to nothing, or much less than the page seems to hold, another is tried.

    First the text that JSON-LD carries, then trafilatura's reading; it must find half as much again.
    """
    if _count(paragraphs) >= max(_FEW, _HALF * _prose_in(blocks)):
        return paragraphs
    for other in (_declared_body(told), _second_opinion(root)):
        dropped: list[Dropped] = []
        found = clean(blocks_of_text(other), told.title, marked_up=False, explain=dropped)
        if _count(found) > 1.5 * _count(paragraphs):
            left[:] = dropped
            return found
    return paragraphs


def _prose_in(blocks: list[Block]) -> int:
    """Words of all that looks like prose, wherever on the page."""
    counts = (words_in(b.text) for b in blocks if b.linked < 0.3 and len(b.text) > 80 and is_sentence(b.text))
    return sum(count for count in counts if count >= 12)


def _declared_body(told: Metadata) -> str:
    return re.sub(r"<[^<>]{1,300}>", "\n", told.body)


def _second_opinion(root: html.HtmlElement) -> str:
    return trafilatura.extract(root, include_comments=False, include_tables=False, favor_recall=True) or ""


def _count(paragraphs: list[Paragraph]) -> int:
    return sum(words_in(p.text) for p in paragraphs)


def _from_text(text: str, page: Page, zone: tzinfo, left: list[Dropped]) -> Article:
    markdown = "markdown" in page.media_type
    blocks = _bounded(blocks_of_text(text, markdown=markdown))
    first = first_prose(blocks)
    title = find_title(blocks, first)
    published = find_published(blocks, title, first, zone)
    headline = blocks[title].text if title >= 0 else ""
    left += _above_title(blocks[: max(title, 0)])
    paragraphs = clean(blocks[title + 1 :], headline, marked_up=markdown, explain=left)
    return Article(
        title=headline or (_first_words(paragraphs[0]) if paragraphs else ""),
        titled=bool(headline),
        paragraphs=tuple(paragraphs),
        url=page.url,
        published=published,
        language="",
    )


def _first_words(paragraph: Paragraph) -> str:
    """A text without a headline is called by its first words."""
    words = paragraph.text.split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
