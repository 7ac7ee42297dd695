"""A page that is no article -> ExtractError that says what it is instead."""

import re
from collections.abc import Sequence
from itertools import pairwise

from newscast.articles.blocks import Block
from newscast.articles.cleaning.shape import words_in
from newscast.articles.extraction.language import language_of
from newscast.articles.extraction.metadata import Metadata
from newscast.articles.extraction.neighbors import TEASER
from newscast.errors import ExtractError
from newscast.model import Paragraph

#: First bytes of files that are no text.
_MAGIC = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "audio or video",
    b"\x00\x00\x00\x18ftyp": "a video",
    b"\x00\x00\x00\x1cftyp": "a video",
    b"\x00\x00\x00\x20ftyp": "a video",
    b"ID3": "audio",
    b"OggS": "audio",
    b"PK\x03\x04": "a packed file",
    b"\x1f\x8b": "a packed file",
    b"\x7fELF": "a program",
}
#: What a page that is not there says: in its title, or anywhere when it says next to nothing else.
_NOT_FOUND = re.compile(
    r"(?i)\b(?:404|halaman (?:yang anda cari )?tidak (?:di)?temukan|(?:page|article) not found|artikel "
    r"tidak (?:di)?temukan|berita tidak (?:di)?temukan|tidak dapat menemukan halaman)\b"
)
#: Titles of pages that ask who one is; a headline that begins "Masuk Angin" goes on without a mark.
_LOGIN = re.compile(
    r"(?i)^(?:login|log in|sign in|masuk|silakan masuk|masuk (?:ke )?akun.*|login .*|sign in .*)(?:$| [|-] )"
)
#: Both in one block: an offer to go on, and what it costs. "Scroll down untuk melanjutkan membaca" is free.
_GO_ON = re.compile(
    r"(?i)\b(?:(?:artikel|konten|berita|tulisan)(?: ini)? (?:hanya|khusus|eksklusif|tersedia|premium|"
    r"berbayar)|(?:me)?lanjut(?:kan)? (?:mem)?baca|(?:terus|untuk|dapat|bisa|akses) membaca|"
    r"(?:baca )?selengkapnya|"
    r"sisa (?:artikel|berita|tulisan)|akses (?:penuh|tanpa batas|semua)|subscribe to|continue reading|"
    r"mencapai batas)\b"
)
#: Words of such an offer at the most, where it is taken for the article's.
_OFFER = 15
_PAID = re.compile(
    r"(?i)\b(?:(?:ber)?langganan|pelanggan|member|anggota|premium|berbayar|log ?in|masuk|daftar|akun|"
    r"subscribe(?:rs?)?|batas (?:baca|artikel))\b"
)
#: A title or an address of pictures. "Foto lama ditemukan" has no colon and is a headline.
_GALLERY = re.compile(
    r"(?i)^\W*(?:foto|galeri(?: foto)?|photos?|potret|infografi[ks]|in picture)\b\W*[:|]|"
    r"/(?:foto|photos?|galeri|infografi[ks]s?)/"
)
#: The root element of RSS, RDF, Atom and sitemaps.
_FEED = re.compile(rb"<(?:rss|rdf:RDF|urlset|sitemapindex)[\s>]|<feed[^>]{0,200}Atom", re.I)

HINT = "give newscast the address of one article"
#: SOURCE is filled in by whoever knows where the page came from.
FORCE = "newscast make SOURCE --force reads it all the same"
SITE = "newscast make SOURCE --force, or say in sites/DOMAIN.toml where its articles stand"
SAVED = "open it in a browser and give newscast the saved page"


def binary(content: bytes) -> None:
    """Raise for files that say in their first bytes that they are no text."""
    for magic, name in _MAGIC.items():
        if content.startswith(magic):
            raise ExtractError(f"it is {name}, not an article", HINT)


def feed(content: bytes) -> None:
    """Raise for a feed or a sitemap, whatever its name says."""
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf", b"<urlset", b"<sitemap")) and _FEED.search(
        head
    ):
        raise ExtractError(
            "it is a feed, not an article", "name its address as a source: feed = in show.toml"
        )


def page(
    told: Metadata,
    blocks: Sequence[Block],
    paragraphs: Sequence[Paragraph],
    shown: Sequence[Paragraph],
    *,
    whole: bool = False,
) -> None:
    """Raise when an HTML page shows itself to be something else than an article.

    shown: what its blocks gave, before another text was tried. whole: that other text is known to be all of
    the article, whatever the page says about paying.
    """
    count = sum(words_in(p.text) for p in paragraphs)
    texts = [told.title, *(block.text for block in blocks[: 400 if count < 60 else 0])]
    if count < 150 and any(_NOT_FOUND.search(text[:2000]) for text in texts):
        raise ExtractError("the page says that there is no such article (404)", HINT)
    if count < 150 and _LOGIN.search(told.title):
        raise ExtractError("it is a login page", SAVED)
    if not whole and count < 150 and (not told.free or (count < 90 and _is_closed(blocks, paragraphs))):
        raise ExtractError(
            f"the article is behind a paywall: only its beginning is here, {count} words",
            f"as a subscriber, {SAVED}; {FORCE}",
        )
    if count < 70 and ({"VideoObject", "og:video", "og:video.other"} & told.types):
        raise ExtractError(f"it is a video page with {count} words of text", FORCE)
    if count < 40 and _is_gallery(told):
        raise ExtractError(f"it is a photo page with {count} words of text", FORCE)
    if _is_index(told, blocks, paragraphs, count) or (not whole and _has_only_teasers(told, blocks, shown)):
        raise ExtractError("it is an index page: a list of articles, not one", f"{HINT}; else {SITE}")


def _is_closed(blocks: Sequence[Block], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a block offers the rest for money or an account; a long paragraph of the article only speaks of
    such things."""
    own = {p.text for p in paragraphs if words_in(p.text) > _OFFER}
    near = (block.text for block in blocks[:400] if words_in(block.text) <= 60 and block.text not in own)
    return any(_GO_ON.search(text) and _PAID.search(text) for text in near)


def _is_gallery(told: Metadata) -> bool:
    kinds = {"ImageGallery", "MediaGallery", "Photograph", "ImageObject", "og:photo", "og:gallery"}
    return bool(
        _GALLERY.search(told.title) or _GALLERY.search(told.url) or kinds & told.types - {"ImageObject"}
    )


#: A page with so many headlines, or teasers below headlines, may be a list of articles.
_MANY = 10
_CARDS = 5
#: Words of an article that calls itself one, whatever stands below it.
_ENOUGH = 40


def _is_index(told: Metadata, blocks: Sequence[Block], paragraphs: Sequence[Paragraph], count: int) -> bool:
    """Whether a page lists articles: many headlines or teasers and little text, or one above each text."""
    headlines = sum(block.linked > 0.8 and words_in(block.text) >= 5 for block in blocks)
    articles = _says_article(told)
    listing = told.types & {"CollectionPage", "ItemList", "SearchResultsPage", "og:website"}
    least = 25 if articles else headlines * 15 if listing else 45
    if headlines >= _MANY and count < least:
        return True
    kept = {p.text for p in paragraphs}
    cards = sum(b.text in kept and a.linked > 0.8 and words_in(a.text) > 2 for a, b in pairwise(blocks))
    return cards >= _CARDS and cards >= 0.9 * len(kept)


def _has_only_teasers(told: Metadata, blocks: Sequence[Block], shown: Sequence[Paragraph]) -> bool:
    """Whether a page has many teasers of articles and next to nothing else."""
    teasers = [words_in(block.text) for block in blocks if block.rule == TEASER and block.linked < 0.5]
    least = _ENOUGH if _says_article(told) else sum(teasers)
    return len(teasers) >= _CARDS and sum(words_in(p.text) for p in shown) < least


def _says_article(told: Metadata) -> bool:
    return any(name.endswith(("Article", "BlogPosting", "og:article")) for name in told.types)


def not_an_article(title: str, paragraphs: Sequence[Paragraph], *, forced: bool) -> str:
    """The language of an article. Raises for nothing, next to nothing, or another than Indonesian."""
    text = " ".join(p.text for p in paragraphs)
    if not text or not title:
        raise ExtractError("there is no article in it", HINT)
    language = language_of(text)
    if forced:
        return language
    if words_in(text) < 25:
        raise ExtractError(f"there is no article in it: only {words_in(text)} words of text", SITE)
    if language != "id":
        name = {"en": "English", "ms": "Malay"}.get(language, "another language")
        raise ExtractError(f"it is not Indonesian but {name}", FORCE)
    return language
