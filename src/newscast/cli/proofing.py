"""The door to what is tried before it is out: `script`, `proof`, `say`. Flags -> one call -> exit code."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newscast.cli.terminal import (
    ForceOption,
    JsonOption,
    ShowOption,
    VoiceOption,
    chosen_show,
    count,
    deliver,
    note,
    now_in,
    print_json,
    progress,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscast.articles.page import Read
    from newscast.model import Audio, Script
    from newscast.show import Show

app = typer.Typer()

SourceArgument = Annotated[str, typer.Argument(help="A text, Markdown or HTML file, a URL, or - for stdin.")]
UrlOption = Annotated[str, typer.Option("--url", help="The address of a saved page or text.")]


@app.command()
def script(
    source: SourceArgument,
    show: ShowOption = None,
    json: JsonOption = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show what was dropped and why.")] = False,
    url: UrlOption = "",
    force: ForceOption = False,
) -> None:
    """Show what will be said, before it is said: a line a sentence, as written TAB as spoken.

    On stderr: how long it will last, and names that no dictionary knows, for the show's lexicon.

    Example: `newscast script article.html --explain`
    """
    from newscast.articles import left_out
    from newscast.proof import expected_seconds

    chosen = chosen_show(show)
    read, said, unknown = _written(source, chosen, url, force)
    if explain:
        print(*left_out.explained(read), sep="\n", file=sys.stderr)
    elif notice := left_out.notice(read, source):
        note(notice)
    article, seconds = read.article, expected_seconds(said, chosen)
    if json:
        print_json(
            {
                "title": article.title if article.titled else None,
                "published": article.published,
                "paragraphs": [paragraph.text for paragraph in article.paragraphs],
                "dropped": [{"text": piece.text, "rule": piece.rule} for piece in read.dropped],
                "kept": round(left_out.share_kept(read), 3),
                "seconds": round(seconds),
                "lines": [
                    {"text": n.text, "spoken": n.spoken, "ends": n.ends, "voice": n.voice or chosen.voice.id}
                    for n in said.lines
                ],
            }
        )
        return
    for line in said.lines:
        print(f"{line.text}\t{line.spoken}")
    _tell(seconds, unknown)


@app.command()
def proof(
    source: SourceArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to put the page; - for stdout.")
    ] = Path("proof.html"),
    show: ShowOption = None,
    voice: VoiceOption = None,
    speak: Annotated[bool, typer.Option("--speak", help="With a player for each line.")] = False,
    url: UrlOption = "",
    force: ForceOption = False,
) -> None:
    """Write a page for a producer: as written beside as spoken, unknown names, what was dropped and why.

    It is one file that needs no network; with --speak each line can be heard.

    Example: `newscast proof article.html --speak -o proof.html`
    """
    from newscast import auditions
    from newscast import proof as proofs

    chosen = chosen_show(show, voice)
    read, said, unknown = _written(source, chosen, url, force)
    clips: Sequence[Audio] = ()
    if speak:
        with progress() as on_line:
            clips, _ = auditions.spoken(said, chosen, on_line=on_line)
    deliver(output, proofs.page(read, said, chosen, unknown, clips))
    _tell(proofs.expected_seconds(said, chosen), unknown)


@app.command()
def say(
    text: Annotated[str, typer.Argument(help="What to say, as written, or - for stdin.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="An .mp3, .wav, .opus or .m4a; - is stdout, as MP3."
        ),
    ] = Path("say.mp3"),
    show: ShowOption = None,
    voice: VoiceOption = None,
) -> None:
    """Speak a text into a sound file, to hear how it sounds.

    Example: `newscast say "Rp1,5 miliar pada 17/8" --voice id_ID-espeak -o coba.mp3`
    """
    from newscast import auditions

    kind = output.suffix.lower().removeprefix(".") or "mp3"
    if kind not in auditions.KINDS:
        kinds = ", ".join(f".{kind}" for kind in auditions.KINDS)
        raise typer.BadParameter(f"{output}: name it as one of {kinds}", param_hint="--output")
    chosen = chosen_show(show, voice)
    written = sys.stdin.read() if text == "-" else text
    with progress() as on_line:
        sound = auditions.say(written, chosen, kind, on_line=on_line)
    deliver(output, sound)


def _written(source: str, show: "Show", url: str, force: bool) -> "tuple[Read, Script, list[str]]":
    """What was read of a source, what will be said of it, and the names in it that no dictionary knows."""
    from newscast import pipeline
    from newscast.text.lexicon import for_show
    from newscast.text.script import unknown_names

    read, lexicon = pipeline.read(source, show, forced=force, address=url), for_show(show)
    said = pipeline.write(pipeline.task_of(read.article, now_in(show)), show, lexicon)
    return read, said, unknown_names(said, lexicon)


def _tell(seconds: float, unknown: "Sequence[str]") -> None:
    """About how long it will last, and which names to look at."""
    minutes = round(seconds / 60)
    note(f"about {count(minutes, 'minute') if minutes else count(round(seconds), 'second')}")
    if unknown:
        note(f"{count(len(unknown), 'name')} no dictionary knows: {', '.join(unknown)}")
        note("if one is read wrong, add `written<TAB>spoken` to the show's lexicon")
