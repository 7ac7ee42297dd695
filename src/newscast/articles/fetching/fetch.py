"""A path, an http(s) address or `-` (standard input) -> the bytes of a page.

What it promises whatever a server does: at most MAX_BYTES in memory, at most DEADLINE seconds an
attempt, at most REDIRECTS hops, each of which waits its turn, is asked for only where robots.txt lets
it, and never leads from a public address to one that is not.
"""

import asyncio
import logging
import sys
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

import httpx

from newscast.articles.fetching import pagecache
from newscast.articles.fetching.decompress import decoded
from newscast.articles.fetching.reach import AgainError, Way, host_of, shown, way_to
from newscast.articles.fetching.robots import permits
from newscast.articles.page import Page
from newscast.errors import FetchError, RefusedError
from newscast.retry import MAY_PASS, RetryPolicy, retry_after

_LOG = logging.getLogger(__name__)
MAX_BYTES = 10_000_000
DEADLINE = 45.0
REDIRECTS = 6
#: A page is worth three attempts, and a busy server at most 20 s of waiting.
#: Statuses that asking again soon would not change (RFC 9110, section 15.5; 451 of RFC 7725).
_LASTING = frozenset({401, 402, 403, 404, 410, 451})
POLICY = RetryPolicy(attempts=3, wait=1.5, interval=1.0, patience=20.0)
HEADERS = {
    "User-Agent": "newscast/0.1 (reads articles aloud; one request a second at most)",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, br",
    "Accept-Language": "id",
}
_TYPES = {".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".md": "text/markdown"}


def fetch(source: str, *, cache: Path | None = None, allow_private: bool = True, robots: bool = True) -> Page:
    """Read a file, standard input (`-`) or an http(s) address. Raises FetchError.

    cache: a folder that remembers pages by their ETag or Last-Modified.
    allow_private: `source` may be a private, loopback or reserved address; a public one never leads there.
    robots: ask the host's robots.txt first.
    """
    if source == "-":
        return _local("standard input", sys.stdin.buffer.read(MAX_BYTES + 1), "")
    scheme = source.split(":", 1)[0].lower() if "://" in source else ""
    if not scheme:
        return _file(Path(source))
    if scheme not in ("http", "https"):
        raise FetchError(f"{shown(source)} is not an http or https address")
    try:
        return asyncio.run(_fetch(source, cache, allow_private, robots))
    except OSError as error:
        raise FetchError(f"the page cache {cache} cannot be used: {error.strerror or error}") from error


def _file(path: Path) -> Page:
    name = shown(str(path))
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FetchError(f"there is no file {name}") from error
    except (OSError, ValueError) as error:
        raise FetchError(f"{name} cannot be read: {getattr(error, 'strerror', error)}") from error
    return _local(name, content, _TYPES.get(path.suffix.lower(), ""))


def _local(name: str, content: bytes, media_type: str) -> Page:
    if len(content) > MAX_BYTES:
        raise FetchError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB: no article is")
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    marked_up = head.startswith(
        (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<div", b"<p>")
    )
    return Page(
        "", content, media_type or ("text/html" if marked_up or b"<html" in head else "text/plain"), ""
    )


async def _fetch(url: str, cache: Path | None, allow_private: bool, robots: bool) -> Page:
    """Try, and try again where it may help; one client an attempt keeps cookies set on the way."""
    known = pagecache.load(cache, url) if cache else None
    for attempt in range(POLICY.attempts):
        try:
            async with httpx.AsyncClient(timeout=httpx.Timeout(15.0, connect=10.0)) as client:
                trip = _Trip(client, known, cache, attempt)
                page = await trip.follow(url, allow_private=allow_private, robots=robots)
        except AgainError as again:
            delay = POLICY.delay(attempt, again.after)
            if delay is None:
                raise FetchError(again.message) from again.__cause__
            await asyncio.sleep(delay)
        except TimeoutError as error:
            raise FetchError(f"{shown(url)} took longer than {DEADLINE:g} s") from error
        else:
            if cache:
                pagecache.save(cache, url, page)
            return page
    raise AssertionError("unreachable")


class _Trip:
    """One attempt. left: seconds of DEADLINE; waiting for one's turn does not count."""

    def __init__(
        self, client: httpx.AsyncClient, known: Page | None, cache: Path | None, attempt: int
    ) -> None:
        self._client, self._known, self._cache, self._attempt = client, known, cache, attempt
        self._left = DEADLINE

    async def follow(self, url: str, *, allow_private: bool, robots: bool) -> Page:
        """Go where the redirects lead."""
        here = url
        for _ in range(REDIRECTS + 1):
            way = await way_to(here, allow_private=allow_private, attempt=self._attempt)
            rules = partial(self._rules, allow_private=allow_private)
            if robots and not await permits(here, self._cache, rules):
                raise RefusedError(
                    f"{shown(here)} is closed to programs by its site's robots.txt",
                    "if the site is yours or agrees: robots = false on its source, or --force",
                )
            await pagecache.turn(self._cache, host_of(here)[0])
            begun = asyncio.get_running_loop().time()
            async with asyncio.timeout(max(self._left, 0.0)):
                answer = await self._ask(here, way)
            self._left -= asyncio.get_running_loop().time() - begun
            if isinstance(answer, Page):
                return answer
            here = urljoin(here, answer)
            allow_private = allow_private and not way.public
        raise FetchError(f"{shown(url)} redirects more than {REDIRECTS} times")

    async def _rules(self, url: str, allow_private: bool) -> Page:
        """A robots.txt, on time of its own; never the cached page instead."""
        trip = _Trip(self._client, None, self._cache, self._attempt)
        return await trip.follow(url, allow_private=allow_private, robots=False)

    async def _ask(self, url: str, way: Way) -> Page | str:
        """The page at `url`, or where it says that it has gone."""
        _LOG.info("fetch    %s", shown(url))
        known = self._known
        headers = HEADERS | way.headers
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.modified:
            headers["If-Modified-Since"] = known.modified
        try:
            async with self._client.stream(
                "GET", way.url, headers=headers, extensions=way.extensions
            ) as response:
                if response.has_redirect_location:
                    return str(response.headers["location"])
                if response.status_code == 304 and known:
                    return known
                return await _page(url, response, public=way.public)
        except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError) as error:
            raise AgainError(f"{shown(url)} cannot be reached: {_why(error)}") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict, ValueError) as error:
            raise FetchError(f"{shown(url)} cannot be fetched: {_why(error)}") from error


async def _page(url: str, response: httpx.Response, *, public: bool) -> Page:
    status = response.status_code
    if status in MAY_PASS:
        raise AgainError(f"{shown(url)} answers {status}", retry_after(response.headers))
    if status != 200:
        hint = (
            "open it in a browser and give newscast the saved page" if status in (401, 402, 403, 451) else ""
        )
        lasting = RefusedError if status in _LASTING else FetchError
        raise lasting(f"{shown(url)} answers {status}", hint)
    content = await decoded(response, MAX_BYTES, shown(url))
    media_type, _, parameters = response.headers.get("content-type", "").partition(";")
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip("\"' ")
    return Page(
        url,
        content,
        media_type.strip().lower(),
        charset,
        etag=response.headers.get("etag", ""),
        modified=response.headers.get("last-modified", ""),
        public=public,
    )


def _why(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:160]
