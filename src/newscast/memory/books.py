"""A show's ledger and its readable side, as one run sees and changes them under the lock.

Every change is written at once, so that what a killed run did is known to the next. The ledger is rebuilt
from the manifests where it is lost, and mended where an episode is out that it does not tell of.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from newscast.errors import LockedError, PublishError
from newscast.files import disk, write_whole
from newscast.memory import identity
from newscast.memory import ledger as ledgers
from newscast.memory.ledger import Entry, Known, Ledger, State, key_of
from newscast.model import Article, Episode
from newscast.publish.manifests import Head, Shelf, read, shelf
from newscast.show import Show

#: Seconds to wait for the lock: others hold it to plan or to commit, not while they speak.
PATIENCE = 60.0


@contextmanager
def locked(show: Show, name: str = "lock", patience: float = PATIENCE) -> Iterator[None]:
    """Hold one of the show's locks, or raise LockedError. A killed holder lets go of it.

    name: "lock" for all that changes the show, "night" for a whole night, making/XX for one episode. They lie
    beside the web root: two folders that have one show.toml, or one id and output, are one show.
    """
    path = show.folder / show.output / f".{show.id}.locks" / name
    lock = FileLock(path, timeout=patience)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise LockedError(f"another newscast is working on {show.id}", "run it again later") from error
    except OSError as error:
        raise PublishError(f"{path} cannot be written: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()


class Books:
    """Ledger, known names, and what is out. To be opened, changed and closed under the show's lock."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._read: tuple[int, int, int] | None = None
        self._stale = True  # whether what is out may have changed since it was looked at
        self.ledger = Ledger({})
        self.known: dict[str, Known] = {}
        self.shelf = Shelf((), ())
        self._sketches: dict[str, frozenset[int]] = {}

    def refresh(self) -> "Books":
        """See what others did meanwhile. Raises PublishError."""
        show, mark = self._show, self._mark()
        # Whoever changes what is out writes the ledger, too.
        if self._stale or self._read != mark:
            self.shelf = shelf(show.root, show.work / "heads")
            if self._read != mark or mark is None:
                self.known = _read_known(show.work / "known.json")
                self.ledger = ledgers.load(show.root) or Ledger({})
                self._read = mark
            self._stale = False
            self._adopt()
        return self

    def touch(self) -> None:
        """Say that what is out has changed."""
        self._stale = True

    def look(self) -> "Books":
        """See what is out without the lock and without writing: for lists. Raises PublishError."""
        self.shelf = shelf(self._show.root, self._show.work / "heads")
        self.ledger = ledgers.load(self._show.root) or Ledger({})
        self.known = _read_known(self._show.work / "known.json")
        return self

    def entry_of(self, guid: str) -> Entry | None:
        """What became of an episode, under whichever name it was given."""
        return next((entry for entry in self.ledger.entries.values() if entry.guid == guid), None)

    def change(self, entries: Mapping[str, Entry | None], known: Mapping[str, Known] | None = None) -> None:
        """Write down what became of several names; None forgets one. Raises PublishError."""
        kept = {**self.ledger.entries, **entries}
        self.ledger = Ledger({key: entry for key, entry in kept.items() if entry})
        ledgers.save(self._show.root, self.ledger)
        self._read, self._stale = self._mark(), True
        if known:
            self.known |= known
            _write_known(self._show.work / "known.json", self.known)

    def _adopt(self) -> None:
        """Entries for episodes that are out and have none: of an older newscast, or after a loss."""
        told = {entry.guid for entry in self.ledger.entries.values() if entry.state is not State.REMOVED}
        new: dict[str, Entry | None] = {}
        for head in self.shelf.heads:
            if head.guid not in told:
                keys = dict.fromkeys([*head.keys, *map(key_of, head.sources)]) or [key_of(head.guid)]
                entry = Entry(state=State.MADE, guid=head.guid, at=_utc(head.published))
                new |= {key: entry for key in keys if key not in self.ledger.entries}
        if new:
            self.change(new)

    def _mark(self) -> tuple[int, int, int] | None:
        with suppress(OSError):
            found = os.stat(self._show.root / ledgers.LEDGER)  # noqa: PTH116 - asked before every job
            return (found.st_ino, found.st_mtime_ns, found.st_size)
        return None

    def twin(self, article: Article, published: datetime) -> Head | None:
        """An episode of about the same days that is out and reads the same text, if there is one."""
        words = identity.sketch(identity.words_of_article(article))
        for head in self.shelf.heads:
            if abs(head.published - published) <= identity.WINDOW:
                if head.guid not in self._sketches:
                    self.remember(read(self._show.root, head.folder))
                near = identity.likeness_of_sketches(words, self._sketches[head.guid])
                if near >= identity.NEAR and identity.are_twins(article, read(self._show.root, head.folder)):
                    return head
        return None

    def remember(self, episode: Episode) -> None:
        """What an episode says, for the next that may say the same."""
        self._sketches[episode.guid] = identity.sketch(identity.words_of_episode(episode))

    def begin(self, key: str, known: Known) -> None:
        """Note that a job is under way, so that one that ends newscast itself is known."""
        with disk(_marks(self._show)):
            _marks(self._show).mkdir(parents=True, exist_ok=True)
            mark = _Mark(os.getpid(), known)
            (_marks(self._show) / key).write_bytes(msgspec.json.encode(mark))

    def end(self, key: str) -> None:
        """Note that a job has ended, whatever became of it."""
        with suppress(OSError):  # a mark too many costs a place in the order, no more
            (_marks(self._show) / key).unlink(missing_ok=True)

    def unfinished(self) -> dict[str, Known]:
        """The jobs that were begun by processes that are no more, and never ended."""
        found: dict[str, Known] = {}
        with suppress(OSError):
            for path in _marks(self._show).iterdir():
                mark = _read_mark(path)
                if not _is_alive(mark.process):
                    found[path.name] = mark.known
        return found


class _Mark(msgspec.Struct, frozen=True):
    """A job that was begun. process: the number of the process."""

    process: int
    known: Known


def _marks(show: Show) -> Path:
    return show.work / "begun"


def _read_mark(path: Path) -> _Mark:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Mark)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return _Mark(0, Known(name=""))


def _is_alive(process: int) -> bool:
    """Whether a process still runs, as far as this machine can tell."""
    if process <= 0:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it runs, and is someone else's
        return True
    return True


def _utc(when: datetime) -> datetime:
    return when.astimezone(UTC).replace(microsecond=0)


def _read_known(path: Path) -> dict[str, Known]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Known])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}  # it comes back as sources are met again


def _write_known(path: Path, known: dict[str, Known]) -> None:
    with suppress(PublishError):  # nothing but words for people is in it
        write_whole(path, msgspec.json.encode(known))
