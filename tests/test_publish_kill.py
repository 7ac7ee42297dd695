"""kill -9 at any moment: the feed that is out names only files that are there; a second run mends it."""

import io
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

import editions
import pytest
from editions import commit
from lxml import etree
from msgspec.structs import replace

from newscast.publish.release import publish
from newscast.publish.store import FEED
from newscast.show import Show

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

OLD, NEW = editions.mp3(), editions.mp3(2.0, 880.0)


def first_night(show: Show) -> None:
    """Two episodes are out."""
    commit(show.root, editions.episode("Episode satu", OLD), OLD)
    commit(show.root, editions.episode("Episode dua", OLD), OLD)
    publish(show, editions.NOW)


def second_night(show: Show) -> None:
    """One of them is spoken anew, a third comes, and the cover changes."""
    commit(show.root, editions.episode("Episode dua", NEW), NEW)
    commit(show.root, editions.episode("Episode tiga", NEW), NEW)
    publish(show, editions.NOW)


@pytest.fixture
def fast() -> Iterator[Path]:
    """A folder in memory where there is one: hundreds of fsyncs are slow on a busy disk."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Show:
    show = editions.show(tmp_path_factory.mktemp("base"))
    first_night(show)
    cover = show.folder / "cover.jpg"
    cover.write_bytes(cover.read_bytes() + b"another picture")
    return show


def copy(base: Show, folder: Path) -> Show:
    shutil.copytree(base.folder, folder)
    return replace(base, folder=folder)


def offered(show: Show) -> dict[str, bytes]:
    """What a client of the feed gets: every file it names, by its address. Fails if one is not there."""
    feed = etree.parse(show.root / FEED)
    urls = feed.xpath(
        "//enclosure/@url | //*[local-name()='image']/@href | //*[local-name()='transcript']/@url"
    )
    assert isinstance(urls, list)
    files = {str(url): (show.root / str(url).removeprefix(show.address)).read_bytes() for url in urls}
    for enclosure in feed.iter("enclosure"):
        data = files[enclosure.get("url", "")]
        assert len(data) == int(enclosure.get("length", "")) and data in (OLD, NEW)
    return files


def served(show: Show) -> dict[str, bytes]:
    """Every file below the root, hidden ones too."""
    files = (path for path in show.root.rglob("*") if path.is_file())
    return {str(path.relative_to(show.root)): path.read_bytes() for path in files}


def run_and_die(show: Show, prepare: Callable[[], None], kill_after: float | None = None) -> bool:
    """Run the second night in a process of its own. True if it was killed before its end."""
    child = os.fork()
    if child == 0:
        try:
            prepare()
            second_night(show)
        finally:
            os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


CHANGES = ("write", "flush", "fsync", "sendfile", "rename", "replace", "mkdir", "unlink", "rmdir")


def killer(operation: int) -> Callable[[], None]:
    """Dies just before the n-th call that changes something on the disk."""

    def prepare() -> None:
        left = operation

        def hook(frame: FrameType, event: str, function: Any) -> None:
            nonlocal left
            if event != "c_call" or function.__name__ not in CHANGES:
                return
            if function.__module__ == "posix" or isinstance(function.__self__, io.BufferedWriter):
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1

        sys.setprofile(hook)

    return prepare


@pytest.mark.timeout(300)  # some 60 runs, each in a process of its own
def test_killed_at_any_operation(base: Show, fast: Path) -> None:
    whole = copy(base, fast / "whole")
    second_night(whole)
    seen = set()
    for operation in range(1000):
        show = copy(base, fast / str(operation))
        killed = run_and_die(show, killer(operation))
        seen.add(len([url for url in offered(show) if url.endswith(".mp3")]))
        if not killed:
            assert served(show) == served(whole)
            break
        second_night(show)
        assert served(show) == served(whole), "a second run ends where an undisturbed one does"
        shutil.rmtree(show.folder)
    assert operation > 40, "it was killed at many points"
    assert seen == {2, 3}, "before and after the feed was replaced"


def test_killed_at_any_time(base: Show, fast: Path) -> None:
    moments = random.Random(5)
    for attempt in range(12):
        show = copy(base, fast / str(attempt))
        run_and_die(show, lambda: None, kill_after=moments.uniform(0, 0.06))
        offered(show)
