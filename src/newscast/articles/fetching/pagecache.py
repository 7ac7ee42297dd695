"""A folder -> pages fetched before, and whose turn it is to ask a host."""

import asyncio
import hashlib
import os
import time
from pathlib import Path

import msgspec
from filelock import FileLock

from newscast.articles.page import Page

KEEP = 14 * 24 * 3600.0
#: Seconds between two requests to one host, over all processes that share a cache.
GAP = 1.0


def load(folder: Path, url: str) -> Page | None:
    """The page kept for `url`; None when there is none or it is damaged."""
    try:
        return msgspec.msgpack.decode(_file(folder, url).read_bytes(), type=Page)
    except (OSError, msgspec.DecodeError):
        return None


def save(folder: Path, url: str, page: Page) -> None:
    """Keep a page that the server can tell to be unchanged."""
    if not (page.etag or page.modified):
        return
    folder.mkdir(parents=True, exist_ok=True)
    file = _file(folder, url)
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(msgspec.msgpack.encode(page))
    part.replace(file)


def prune(folder: Path) -> None:
    """Forget pages and hosts that nobody has asked for in two weeks, and pages that were never whole."""
    old = time.time() - KEEP
    for file in (file for kind in ("page", "part", "host", "host.lock") for file in folder.glob(f"*.{kind}")):
        try:
            if file.stat().st_mtime < old:
                file.unlink()
        except OSError:  # another process pruned it first
            continue


async def turn(folder: Path | None, host: str) -> None:
    """Wait until GAP seconds after the last request to `host`. A server on this machine needs no manners."""
    if host in ("localhost", "127.0.0.1", "::1"):
        return
    if folder is None:
        await _wait(_last, host)
        return
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / f"{hashlib.sha256(host.encode()).hexdigest()[:16]}.host"
    while True:
        with FileLock(f"{stamp}.lock"):
            now = time.time()
            free = min(stamp.stat().st_mtime, now) + GAP if stamp.exists() else 0.0
            if free <= now:
                stamp.touch()
                return
        await asyncio.sleep(free - now + 0.01)


_last: dict[str, float] = {}


async def _wait(last: dict[str, float], host: str) -> None:
    now = time.monotonic()
    free = max(now, last.get(host, now - GAP) + GAP)
    last[host] = free
    await asyncio.sleep(free - now)


def _file(folder: Path, url: str) -> Path:
    return folder / f"{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:32]}.page"
