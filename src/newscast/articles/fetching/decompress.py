"""An HTTP response -> its body, decompressed, never larger than asked.

httpx would decompress for us, but a chunk at a time and without a limit: 64 kB of Brotli can hold gigabytes.
"""

import zlib

import brotli
import httpx

from newscast.errors import FetchError

_STEP = 65_536


class _Gzip:
    """gzip or zlib, told apart by their first byte."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._rest = b""

    def feed(self, data: bytes, room: int) -> bytes:
        """At most about `room` bytes of what `data` holds."""
        out = self._inner.decompress(self._rest + data, room)
        self._rest = self._inner.unconsumed_tail
        return out


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        """At most about `room` bytes of what `data` holds."""
        out: bytes = self._inner.process(data, output_buffer_limit=room)
        while len(out) < room and not self._inner.can_accept_more_data():
            more: bytes = self._inner.process(b"", output_buffer_limit=room)
            if not more:
                break
            out += more
        return out


class _Plain:
    def feed(self, data: bytes, _room: int) -> bytes:
        """The data itself."""
        return data


async def decoded(response: httpx.Response, limit: int, name: str) -> bytes:
    """The whole body of `response`. Raises FetchError when it exceeds `limit` bytes or is broken."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    decoder: _Gzip | _Brotli | _Plain
    if encoding in ("gzip", "x-gzip", "deflate"):
        decoder = _Gzip()
    elif encoding == "br":
        decoder = _Brotli()
    elif encoding in ("identity", ""):
        decoder = _Plain()
    else:
        raise FetchError(f"{name} is packed as {encoding[:40]!r}, which was not asked for")
    content = bytearray()
    try:
        async for chunk in response.aiter_raw(_STEP):
            content += decoder.feed(chunk, limit + 1 - len(content))
            if len(content) > limit:
                raise FetchError(f"{name} is larger than {limit // 1_000_000} MB: no article is")
    except (zlib.error, brotli.error) as error:
        raise FetchError(f"{name} is packed wrongly: {error}") from error
    return bytes(content)
