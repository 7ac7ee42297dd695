"""A page that is no article -> ExtractError that says what it is instead."""

import re
from collections.abc import Sequence

from newscast.articles.blocks import Block
from newscast.articles.cleaning.shape import words_in
from newscast.articles.extraction.language import language_of
from newscast.articles.extraction.metadata import Metadata
from newscast.errors import ExtractError
from newscast.model import Paragraph

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
_NOT_FOUND = re.compile(
    r"(?i)\b(?:404|halaman (?:yang anda cari )?tidak (?:di)?temukan|(?:page|article) not found|artikel "
    r"tidak (?:di)?temukan|berita tidak (?:di)?temukan|tidak dapat menemukan halaman)\b"
)
_LOGIN = re.compile(
    r"(?i)^(?:login|log in|sign in|masuk|silakan masuk|masuk (?:ke )?akun.*|login .*|sign in .*)(?:$| [|-] )"
)
_PAYWALL = re.compile(
    r"(?i)\b(?:(?:artikel|konten|berita)(?: ini)? (?:hanya |khusus )(?:untuk )?(?:pelanggan|member|"
    r"anggota)|khusus pelanggan|"
    r"(?:untuk|agar bisa) (?:melanjutkan|lanjut) (?:mem)?baca|berlangganan untuk (?:melanjutkan|lanjut)|"
    r"konten (?:premium|berbayar)|"
    r"artikel (?:premium|berbayar)|subscribe to (?:read|continue)|"
    r"anda (?:sudah|telah) mencapai batas)\b"
)
HINT = "give newscast the address of one article"


def binary(content: bytes) -> None:
    """Raise for files that say in their first bytes that they are no text."""
    for magic, name in _MAGIC.items():
        if content.startswith(magic):
            raise ExtractError(f"it is {name}, not an article", HINT)


def page(told: Metadata, blocks: Sequence[Block], paragraphs: Sequence[Paragraph]) -> None:
    """Raise when an HTML page shows itself to be something else than an article."""
    count = sum(words_in(p.text) for p in paragraphs)
    shown = " ".join(block.text for block in blocks[:400])[:60_000]
    if count < 150 and (_NOT_FOUND.search(told.title) or (count < 60 and _NOT_FOUND.search(shown))):
        raise ExtractError("the page says that there is no such article (404)", HINT)
    if count < 150 and _LOGIN.search(told.title):
        raise ExtractError("it is a login page", "open it in a browser and give newscast the saved page")
    if count < 150 and (not told.free or _PAYWALL.search(shown)) and (count < 90 or not told.free):
        raise ExtractError("the article is behind a paywall: only its beginning is here")
    if count < 70 and ({"VideoObject", "og:video", "og:video.other"} & told.types):
        raise ExtractError("it is a video page: there is no text to read", HINT)
    headlines = sum(block.linked > 0.8 and words_in(block.text) >= 5 for block in blocks)
    articles = any(name.endswith(("Article", "BlogPosting", "og:article")) for name in told.types)
    listing = told.types & {"CollectionPage", "ItemList", "SearchResultsPage", "og:website"}
    least = 25 if articles else headlines * 15 if listing else 45
    if headlines >= 10 and count < least:
        raise ExtractError("it is an index page: a list of articles, not one", HINT)


def not_an_article(title: str, paragraphs: Sequence[Paragraph], *, forced: bool) -> str:
    """The language of an article. Raises for nothing, next to nothing, or another than Indonesian."""
    text = " ".join(p.text for p in paragraphs)
    if not text or not title:
        raise ExtractError("there is no article in it", HINT)
    language = language_of(text)
    if forced:
        return language
    if words_in(text) < 25:
        raise ExtractError(f"there is no article in it: only {words_in(text)} words of text", HINT)
    if language != "id":
        name = {"en": "English", "ms": "Malay"}.get(language, "another language")
        raise ExtractError(f"it is not Indonesian but {name}", "use --force to read it all the same")
    return language
