"""Many episodes: lock, plan, make what is new, commit, publish, report.

One article is made and committed before the next is begun, so a night that is killed has lost at
most one. What it doesn't do: look again at articles that are already out.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import msgspec
from filelock import FileLock, Timeout

from newscast import pipeline
from newscast.articles.links import Link, find_links
from newscast.errors import LockedError, NewscastError, PublishError
from newscast.files import write_whole
from newscast.model import Episode, Progress
from newscast.pipeline import Made
from newscast.publish import store
from newscast.publish.release import is_whole, publish
from newscast.show import Show, Source
from newscast.speech.cache import prune

#: Clips that were not used for so long go; a correction that comes later is spoken anew.
CLIP_DAYS = 60


class Job(msgspec.Struct, frozen=True):
    """An article to make. private: its address may be on this machine or network. robots: ask its site.

    address: of a saved page that does not know it. spare: what its feed has of it, HTML.
    """

    source: str
    private: bool
    robots: bool = True
    address: str = ""
    spare: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one job or source: `made` anew, `kept` as it was, or `failed` and why.

    episode: its folder. note: why a fallback speaks it.
    """

    source: str
    result: str
    episode: str = ""
    note: str = ""
    error: str = ""
    hint: str = ""


class Report(msgspec.Struct, frozen=True):
    """One night. started, ended: UTC."""

    show: str
    started: datetime
    ended: datetime
    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """What did not work; the night's exit code is 1 when there are any."""
        return tuple(outcome for outcome in self.outcomes if outcome.result == "failed")


@contextmanager
def locked(show: Show) -> Iterator[None]:
    """Hold the show's lock, or raise LockedError at once. A killed holder lets go of it."""
    lock = FileLock(show.work / "lock", timeout=0)
    try:
        show.work.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise LockedError(f"another newscast is working on {show.id}", "try again when it is done") from error
    except OSError as error:
        raise PublishError(f"{show.work} cannot be written: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()


def make(
    source: str,
    show: Show,
    *,
    now: datetime,
    forced: bool = False,
    address: str = "",
    on_line: Progress | None = None,
) -> Made:
    """Make one article's episode, commit it and publish the show. Raises NewscastError."""
    with locked(show):
        made = _commit(Job(source, private=True, address=address), show, now, forced=forced, on_line=on_line)
        publish(show, now)
    return made


def night(show: Show, *, now: datetime, on_line: Progress | None = None) -> Report:
    """Make all that the sources have and the show does not, publish, and write the report.

    Raises LockedError, PublishError, ShowError; whatever one job raises is in its Outcome.
    """
    with locked(show):
        # Whatever a killed run committed is published first, also when every job below fails.
        gone = publish(show, now).missing
        known = {episode.url for episode in store.episodes(show.root) if episode not in gone}
        outcomes: list[Outcome] = []
        found: list[tuple[Source, list[Link]]] = []
        for source in show.sources:
            try:
                given = find_links(source, show.folder, cache=show.work / "pages")
                found.append((source, list(given.links)))
            except NewscastError as error:
                name = source.feed or source.inbox or source.url
                outcomes.append(Outcome(name, "failed", error=error.message, hint=error.hint))
        outcomes += [_run(job, show, now, on_line) for job in plan(found, known)]
        outcomes += [_gone(episode) for episode in publish(show, now).missing]
        prune(show.work / "clips", CLIP_DAYS)
        report = Report(show.id, now.astimezone(UTC), datetime.now(UTC), tuple(outcomes))
        write_whole(show.work / "report.json", msgspec.json.format(msgspec.json.encode(report)))
    return report


def plan(found: Iterable[tuple[Source, list[Link]]], known: set[str]) -> list[Job]:
    """What to make, oldest first, so that feed order is the order of the news. known: URLs that are out."""
    jobs: dict[str, tuple[str, Job]] = {}
    for source, links in found:
        new = [link for link in links if link.url not in known]
        for link in new[: source.limit]:
            private = source.allow_private or bool(source.inbox)
            when = link.published.astimezone(UTC).isoformat() if link.published else ""
            jobs.setdefault(link.url, (when, Job(link.url, private, source.robots, spare=link.spare)))
    return [job for _, job in sorted(jobs.values(), key=lambda pair: pair[0])]


def _gone(episode: Episode) -> Outcome:
    error = "its MP3 is gone or cut, so it is not in the feed"
    return Outcome(episode.url or episode.title, "failed", error=error, hint="make its article again")


def _run(job: Job, show: Show, now: datetime, on_line: Progress | None) -> Outcome:
    try:
        made = _commit(job, show, now, on_line=on_line)
    except NewscastError as error:
        return Outcome(job.source, "failed", error=error.message, hint=error.hint)
    except Exception as error:  # noqa: BLE001 - one bad article must not cost the night
        return Outcome(job.source, "failed", error=f"{type(error).__name__}: {error}", hint="report this bug")
    result = "kept" if made.mp3 is None else "made"
    folder = store.folder(show.root, made.episode)
    return Outcome(job.source, result, episode=str(folder), note=made.note)


def _commit(
    job: Job, show: Show, now: datetime, *, forced: bool = False, on_line: Progress | None = None
) -> Made:
    """The job's episode, committed if it was made anew."""
    article = pipeline.read(
        job.source,
        show,
        allow_private=job.private,
        robots=job.robots,
        forced=forced,
        address=job.address,
        spare=job.spare,
    ).article
    previous = store.find(show.root, article.guid)
    if previous and not is_whole(show.root, previous):
        previous = msgspec.structs.replace(previous, inputs="again")  # make its audio again
    made = pipeline.make(article, show, now=now, previous=previous, on_line=on_line)
    if made.mp3 is None:
        return made
    stored = store.commit(show.root, made.episode, [made.mp3], previous, now)
    return msgspec.structs.replace(made, episode=stored)
