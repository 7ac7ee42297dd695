"""An address and its host's robots.txt -> whether newscast may ask for it (RFC 9309)."""

import hashlib
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from protego import Protego

from newscast.articles.page import Page
from newscast.errors import FetchError

#: The name that sites may address us by in robots.txt.
AGENT = "newscast"
#: Seconds that a robots.txt may be remembered for, and bytes of it that must be read (RFC 9309, 2.4 and 2.5).
FRESH = 24 * 3600.0
ENOUGH = 500 * 1024


async def permits(url: str, folder: Path | None, ask: Callable[[str], Awaitable[Page]]) -> bool:
    """Whether the host lets `url` be asked for. folder: remembers the rules of hosts.

    A host without rules, or with some that cannot be read, permits everything. What `ask` raises for a
    host that is out of order passes through: then nobody knows.
    """
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    file = folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.robots" if folder else None
    rules = _remembered(file)
    if rules is None:
        try:
            rules = (await ask(f"{parts.scheme}://{parts.netloc}/robots.txt")).content[:ENOUGH]
        except FetchError:
            rules = b""
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(rules)
    return bool(Protego.parse(rules.decode("utf-8", "replace")).can_fetch(url, AGENT))


def _remembered(file: Path | None) -> bytes | None:
    try:
        if file is not None and time.time() - file.stat().st_mtime < FRESH:
            return file.read_bytes()
    except OSError:
        pass
    return None
