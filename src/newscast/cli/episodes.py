"""The door to what is out and held. Flags -> one call -> exit code."""

from datetime import datetime
from typing import Annotated

import msgspec
import typer

from newscast.cli.running import make_all, tell
from newscast.cli.terminal import (
    JsonOption,
    ShowOption,
    chosen_show,
    count,
    note,
    now_in,
    print_json,
    print_table,
)

app = typer.Typer()

EpisodeArgument = Annotated[
    str, typer.Argument(metavar="EPISODE", help="Its handle, guid, folder, or the address of its article.")
]
EpisodesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[EPISODE]...", help="Handles, guids, folders or addresses.")
]


@app.command()
def episodes(
    show: ShowOption = None,
    state: Annotated[str, typer.Option(help="Only those that are made, held or removed.")] = "",
    find: Annotated[str, typer.Option(help="Only those with this in title or address.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest.")] = 1_000_000,
    json: JsonOption = False,
) -> None:
    """List the episodes of a show, the newest first.

    Example: `newscast episodes --find beras`
    """
    from newscast import editing
    from newscast.memory.books import Books

    chosen = chosen_show(show, needed=True)
    rows = [
        row
        for row in editing.listed(chosen, Books(chosen).look())
        if (not state or row.state == state)
        and find.casefold() in "\n".join([row.title, *row.sources]).casefold()
    ][:limit]
    if json:
        print_json(rows)
        return
    table = (
        (
            r.handle,
            f"{r.published:%Y-%m-%d %H:%M}" if r.published else "",
            r.state,
            _minutes(r.duration),
            r.title,
        )
        for r in rows
    )
    print_table(("handle", "published", "state", "length", "title"), table)


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _minutes(duration: float) -> str:
    return f"{int(duration) // 60}:{int(duration) % 60:02}" if duration else ""


@app.command()
def show(episode: EpisodeArgument, show: ShowOption = None, json: JsonOption = False) -> None:
    """Show all that is known of an episode.

    Example: `newscast show 4f0e12ab`
    """
    from newscast import editing
    from newscast.memory.books import Books

    chosen = chosen_show(show, needed=True)
    row = editing.pick(episode, editing.listed(chosen, Books(chosen).look()))
    if json:
        print_json(row)
        return
    for name, value in msgspec.structs.asdict(row).items():
        if value not in ("", (), None, 0.0):
            print(f"{name:10} {', '.join(value) if isinstance(value, tuple) else value}")


@app.command()
def remove(
    episode: EpisodeArgument,
    reason: Annotated[str, typer.Option(help="Why, for those who ask later; it is not published.")] = "",
    show: ShowOption = None,
) -> None:
    """Take an episode down: gone from feed, pages and disk, and no night brings it back.

    Example: `newscast remove 4f0e12ab --reason "dicabut redaksi"`
    """
    from newscast import editing
    from newscast.memory.books import Books, locked
    from newscast.publish.release import publish

    chosen = chosen_show(show, needed=True)
    books = Books(chosen)
    with locked(chosen):
        row = editing.pick(episode, editing.listed(chosen, books.refresh()))
        editing.remove(chosen, books, row.guid, reason, now_in(chosen))
        publish(chosen, now_in(chosen))
    print(f"removed  {row.title}")


@app.command()
def restore(episode: EpisodeArgument, show: ShowOption = None) -> None:
    """Let a removed episode come back, under its guid and date: made again by `make` or the next night.

    Example: `newscast restore 4f0e12ab`
    """
    from newscast import editing
    from newscast.memory.books import Books, locked

    chosen = chosen_show(show, needed=True)
    books = Books(chosen)
    with locked(chosen):
        row = editing.pick(episode, editing.listed(chosen, books.refresh()))
        names = editing.restore(books, row.guid)
    print(f"restored {row.title or row.guid}")
    article = next((name for name in names if "://" in name or name.startswith("/")), "its article")
    note(f"next     newscast make {article}, or wait for the next night")


@app.command()
def release(
    episodes: EpisodesArgument = None,
    all: Annotated[bool, typer.Option("--all", help="All that is held.")] = False,
    show: ShowOption = None,
) -> None:
    """Publish what the show holds.

    Example: `newscast release 4f0e12ab`
    """
    from newscast import editing
    from newscast.memory import hold as holding
    from newscast.memory.books import Books, locked
    from newscast.publish.release import publish

    chosen = chosen_show(show, needed=True)
    if bool(episodes) == all:
        raise typer.BadParameter("name episodes, or --all")
    books = Books(chosen)
    with locked(chosen):
        held = holding.everything(chosen)
        if episodes:
            rows = [row for row in editing.listed(chosen, books.refresh()) if row.state == "held"]
            wanted = {editing.pick(name, rows).guid for name in episodes}
            held = [one for one in held if one.episode.guid in wanted]
        books.refresh()
        for one in held:
            tell(editing.release(chosen, books, one, now_in(chosen)))
        publish(chosen, now_in(chosen))
    print(f"released {len(held)}")


@app.command()
def hold(episode: EpisodeArgument, show: ShowOption = None) -> None:
    """Take an episode out of feed and pages until it is released; its guid and date stay.

    Example: `newscast hold 4f0e12ab`
    """
    from newscast import editing
    from newscast.memory.books import Books, locked
    from newscast.publish.release import publish

    chosen = chosen_show(show, needed=True)
    books = Books(chosen)
    with locked(chosen):
        row = editing.pick(episode, editing.listed(chosen, books.refresh()))
        editing.put_by(chosen, books, row.guid, now_in(chosen))
        publish(chosen, now_in(chosen))
    print(f"held     {row.title}; newscast release {row.handle}")


@app.command()
def remake(
    episodes: EpisodesArgument = None,
    all: Annotated[bool, typer.Option("--all", help="All that is out.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it, do not only say what it takes.")] = False,
    show: ShowOption = None,
    json: JsonOption = False,
) -> None:
    """Speak episodes anew from their articles, after a new voice, cover, jingle or lexicon.

    Without --yes it says what would be made again, and how many minutes that would speak.

    Example: `newscast remake --all`
    """
    from newscast import editing
    from newscast.build import Result
    from newscast.memory.books import Books

    chosen = chosen_show(show, needed=True)
    if bool(episodes) == all:
        raise typer.BadParameter("name episodes, or --all")
    books = Books(chosen).look()
    rows = [row for row in editing.listed(chosen, books) if row.state == "made"]
    picked = rows if all else [editing.pick(name, rows) for name in episodes or ()]
    jobs = []
    for row in picked:
        job = editing.remake_job(row, chosen, books)
        print(f"{'remake' if job else 'cannot':9}{row.handle} {_minutes(row.duration):>6} {row.title}")
        if job:
            jobs.append((row, job))
        else:
            print(f"         nobody knows its article any more: newscast make SOURCE --as {row.handle}")
    if not yes:
        minutes = round(sum(row.duration for row, _ in jobs) / 60)
        note(f"{count(minutes, 'minute')} of speech; with --yes it is done")
        return
    outcomes = make_all([job for _, job in jobs], chosen)
    for outcome in outcomes:
        tell(outcome)
    if json:
        print_json(outcomes)
    raise typer.Exit(any(outcome.result in (Result.FAILED, Result.SKIPPED) for outcome in outcomes))
