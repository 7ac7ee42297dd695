"""Links, ledger and the clock -> what a night does with each link; and the file that outlives the night.

The ledger lies with the episodes in output/, which anyone may read: names are digests there, and nothing
tells of what is not out. What they stand for, and why, is in the work folder (`Known`), which may be lost.
Decisions are pure: the same links, ledger and time make the same decisions.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec

from newscast.articles.address import canonical
from newscast.articles.links import Link
from newscast.errors import PublishError
from newscast.files import disk, write_whole
from newscast.model import digest
from newscast.tables import Night, Source

LEDGER = "ledger.json"
_SCHEMA = 1
_OLDEST = datetime.min.replace(tzinfo=UTC)
#: The wait after a failure, doubled with each further one, and the longest wait.
_BACKOFF, _LONGEST = timedelta(minutes=30), timedelta(hours=20)


class State(StrEnum):
    """What became of a name."""

    MADE = "made"
    HELD = "held"  # made, and not out: the show holds it, or its hour has not come
    SKIPPED = "skipped"  # it is no article: a video, an index, another language ...
    FAILED = "failed"  # it may pass: the network, the voice
    UNFINISHED = "unfinished"  # newscast itself ended while it was made
    ASIDE = "set aside"  # it failed too often
    REMOVED = "removed"  # taken down, and not to come back
    RESTORED = "restored"  # it was removed, and may come back under its guid and date


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one name that a source gave.

    guid: of its episode, "" when none was made. digest: of the article as it was last made.
    at: when it came into this state, UTC. attempts: failures in a row. published: of the episode, kept
    when it is removed or held, so that it is never dated anew.
    """

    state: State
    guid: str = ""
    digest: str = ""
    at: datetime
    attempts: int = 0
    published: datetime | None = None


class Known(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The readable side of an entry. name: address or path. reason, hint: why it is in its state.

    stamp: of an inbox file when it was last read (nanoseconds, bytes).
    """

    name: str
    title: str = ""
    reason: str = ""
    hint: str = ""
    stamp: tuple[int, int] = (0, 0)


class Ledger(msgspec.Struct, frozen=True):
    """Entries by key."""

    entries: Mapping[str, Entry]

    def with_entries(self, entries: Mapping[str, Entry]) -> "Ledger":
        """The ledger with some entries new or replaced."""
        return Ledger({**self.entries, **entries})

    def keys_of(self, guid: str) -> list[str]:
        """All names that lead to an episode."""
        return [key for key, entry in self.entries.items() if entry.guid == guid]


class Candidate(msgspec.Struct, frozen=True):
    """A link of a source, and its key. stamp: of an inbox file as it is now, (0, 0) for an address."""

    key: str
    link: Link
    source: Source
    stamp: tuple[int, int] = (0, 0)


class Action(StrEnum):
    """What a night does with a link."""

    MAKE = "make"
    LOOK = "look again"  # at what is out or held: was it corrected?
    LEAVE = "leave"


class Decision(msgspec.Struct, frozen=True):
    """What to do with one link, and why, in words for a person."""

    action: Action
    why: str
    candidate: Candidate


def key_of(name: str) -> str:
    """The key of an article by its address, or of anything else by a name of its own, as `inbox_name`.

    utm_source, AMP, mobile twins and fragments make no other article.
    """
    return digest("key", canonical(name))[:32]


def inbox_name(source: Source, link: Link) -> str:
    """An inbox's file by the inbox and its own name, whatever is corrected in it."""
    return f"inbox:{source.inbox.strip('/')}/{Path(link.url).name}"


def name_of(source: Source, link: Link) -> str:
    """What a link is known by."""
    return inbox_name(source, link) if source.inbox else link.url


def candidate(source: Source, link: Link) -> Candidate:
    """A link that a source gave; its file is looked at if it is one."""
    stamp = (0, 0)
    if source.inbox:
        with suppress(OSError, ValueError):
            found = Path(link.url).stat()
            stamp = (found.st_mtime_ns, found.st_size)
    return Candidate(key_of(name_of(source, link)), link, source, stamp)


def decide(
    candidates: Iterable[Candidate],
    ledger: Ledger,
    known: Mapping[str, Known],
    night: Night,
    now: datetime,
) -> list[Decision]:
    """What a night does with every link, in the order in which it is done, oldest first.

    candidates: of each source the newest first. What failed before, or ended newscast itself, comes last. A
    link that several sources give is decided once, for the first. The limit of a source counts what is new.
    """
    decisions: dict[str, Decision] = {}
    new: Counter[Source] = Counter()
    for one in candidates:
        if one.key in decisions:
            continue
        action, why = _decide(one, ledger.entries.get(one.key), known.get(one.key), night, now)
        if action is Action.MAKE:
            new[one.source] += 1
            if new[one.source] > one.source.limit and not night.catch_up:
                action, why = Action.LEAVE, f"beyond the limit of {one.source.limit}"
        decisions[one.key] = Decision(action, why, one)

    def turn(decision: Decision) -> tuple[bool, int, datetime]:
        one = decision.candidate
        entry = ledger.entries.get(one.key)
        return bool(entry and entry.attempts), -one.source.priority, one.link.published or _OLDEST

    return sorted(decisions.values(), key=turn)


def _decide(
    one: Candidate, entry: Entry | None, known: Known | None, night: Night, now: datetime
) -> tuple[Action, str]:
    if entry is None:
        return _decide_new(one.link, one.source, night, now)
    changed = bool(one.source.inbox) and (known is None or known.stamp != one.stamp)
    since = now - entry.at
    match entry.state:
        case State.MADE | State.HELD:
            if changed:
                return Action.LOOK, "its file has changed" if known else "its file was not seen before"
            fresh = now - (entry.published or entry.at) < night.recheck_span
            if fresh and not one.source.inbox:
                return Action.LOOK, f"published less than {night.recheck} ago"
            return Action.LEAVE, "out" if entry.state is State.MADE else "held"
        case State.RESTORED:
            return Action.MAKE, "restored"
        case State.UNFINISHED:
            return Action.MAKE, "newscast ended while it was made"
        case State.SKIPPED if changed or since >= night.retry_skipped_span:
            return Action.MAKE, "skipped before; looked at again"
        case State.FAILED if changed or since >= backoff(entry.attempts):
            return Action.MAKE, f"failed before, {entry.attempts} times in a row"
        case State.FAILED:
            return Action.LEAVE, "failed a short while ago; tried again later"
        case State.ASIDE if changed:
            return Action.MAKE, "set aside before; its file has changed"
    return Action.LEAVE, f"{entry.state}{f': {known.reason}' if known and known.reason else ''}"


def _decide_new(link: Link, source: Source, night: Night, now: datetime) -> tuple[Action, str]:
    text = f"{link.title}\n{link.url}"
    if source.include and not any(re.search(pattern, text, re.I) for pattern in source.include):
        return Action.LEAVE, "excluded: no pattern of `include` is in its title or address"
    if by := next((pattern for pattern in source.exclude if re.search(pattern, text, re.I)), ""):
        return Action.LEAVE, f"excluded by {by!r}"
    if link.published:
        if night.max_age and now - link.published > night.max_age_span:
            return Action.LEAVE, f"older than {night.max_age}"
        if night.since and link.published.date() < night.since:
            return Action.LEAVE, f"of before {night.since.isoformat()}"
    return Action.MAKE, "new"


def backoff(attempts: int) -> timedelta:
    """How long something is left alone after so many failures in a row."""
    doubled: timedelta = _BACKOFF * 2 ** min(max(attempts - 1, 0), 10)
    return min(doubled, _LONGEST)


class _File(msgspec.Struct):
    schema: int
    entries: dict[str, Entry]


def load(root: Path) -> Ledger | None:
    """The ledger of a show's web root; None when there is none, or it is damaged and is to be rebuilt.

    Raises PublishError when the disk refuses, or a newer newscast wrote it.
    """
    path = root / LEDGER
    with disk(path):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if file.schema != _SCHEMA:
        raise PublishError(f"{path} is of a newer newscast: schema {file.schema}", "update newscast")
    return Ledger(file.entries)


def save(root: Path, ledger: Ledger) -> None:
    """Replace the ledger as a whole, or leave it if it says the same. Raises PublishError."""
    entries = dict(sorted(ledger.entries.items()))
    lines = (f'"{key}":'.encode() + msgspec.json.encode(entry) for key, entry in entries.items())
    write_whole(root / LEDGER, b'{"schema":%d,"entries":{\n%s\n}}\n' % (_SCHEMA, b",\n".join(lines)))
