"""Fetching from servers that behave, and from servers that do not: one clear error each, in bounded time."""

import asyncio
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
import pytest

from newscast.articles.fetching import fetch as fetching
from newscast.articles.fetching import pagecache, reach
from newscast.articles.fetching.fetch import fetch
from newscast.articles.fetching.reach import is_public
from newscast.articles.page import Page
from newscast.errors import FetchError
from newscast.retry import RetryPolicy

PAGE = b"<html><body><p>Selamat pagi.</p></body></html>"
Handle = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(handle: Handle, robots: str = "") -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A real HTTP/1.1 server on loopback; gives its address and the headers of each request.

    robots: its robots.txt, which is not counted among the requests; "" for none.
    """
    seen: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                answer(self, robots.encode(), 200 if robots else 404, Content_Type="text/plain")
                return
            seen.append({k.lower(): v for k, v in self.headers.items()} | {":path": self.path})
            try:
                handle(self)
            except OSError:  # the client has had enough
                self.close_connection = True

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: Any) -> None:
            """A client that hangs up is part of the test."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(to: BaseHTTPRequestHandler, body: bytes = PAGE, status: int = 200, **headers: str) -> None:
    to.send_response(status)
    for name, value in {"Content_Length": str(len(body)), "Content_Type": "text/html", **headers}.items():
        to.send_header(name.replace("_", "-"), value)
    to.end_headers()
    to.wfile.write(body)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "POLICY", RetryPolicy(attempts=3, wait=0.01, patience=20.0))


def test_a_page_keeps_its_address_type_and_charset() -> None:
    def handle(to: BaseHTTPRequestHandler) -> None:
        if to.path == "/lama":
            answer(to, b"", 301, Location="/baru")
        else:
            answer(to, Content_Type='text/html; charset="Windows-1252"')

    with serving(handle) as (base, seen):
        page = fetch(f"{base}/lama")
    assert page.url == f"{base}/baru"
    assert page.content == PAGE
    assert page.media_type == "text/html"
    assert page.charset == "windows-1252"
    assert "newscast" in seen[0]["user-agent"]


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_packed_page_is_unpacked(name: str, pack: Callable[[bytes], bytes]) -> None:
    long = PAGE * 5000
    with serving(lambda to: answer(to, pack(long), Content_Encoding=name)) as (base, _):
        assert fetch(base).content == long


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_bomb_is_one_error(name: str, pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(bytes(60_000_000)) if name == "gzip" else brotli.compress(bytes(200_000_000), quality=1)
    with (
        serving(lambda to: answer(to, bomb, Content_Encoding=name)) as (base, _),
        pytest.raises(FetchError, match="larger than 10 MB"),
    ):
        fetch(base)


def test_a_page_that_is_packed_wrongly_is_one_error() -> None:
    with (
        serving(lambda to: answer(to, b"not gzip at all", Content_Encoding="gzip")) as (base, _),
        pytest.raises(FetchError, match="packed wrongly"),
    ):
        fetch(base)


def test_an_unchanged_page_is_not_sent_again(tmp_path: Path) -> None:
    def handle(to: BaseHTTPRequestHandler) -> None:
        if to.headers.get("If-None-Match") == '"7"':
            answer(to, b"", 304)
        else:
            answer(to, ETag='"7"', Last_Modified="Tue, 05 Mar 2024 00:00:00 GMT")

    with serving(handle) as (base, seen):
        first = fetch(base, cache=tmp_path)
        assert fetch(base, cache=tmp_path) == first
        next(tmp_path.glob("*.page")).write_bytes(b"torn")
        assert fetch(base, cache=tmp_path) == first
    assert [request.get("if-none-match") for request in seen] == [None, '"7"', None]
    assert seen[1]["if-modified-since"] == "Tue, 05 Mar 2024 00:00:00 GMT"


def test_a_busy_server_is_asked_again() -> None:
    answers = iter([503, 429, 200])
    with serving(lambda to: answer(to, status=next(answers))) as (base, seen):
        assert fetch(base).content == PAGE
    assert len(seen) == 3


@pytest.mark.parametrize(("status", "times"), [(500, fetching.POLICY.attempts), (404, 1), (403, 1)])
def test_an_error_of_the_server_is_named(status: int, times: int) -> None:
    with (
        serving(lambda to: answer(to, status=status)) as (base, seen),
        pytest.raises(FetchError, match=str(status)),
    ):
        fetch(base)
    assert len(seen) == times


def test_redirects_in_a_ring_end() -> None:
    with (
        serving(lambda to: answer(to, b"", 302, Location=to.path)) as (base, seen),
        pytest.raises(FetchError, match="redirects more than"),
    ):
        fetch(base)
    assert len(seen) == fetching.REDIRECTS + 1


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["body", "header"]
)
def test_a_server_that_drips_for_ever_is_left(start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "DEADLINE", 0.5)

    dripped = []

    def drip(to: BaseHTTPRequestHandler) -> None:
        to.wfile.write(start)
        for drop in range(100):
            to.wfile.write(b"x")
            to.wfile.flush()
            dripped.append(drop)
            time.sleep(0.05)

    with serving(drip) as (base, _), pytest.raises(FetchError, match="took longer"):
        fetch(base)
    assert len(dripped) < 90, "it waited for the end"


def test_an_endless_page_is_cut() -> None:
    def pour(to: BaseHTTPRequestHandler) -> None:
        to.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(400):
            to.wfile.write(b"<div>" * 20_000)

    with serving(pour) as (base, _), pytest.raises(FetchError, match="larger than 10 MB"):
        fetch(base)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_a_feed_may_not_point_at_this_machine(host: str) -> None:
    with serving(answer) as (base, seen), pytest.raises(FetchError, match=r"not a public address|cannot be"):
        fetch(base.replace("127.0.0.1", host), allow_private=False)
    assert not seen


@contextmanager
def in_public(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Loopback passes for a public address, and berita.example lies there; gives the names looked up."""
    monkeypatch.setattr(reach, "is_public", lambda address: address == "127.0.0.1")
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *args: Any, **options: Any) -> Any:
        looked_up.append(host)
        return real("127.0.0.1" if host.endswith("berita.example") else host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield looked_up


@pytest.mark.parametrize("allow_private", [False, True], ids=["feed", "make"])
def test_no_redirect_leads_from_outside_to_inside(
    monkeypatch: pytest.MonkeyPatch, allow_private: bool
) -> None:
    """Each name is looked up once a hop, and the connection goes to the address that was checked."""
    monkeypatch.setattr(pagecache, "GAP", 0.01)
    with (
        in_public(monkeypatch) as looked_up,
        serving(lambda to: answer(to, b"", 302, Location="http://10.0.0.1/rahasia")) as (base, seen),
    ):
        port = base.rpartition(":")[2]
        with pytest.raises(FetchError, match=r"10\.0\.0\.1.*not a public address"):
            fetch(f"http://berita.example:{port}/", allow_private=allow_private, robots=False)
    assert seen[0]["host"] == f"berita.example:{port}"
    assert looked_up.count("berita.example") == 1


def test_every_hop_waits_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[str] = []

    async def turn(folder: Path | None, host: str) -> None:
        turns.append(host)

    monkeypatch.setattr(pagecache, "turn", turn)

    def handle(to: BaseHTTPRequestHandler) -> None:
        answer(to, PAGE if to.path == "/b" else b"", 200 if to.path == "/b" else 301, Location="/b")

    with in_public(monkeypatch), serving(handle) as (base, _):
        port = base.rpartition(":")[2]
        assert fetch(f"http://www.berita.example:{port}/a").content == PAGE
    assert turns == ["www.berita.example"] * 4  # robots.txt for each page, since nothing remembers it here


RULES = "User-agent: *\nDisallow: /tutup\nAllow: /tutup/buka$\n\nUser-agent: lain\nDisallow: /\n"


def test_what_robots_txt_closes_is_not_asked_for(tmp_path: Path) -> None:
    with serving(answer, robots=RULES) as (base, seen):
        for cache in (None, tmp_path, tmp_path):
            with pytest.raises(FetchError, match=r"robots\.txt") as caught:
                fetch(f"{base}/tutup/a", cache=cache)
        assert "robots = false" in caught.value.hint
        assert not seen
        assert fetch(f"{base}/tutup/a", cache=tmp_path, robots=False).content == PAGE
        assert fetch(f"{base}/tutup/buka", cache=tmp_path).content == PAGE
        assert fetch(f"{base}/lain", cache=tmp_path).content == PAGE
    assert len(list(tmp_path.glob("*.robots"))) == 1


def test_a_redirect_to_what_robots_txt_closes_is_not_followed() -> None:
    with (
        serving(lambda to: answer(to, b"", 302, Location="/tutup"), robots=RULES) as (base, seen),
        pytest.raises(FetchError, match=r"/tutup is closed"),
    ):
        fetch(f"{base}/a")
    assert len(seen) == 1


def test_a_password_in_an_address_is_not_shown() -> None:
    with serving(lambda to: answer(to, status=404)) as (base, seen):
        with pytest.raises(FetchError) as caught:
            fetch(base.replace("//", "//redaksi:rahasia@") + "/a")
        assert "rahasia" not in caught.value.message and "***@127.0.0.1" in caught.value.message
    assert seen[0]["authorization"].startswith("Basic ")


INSIDE = """
    10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 0.0.0.0 fe80::1%eth0 fc00::1 ::1
    ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: fec0::1 feff::1 64:ff9b:1::808:808 ::7f00:1 ::a00:1
"""


def test_which_addresses_are_public() -> None:
    assert not [address for address in INSIDE.split() if is_public(address)]
    assert is_public("8.8.8.8")
    assert is_public("2606:4700:4700::1111")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("file:///etc/passwd", "not an http"),
        ("ftp://berita.example/x", "not an http"),
        ("http://", "not an http"),
        ("http://[::1/x", "not an address"),
        ("tidak-ada.txt", "there is no file"),
        ("a\0b", "cannot be read"),
        ("http://127.0.0.1:1/", "cannot be reached"),
    ],
)
def test_what_cannot_be_fetched_is_said_in_one_line(source: str, message: str) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        fetch(source)
    assert "\n" not in caught.value.message


def test_a_file_knows_its_type(tmp_path: Path) -> None:
    for name, content, media_type in (
        ("a.txt", b"Halo.", "text/plain"),
        ("a.html", b"Halo.", "text/html"),
        ("a.md", b"# Halo", "text/markdown"),
        ("tanpa", b"\xef\xbb\xbf <!DOCTYPE html><html>", "text/html"),
    ):
        (tmp_path / name).write_bytes(content)
        assert fetch(str(tmp_path / name)).media_type == media_type
    (tmp_path / "besar.txt").write_bytes(bytes(fetching.MAX_BYTES + 1))
    with pytest.raises(FetchError, match="larger than 10 MB"):
        fetch(str(tmp_path / "besar.txt"))
    with pytest.raises(FetchError, match="cannot be read"):
        fetch(str(tmp_path))


@pytest.mark.parametrize("shared", [True, False])
def test_a_host_is_asked_once_a_gap(tmp_path: Path, shared: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagecache, "GAP", 0.1)
    folder = tmp_path if shared else None

    async def both() -> None:
        await asyncio.gather(*(pagecache.turn(folder, "berita.example") for _ in range(3)))

    begun = time.monotonic()
    asyncio.run(both())
    assert time.monotonic() - begun > 0.19  # a busy machine only takes longer


def test_old_pages_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page("https://a.example/", PAGE, "text/html", "", etag='"1"')
    pagecache.save(tmp_path, page.url, page)
    pagecache.prune(tmp_path)
    assert pagecache.load(tmp_path, page.url) == page
    monkeypatch.setattr(pagecache, "KEEP", -1.0)
    pagecache.prune(tmp_path)
    assert pagecache.load(tmp_path, page.url) is None
