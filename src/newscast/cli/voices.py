"""The door's second leaf, `newscast voices ...`: flags -> one call -> exit code."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import structs

from newscast.cli.terminal import (
    JsonOption,
    ShowOption,
    advice,
    chosen_show,
    note,
    print_json,
    print_table,
    progress,
    shortest,
    write,
)

if TYPE_CHECKING:
    from newscast.auditions import Take

app = typer.Typer()

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="A voice's id, as `newscast voices` lists it.")]
IdsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[ID]...", help="Voices; all that are installed when not given.")
]


@app.callback(invoke_without_command=True)
def voices(context: typer.Context, show: ShowOption = None, json: JsonOption = False) -> None:
    """List the voices a show can name; show, check, hear and install them.

    Example: `newscast voices`
    """
    if context.invoked_subcommand:
        return
    from newscast import pipeline
    from newscast.speech.voices import is_installed

    heads = ("id", "engine", "network", "installed", "license")
    rows = [
        (v.id, v.engine, "needed" if v.network else "no", "yes" if is_installed(v) else "no", v.license)
        for v in pipeline.shelf(chosen_show(show)).values()
    ]
    if json:
        print_json([dict(zip(heads, row, strict=True)) for row in rows])
    else:
        print_table(heads, rows)


@app.command()
def show(id: IdArgument, show: ShowOption = None, json: JsonOption = False) -> None:
    """Show all that a voice's card says.

    Example: `newscast voices show id_ID-sari`
    """
    from newscast import pipeline
    from newscast.speech.voices import is_installed, pick

    voice = pick(pipeline.shelf(chosen_show(show)), id)
    card = {
        "id": voice.id,
        "name": voice.name,
        "engine": voice.engine,
        "language": voice.language,
        "network": voice.network,
        "installed": is_installed(voice),
        "license": voice.license,
        "attribution": voice.attribution,
        "terms": " ".join(voice.terms.split()),
        "folder": shortest(voice.folder),
        "options": voice.options,
        "files": {file.name: file.size for file in voice.files},
    }
    if json:
        print_json(card)
        return
    for key, value in card.items():
        nested = value.items() if isinstance(value, dict) else [("", value)]
        for inner, content in nested:
            shown = {True: "yes", False: "no"}[content] if isinstance(content, bool) else content
            print(f"{key:<12} {f'{inner} = ' if inner else ''}{shown}")


@app.command()
def check(ids: IdsArgument = None, show: ShowOption = None, json: JsonOption = False) -> None:
    """Let voices speak a few lines, and tell how it went; exit 1 when one cannot.

    An online voice that does not answer fails the check only if it was named.

    Example: `newscast voices check id_ID-sari id_ID-espeak`
    """
    from newscast import auditions

    heard = []
    for take in auditions.takes(auditions.TEXT, chosen_show(show), ids or ()):
        heard.append(take)
        if take.error:
            _tell(take)
        elif not json:
            print(
                f"ok  {take.id:16} spoke {take.spoke:.1f} s in {take.took:.1f} s, "
                f"{take.words_per_minute:.0f} words a minute, {take.loudness:.1f} LUFS"
            )
    if json:
        print_json([structs.asdict(take) | {"mp3": len(take.mp3)} for take in heard])
    raise typer.Exit(_code(heard))


@app.command()
def audition(
    text: Annotated[str, typer.Argument(help="What to say, as written, or - for stdin.")],
    ids: Annotated[
        list[str] | None,
        typer.Option(
            "--voice",
            metavar="ID",
            help="A voice to hear, may be repeated; all that are installed when not given.",
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to put VOICE.mp3.")
    ] = Path("audition"),
    html: Annotated[
        bool, typer.Option("--html", help="Also write index.html, with a player a voice.")
    ] = False,
    show: ShowOption = None,
) -> None:
    """Let every usable voice say a text, one MP3 a voice, to choose by ear.

    An online voice that does not answer is told of, and is no failure unless it was named.

    Example: `newscast voices audition "Rp1,5 miliar pada 17/8" -o coba`
    """
    from newscast import auditions

    written = sys.stdin.read() if text == "-" else text
    heard = []
    for take in auditions.takes(written, chosen_show(show), ids or ()):
        heard.append(take)
        if take.error:
            _tell(take)
        else:
            path = output / f"{take.id}.mp3"
            write(path, take.mp3)
            print(shortest(path))
    if html:
        write(output / "index.html", auditions.page(written, heard))
        print(shortest(output / "index.html"))
    raise typer.Exit(_code(heard))


@app.command()
def install(id: IdArgument, show: ShowOption = None) -> None:
    """Download the files of a voice, check them and put them in place; what was begun is gone on with.

    Example: `newscast voices install id_ID-sano`
    """
    from newscast import pipeline
    from newscast.speech.install import install as fetch
    from newscast.speech.voices import load, pick

    voice = pick(pipeline.shelf(chosen_show(show)), id)
    with progress("bytes") as on_bytes:
        fetch(voice, on_bytes)
    load(voice)  # tells which package it lacks, if any
    print(f"installed  {voice.id}, {voice.license}")
    if voice.terms:
        print(voice.terms.strip())


@app.command()
def confirm(id: IdArgument, show: ShowOption = None) -> None:
    """Let the key that an online voice's card names go to the server that it names, from now on.

    Example: `newscast voices confirm id_ID-dora`
    """
    from newscast import pipeline
    from newscast.errors import VoiceError
    from newscast.speech.engines.openai import confirm_key
    from newscast.speech.voices import pick

    voice = pick(pipeline.shelf(chosen_show(show)), id)
    if voice.engine != "openai":
        raise VoiceError(f"voice {id} sends no key: its engine is {voice.engine}")
    name, origin = confirm_key(voice)
    print(f"confirmed  {name} may go to {origin}")
    if origin.startswith("http://"):
        note("note: it goes there unencrypted")


def _tell(take: "Take") -> None:
    """One line on stderr on a voice that could not speak, and one on what to do."""
    print(f"{'no answer' if take.excused else 'failed'}  {take.id}: {take.error}", file=sys.stderr)
    if take.hint:
        print(advice(take.hint), file=sys.stderr)


def _code(takes: "list[Take]") -> int:
    """1 when a voice failed that should have spoken, or when none spoke."""
    failed = any(take.error and not take.excused for take in takes)
    return int(failed or all(take.error for take in takes))
