"""A path, an http(s) address or `-` (standard input) -> the bytes of a page.

What it promises whatever a server does: at most MAX_BYTES in memory, at most DEADLINE seconds an
attempt, at most REDIRECTS hops, and (allow_private=False) no connection to an address that is not
public: the name is looked up once and the connection goes to the address that was checked.
"""

import asyncio
import socket
import sys
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from newscast.articles.fetching import pagecache
from newscast.articles.fetching.decompress import decoded
from newscast.articles.page import Page
from newscast.errors import FetchError
from newscast.retry import MAY_PASS, RetryPolicy, retry_after

MAX_BYTES = 10_000_000
DEADLINE = 45.0
REDIRECTS = 6
#: A page is worth three attempts, and a busy server at most 20 s of waiting.
POLICY = RetryPolicy(attempts=3, wait=1.5, interval=1.0, patience=20.0)
USER_AGENT = "newscast/0.1 (reads articles aloud; one request a second at most)"
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.5"
_NAT64 = IPv6Network("64:ff9b::/96")
_TYPES = {".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".md": "text/markdown"}


class _AgainError(Exception):
    """Worth another try, after so many seconds at the least."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.message = message
        self.after = after


def fetch(source: str, *, cache: Path | None = None, allow_private: bool = True) -> Page:
    """Read a file, standard input (`-`) or an http(s) address. Raises FetchError.

    cache: a folder that remembers pages by their ETag or Last-Modified.
    allow_private: let an address, a redirect or a name lead to private, loopback or reserved addresses.
    """
    if source == "-":
        return _local("standard input", sys.stdin.buffer.read(MAX_BYTES + 1), "")
    scheme = source.split(":", 1)[0].lower() if "://" in source else ""
    if not scheme:
        return _file(Path(source))
    if scheme not in ("http", "https"):
        raise FetchError(f"{_short(source)} is not an http or https address")
    try:
        return asyncio.run(_fetch(source, cache, allow_private))
    except OSError as error:
        raise FetchError(f"the page cache {cache} cannot be used: {error.strerror or error}") from error


def _file(path: Path) -> Page:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FetchError(f"there is no file {path}") from error
    except (OSError, ValueError) as error:
        raise FetchError(
            f"{_short(str(path))} cannot be read: {getattr(error, 'strerror', error)}"
        ) from error
    return _local(str(path), content, _TYPES.get(path.suffix.lower(), ""))


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


async def _fetch(url: str, cache: Path | None, allow_private: bool) -> Page:
    """Try, and try again where it may help, each time within DEADLINE seconds."""
    known = pagecache.load(cache, url) if cache else None
    for attempt in range(POLICY.attempts):
        await pagecache.turn(cache, _host(url)[0])
        try:
            async with asyncio.timeout(DEADLINE):
                page = await _follow(url, known, allow_private)
        except _AgainError as again:
            delay = POLICY.delay(attempt, again.after)
            if delay is None:
                raise FetchError(again.message) from again.__cause__
            await asyncio.sleep(delay)
        except TimeoutError as error:
            raise FetchError(f"{_short(url)} took longer than {DEADLINE:g} s") from error
        else:
            if cache:
                pagecache.save(cache, url, page)
            return page
    raise AssertionError("unreachable")


async def _follow(url: str, known: Page | None, allow_private: bool) -> Page:
    """Go where the redirects lead. One client, so that cookies set on the way are kept."""
    timeout = httpx.Timeout(15.0, connect=10.0)
    async with httpx.AsyncClient(timeout=timeout) as client:
        here = url
        for _ in range(REDIRECTS + 1):
            address, headers, extensions = await _checked(here, allow_private)
            if known and known.etag:
                headers["If-None-Match"] = known.etag
            if known and known.modified:
                headers["If-Modified-Since"] = known.modified
            try:
                async with client.stream("GET", address, headers=headers, extensions=extensions) as response:
                    if response.has_redirect_location:
                        here = urljoin(here, response.headers["location"])
                        continue
                    if response.status_code == 304 and known:
                        return known
                    return await _page(here, response)
            except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError) as error:
                raise _AgainError(f"{_short(here)} cannot be reached: {_why(error)}") from error
            except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict, ValueError) as error:
                raise FetchError(f"{_short(here)} cannot be fetched: {_why(error)}") from error
    raise FetchError(f"{_short(url)} redirects more than {REDIRECTS} times")


async def _page(url: str, response: httpx.Response) -> Page:
    status = response.status_code
    if status in MAY_PASS:
        raise _AgainError(f"{_short(url)} answers {status}", retry_after(response.headers))
    if status != 200:
        hint = (
            "open it in a browser and give newscast the saved page" if status in (401, 402, 403, 451) else ""
        )
        raise FetchError(f"{_short(url)} answers {status}", hint)
    content = await decoded(response, MAX_BYTES, _short(url))
    media_type, _, parameters = response.headers.get("content-type", "").partition(";")
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip("\"' ")
    return Page(
        url,
        content,
        media_type.strip().lower(),
        charset,
        etag=response.headers.get("etag", ""),
        modified=response.headers.get("last-modified", ""),
    )


async def _checked(url: str, allow_private: bool) -> tuple[str, dict[str, str], dict[str, Any]]:
    """The address to connect to, and what tells the server and TLS the name that was meant."""
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, br",
        "Accept-Language": "id",
    }
    host, port = _host(url)
    if allow_private:
        return url, headers, {}
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _AgainError(f"{host} cannot be found: {error}") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not is_public(address):
            raise FetchError(
                f"{_short(url)} leads to {address}, which is not a public address",
                "set allow_private = true on that source if it is yours",
            )
    literal = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
    parts = urlsplit(url)
    headers["Host"] = parts.netloc.rpartition("@")[2]
    pinned = parts._replace(netloc=f"{literal}:{port}").geturl()
    return pinned, headers, {"sni_hostname": host}


def _host(url: str) -> tuple[str, int]:
    """Host and port of an http(s) address. Raises FetchError for anything else."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError(f"{_short(url)} is not an address") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError(f"{_short(url)} is not an http or https address")
    return host, port


def is_public(address: str) -> bool:
    """Whether anyone on the internet may reach an IP address; IPv6's disguises of IPv4 are looked behind."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _short(url: str) -> str:
    """An address as a message shows it: on one line, not a screenful."""
    shown = "".join(c if c.isprintable() else "?" for c in url)
    return shown if len(shown) <= 120 else shown[:117] + "..."


def _why(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:160]
