"""Bytes that were fetched -> what the server says of them, the document they are, what was read out of it."""

import msgspec
from lxml import html

from newscast.articles.blocks import Dropped
from newscast.model import Article


class Page(msgspec.Struct, frozen=True):
    """What was fetched.

    url: where it was found after redirects; "" for a file or standard input. content: at most 10 MB.
    media_type: like text/html, "" unknown. charset: as the server declares it, "" unknown.
    etag, modified: what the server wants to hear when the page is asked for again.
    public: whether it was had from an address that everyone may reach.
    """

    url: str
    content: bytes
    media_type: str
    charset: str
    etag: str = ""
    modified: str = ""
    public: bool = False


class Document(msgspec.Struct, frozen=True):
    """A page decoded and parsed, once. root: its tree, None when it is no HTML."""

    page: Page
    text: str
    root: html.HtmlElement | None = None


class Read(msgspec.Struct, frozen=True):
    """The article of a source, and in order what stood around it."""

    article: Article
    dropped: tuple[Dropped, ...] = ()
