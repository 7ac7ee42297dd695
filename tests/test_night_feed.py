"""Nights on a feed of a real server on loopback: what is asked for, skipped, looked at again, killed."""

import http.server
import json
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_e2e import CARD, HERE, NEWSCAST, OTHER, SHOW, assert_feed_whole, run
from test_e2e import folder as folder

PAGE = """<html lang=id><head><title>{title}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="{when}"></head>
<body><article><h1>{title}</h1>{body}</article></body></html>"""
ENGLISH = (
    "<p>" + "The council said on Monday that the bridge would be closed for the whole of next week. " * 9
)
VIDEO = (
    '<html lang=id><head><title>Video: Pawai</title><meta property="og:type" content="video.other"></head>'
)


class Newspaper:
    """A site with a feed. pages: by path, HTML or a status. asked: how often each path was."""

    def __init__(self) -> None:
        self.pages: dict[str, str | int] = {}
        self.links: list[str] = []
        self.asked: Counter[str] = Counter()
        paper = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                paper.asked[path] += 1
                found = paper.feed() if path == "/rss" else paper.pages.get(path, 404)
                body = b"" if isinstance(found, int) else found.encode()
                self.send_response(found if isinstance(found, int) else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def feed(self) -> str:
        items = "".join(
            f"<item><title>{link}</title><link>{self.address}{link}</link></item>" for link in self.links
        )
        return f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def page(title: str, number: int) -> str:
    when = time.strftime("%Y-%m-%dT%H:%M:%S+07:00", time.gmtime(time.time() + 6 * 3600))
    texts = OTHER.replace("tiga kecamatan", f"{number} kecamatan di wilayah ke-{number}").split("\n\n")[2:]
    extra = f"Camat nomor {number} menyebut {number * 3} hektare sawah siap ditanami pada bulan depan."
    return PAGE.format(title=title, when=when, body="".join(f"<p>{text}</p>" for text in (*texts, extra)))


@pytest.fixture
def paper(folder: Path) -> Iterator[Newspaper]:
    site = Newspaper()
    source = f'\n[[sources]]\nfeed = "{site.address}/rss"\nallow_private = true\nrobots = false\n'
    (folder / "show.toml").write_text(SHOW + source)
    yield site
    site.close()


def outcomes(folder: Path) -> list[str]:
    told = json.loads((folder / ".newscast/uji/report.json").read_text())
    return sorted(outcome["result"] for outcome in told["outcomes"])


def test_what_is_no_article_is_skipped_and_not_asked_for_again(folder: Path, paper: Newspaper) -> None:
    paper.pages = {
        "/baik": page("Petani Mulai Menanam Padi", 3),
        "/video": VIDEO + "<body><p>Pawai.</p></body></html>",
        "/english": PAGE.format(title="Bridge closed", when="2026-11-20T06:00:00+07:00", body=ENGLISH),
        "/tertutup": 403,
        "/hilang": 404,
        "/kosong": "",
        "/hampa": "<html><head><title>x</title></head><body></body></html>",
    }
    paper.links = list(paper.pages)
    run(folder, "nightly")
    assert outcomes(folder) == ["made"] + ["skipped"] * 6
    before = dict(paper.asked)
    run(folder, "nightly")
    again = {path for path in paper.pages if paper.asked[path] > before[path]}
    assert again == {"/baik"}, "only what was published is looked at again"
    paper.links = [f"{link}?utm_source=rss&utm_medium=x" for link in paper.links]
    assert run(folder, "nightly").stdout == "" and assert_feed_whole(folder) == 1
    paper.pages["/mati"] = 500
    paper.links.append("/mati")
    assert "/mati answers 500" in run(folder, "nightly", code=1).stderr


def test_a_corrected_page_corrects_its_episode(folder: Path, paper: Newspaper) -> None:
    (folder / "show.toml").write_text((folder / "show.toml").read_text() + "[corrections]\ntold = true\n")
    paper.pages, paper.links = {"/a": page("Petani Mulai Menanam Padi", 3)}, ["/a"]
    run(folder, "nightly")
    (first,) = json.loads(run(folder, "episodes", "--json").stdout)
    paper.pages["/a"] = page("Petani Mulai Menanam Padi", 3).replace("12 ton", "21 ton")
    assert "corrected" in run(folder, "nightly").stdout
    (second,) = json.loads(run(folder, "episodes", "--json").stdout)
    assert (second["guid"], second["published"]) == (first["guid"], first["published"])
    assert second["updated"] and "Diperbaiki" in (folder / "output/uji/feed.xml").read_text()
    assert assert_feed_whole(folder) == 1


def test_nights_killed_at_any_moment_lose_and_double_nothing(folder: Path, paper: Newspaper) -> None:
    (folder / "voices/tone/voice.toml").write_text(CARD.format(engine="Tone"))
    paper.pages = {f"/{n}": page(f"Berita Nomor {n} dari Desa", n) for n in range(3, 11)}
    paper.links = list(paper.pages)
    moments = random.Random(7)
    for _ in range(10):
        night = subprocess.Popen(
            [NEWSCAST, "nightly"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(HERE)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(0.5, 4.0))
        night.send_signal(moments.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)))
        night.wait()
        assert_feed_whole(folder)
    run(folder, "nightly")
    assert assert_feed_whole(folder) == len(paper.pages)
    rows = json.loads(run(folder, "episodes", "--json").stdout)
    assert len({row["guid"] for row in rows}) == len(rows) == len(paper.pages)
    told = json.loads((folder / "output/uji/ledger.json").read_text())["entries"].values()
    assert {entry["guid"] for entry in told} == {row["guid"] for row in rows}
    assert {entry["state"] for entry in told} == {"made"}
