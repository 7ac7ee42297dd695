"""What all commands share: their options, what they print, the progress bar."""

import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from newscast.errors import PublishError
from newscast.model import Progress
from newscast.show import Show, load
from newscast.tables import VoiceChoice

#: Rooms tell it, at INFO, what they fetch, speak and encode: that is --verbose. At ERROR it is --quiet.
LOG = logging.getLogger("newscast")

ShowOption = Annotated[
    Path | None,
    typer.Option(
        "--show",
        metavar="PATH",
        help="show.toml or its folder; else NEWSCAST_SHOW, else the nearest show.toml above here.",
    ),
]
VoiceOption = Annotated[
    str | None, typer.Option("--voice", metavar="ID", help="Another voice than the show's, for all of it.")
]
ForceOption = Annotated[
    bool,
    typer.Option(
        "--force", help="Read it even if it seems no article, not Indonesian, or closed by robots.txt."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def chosen_show(path: Path | None, voice: str | None = None, *, needed: bool = False) -> Show:
    """The show, or, where none is needed and none is here, one that only says the news.

    voice: id of a voice that takes the place of all the show's own.
    """
    path = path or _nearest_show()
    if path is None and not needed:
        show = Show(
            id="newscast", title="Warta", description="Warta.", url="https://newscast.example/", author="-"
        )
        show = msgspec.structs.replace(show, folder=Path.cwd())
    else:
        path = path or Path("show.toml")
        show = load(path / "show.toml" if path.is_dir() else path)
    if voice:
        show = msgspec.structs.replace(show, voice=VoiceChoice(id=voice))
    return show


def _nearest_show() -> Path | None:
    """The show of NEWSCAST_SHOW, else of this folder or the nearest above it."""
    if chosen := os.environ.get("NEWSCAST_SHOW"):
        return Path(chosen)
    here = Path.cwd()
    return next((p for p in (folder / "show.toml" for folder in (here, *here.parents)) if p.is_file()), None)


def now_in(show: Show) -> datetime:
    """The time now, to the second, in the show's zone."""
    return datetime.now(show.zone).replace(microsecond=0)


def print_json(value: Any) -> None:
    """Any value of ours on stdout."""
    print(msgspec.json.format(msgspec.json.encode(value)).decode())


def count(number: int, thing: str) -> str:
    """A number of things: "1 error", "2 errors"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Aligned columns on stdout; what is too long for its column goes on below."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*heads, box=None)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def shortest(path: Path) -> str:
    """The path from here when that is shorter."""
    return min(str(path.resolve()), os.path.relpath(path), key=len)


def write(path: Path, data: bytes) -> None:
    """Write what the user asked for where the user asked. Raises PublishError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise PublishError(
            f"{path} cannot be written: {error.strerror}", "choose another --output"
        ) from error


def deliver(path: Path, data: bytes) -> None:
    """Write a file and print its name; or, where it is called -, its bytes to stdout. Raises PublishError."""
    if str(path) == "-":
        sys.stdout.buffer.write(data)
    else:
        write(path, data)
        print(path)


def note(text: str) -> None:
    """Tell on stderr what is no error; nothing with --quiet."""
    if LOG.isEnabledFor(logging.WARNING):
        print(text, file=sys.stderr)


def advice(hint: str) -> str:
    """What to do next: `try:` stands before what can be typed, and nothing else."""
    return f"try: {hint}" if hint.startswith(("newscast ", "pip ", "export ", "mkdir ")) else hint


@contextmanager
def progress(unit: str = "lines spoken") -> Iterator[Progress | None]:
    """A bar on stderr with what is done and time left; nothing where stderr is no terminal,
    with --quiet, or with --verbose, which tells each line.

    unit: what is counted; "bytes" are shown as sizes.
    """
    if not sys.stderr.isatty() or LOG.getEffectiveLevel() != logging.WARNING:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    count = (DownloadColumn(),) if unit == "bytes" else (MofNCompleteColumn(), TextColumn(unit))
    with Bar(BarColumn(), *count, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
