"""Bytes that were fetched -> what the server, or the file's name, says of them."""

import msgspec


class Page(msgspec.Struct, frozen=True):
    """What was fetched.

    url: where it was found after redirects; "" for a file or standard input. content: at most 10 MB.
    media_type: like text/html, "" unknown. charset: as the server declares it, "" unknown.
    etag, modified: what the server wants to hear when the page is asked for again.
    """

    url: str
    content: bytes
    media_type: str
    charset: str
    etag: str = ""
    modified: str = ""
