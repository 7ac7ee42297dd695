"""The door: flags -> one call -> exit code. Data to stdout; progress and errors to stderr.

Exit codes: 0 done, 1 failed (for a night: something failed, the rest is out), 2 wrong usage, 75 busy.
"""

import errno
import logging
import os
import signal
import sys
from importlib import metadata
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from newscast.cli import episodes, proofing, publishing, running
from newscast.cli import voices as cli_voices
from newscast.cli.terminal import (
    LOG,
    JsonOption,
    ShowOption,
    advice,
    chosen_show,
    count,
    note,
    print_json,
    shortest,
)
from newscast.errors import LockedError, NewscastError, Terminated

#: EX_TEMPFAIL of sysexits.h: another run holds the lock; ask again later.
BUSY = 75

# Rooms are imported inside the commands: `newscast normalize` should not wait for FFmpeg and lxml.

app = typer.Typer(
    help="Indonesian news articles in, podcast episodes and their feed out.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(running.app)
app.add_typer(proofing.app)
app.add_typer(episodes.app)
app.add_typer(publishing.app)
app.add_typer(cli_voices.app, name="voices")


def _each_line(convert: Any) -> None:
    for line in sys.stdin:
        print(convert(line.rstrip("\r\n")))


@app.command()
def normalize(show: ShowOption = None) -> None:
    """Turn each line of stdin into words as a newsreader says them.

    Example: `echo "Naik 2,5% sejak 17/8/2024" | newscast normalize`
    """
    from newscast.text.lexicon import for_show
    from newscast.text.normalization.normalize import normalize as convert

    lexicon = for_show(chosen_show(show))
    _each_line(lambda line: convert(line, lexicon))


@app.command()
def phonemes(show: ShowOption = None) -> None:
    """Turn each line of stdin, in words, into the IPA that the default voice is fed.

    Example: `echo "Presiden memberi penghargaan" | newscast phonemes`
    """
    from newscast.text.lexicon import for_show
    from newscast.text.pronunciation.phonemes import phonemes as convert

    lexicon = for_show(chosen_show(show))
    _each_line(lambda line: convert(line, lexicon))


@app.command()
def check(
    show: ShowOption = None,
    against: Annotated[
        str,
        typer.Option(metavar="FEED", help="An older feed, of which nothing may go."),
    ] = "",
    json: JsonOption = False,
) -> None:
    """Check the show, its voice, its episodes and its feed; exit 1 when something is broken.

    With --against, also that no guid, date or address of an older feed has changed.

    Example: `newscast check --show examples/show.toml`
    """
    from newscast import checking

    chosen = chosen_show(show, needed=True)
    problems = checking.check(chosen)
    if against:
        from newscast.publish.against import compare_show

        problems += compare_show(chosen, against)
    if json:
        print_json(problems)
    for problem in () if json else problems:
        print(f"{problem.severity:8} {problem.where}: {problem.message}")
        if problem.hint:
            print(f"         {problem.hint}")
    errors = sum(problem.severity == "error" for problem in problems)
    note(f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}")
    raise typer.Exit(1 if errors else 0)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")] = Path(),
    title: Annotated[str, typer.Option(help="The show's title.")] = "Kabar Ringkas",
    url: Annotated[
        str, typer.Option(help="The address its folder will be served at.")
    ] = "https://example.org/",
) -> None:
    """Begin a show: show.toml, cover, jingles and an inbox in a folder of its own.

    Example: `newscast init kabar-pagi --title "Kabar Pagi" --url https://kabar.example/pagi/`
    """
    from newscast.starter.begin import begin

    path = begin(folder, title, url)
    print(f"show     {shortest(path)}")
    print(f"next     newscast make ARTICLE --show {shortest(path)}")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"newscast {metadata.version('newscast')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[  # noqa: ARG001 - its callback does it
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell errors alone.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell what is fetched, spoken and encoded.")
    ] = False,
) -> None:
    if verbose:
        logging.basicConfig(format="%(message)s")
    LOG.setLevel(logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING)


@app.command("help")
def tell_help(
    context: typer.Context,
    command: Annotated[list[str] | None, typer.Argument(help="As `make`, or `voices audition`.")] = None,
) -> None:
    """Say what a command does and which options it has.

    Example: `newscast help make`
    """
    context.find_root().command.main([*(command or ()), "--help"], prog_name="newscast")


def main() -> None:
    """Run the command line; one line on stderr, and a second with what to do, for whatever goes wrong."""
    _open_streams()
    signal.signal(signal.SIGTERM, _end)
    try:
        app()
        sys.stdout.flush()
    except LockedError as error:
        _fail(error.message, error.hint, BUSY)
    except NewscastError as error:
        _fail(error.message, error.hint)
    except KeyboardInterrupt:
        _fail("interrupted; what was done is kept", "", 128 + signal.SIGINT)
    except Terminated:
        _fail("ended from outside; what was done is kept", "", 128 + signal.SIGTERM)
    except BrokenPipeError:  # whoever read our output has seen enough
        _close_stdout()
        sys.exit(0)
    except Exception as error:  # a person at the door gets a sentence, not a traceback
        if os.environ.get("NEWSCAST_DEBUG"):
            raise
        if isinstance(error, OSError) and error.filename is None and error.errno == errno.ENOSPC:
            _close_stdout()
            _fail("standard output cannot be written: no space left", "make room there")
        _fail(f"{type(error).__name__}: {error}", "this is a bug; NEWSCAST_DEBUG=1 newscast ... shows where")


def _open_streams() -> None:
    """Streams that are closed are as good as empty ones; letters that a terminal lacks are shown as `?`."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - until the process ends
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _close_stdout() -> None:
    """What is left in its buffer cannot be written, and need not be tried when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _end(*_: object) -> None:
    raise Terminated


def _fail(message: str, hint: str, code: int = 1) -> None:
    print(f"newscast: {' '.join(message.split())}", file=sys.stderr)
    if hint:
        print(advice(hint), file=sys.stderr)
    sys.exit(code)
