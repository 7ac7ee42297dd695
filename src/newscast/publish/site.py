"""Show and episodes -> web pages, by their path: one of the show and one of each episode.

They link to each other by relative paths, so the folder may be read from a disk or any static
server; only what leaves the page, as for a preview in a chat, is an absolute address.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from newscast.model import Cue, Episode
from newscast.publish import words
from newscast.publish.feed import address
from newscast.publish.store import folder
from newscast.show import Show

PAGE = "index.html"


class Passage(msgspec.Struct, frozen=True):
    """A chapter as the transcript shows it: its paragraphs, each of cues."""

    title: str
    start: float
    paragraphs: tuple[tuple[Cue, ...], ...]


def write_site(show: Show, episodes: Sequence[Episode], cover: str) -> dict[Path, bytes]:
    """Every page by its path below the show's root. episodes: the newest first. cover: a file name, or ""."""
    about = {
        "show": show,
        "cover": cover,
        "disclosure": words.SHOW_DISCLOSURE,
        "homes": {episode.guid: folder(show.root, episode).name for episode in episodes},
    }
    index = _environment().get_template("show.html")
    page = _environment().get_template("episode.html")
    pages = {Path(PAGE): index.render(about, up="", episodes=episodes)}
    for episode in episodes:
        home = folder(show.root, episode).relative_to(show.root)
        pages[home / PAGE] = page.render(
            about,
            up="../../",
            episode=episode,
            passages=passages(episode, _paragraph_gap(show)),
            here=address(show, episode, PAGE),
            sound=address(show, episode, episode.audio),
        )
    return {path: text.encode() for path, text in pages.items()}


def passages(episode: Episode, gap: float) -> list[Passage]:
    """The transcript by chapters; a silence of `gap` seconds or more begins a paragraph."""
    found = []
    for chapter in episode.chapters:
        paragraphs: list[list[Cue]] = []
        last = -gap
        for cue in episode.cues:
            if chapter.start <= cue.start < chapter.end:
                if not paragraphs or cue.start - last >= gap:
                    paragraphs.append([])
                paragraphs[-1].append(cue)
                last = cue.end
        found.append(Passage(chapter.title, chapter.start, tuple(map(tuple, paragraphs))))
    return found


def _paragraph_gap(show: Show) -> float:
    """Half-way between the pause of a sentence and that of a paragraph, in seconds."""
    return (show.audio.sentence_pause + show.audio.paragraph_pause) / 2


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
        plain=words.plain,
        clip=words.clip,
        web=words.web,
        stamp=words.stamp,
        day=words.day,
        length=words.length,
    )
    return environment
