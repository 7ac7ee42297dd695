"""What is out or held -> what a producer does with it afterwards: list, remove, restore, release.

Nothing is spoken here; `build` makes what is to be made again.
"""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from newscast import build
from newscast.build import Outcome, Result
from newscast.errors import PublishError
from newscast.files import disk
from newscast.memory import hold
from newscast.memory.books import Books
from newscast.memory.ledger import Entry, Known, State, key_of
from newscast.model import Episode, EpisodeKind
from newscast.publish.manifests import Broken, Head, folder_of
from newscast.publish.store import PAGE
from newscast.show import Show
from newscast.tables import span

_HANDLE = 8  # characters of a guid that name its episode, as long as no other begins with them


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One episode as lists show it. handle: a short name for commands. state: as in the ledger.

    url: of its page, "" while it is not out. duration: seconds. until: when a held one is released.
    """

    handle: str
    guid: str
    title: str
    published: datetime | None
    state: State
    url: str = ""
    duration: float = 0.0
    voices: tuple[str, ...] = ()
    kind: EpisodeKind = EpisodeKind.ARTICLE
    sources: tuple[str, ...] = ()
    updated: datetime | None = None
    until: datetime | None = None
    reason: str = ""


def listed(show: Show, books: Books) -> list[Listed]:
    """All that is out, held or removed, the newest first."""
    rows = [_of_head(show, head) for head in books.shelf.heads]
    rows += [_of_held(one) for one in hold.everything(show)]
    gone: dict[str, Listed] = {}
    for key, entry in books.ledger.entries.items():
        if entry.state is State.REMOVED and entry.guid not in gone:
            known = books.known.get(key, Known(name=""))
            gone[entry.guid] = Listed(
                handle=entry.guid[:_HANDLE],
                guid=entry.guid,
                title=known.title,
                published=entry.published,
                state=entry.state,
                sources=(known.name,) if known.name else (),
                reason=known.reason,
            )
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted((*rows, *gone.values()), key=lambda row: row.published or oldest, reverse=True)


def _of_head(show: Show, head: Head) -> Listed:
    return Listed(
        handle=head.guid[:_HANDLE],
        guid=head.guid,
        title=head.title,
        published=head.published,
        state=State.MADE,
        url=f"{show.address}episodes/{head.folder}/{PAGE}",
        duration=head.duration,
        voices=head.voices,
        kind=head.kind,
        sources=head.sources,
        updated=head.updated,
    )


def _of_held(one: hold.Held) -> Listed:
    episode = one.episode
    return Listed(
        handle=episode.guid[:_HANDLE],
        guid=episode.guid,
        title=episode.title,
        published=episode.published,
        state=State.HELD,
        duration=episode.duration,
        voices=episode.voices,
        kind=episode.kind,
        sources=episode.sources,
        until=one.until,
    )


def pick(name: str, rows: Sequence[Listed]) -> Listed:
    """The episode that a person means: by handle, guid, folder, or address of its article or its page.

    Raises PublishError if there is none, or more than one.
    """
    wanted = name.strip().rstrip("/")
    key = key_of(wanted)
    found = {
        row.guid: row
        for row in rows
        if row.guid == wanted
        or (len(wanted) >= 4 and row.guid.startswith(wanted))
        or any(key_of(source) == key for source in row.sources)
        or (row.url and wanted in (row.url, row.url.removesuffix(f"/{PAGE}"), row.url.split("/")[-2]))
    }
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise PublishError(f"{name} may be {' or '.join(sorted(found))}", "give more of the guid")
    raise PublishError(f"there is no episode {name}", "newscast episodes")


def remove(show: Show, books: Books, guid: str, reason: str, now: datetime) -> None:
    """Take an episode down for good: gone from disk, and no night brings it back. Publishing is the
    caller's. Raises PublishError.
    """
    episode = build.find(guid, books, show)
    utc = now.astimezone(UTC).replace(microsecond=0)
    published = episode.published if episode else None
    keys = books.ledger.keys_of(guid)
    keys = keys or ([*episode.keys] if episode else []) or [key_of(guid)]
    entry = Entry(state=State.REMOVED, guid=guid, at=utc, published=published)
    known = {}
    for key in keys:
        before = books.known.get(key, Known(name=""))
        title = episode.title if episode else before.title
        known[key] = replace(before, title=title, reason=reason)
    books.change(dict.fromkeys(keys, entry), known)
    hold.forget(show, guid)
    finish_removals(show, books)


def finish_removals(show: Show, books: Books) -> None:
    """Delete the folders of episodes that are removed; also what a killed run left to do."""
    removed = {entry.guid for entry in books.ledger.entries.values() if entry.state is State.REMOVED}
    for head in books.shelf.heads:
        if head.guid in removed:
            home = show.root / "episodes" / head.folder
            _take_down(home)
            books.touch()
    books.refresh()


def _take_down(home: Path) -> None:
    """Delete an episode's folder; renamed first, for a folder half gone must not look like an episode."""
    with disk(home):
        draft = home.with_name(f".{home.name}.gone.tmp")
        home.rename(draft)
        shutil.rmtree(draft)


def restore(books: Books, guid: str) -> list[str]:
    """Let an episode come back that was removed. Returns where its article is, as far as it is known."""
    keys = [key for key in books.ledger.keys_of(guid) if books.ledger.entries[key].state is State.REMOVED]
    if not keys:
        raise PublishError(f"{guid} was not removed", "newscast episodes")
    names = [books.known[key].name for key in keys if key in books.known]
    books.change({key: replace(books.ledger.entries[key], state=State.RESTORED, digest="") for key in keys})
    return [name for name in names if name]


def release(show: Show, books: Books, held: hold.Held, now: datetime) -> Outcome:
    """Put out what was held, at once. Publishing is the caller's. Raises PublishError."""
    episode = held.episode
    out = build.published(episode.guid, books, show)
    stored = build.put_out(episode, hold.sounds(show, held), out, show, now)
    utc = now.astimezone(UTC).replace(microsecond=0)
    entries: dict[str, Entry | None] = {}
    for key in books.ledger.keys_of(episode.guid) or [*episode.keys]:
        before = books.ledger.entries.get(key)
        entries[key] = Entry(
            state=State.MADE, guid=episode.guid, at=utc, digest=before.digest if before else ""
        )
    books.change(entries)
    hold.forget(show, episode.guid)
    return Outcome(
        source=episode.url or episode.title,
        result=Result.CORRECTED if out else Result.MADE,
        episode=folder_of(stored),
        title=stored.title,
        voices=stored.voices,
        duration=stored.duration,
    )


def put_by(show: Show, books: Books, guid: str, now: datetime) -> None:
    """Hold an episode that is out; no byte of it stays where it is served. Raises PublishError."""
    episode = build.published(guid, books, show)
    if episode is None:
        raise PublishError(f"{guid} is not out", "newscast episodes")
    home = show.root / "episodes" / folder_of(episode)
    hold.put(show, hold.Held(episode=episode), [home / media.file for media in episode.media])
    utc = now.astimezone(UTC).replace(microsecond=0)
    changes = {}
    for key in books.ledger.keys_of(guid):
        before = books.ledger.entries[key]
        changes[key] = replace(before, state=State.HELD, at=utc, published=episode.published)
    books.change(changes)
    _take_down(home)
    books.touch()
    books.refresh()


def remake_job(row: Listed, show: Show, books: Books) -> build.Job | None:
    """The job that speaks an episode anew; None when nobody knows any more where its article is."""
    names = [books.known[key].name for key in books.ledger.keys_of(row.guid) if key in books.known]
    for name in (*names, *row.sources):
        file = show.folder / name.removeprefix("inbox:")
        if name.startswith("inbox:") and file.is_file():
            return build.Job(source=str(file), name=name, to=row.guid, private=True, again=True)
        if Path(name).is_absolute() and Path(name).is_file():
            return build.Job(source=name, to=row.guid, private=True, again=True)
        if "://" in name:
            return build.Job(source=name, name=name, to=row.guid, private=True, again=True)
    return None


def release_due(show: Show, books: Books, now: datetime) -> list[Outcome]:
    """Put out what waits for an hour that has come. Raises PublishError."""
    due = [held for held in hold.everything(show) if held.until and held.until <= now]
    return [release(show, books, held, now) for held in due]


def expired(show: Show, heads: Sequence[Head], now: datetime) -> list[Head]:
    """Episodes that the show keeps no longer: older than `keep`, or beyond that many."""
    keep = show.corrections.keep
    if not keep:
        return []
    if keep.isdigit():
        return list(heads[int(keep) :])
    return [head for head in heads if now - head.published > span(keep)]


def gone(missing: Sequence[Head | Episode], broken: Sequence[Broken]) -> Iterator[Outcome]:
    """What listeners miss, though it was out."""
    for episode in missing:
        error = "its sound is gone or cut, so it is not in the feed"
        source = episode.sources[0] if episode.sources else episode.title
        hint = f"newscast remake {episode.guid[:_HANDLE]}"
        yield Outcome(source=source, result=Result.FAILED, title=episode.title, error=error, hint=hint)
    for folder in broken:
        yield Outcome(source=folder.folder, result=Result.FAILED, error=folder.error, hint=folder.hint)
