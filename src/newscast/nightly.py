"""Show -> Report: find, decide, make what is new, publish, and tell; nothing that one item does ends it.

Each job is written down before it is begun and when it has ended, its episode is published within a minute,
and the report is written as it goes: a night that is killed has lost at most the job it was at.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from newscast import build
from newscast.articles.fetching.reach import masked
from newscast.build import Job, Outcome, Result
from newscast.editing import expired, finish_removals, gone, release_due, remove
from newscast.errors import (
    ArticleError,
    ExtractError,
    NewscastError,
    PublishError,
    RefusedError,
    TooLongError,
)
from newscast.files import sweep_drafts, write_whole
from newscast.memory.books import Books, locked
from newscast.memory.ledger import (
    Action,
    Decision,
    Entry,
    Known,
    State,
    key_of,
)
from newscast.model import Progress
from newscast.planning import SourceReport, job_of, planned
from newscast.publish.release import publish
from newscast.publish.targets.bring import bring
from newscast.show import Show
from newscast.speech.cache import prune

if TYPE_CHECKING:
    from newscast.pipeline import Loaded

#: Clips that were not used for so long go; a correction that comes later is spoken anew.
CLIP_DAYS = 60
#: Seconds after which nobody is still writing what a killed run left.
DAY = 86_400.0
#: What was committed is published at once, as long as publishing takes no more than this share of the time.
PUBLISHING = 0.05
#: Reports of the past that stay.
REPORTS = 60


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One night. started, ended: UTC; ended is None while it goes on, and for ever if it was killed."""

    show: str
    started: datetime
    ended: datetime | None = None
    sources: tuple[SourceReport, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether someone has to look: the night's exit code is 1."""
        wrong = (Result.FAILED, Result.ASIDE)
        return any(outcome.result in wrong for outcome in self.outcomes) or any(
            source.error for source in self.sources
        )


def night(
    show: Show,
    *,
    clock: Callable[[], datetime],
    on_line: Progress | None = None,
    on_outcome: Callable[[Outcome], None] = lambda _: None,
) -> Report:
    """Make all that the sources have and the show does not, publish, and write the report.

    clock: the time now, in the show's zone. on_outcome: told of each job as it ends. Raises LockedError if
    another night is under way, PublishError, ShowError; whatever one job raises is in its Outcome.
    """
    with locked(show, "night", patience=0.0):
        return _Night(show, clock, on_line, on_outcome).run()


class _Night:
    """One night as it goes on."""

    def __init__(
        self,
        show: Show,
        clock: Callable[[], datetime],
        on_line: Progress | None,
        on_outcome: Callable[[Outcome], None],
    ) -> None:
        self._show, self._clock, self._on_line, self._on_outcome = show, clock, on_line, on_outcome
        self._books = Books(show)
        self._report = Report(show=show.id, started=clock().astimezone(UTC))
        self._published = self._took = 0.0  # when, on the monotonic clock, and for how many seconds
        self._dirty = False  # whether anything may have been committed since it was published

    def run(self) -> Report:
        """All of it; the report is written whatever ends it."""
        try:
            self._go()
        except NewscastError as error:
            self._tell(
                Outcome(source=self._show.id, result=Result.FAILED, error=error.message, hint=error.hint)
            )
            raise
        finally:
            if self._dirty:
                self._publish()
            if self._show.publish.to:
                self._bring()
            self._write(ended=self._clock().astimezone(UTC))
        return self._report

    def _bring(self) -> None:
        """Bring what is out to where show.toml says; a place that refuses it is a failure of the night."""
        place, failed = self._show.publish.to, Result.FAILED
        try:
            with locked(self._show):
                note = bring(self._show).note
        except PublishError as error:
            self._tell(Outcome(source=place, result=failed, error=error.message, hint=error.hint))
        else:
            if note:
                self._tell(Outcome(source=place, result=failed, error=note))

    def _go(self) -> None:
        show, books = self._show, self._books
        # Whatever a killed run committed is published first, also when every job below fails.
        with locked(show):
            finish_removals(show, books.refresh())
            for outcome in release_due(show, books, self._clock()):
                self._tell(outcome)
            for head in expired(show, books.shelf.heads, self._clock()):
                why = f"older than the show keeps ({show.corrections.keep})"
                remove(show, books, head.guid, why, self._clock())
                source = head.sources[0] if head.sources else head.title
                self._tell(Outcome(source=source, result=Result.REMOVED, title=head.title, note=why))
        self._publish()
        for outcome in note_deaths(show, books, self._clock()):
            self._tell(outcome)
        plan = planned(show, books, self._clock())
        self._report = msgspec.structs.replace(self._report, sources=plan.sources)
        self._write()
        self._make([decision for decision in plan.decisions if decision.action is not Action.LEAVE])
        prune(show.work / "clips", CLIP_DAYS)
        for folder in (show.work, *show.work.glob("*/"), *show.work.glob("clips/*/")):
            sweep_drafts(folder, DAY)

    def _make(self, decisions: Sequence[Decision]) -> None:
        """All that is to be made or looked at; where nothing is, no voice and no page reader is loaded."""
        if not decisions:
            return
        from newscast import pipeline

        loaded = pipeline.load(self._show)
        for decision in decisions:
            self._tell(attempt(job_of(decision), loaded, self._books, self._clock(), self._on_line))
            self._dirty = True
            if (time.monotonic() - self._published) * PUBLISHING >= self._took:
                self._publish()

    def _tell(self, outcome: Outcome) -> None:
        outcome = msgspec.structs.replace(outcome, source=masked(outcome.source), hint=masked(outcome.hint))
        outcomes = (*self._report.outcomes, outcome)
        self._report = msgspec.structs.replace(self._report, outcomes=outcomes)
        self._on_outcome(outcome)
        self._write()

    def _publish(self) -> None:
        """Bring feed and pages up to date, and tell of what is out no more."""
        begun = time.monotonic()
        with locked(self._show):
            done = publish(self._show, self._clock())
        self._published, self._dirty = time.monotonic(), False
        self._took = self._published - begun
        told = {outcome.source for outcome in self._report.outcomes}
        for outcome in gone(done.missing, done.broken):
            if outcome.source not in told:
                self._tell(outcome)

    def _write(self, ended: datetime | None = None) -> None:
        self._report = msgspec.structs.replace(self._report, ended=ended)
        data = msgspec.json.format(msgspec.json.encode(self._report))
        folder = self._show.work / "reports"
        write_whole(self._show.work / "report.json", data)
        if ended:
            write_whole(folder / f"{self._report.started:%Y-%m-%dT%H%M%S}.json", data)
            for old in sorted(folder.glob("*.json"))[:-REPORTS]:
                old.unlink(missing_ok=True)


def attempt(
    job: Job, loaded: "Loaded", books: Books, now: datetime, on_line: Progress | None = None
) -> Outcome:
    """Make one article, and turn whatever stops it into its outcome, which is written down.

    Raises LockedError and PublishError: a disk that refuses, or a show that is locked, ends the night.
    """
    try:
        return build.make(job, loaded, books, now, on_line)
    except PublishError:
        raise
    except NewscastError as error:
        return _stopped(job, error, loaded.show, books, now)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - one bad article must not cost the night
        bug = NewscastError(f"{type(error).__name__}: {error}", "report this bug")
        return _stopped(job, bug, loaded.show, books, now)


def note_deaths(show: Show, books: Books, now: datetime) -> list[Outcome]:
    """Write down which jobs ended newscast itself: the next ones are done before they are tried again."""
    utc, died = now.astimezone(UTC).replace(microsecond=0), []
    with locked(show):
        books.refresh()
        for key, known in books.unfinished().items():
            old = books.ledger.entries.get(key)
            attempts = (old.attempts if old else 0) + 1
            aside = attempts >= show.night.attempts
            if old is None or old.state not in (State.MADE, State.HELD, State.REMOVED):
                state = State.ASIDE if aside else State.UNFINISHED
                reason = f"newscast ended while it was made, {attempts} times in a row"
                told = {key: msgspec.structs.replace(known, reason=reason)}
                books.change({key: Entry(state=state, at=utc, attempts=attempts)}, told)
                if aside:
                    died.append(Outcome(source=known.name or key, result=Result.ASIDE, error=reason))
            books.end(key)
    return died


def _stopped(job: Job, error: NewscastError, show: Show, books: Books, now: datetime) -> Outcome:
    """Write down why a job came to nothing: it is no article, it may pass, or it failed too often."""
    key, utc = key_of(job.name or job.source), now.astimezone(UTC).replace(microsecond=0)
    with locked(show):
        old = books.refresh().ledger.entries.get(key)
        if old and old.state in (State.MADE, State.HELD):
            # What is out stays out. A page that cannot be looked at again is no failure, a voice is.
            if isinstance(error, ArticleError):
                return Outcome(source=job.source, result=Result.KEPT, note=f"not looked at again: {error}")
            return Outcome(source=job.source, result=Result.FAILED, error=error.message, hint=error.hint)
        attempts = (old.attempts if old else 0) + 1
        if isinstance(error, ExtractError | RefusedError | TooLongError):
            state, result, attempts = State.SKIPPED, Result.SKIPPED, 0
        elif attempts >= show.night.attempts:
            state, result = State.ASIDE, Result.ASIDE
        else:
            state, result = State.FAILED, Result.FAILED
        hint = f"newscast make {job.source}" if state is State.ASIDE else error.hint
        known = Known(name=job.name, reason=error.message, hint=error.hint, stamp=job.stamp)
        books.change({key: Entry(state=state, at=utc, attempts=attempts)}, {key: known})
    return Outcome(source=job.source, result=result, error=error.message, hint=hint)
