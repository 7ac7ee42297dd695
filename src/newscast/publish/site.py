"""Show and episodes -> web pages, by their path: one of the show and one of each episode.

They link to each other by relative paths, so the folder may be read from a disk or any static
server; only what leaves the page, as for a preview in a chat, is an absolute address.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from newscast.calendar import day
from newscast.model import Cue, Episode
from newscast.plain import plain, shorten
from newscast.publish import words
from newscast.publish.feed import address
from newscast.publish.store import PAGE, folder
from newscast.show import Show


def write_site(show: Show, episodes: Sequence[Episode], cover: str) -> dict[Path, bytes]:
    """Every page by its path below the show's root. episodes: the newest first. cover: a file name, or ""."""
    about = {
        "show": show,
        "cover": cover,
        "disclosure": words.SHOW_DISCLOSURE,
        "homes": {episode.guid: folder(show.root, episode).name for episode in episodes},
    }
    templates = _environment()
    index, page = templates.get_template("show.html"), templates.get_template("episode.html")
    pages = {Path(PAGE): index.render(about, up="", episodes=episodes)}
    for episode in episodes:
        home = folder(show.root, episode).relative_to(show.root)
        pages[home / PAGE] = page.render(
            about,
            up="../../",
            episode=episode,
            paragraphs=paragraphs(episode, show),
            here=address(show, episode, PAGE),
            sound=address(show, episode, episode.sound.file),
        )
    return {path: text.encode() for path, text in pages.items()}


def paragraphs(episode: Episode, show: Show) -> list[list[Cue]]:
    """The transcript as paragraphs, which begin with a chapter or after more silence than a sentence's."""
    gap = (show.audio.sentence_pause + show.audio.paragraph_pause) / 2
    found: list[list[Cue]] = []
    for cue in episode.cues:
        before = found[-1][-1] if found else None
        chapter = before and any(before.start < chapter.start <= cue.start for chapter in episode.chapters)
        if before is None or chapter or cue.start - before.end >= gap:
            found.append([])
        found[-1].append(cue)
    return found


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
        length=words.length,
    )
    return environment
