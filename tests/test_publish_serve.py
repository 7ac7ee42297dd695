"""The show served by newscast itself, and by others with our examples: what apps and browsers ask for."""

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import editions
import feedparser
import httpx
import pytest
import site_server
import uvicorn
from editions import commit

from newscast.publish.release import publish
from newscast.publish.serve import application, here
from newscast.show import Show

HOME = "episodes/2024-03-05-pasar-terapung-kembali-ramai"
SOUND = f"{HOME}/2024-03-05-pasar-terapung-kembali-ramai.mp3"


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    show = editions.show(tmp_path_factory.mktemp("serve"))
    commit(show.root, editions.episode(), editions.mp3())
    publish(show, editions.NOW)
    return show


@pytest.fixture(scope="module")
def ours(show: Show) -> Iterator[str]:
    port = site_server.free_port()
    server = uvicorn.Server(uvicorn.Config(application(show, local=True), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join(10)


SERVERS = {
    "nginx": (site_server.nginx, site_server.NGINX),
    "caddy": (site_server.caddy, site_server.CADDY),
    "apache2": (site_server.apache, site_server.APACHE),
}


@pytest.fixture(scope="module", params=["newscast", *SERVERS])
def served(
    request: pytest.FixtureRequest, show: Show, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if request.param == "newscast":
        yield str(request.getfixturevalue("ours"))
        return
    server, program = SERVERS[request.param]
    if not program:
        pytest.skip(f"needs {request.param}: apt-get install {request.param}")
    with server(show.root, tmp_path_factory.mktemp(request.param)) as url:
        yield url


def test_ranges_and_heads(served: str) -> None:
    sound = editions.mp3()
    head = httpx.head(served + SOUND)
    assert head.headers["content-length"] == str(len(sound)) and head.content == b""
    assert head.headers["accept-ranges"] == "bytes" and head.headers["content-type"] == "audio/mpeg"
    part = httpx.get(served + SOUND, headers={"range": "bytes=100-199"})
    assert part.status_code == 206 and part.content == sound[100:200]
    assert part.headers["content-range"] == f"bytes 100-199/{len(sound)}"
    assert httpx.get(served + SOUND, headers={"range": "bytes=-5"}).content == sound[-5:]
    beyond = httpx.get(served + SOUND, headers={"range": f"bytes={len(sound)}-"})
    assert beyond.status_code == 416
    assert beyond.headers.get("content-range", f"bytes */{len(sound)}") == f"bytes */{len(sound)}"


@pytest.mark.parametrize("name", ["feed.xml", "index.html", SOUND, f"{HOME}/transcript.vtt"])
def test_what_one_has_is_not_sent_again(served: str, name: str) -> None:
    first = httpx.get(served + name)
    again = httpx.get(served + name, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    other = httpx.get(served + name, headers={"if-none-match": '"another"'})
    assert other.status_code == 200 and other.content == first.content


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("feed.xml", "application/rss+xml"),
        ("", "text/html"),
        (f"{HOME}/transcript.vtt", "text/vtt"),
        (f"{HOME}/transcript.srt", "application/x-subrip"),
        (f"{HOME}/transcript.json", "application/json"),
        (f"{HOME}/chapters.json", "application/json+chapters"),
        (f"{HOME}/oembed.json", "application/json"),
    ],
)
def test_types_cors_and_policy(served: str, name: str, kind: str) -> None:
    answer = httpx.get(served + name, headers={"origin": "https://app.test"})
    assert answer.status_code == 200 and answer.headers["content-type"].split(";")[0] == kind
    if kind == "text/html":
        assert "default-src 'self'" in answer.headers["content-security-policy"]
    else:
        assert answer.headers["access-control-allow-origin"] == "*"
    assert "max-age=300" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["../show.toml", "%2e%2e/cover.jpg", ".git/config", "ada/tidak", "%00"])
def test_nothing_else_is_served(served: str, name: str) -> None:
    host = httpx.URL(served)
    raw = httpx.Request("GET", host.copy_with(raw_path=f"/{name}".encode()))
    with httpx.Client() as client:
        assert client.send(raw).status_code in (400, 403, 404, 500)


def test_a_phone_can_subscribe_before_anything_is_public(ours: str, show: Show) -> None:
    feed = feedparser.parse(httpx.get(ours + "feed.xml").content)
    sound = feed.entries[0].enclosures[0].href
    assert sound == ours + SOUND and httpx.get(sound).content == editions.mp3()
    page = httpx.get(ours + "index.html").text
    assert f'value="{ours}feed.xml"' in page and show.address not in page
    (code,) = (show.root / "assets").glob("qr-*")
    assert httpx.get(f"{ours}assets/{code.name}").content != code.read_bytes()
    assert here().count(".") == 3


@pytest.mark.parametrize(
    ("name", "schema"), [("github-pages.yml", "github-workflows"), ("gitlab-pages.yml", "gitlab-ci")]
)
def test_workflows_are_as_their_hosts_want_them(name: str, schema: str) -> None:
    """By the schema that check-jsonschema brings; it needs a newer click than gTTS, so a venv of its own."""
    program = shutil.which("check-jsonschema")
    if not program:
        pytest.skip("needs check-jsonschema on the PATH: pipx install check-jsonschema")
    path = Path(__file__).parents[1] / "examples" / "workflows" / name
    command = [program, "--builtin-schema", f"vendor.{schema}", str(path)]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout.startswith("ok")
