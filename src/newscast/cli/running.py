"""The door to what makes episodes: `make` and `nightly`. Flags -> one call -> exit code."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from newscast.cli.terminal import (
    ForceOption,
    JsonOption,
    ShowOption,
    VoiceOption,
    chosen_show,
    note,
    now_in,
    print_json,
    progress,
    shortest,
)
from newscast.errors import NewscastError
from newscast.show import Show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscast.build import Job, Outcome
    from newscast.planning import SourceReport

app = typer.Typer()

SourcesArgument = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="Text, Markdown or HTML files, URLs, or - for stdin.")
]


@app.command()
def make(
    sources: SourcesArgument,
    show: ShowOption = None,
    voice: VoiceOption = None,
    force: ForceOption = False,
    to: Annotated[
        str, typer.Option("--as", metavar="EPISODE", help="It is a new version of that episode.")
    ] = "",
    title: Annotated[str, typer.Option(help="In place of the article's own title.")] = "",
    date: Annotated[str, typer.Option(help="In place of its own: 2026-08-14 or 2026-08-14T05:30.")] = "",
    url: Annotated[str, typer.Option(help="The address it was published at.")] = "",
    slug: Annotated[str, typer.Option(help="What its folder and files are named by.")] = "",
    image: Annotated[str, typer.Option(help="The address of its picture.")] = "",
    json: JsonOption = False,
) -> None:
    """Make articles into episodes and publish them in the show's folder.

    Lines that were spoken before are not spoken again; the same article twice changes nothing.

    Example: `newscast make examples/pasar-terapung.txt --show examples/show.toml`
    """
    from newscast.build import Job, Result
    from newscast.publish.store import slugify

    chosen = chosen_show(show, voice, needed=True)
    if len(sources) > 1 and any((to, title, date, url, slug, image)):
        raise typer.BadParameter("--as, --title, --date, --url, --slug, --image go with one source")
    job = Job(
        source="",
        private=True,
        forced=force,
        to=_guid(to, chosen) if to else "",
        title=title,
        published=_moment(date, chosen) if date else None,
        url=url,
        slug=slugify(slug) if slug else "",
        image=image,
    )
    outcomes = make_all([replace(job, source=source) for source in sources], chosen)
    _print(outcomes, chosen, json)
    raise typer.Exit(any(outcome.result in (Result.FAILED, Result.SKIPPED) for outcome in outcomes))


def make_all(jobs: "Sequence[Job]", show: Show) -> "list[Outcome]":
    """Make one after the other, each published before the next; one that fails raises only if it is alone."""
    from newscast import pipeline
    from newscast.build import Outcome, Result
    from newscast.build import make as make_one
    from newscast.memory.books import Books, locked
    from newscast.publish.release import publish

    books, loaded = Books(show), pipeline.load(show)
    outcomes: list[Outcome] = []
    for job in jobs:
        try:
            with progress() as on_line:
                outcomes.append(make_one(job, loaded, books, now_in(show), on_line))
        except NewscastError as error:
            if len(jobs) == 1:
                raise
            failed = Outcome(source=job.source, result=Result.FAILED, error=error.message, hint=error.hint)
            outcomes.append(failed)
        with locked(show):
            publish(show, now_in(show))
    return outcomes


def _guid(episode: str, show: Show) -> str:
    from newscast import editing
    from newscast.memory.books import Books

    return editing.pick(episode, editing.listed(show, Books(show).look())).guid


def _print(outcomes: "list[Outcome]", show: Show, json: bool) -> None:
    """What became of each source, and where it is."""
    from newscast.build import Result
    from newscast.publish.manifests import read

    if json:
        print_json(outcomes)
        return
    for outcome in outcomes:
        tell(outcome)
        if outcome.result in (Result.MADE, Result.CORRECTED, Result.KEPT):
            folder = show.root / "episodes" / outcome.episode
            if folder.is_dir():
                print(f"episode  {shortest(folder / read(show.root, outcome.episode).sound.file)}")
    print(f"feed     {shortest(show.root / 'feed.xml')}")


def _told(failed: "Outcome | SourceReport") -> str:
    """Where, why and what to do; an error that begins with the address is not told it again."""
    where = "" if failed.error.startswith(f"{failed.source} ") else f"{failed.source}: "
    return f"{where}{failed.error}" + (f"; {failed.hint}" if failed.hint else "")


def tell(outcome: "Outcome") -> None:
    """One line on stderr on what became of a job, and what to do where it failed."""
    if outcome.error:
        print(f"{outcome.result:10}{_told(outcome)}", file=sys.stderr)
        return
    if not outcome.voices:  # nothing was spoken: it was removed
        note(f"{outcome.result:10}{outcome.title}: {outcome.note}")
        return
    minutes, seconds = divmod(round(outcome.duration), 60)
    voices = " and ".join(outcome.voices)
    note(f"{outcome.result:10}{outcome.title}: {minutes}:{seconds:02} by {voices}")
    if outcome.left_out:
        note(outcome.left_out)
    if outcome.note:
        note(f"note: {outcome.note}")


def _moment(text: str, show: Show) -> datetime:
    """A date as a person types it; a day alone is its noon, a time without zone is the show's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"--date {text!r} is not as 2026-08-14 or 2026-08-14T05:30") from error
    if len(text) <= len("2026-08-14"):
        moment = moment.replace(hour=12)
    return moment if moment.tzinfo else moment.replace(tzinfo=show.zone)


@app.command()
def bulletin(
    sources: SourcesArgument,
    show: ShowOption = None,
    voice: VoiceOption = None,
    name: Annotated[str, typer.Option(help="Of the edition: there is one of that name a day.")] = "berita",
    title: Annotated[str, typer.Option(help="Of the episode; else the show's and the day.")] = "",
    longest: Annotated[
        str, typer.Option("--max", metavar="MM:SS", help="What does not fit is left out; no story is cut.")
    ] = "",
    lede: Annotated[bool, typer.Option("--lede", help="Only the first paragraph of each story.")] = False,
    json: JsonOption = False,
) -> None:
    """Make many articles into one episode: greeting, headlines, each story a chapter, sign-off.

    The same edition of the same day again corrects it: same guid, and only changed lines are spoken.

    Example: `newscast bulletin a.html b.html c.html --name pagi --max 15:00`
    """
    from newscast import pipeline
    from newscast.build import Job
    from newscast.bulletins import Edition
    from newscast.bulletins import make as make_bulletin
    from newscast.calendar import day
    from newscast.memory.books import Books, locked
    from newscast.publish.release import publish

    chosen = chosen_show(show, voice, needed=True)
    now = now_in(chosen)
    edition = Edition(
        name=name, title=title or f"{chosen.title}, {day(now)}", most=_seconds(longest), lede=lede
    )
    jobs = [Job(source=source, private=True) for source in sources]
    with progress() as on_line:
        outcome = make_bulletin(jobs, edition, pipeline.load(chosen), Books(chosen), now, on_line)
    with locked(chosen):
        publish(chosen, now)
    _print([outcome], chosen, json)


def _seconds(text: str) -> float:
    """MM:SS in seconds; 0 for nothing."""
    minutes, colon, seconds = text.partition(":")
    if text and not (colon and minutes.isdecimal() and seconds.isdecimal() and int(seconds) < 60):
        raise typer.BadParameter(f"--max {text!r} is not as 15:00")
    return int(minutes) * 60.0 + int(seconds) if text else 0.0


@app.command()
def nightly(
    show: ShowOption = None,
    voice: VoiceOption = None,
    json: JsonOption = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what a night would do and why, item by item.")
    ] = False,
) -> None:
    """Make all that the show's sources have and the show does not; for cron, systemd and CI.

    Exit 0 when all is out, 1 when something failed (the rest is out even then), 75 when another night is
    under way. The report is in .newscast/SHOW/report.json beside show.toml, those of the past in reports/.

    Example: `newscast nightly --show /srv/kabar/show.toml`
    """
    from newscast import nightly as night
    from newscast import planning
    from newscast.articles.fetching.reach import masked
    from newscast.build import Result

    chosen = chosen_show(show, voice, needed=True)
    if dry_run:
        planned = planning.plan(chosen, now_in(chosen))
        if json:
            print_json(planned)
            return
        _tell_sources(planned.sources)
        for decision in planned.decisions:
            print(f"{decision.action:11}{masked(decision.candidate.link.url)}: {decision.why}")
        return
    told = [] if json else [Result.MADE, Result.CORRECTED, Result.HELD]

    def on_outcome(outcome: "Outcome") -> None:
        if outcome.result in told:
            print(f"{outcome.result:10}{outcome.episode}")
        if outcome.error or outcome.note:
            tell(outcome)

    with progress() as on_line:
        report = night.night(chosen, clock=lambda: now_in(chosen), on_line=on_line, on_outcome=on_outcome)
    if json:
        print_json(report)
    _tell_sources(report.sources)
    raise typer.Exit(report.failed)


def _tell_sources(sources: "tuple[SourceReport, ...]") -> None:
    for source in sources:
        for warning in source.warnings:
            note(f"warning  {source.source}: {warning}")
        if source.error:
            print(f"failed   {_told(source)}", file=sys.stderr)
