"""A page (HTML, text, markdown) -> its Article and what was left out, or an ExtractError: why not."""

from datetime import tzinfo
from pathlib import Path

import msgspec
from lxml import html

from newscast.articles.address import canonical
from newscast.articles.blocks import Block, Dropped
from newscast.articles.cleaning.clean import clean
from newscast.articles.cleaning.judge import judged
from newscast.articles.cleaning.reflow import reflow
from newscast.articles.cleaning.span import is_tidy
from newscast.articles.extraction import reject
from newscast.articles.extraction.elsewhere import fullest
from newscast.articles.extraction.header import read_header
from newscast.articles.extraction.markdown import blocks_of_markdown
from newscast.articles.extraction.metadata import read_metadata
from newscast.articles.extraction.plaintext import blocks_of_text, find_published, find_title, first_prose
from newscast.articles.extraction.scripts import Held, held_texts
from newscast.articles.extraction.sites import narrow, site_of, without
from newscast.articles.extraction.tree import blocks_of, decode, parse
from newscast.articles.page import Document, Page, Read
from newscast.calendar import WIB
from newscast.errors import ExtractError
from newscast.model import Article, Paragraph

#: More than this is no article, and reading it would only take long.
_MOST_BLOCKS = 10_000
_MOST_CHARACTERS = 600_000
_TOO_LONG = "it is far longer than any article"


def document_of(page: Page) -> Document:
    """A page decoded and parsed. Raises ExtractError for what is no text."""
    reject.binary(page.content)
    reject.feed(page.content)
    text = decode(page)
    return Document(page, text, parse(text) if _is_html(page) else None)


def extract(
    document: Document,
    *,
    zone: tzinfo = WIB,
    forced: bool = False,
    sites: Path | None = None,
    address: str = "",
    spare: str = "",
) -> Read:
    """The article in `document`.

    zone: of times that name none. forced: take another language, and a text that is hardly an article.
    sites: folder of site files (see sites.py). address: of the page, where it was saved and does not know it.
    spare: the article as its feed has it, HTML, for a page that shows less.
    Raises ExtractError, which says what the page is instead, and ShowError for a bad site file.
    """
    if document.root is not None:
        read = _from_html(document.root, address or document.page.url, zone, forced, sites, spare)
    else:
        read = _from_text(document.text, document.page, address, zone)
    article = read.article
    language = reject.not_an_article(article.title, article.paragraphs, forced=forced)
    article = msgspec.structs.replace(article, language=language or article.language)
    return msgspec.structs.replace(read, article=article)


def _is_html(page: Page) -> bool:
    """Whether a page is HTML: declared, or by its first bytes where nothing is declared."""
    return "html" in page.media_type or (not page.media_type and b"<html" in page.content[:3000].lower())


def _from_html(
    root: html.HtmlElement, url: str, zone: tzinfo, forced: bool, sites: Path | None, spare: str
) -> Read:
    blocks = _bounded(blocks_of(root))
    told = read_metadata(root, blocks, url, zone)
    site = site_of(told.url, sites)
    by_site: list[Dropped] = []
    if site:
        root, cut = narrow(root, site)
        blocks, lines = without(blocks_of(root), site)
        by_site = cut + lines
    below = _below_title(blocks, told.title)
    cleaned = clean(below, told.title)
    if told.doubted:
        by_site.append(Dropped(told.doubted, "date not believed"))
    dropped = (*by_site, *_above_title(blocks[: len(blocks) - len(below)]), *cleaned.dropped)
    cleaned = msgspec.structs.replace(cleaned, dropped=dropped)
    shown, whole = cleaned.paragraphs, False
    if not site:  # whoever wrote its file knows better than a second reading
        others = (*held_texts(root), *([Held(told.title, spare)] if spare else []))
        cleaned, whole = fullest(cleaned, others, told.title, blocks, root)
    if not forced:
        reject.page(told, blocks, cleaned.paragraphs, shown, whole=whole)
    article = Article(
        title=told.title,
        paragraphs=cleaned.paragraphs,
        url=told.url,
        published=told.published,
        subtitle=told.subtitle,
        site=told.site,
        section=told.section,
        authors=told.authors,
        language="" if told.language == "id" else told.language,  # unless it can be told from the text
        image=told.image,
    )
    return Read(article, cleaned.dropped)


def _bounded(blocks: list[Block]) -> list[Block]:
    if len(blocks) > _MOST_BLOCKS or sum(len(block.text) for block in blocks) > _MOST_CHARACTERS:
        raise ExtractError(_TOO_LONG, reject.HINT)
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
    return [piece for block in blocks for piece in (Dropped(block.text, "above the title"), *block.cut)]


def _from_text(text: str, page: Page, address: str, zone: tzinfo) -> Read:
    """Plain text or Markdown; what its own header says is believed before what its lines look like."""
    told, start = read_header(text, zone)
    markdown = "markdown" in page.media_type
    if markdown and len(text) > _MOST_CHARACTERS:  # its reader takes a minute for some texts of this length
        raise ExtractError(_TOO_LONG, reject.HINT)
    blocks = _bounded((blocks_of_markdown if markdown else blocks_of_text)(text[start:]))
    if not markdown and is_tidy(judged(blocks, "", marked_up=False)):
        blocks = [*blocks[:1], *reflow(blocks[1:])]  # a title is a line of its own, the rest may be broken
    first = first_prose(blocks)
    title = _titled(blocks, told.title) if told.title else find_title(blocks, first)
    headline = told.title or (blocks[title].text if title >= 0 else "")
    cleaned = clean(blocks[title + 1 :], headline, marked_up=markdown)
    paragraphs = cleaned.paragraphs
    article = Article(
        title=headline or (_first_words(paragraphs[0]) if paragraphs else ""),
        titled=bool(headline),
        paragraphs=paragraphs,
        url=canonical(address) or told.url or page.url,
        published=told.published or find_published(blocks, title, first, zone),
        site=told.site,
        section=told.section,
        authors=told.authors,
        language="",
        image=told.image,
    )
    header = [Dropped(line, "header") for line in map(str.strip, text[:start].splitlines()) if line]
    return Read(article, (*header, *_above_title(blocks[: max(title, 0)]), *cleaned.dropped))


def _titled(blocks: list[Block], title: str) -> int:
    """Where the text says the title again that its header gave; -1 when nowhere near its beginning."""
    same = (n for n, block in enumerate(blocks[:8]) if block.text.casefold() == title.casefold())
    return next(same, -1)


def _first_words(paragraph: Paragraph) -> str:
    """A text without a headline is called by its first words."""
    words = paragraph.text.split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
