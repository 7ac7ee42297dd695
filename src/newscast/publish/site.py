"""Show and episodes -> web pages: the show, its months, and one page an episode.

They link to each other by relative paths, so the folder may be read from a disk or any static
server; only what leaves the page, as for a preview in a chat, is an absolute address.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from newscast.calendar import day, month
from newscast.model import Cue, Episode
from newscast.plain import plain, shorten
from newscast.publish import store, words
from newscast.publish.archive import ARCHIVE, Run, runs
from newscast.publish.item import address
from newscast.publish.manifests import Head, read
from newscast.publish.memory import File, Piece, key
from newscast.publish.store import PAGE
from newscast.show import Show

ASSETS = "assets"
#: Episodes on the show's page, and on a page of a month.
NEWEST, LISTED = 30, 60


class Look(msgspec.Struct, frozen=True):
    """What all pages share. cover, small: file names of the picture and of a small one, or ""."""

    show: Show
    cover: str
    small: str


def assets() -> dict[str, bytes]:
    """Style and scripts by their path below the root; another content, another name."""
    folder = Path(__file__).parent / "templates"
    found = {}
    for name in ("style.css", "player.js"):
        data = (folder / name).read_bytes()
        stem, _, end = name.partition(".")
        found[f"{ASSETS}/{stem}-{hashlib.sha256(data).hexdigest()[:8]}.{end}"] = data
    return found


def episode_pieces(look: Look, heads: Sequence[Head], base: bytes) -> Iterator[Piece]:
    """The folder of each episode: page, transcript, chapters. base: key of all that they have in common."""
    for place, head in enumerate(heads):
        newer = heads[place - 1] if place else None
        older = heads[place + 1] if place + 1 < len(heads) else None
        near = [(one.folder, one.title) if one else None for one in (newer, older)]

        def make(head: Head = head, newer: Head | None = newer, older: Head | None = older) -> Iterator[File]:
            episode = read(look.show.root, head.folder)
            for name, data in store.derived(episode).items():
                yield f"episodes/{head.folder}/{name}", data
            yield f"episodes/{head.folder}/{PAGE}", episode_page(look, episode, newer, older)

        yield Piece(f"episodes/{head.folder}", key(base, head.stamp, near), make)


def list_pieces(look: Look, heads: Sequence[Head], base: bytes) -> Iterator[Piece]:
    """The pages that list episodes: one for each run of a month, and the show's own."""
    found = runs(heads, LISTED)
    for place, run in enumerate(found):
        older = found[place - 1].name if place else ""
        newer = found[place + 1].name if place + 1 < len(found) else ""
        name = f"{ARCHIVE}/{run.name}.html"

        def make(name: str = name, run: Run = run, newer: str = newer, older: str = older) -> Iterator[File]:
            yield name, _render("month.html", look, up="../", run=run, newer=newer, older=older)

        yield Piece(name, key(base, [head.stamp for head in run.heads], newer, older), make)

    def index() -> Iterator[File]:
        months = [run.name for run in found if len(run.name) == len("2026-11")]
        yield PAGE, _render("show.html", look, up="", heads=heads[:NEWEST], months=months[::-1])

    yield Piece(PAGE, key(base, [h.stamp for h in heads[:NEWEST]], [run.name for run in found]), index)


def episode_page(look: Look, episode: Episode, newer: Head | None, older: Head | None) -> bytes:
    """The page of one episode, between its neighbors in time."""
    show = look.show
    return _render(
        "episode.html",
        look,
        up="../../",
        episode=episode,
        newer=newer,
        older=older,
        paragraphs=paragraphs(episode, show),
        here=address(show, episode, PAGE),
        sound=address(show, episode, episode.sound.file),
    )


def paragraphs(episode: Episode, show: Show) -> list[list[Cue]]:
    """The transcript as paragraphs, which begin with a chapter or after more silence than a sentence's."""
    gap = (show.audio.sentence_pause + show.audio.paragraph_pause) / 2
    starts = iter(sorted(chapter.start for chapter in episode.chapters))
    following = next(starts, float("inf"))
    found: list[list[Cue]] = []
    for cue in episode.cues:
        chapter = False
        while following <= cue.start:
            chapter, following = True, next(starts, float("inf"))
        if chapter or not found or cue.start - found[-1][-1].end >= gap:
            found.append([])
        found[-1].append(cue)
    return found


def _render(template: str, look: Look, **values: Any) -> bytes:
    about = {"show": look.show, "cover": look.cover, "small": look.small, "assets": _asset_names()}
    page = _environment().get_template(template)
    return page.render(about, disclosure=words.SHOW_DISCLOSURE, **values).encode()


@cache
def _asset_names() -> dict[str, str]:
    return {Path(name).name.partition("-")[0]: name for name in assets()}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        plain=plain,
        shorten=shorten,
        web=words.web,
        stamp=words.stamp,
        day=day,
        month=month,
        length=words.length,
    )
    return environment
