"""One contract for all places to publish to, against real servers; and what a kill at any moment leaves."""

import getpass
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import editions
import httpx
import pytest
import site_server
import storage_servers
from editions import commit
from lxml import etree
from msgspec.structs import replace

from newscast.errors import PublishError
from newscast.publish.release import publish
from newscast.publish.targets import bring as bringing
from newscast.publish.targets.bring import Brought, bring
from newscast.publish.targets.places import open_target
from newscast.publish.targets.target import headers
from newscast.show import Show
from newscast.tables import Feed, Publish

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.timeout(300),
]


class Place(Protocol):
    """Where files are brought, seen from outside. address: for show.toml."""

    address: str

    def get(self, name: str) -> bytes | None:
        """A file, as others get it."""

    def clear(self) -> None:
        """Begin anew."""


class Disk:
    """A folder, or the folder behind an SFTP server."""

    def __init__(self, address: str, root: Path) -> None:
        self.address, self._root = address, root

    def get(self, name: str) -> bytes | None:
        path = self._root / name
        return path.read_bytes() if path.is_file() else None

    def clear(self) -> None:
        shutil.rmtree(self._root, ignore_errors=True)


class Bucket:
    """A bucket of moto's server, asked by plain HTTP."""

    def __init__(self, url: str) -> None:
        self.address, self._url, self._turn = "", f"{url}/{storage_servers.BUCKET}", 0
        self.clear()

    def get(self, name: str) -> bytes | None:
        answer = httpx.get(f"{self._url}/{self._turn}/{name}")
        return answer.content if answer.status_code == 200 else None

    def headers(self, name: str) -> httpx.Headers:
        return httpx.head(f"{self._url}/{self._turn}/{name}").headers

    def clear(self) -> None:
        self._turn += 1
        self.address = f"s3://{storage_servers.BUCKET}/{self._turn}"


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    pytest.importorskip("moto")
    pytest.importorskip("obstore")
    with storage_servers.s3_server() as variables, pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        yield Bucket(variables["AWS_ENDPOINT_URL"])


@pytest.fixture(scope="module")
def server() -> Iterator[Disk]:
    pytest.importorskip("asyncssh")
    if not storage_servers.SSHD or not storage_servers.KEYGEN:
        pytest.skip("needs OpenSSH's server: apt-get install openssh-server")
    with TemporaryDirectory() as folder, storage_servers.ssh_server(Path(folder)) as (port, variables):
        root = Path(folder) / "www"
        with pytest.MonkeyPatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            yield Disk(f"sftp://{getpass.getuser()}@127.0.0.1:{port}{root}", root)


@pytest.fixture(params=["folder", "sftp", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "folder":
        return Disk(str(tmp_path / "www"), tmp_path / "www")
    found: Place = request.getfixturevalue("server" if request.param == "sftp" else "bucket")
    found.clear()
    return found


def show_for(place: Place, folder: Path, **changes: object) -> Show:
    show = editions.show(folder, publish=Publish(to=place.address, public_check=False))
    for n in range(3):
        commit(show.root, editions.episode(f"Berita {n}"), editions.mp3())
    publish(show, editions.NOW)
    return replace(show, **changes)


def in_child(work: Callable[[], object], kill_after: float | None = None) -> int:
    """Run in a process of its own, for libraries with threads do not survive a fork; its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def told(show: Show, folder: Path, dry: bool = False) -> Brought:
    """What a run in a process of its own brought."""
    import pickle

    answer = folder / "answer"
    assert in_child(lambda: answer.write_bytes(pickle.dumps(bring(show, dry=dry)))) == 0
    brought = pickle.loads(answer.read_bytes())
    assert isinstance(brought, Brought)
    return brought


def files(show: Show) -> dict[str, bytes]:
    found = (path for path in show.root.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(show.root).as_posix(): path.read_bytes() for path in found}


def test_what_is_out_is_there_and_only_what_changed_is_sent(place: Place, tmp_path: Path) -> None:
    show = show_for(place, tmp_path / "show")
    assert set(told(show, tmp_path, dry=True).sent) == set(files(show)) and place.get("feed.xml") is None
    first = told(show, tmp_path)
    assert first.sent[-1] == "feed.xml" and first.sent[0].endswith(".mp3") and not first.removed
    assert all(place.get(name) == data for name, data in files(show).items())
    assert told(show, tmp_path) == Brought((), (), 0)
    old = editions.episode("Berita 1")
    shutil.rmtree(show.root / "episodes" / "2024-03-05-berita-1")
    commit(show.root, editions.episode("Berita baru"), editions.mp3())
    publish(show, editions.NOW)
    second = told(show, tmp_path)
    assert sum(name.endswith(".mp3") for name in second.sent) == 1
    assert not any("berita-0/chapters" in name for name in second.sent)
    assert f"episodes/2024-03-05-{old.slug}/index.html" in second.removed
    assert place.get(second.removed[0]) is None
    assert all(place.get(name) == data for name, data in files(show).items())


def test_types_and_caches_are_told_to_the_bucket(bucket: Bucket, tmp_path: Path) -> None:
    bucket.clear()
    show = show_for(bucket, tmp_path / "show")
    told(show, tmp_path)
    for name in files(show):
        answer, wanted = bucket.headers(name), headers(name)
        assert (answer["content-type"], answer["cache-control"]) == (wanted.type, wanted.cache)
    assert headers("episodes/x/chapters-0a1b2c3d.json").type == "application/json+chapters"
    assert "max-age=300" in headers("feed.xml").cache and "31536000" in headers("a/b.mp3").cache


def whole(place: Place, show: Show) -> bool:
    """Whether a feed is there; whatever it names is there, in full."""
    data = place.get("feed.xml")
    if data is None:
        return False
    for enclosure in etree.fromstring(data).iter("enclosure"):
        sound = place.get(str(enclosure.get("url")).removeprefix(show.address))
        assert sound is not None and len(sound) == int(str(enclosure.get("length")))
    return True


def test_killed_at_any_moment_the_feed_names_only_what_is_there(place: Place, tmp_path: Path) -> None:
    moments = random.Random(7)
    show = show_for(place, tmp_path / "show")
    began = time.monotonic()
    told(show, tmp_path)
    lasts = time.monotonic() - began
    place.clear()
    killed = 0
    for n in range(17):
        if n == 8:  # half-way, an episode is corrected and one goes
            shutil.rmtree(show.root / "episodes" / "2024-03-05-berita-0")
            other = editions.mp3(2.0, 880.0)
            commit(show.root, editions.episode("Berita 2", other), other)
            publish(show, editions.NOW)
        here = replace(show, publish=Publish(to=place.address, public_check=False))
        # What was brought before is not brought again, so most runs are shorter than the first.
        after = moments.uniform(0, lasts) * moments.choice((1.0, 0.3, 0.1))
        killed += in_child(lambda here=here: bring(here), after) == -signal.SIGKILL  # type: ignore[misc]
        whole(place, show)
    assert killed > 1
    here = replace(show, publish=Publish(to=place.address, public_check=False))
    told(here, tmp_path)
    assert whole(place, show)
    assert all(place.get(name) == data for name, data in files(show).items())


def test_the_public_address_is_asked_before_the_feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "WAIT", 0.0)
    place = Disk(str(tmp_path / "www"), tmp_path / "www")
    show = show_for(place, tmp_path / "show", publish=Publish(to=place.address))
    hub = "http://127.0.0.1:9/"
    with site_server.files(tmp_path / "elsewhere") as url:
        elsewhere = replace(show, url=url, feed=Feed(hub=hub))
        publish(elsewhere, editions.NOW)
        with pytest.raises(PublishError, match="answers 404"):
            bring(elsewhere)
        assert place.get("feed.xml") is None and place.get("index.html") is not None
    with site_server.files(tmp_path / "www") as url:
        right = replace(elsewhere, url=url)
        publish(right, editions.NOW)
        assert hub in bring(right).note, "a hub that is not there is told of, and is no failure"
        assert place.get("feed.xml") == files(right)["feed.xml"]


def test_what_is_wrong_is_one_line_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PublishError, match="names no place"):
        bring(editions.show(tmp_path))
    with pytest.raises(PublishError, match="password does not belong"):
        open_target("sftp://a:b@127.0.0.1/x", tmp_path)
    with pytest.raises(PublishError, match="cannot be reached") as caught:
        open_target("sftp://127.0.0.1:9/x", tmp_path)
    assert "\n" not in caught.value.message


def test_ten_thousand_names_and_one_new_episode_is_little(tmp_path: Path) -> None:
    place = Disk(str(tmp_path / "www"), tmp_path / "www")
    show = show_for(place, tmp_path / "show")
    bring(show)
    commit(show.root, editions.episode("Berita baru"), editions.mp3())
    publish(show, editions.NOW)
    brought = bring(show)
    assert brought.size < 200_000 and len(brought.sent) < 40
