"""One job: an article is fetched here, made anywhere, and committed here under the show's lock.

What became of it is in the ledger before the next job begins. The lock is held to look up and to commit,
not while a page is read or a line spoken; two processes that make one episode wait for each other and make
it once.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from newscast.articles.fetching.reach import shown
from newscast.calendar import date
from newscast.errors import ArticleError
from newscast.files import Content, discard
from newscast.memory import hold, identity
from newscast.memory.books import Books, locked
from newscast.memory.ledger import Entry, Known, State, key_of
from newscast.model import Article, Correction, Episode, Progress, digest
from newscast.publish import store
from newscast.publish.manifests import folder_of
from newscast.publish.manifests import read as read_manifest
from newscast.publish.release import is_whole
from newscast.show import Show

if TYPE_CHECKING:
    from newscast.articles.page import Read
    from newscast.pipeline import Loaded, Made, Task

#: An article dated further ahead than this was dated wrongly, and is dated now.
BELIEVED = timedelta(days=31)
#: Seconds to wait for another process that makes the same episode.
PATIENCE = 3600.0


class Result(StrEnum):
    """What became of a job."""

    MADE = "made"
    CORRECTED = "corrected"
    KEPT = "kept"
    HELD = "held"
    SKIPPED = "skipped"
    FAILED = "failed"
    ASIDE = "set aside"
    REMOVED = "removed"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """An article to make.

    source: path, address or "-". name: what its source knows it by; "" for what the article itself says.
    private: its address may be on this machine or network. robots: mind its site's robots.txt.
    forced: read it even if it seems to be no Indonesian article. to: the guid of the episode that it is a
    new version of. title, published, url, slug, image: in place of what the article says. stamp: of an
    inbox file. spare: what its feed has of it, HTML. again: speak and encode it again though nothing changed.
    """

    source: str
    name: str = ""
    private: bool = False
    robots: bool = True
    forced: bool = False
    to: str = ""
    title: str = ""
    published: datetime | None = None
    url: str = ""
    slug: str = ""
    image: str = ""
    stamp: tuple[int, int] = (0, 0)
    spare: str = ""
    again: bool = False

    @property
    def inbox(self) -> bool:
        """Whether it is a file of an inbox."""
        return self.name.startswith("inbox:")


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one job or source.

    episode: its folder's name. note: what a person should know though it worked. error, hint: why not.
    voices, duration (seconds): of the episode. left_out: what of it reads like sentences and is not said.
    """

    source: str
    result: Result
    episode: str = ""
    title: str = ""
    note: str = ""
    error: str = ""
    hint: str = ""
    voices: tuple[str, ...] = ()
    duration: float = 0.0
    left_out: str = ""


def make(job: Job, loaded: "Loaded", books: Books, now: datetime, on_line: Progress | None = None) -> Outcome:
    """Fetch, make and commit one article's episode; publishing is the caller's. Raises NewscastError."""
    from newscast import pipeline  # the rooms are opened when there is an episode to make

    show = loaded.show
    if any("\ud800" <= letter <= "\udfff" for letter in job.source):
        raise ArticleError(f"{shown(job.source)}: its name is not UTF-8", "rename it")
    mark = key_of(job.name or job.source)
    with locked(show):
        books.begin(mark, Known(name=job.name, stamp=job.stamp))
    try:
        read = read_one(job, show)
        with locked(show):
            guid = _guid(job, read.article, books.refresh(), show)
        with locked(show, f"making/{guid[:2]}", PATIENCE):
            with locked(show):
                task = _plan(job, read, guid, books.refresh(), show, now)
            if isinstance(task, Outcome):
                return task
            made = pipeline.make(task, loaded, on_line=on_line)
            try:
                with locked(show):
                    return commit(job, read, made, books.refresh(), show, now)
            finally:
                clear_away(made)
    finally:
        books.end(mark)


def clear_away(made: "Made") -> None:
    """Remove the files of an episode from the work folder."""
    for folder in {sound.parent for sound in made.sounds if isinstance(sound, Path)}:
        discard(folder)


def read_one(job: Job, show: Show) -> "Read":
    """The article, with what the job says in place of what it says itself."""
    from newscast import pipeline

    read = pipeline.read(
        job.source,
        show,
        allow_private=job.private,
        robots=job.robots,
        forced=job.forced,
        address=job.url,
        spare=job.spare,
    )
    changes: dict[str, Any] = {}
    if job.title:
        changes |= {"title": job.title, "titled": True}
    if job.published:
        changes["published"] = job.published
    return msgspec.structs.replace(read, article=msgspec.structs.replace(read.article, **changes))


def _names(job: Job, article: Article) -> tuple[str, ...]:
    """The names that lead to an article: its source's, and its own address or title and day."""
    own = article.url or f"text:{article.guid}"
    alone = job.inbox or job.name.startswith("bulletin:")
    return (job.name,) if alone else tuple(dict.fromkeys((job.name or own, own)))


def _guid(job: Job, article: Article, books: Books, show: Show) -> str:
    if job.to:
        return job.to
    entries = (books.ledger.entries.get(key_of(name)) for name in _names(job, article))
    known = next((entry.guid for entry in entries if entry and entry.guid), "")
    return identity.guid_of(article, job.name, known, lambda guid: find(guid, books, show), inbox=job.inbox)


def find(guid: str, books: Books, show: Show) -> Episode | None:
    """The episode of a guid: as it is held, else as it is out. Raises PublishError."""
    held = hold.read(show, guid)
    return held.episode if held else published(guid, books, show)


def published(guid: str, books: Books, show: Show) -> Episode | None:
    """The episode of a guid as it is out. Raises PublishError."""
    head = books.shelf.find(guid)
    return read_manifest(show.root, head.folder) if head else None


def _plan(job: Job, read: "Read", guid: str, books: Books, show: Show, now: datetime) -> "Task | Outcome":
    """What is to be made, or what is to be said where nothing is."""
    from newscast.articles import left_out
    from newscast.pipeline import Task

    article, said = read.article, _said(read.article)
    entry = books.entry_of(guid)
    if barred := stays_away(job.source, article.title, guid, books):
        return barred
    out, previous = published(guid, books, show), find(guid, books, show)
    again = job.again or bool(out and not is_whole(show.root, out))
    # A night only looks whether the words have changed; `make` also sees another voice, cover or lexicon.
    if job.name and previous and entry and entry.digest == said and not again:
        _note(job, read, entry, books)
        return _outcome(job, Result.KEPT, previous, read)
    if previous is None and (twin := books.twin(article, article.published or now)):
        at = twin.published.astimezone(UTC).replace(microsecond=0)
        _note(job, read, Entry(state=State.MADE, guid=twin.guid, digest=said, at=at), books)
        same = read_manifest(show.root, twin.folder)
        return _outcome(job, Result.KEPT, same, read, f"the same text is out as {twin.folder}")
    return Task(
        article=article,
        guid=guid,
        published=_date(article, previous, entry, now),
        keys=tuple(key_of(name) for name in _names(job, article)),
        kept=left_out.share_kept(read),
        slug=job.slug,
        image=job.image,
        previous=previous,
        again=again,
    )


def stays_away(source: str, title: str, guid: str, books: Books) -> Outcome | None:
    """What is to be said of an episode that was removed; None for one that may be made.

    Raises ArticleError for one that is out under a manifest that cannot be read: it would be out twice.
    """
    entry = books.entry_of(guid)
    if entry and entry.state is State.REMOVED:
        error, hint = "its episode was removed", f"newscast restore {guid[:8]}"
        return Outcome(source=source, result=Result.SKIPPED, title=title, error=error, hint=hint)
    if entry and entry.state is State.MADE and books.shelf.broken and books.shelf.find(guid) is None:
        broken = books.shelf.broken[0]
        raise ArticleError(f"its episode is out, but {broken.error}", broken.hint)
    return None


def _date(article: Article, previous: Episode | None, entry: Entry | None, now: datetime) -> datetime:
    """When it is published, once and for all."""
    if previous:
        return previous.published
    if entry and entry.published:
        return entry.published.astimezone(now.tzinfo)
    if article.published and article.published - now <= BELIEVED:
        return article.published
    return now


def commit(job: Job, read: "Read", made: "Made", books: Books, show: Show, now: datetime) -> Outcome:
    """Put out what was made, or put it by, and write it down."""
    episode, said = made.episode, _said(read.article)
    utc = now.astimezone(UTC).replace(microsecond=0)
    entry = books.entry_of(episode.guid)
    if not made.sounds:
        kept = entry or Entry(state=State.MADE, guid=episode.guid, at=utc)
        _note(job, read, msgspec.structs.replace(kept, digest=said, attempts=0), books)
        return _outcome(job, Result.KEPT, episode, read, made.note)
    out = published(episode.guid, books, show)
    waits, until = _gate(show, episode, now)
    held = hold.read(show, episode.guid)
    if held and held.until is None:  # someone holds it: a correction does not let it out
        waits, until = True, None
    if waits:
        hold.put(show, hold.Held(episode=episode, until=until), made.sounds)
        state = State.MADE if out else State.HELD
        _note(job, read, Entry(state=state, guid=episode.guid, digest=said, at=utc), books)
        when = f"until {until:%d.%m.%Y %H:%M}" if until else f"until newscast release {episode.guid[:8]}"
        return _outcome(job, Result.HELD, episode, read, f"{made.note}; {when}".lstrip("; "))
    stored = put_out(episode, made.sounds, out, show, now)
    hold.forget(show, episode.guid)
    _note(job, read, Entry(state=State.MADE, guid=episode.guid, digest=said, at=utc), books)
    books.remember(stored)
    return _outcome(job, Result.CORRECTED if out else Result.MADE, stored, read, made.note)


def put_out(
    episode: Episode, sounds: Sequence[Content], out: Episode | None, show: Show, now: datetime
) -> Episode:
    """Commit an episode; of one that is out, as its correction, told of if the show says so."""
    if out:
        told = out.corrections
        if show.corrections.told:
            here = now.astimezone(show.zone)
            told = (*told, Correction(now, f"Diperbaiki {date(here)}, {here:%H.%M} {show.timezone}."))
        episode = msgspec.structs.replace(episode, updated=now, corrections=told)
    return store.commit(show.root, episode, sounds, out, now)


def _gate(show: Show, episode: Episode, now: datetime) -> tuple[bool, datetime | None]:
    """Whether an episode waits, and until when; None: until someone releases it."""
    if show.night.hold:
        return True, None
    until = episode.published
    if show.night.release:
        hour, minute = map(int, show.night.release.split(":"))
        here = now.astimezone(show.zone)
        opening = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
        until = max(until, opening)
    return until > now, until


def _said(article: Article) -> str:
    """Digest of what is read of an article, and of its date and address."""
    return digest(article.title, article.paragraphs, article.published, article.url, article.image)[:32]


def _note(job: Job, read: "Read", entry: Entry, books: Books) -> None:
    """Write down what became of all names of an article."""
    names = _names(job, read.article)
    known = Known(name=job.name or _place(job) or names[0], title=read.article.title, stamp=job.stamp)
    books.change({key_of(name): entry for name in names}, {key_of(name): known for name in names})


def _place(job: Job) -> str:
    """Where a text lies that has no address, so that it can be made again; "" if it has one."""
    return str(Path(job.source).resolve()) if "://" not in job.source and job.source != "-" else ""


def _outcome(job: Job, result: Result, episode: Episode, read: "Read", note: str = "") -> Outcome:
    from newscast.articles import left_out

    return Outcome(
        source=job.source,
        result=result,
        episode=folder_of(episode),
        title=episode.title,
        note=note,
        voices=episode.voices,
        duration=episode.duration,
        left_out=left_out.notice(read, job.source),
    )
