"""The show's folder, a Target -> the target holds the same, and its feed only ever names what is there.

The order is: sound, pictures, transcripts, pages, lists, a look at the public address, archives, feed.xml,
and only then is removed what is no longer named. Only what changed is sent. What the target holds is told by
lists of digests beside it, one for each month of episodes and one for the rest, and an index of the lists;
before anything is sent, the index forgets the lists that will change, and each list what is sent anew. So a
run that is killed at any moment is taken up by the next one: what is in doubt is sent again.
"""

import hashlib
import os
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import httpx
import msgspec

from newscast.errors import PublishError
from newscast.files import disk, write_whole
from newscast.publish.store import FEED
from newscast.publish.targets.places import open_target
from newscast.publish.targets.target import MEDIA, Target
from newscast.show import Show

LISTS = ".newscast"
INDEX = f"{LISTS}/index.json"
#: Files that are sent before a list is written down: what a killed run sends again at most.
STRIDE = 100
#: Tries, and seconds before the second, of the look at the public address: storage may be slow to show.
TRIES, WAIT = 4, 1.0

Digests = dict[str, str]
#: Called with (files sent, files in all).
OnFile = Callable[[int, int], None]


class Brought(msgspec.Struct, frozen=True):
    """What a run brought. sent, removed: names below the web root. size: bytes sent. note: a failure."""

    sent: tuple[str, ...]
    removed: tuple[str, ...]
    size: int
    note: str = ""


def bring(show: Show, *, dry: bool = False, on_file: OnFile | None = None) -> Brought:
    """Bring what is out to where show.toml says. dry: only tell what would be done. Raises PublishError."""
    if not show.publish.to:
        raise PublishError("show.toml names no place to publish to", 'add `to = "s3://…"` under [publish]')
    secret = show.root.name if show.key else ""
    with closing(open_target(show.publish.to, show.folder, secret)) as target:
        here = _digests(show.root, show.work / "digests")
        brought = _Run(show, target, here, on_file).go(dry)
    if show.feed.hub and FEED in brought.sent and not dry:
        return msgspec.structs.replace(brought, note=_told_hub(show))
    return brought


class _Run:
    """One bringing of files to a target."""

    def __init__(self, show: Show, target: Target, here: Digests, on_file: OnFile | None) -> None:
        self._show, self._target, self._here, self._on_file = show, target, here, on_file
        self._local: dict[str, Digests] = {}
        for name, digest in here.items():
            self._local.setdefault(_list_of(name), {})[name] = digest
        self._index = _decoded(target.get(INDEX))
        changed = {*self._local, *self._index}
        changed = {one for one in changed if self._index.get(one) != _digest_of(self._local.get(one, {}))}
        self._there = {one: _decoded(target.get(f"{LISTS}/{one}")) for one in sorted(changed)}

    def go(self, dry: bool) -> Brought:
        """Send what differs and remove what is gone; with `dry` only tell."""
        there = {name: digest for held in self._there.values() for name, digest in held.items()}
        send = [n for one in self._there for n in self._local.get(one, {}) if there.get(n) != self._here[n]]
        send.sort(key=lambda name: (_rank(name), name))
        gone = sorted(name for name in there if name not in self._here)
        size = sum((self._show.root / name).stat().st_size for name in send)
        if not dry and self._there:
            self._forget(send)
            self._send(send)
            self._target.delete(gone)
            self._remember()
        return Brought(tuple(send), tuple(gone), size)

    def _forget(self, send: Sequence[str]) -> None:
        """Before anything changes there: what is in doubt is in no list."""
        kept = {one: digest for one, digest in self._index.items() if one not in self._there}
        self._target.put(INDEX, msgspec.json.encode(kept))
        doubt = {_list_of(name) for name in send if self._there[_list_of(name)].pop(name, None)}
        for one in sorted(doubt):
            self._put_list(one)

    def _send(self, send: Sequence[str]) -> None:
        looked = not self._show.publish.public_check
        since: set[str] = set()
        for place, name in enumerate(send):
            if not looked and name.endswith(".xml"):
                _look(self._show, [n for n in send[:place] if n.endswith(MEDIA)])
                looked = True
            self._target.put(name, self._show.root / name)
            self._there[_list_of(name)][name] = self._here[name]
            since.add(_list_of(name))
            if self._on_file:
                self._on_file(place + 1, len(send))
            if (place + 1) % STRIDE == 0:
                for one in sorted(since):
                    self._put_list(one)
                since.clear()

    def _remember(self) -> None:
        for one in sorted(self._there):
            self._there[one] = self._local.get(one, {})
            self._put_list(one)
        whole = {one: _digest_of(digests) for one, digests in self._local.items()}
        self._target.put(INDEX, msgspec.json.encode(whole))

    def _put_list(self, one: str) -> None:
        self._target.put(f"{LISTS}/{one}", zlib.compress(msgspec.json.encode(self._there[one])))


def _list_of(name: str) -> str:
    """The list that tells of a file: of its month, or of all that belongs to no episode."""
    parts = name.split("/")
    return f"{parts[1][:7]}.z" if parts[0] == "episodes" and len(parts) > 2 else "rest.z"


def _rank(name: str) -> int:
    """When a file is sent: what is named before what names it."""
    path = Path(name)
    if name == FEED:
        return 6
    if path.suffix == ".xml":
        return 5
    if path.suffix in MEDIA:
        return 0
    if name.startswith(("assets/", "cover-")) or path.suffix in (".jpg", ".png"):
        return 1
    if name.startswith("episodes/"):
        return 3 if path.suffix == ".html" else 2
    return 4


def _digests(root: Path, memory: Path) -> Digests:
    """All that is out, by name. memory: a file that remembers digests by time and size."""
    known: dict[str, tuple[int, int, str]] = {}
    with suppress(OSError, msgspec.DecodeError):
        known = msgspec.msgpack.decode(memory.read_bytes(), type=dict[str, tuple[int, int, str]])
    now = {}
    with disk(root):
        for name in _names(root):
            found = os.stat(f"{root}/{name}")  # noqa: PTH116 - a hundred thousand of them
            entry = known.get(name)
            if entry is None or entry[:2] != (found.st_mtime_ns, found.st_size):
                with (root / name).open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()[:32]
                entry = (found.st_mtime_ns, found.st_size, digest)
            now[name] = entry
    if now != known:
        with suppress(PublishError):  # costs time, nothing else
            write_whole(memory, msgspec.msgpack.encode(now))
    return {name: entry[2] for name, entry in now.items()}


def _names(root: Path) -> Iterator[str]:
    """Every file below the root but drafts, which are hidden."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = Path(folder).relative_to(root).as_posix()
        yield from (
            name if below == "." else f"{below}/{name}" for name in sorted(files) if not name.startswith(".")
        )


def _digest_of(digests: Digests) -> str:
    return hashlib.sha256(msgspec.json.encode(sorted(digests.items()))).hexdigest()[:32]


def _decoded(data: bytes | None) -> Digests:
    """A list as it was put; none or a broken one is empty, and all in it is sent again."""
    with suppress(msgspec.DecodeError, zlib.error):
        text = zlib.decompress(data) if data and data[:1] == b"x" else data or b"{}"
        return msgspec.json.decode(text, type=Digests)
    return {}


def _look(show: Show, names: Sequence[str]) -> None:
    """Ask the public address for what was sent. Raises PublishError: then the feed that is out stays."""
    with httpx.Client(timeout=30, follow_redirects=True) as client:
        for name in names:
            url = show.address + quote(name)
            size = (show.root / name).stat().st_size
            for tried in range(TRIES):
                problem = _asked(client, url, size)
                if not problem:
                    break
                time.sleep(WAIT * tried)
            if problem:
                hint = "mend the server or `url` in show.toml; public_check = false skips this"
                raise PublishError(f"{url} {problem}; the feed stays as it was", hint)


def _told_hub(show: Show) -> str:
    """Tell the show's hub (WebSub) that the feed is new; what went wrong, or ""."""
    told = {"hub.mode": "publish", "hub.url": show.address + FEED}
    try:
        answer = httpx.post(show.feed.hub, data=told, timeout=30)
    except httpx.HTTPError as error:
        return f"{show.feed.hub} was not told: {error or type(error).__name__}"
    return "" if answer.is_success else f"{show.feed.hub} was not told: it answers {answer.status_code}"


def _asked(client: httpx.Client, url: str, size: int) -> str:
    """What is wrong with a file at its public address; "" if nothing."""
    try:
        head = client.head(url, headers={"accept-encoding": "identity"})
        first = client.get(url, headers={"range": "bytes=0-99"})
    except httpx.HTTPError as error:
        return f"cannot be reached: {error or type(error).__name__}"
    if head.status_code != 200 or first.status_code not in (200, 206):
        return f"answers {head.status_code} to HEAD and {first.status_code} to GET"
    told = head.headers.get("content-length", str(size))
    return "" if told == str(size) else f"has {told} bytes, not {size}"
