"""Episodes on the disk -> pages, transcripts, cover and at last the feed that offers them.

Only what changed is made. The feed is replaced last and as a whole, and what nothing refers to any more is
removed only after that: killed at any moment, the feed that is out names only files that are there.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from newscast import pictures
from newscast.files import disk, settle, write_whole
from newscast.model import Episode, Media
from newscast.publish import store
from newscast.publish.archive import ARCHIVE, Document, documents, numbers
from newscast.publish.feed import write_feed
from newscast.publish.manifests import Broken, Head, read, shelf
from newscast.publish.pages import ASSETS, Look, assets
from newscast.publish.pieces import File, Memory, Piece, key
from newscast.publish.site import episode_pieces, list_pieces, listed
from newscast.publish.store import FEED, folder
from newscast.show import Show
from newscast.tables import span

_PICTURES = {b"\xff\xd8\xff": "jpg", b"\x89PN": "png"}
#: Pixels of the cover on pages; sharp where 176 are shown.
SMALL = 352
_OURS = (".py", ".html", ".css", ".js")
_UNTOLD = {
    "folder",
    "output",
    "sources",
    "voice",
    "voices",
    "script",
    "lexicon",
    "night",
    "corrections",
    "publish",
}


class Published(msgspec.Struct, frozen=True):
    """What is out. written: files that changed. missing: episodes left out, for their sound is gone.

    broken: folders left out, for their manifests cannot be read.
    """

    feed: Path
    episodes: int
    written: tuple[Path, ...]
    missing: tuple[Episode, ...]
    broken: tuple[Broken, ...]


def publish(show: Show, now: datetime) -> Published:
    """Bring the show's folder up to date with its episodes. With nothing new it touches nothing.

    now: files superseded longer ago than the show keeps them go. Raises PublishError, and then the
    feed that was out is still right; ShowError for its cover.
    """
    root = show.root
    picture, cover = read_cover(show)
    out = shelf(root, show.work / "heads")
    with disk(root):
        whole = [head for head in out.heads if _sounds_there(f"{root}/episodes/{head.folder}", head.media)]
    shown = _pictures(root, picture, cover)
    written = [root / name for name, data in shown if write_whole(root / name, data)]
    look = Look(show, cover, _small(root, cover))
    memory = Memory(show.work / "published", root)
    made = []
    fresh: list[Path] = []
    for piece in all_pieces(look, whole):
        if not memory.settled(piece):
            feed = piece.name.endswith(".xml")
            if feed:  # nothing that it names is less lasting than it is
                settle(fresh)
                written, fresh = written + fresh, []
            fresh += [root / name for name, data in piece.make() if write_whole(root / name, data, feed)]
            made.append(piece)
    settle(fresh)
    written += fresh
    touched = {piece.name for piece in made}
    swept = (head for head in whole if head.superseded or f"episodes/{head.folder}" in touched)
    store.sweep(root, swept, now, span(show.corrections.keep_superseded))
    _sweep(root, look, whole)
    for piece in made:
        memory.note(piece)
    memory.save()
    missing = () if len(whole) == len(out.heads) else tuple(_missing(root, out.heads, whole))
    return Published(root / FEED, len(whole), tuple(written), missing, out.broken)


def all_pieces(look: Look, heads: Sequence[Head]) -> Iterator[Piece]:
    """All that is published of the episodes, in the order in which it may appear: the feed at last."""
    show = look.show
    base = key(_made_by(), _told(show), look.cover, look.small)
    for name, data in assets(show).items():
        yield Piece(name, base, lambda file=(name, data): [file])  # type: ignore[misc]
    yield from episode_pieces(look, heads, base)
    yield from list_pieces(look, heads, base)
    numbered = numbers(heads) if show.feed.season else {}
    for document in documents(heads, show.feed_items):
        theirs = [(head.stamp, numbered.get(head.guid, 0)) for head in document.heads]

        def make(document: Document = document) -> Iterator[File]:
            yield document.file, feed_document(show, document, look.cover, numbered)

        yield Piece(document.file, key(base, theirs, document.previous), make)


def feed_document(show: Show, document: Document, cover: str, numbered: dict[str, int]) -> bytes:
    """One file of the feed. Raises PublishError."""
    episodes = [read(show.root, head.folder) for head in document.heads]
    return write_feed(show, episodes, cover, file=document.file, previous=document.previous, numbers=numbered)


def is_whole(root: Path, episode: Episode) -> bool:
    """Whether all the episode's sound files are there at their full lengths."""
    return _sounds_there(str(folder(root, episode)), episode.media)


def read_cover(show: Show) -> tuple[bytes, str]:
    """The cover and its name in the show's folder, "" without one. New art means a new name.

    It is judged before it goes out, so that a damaged one never takes the place of a good one. Raises
    ShowError.
    """
    path = show.file(show.cover)
    if path is None:
        return b"", ""
    with disk(path):
        data = path.read_bytes()
    kind = _PICTURES.get(data[:3], "")
    name = f"cover-{hashlib.sha256(data).hexdigest()[:8]}.{kind}"
    if not kind or not (show.root / name).is_file():
        pictures.read_cover(path)
    return data, name


def _sounds_there(home: str, media: Sequence[Media]) -> bool:
    try:
        return all(os.stat(f"{home}/{one.file}").st_size == one.length for one in media)  # noqa: PTH116
    except (FileNotFoundError, NotADirectoryError):
        return False


def _missing(root: Path, heads: Sequence[Head], whole: Sequence[Head]) -> Iterator[Episode]:
    there = {head.guid for head in whole}
    yield from (read(root, head.folder) for head in heads if head.guid not in there)


def _pictures(root: Path, picture: bytes, cover: str) -> Iterator[File]:
    """The cover and a small one, which is made once; a picture that cannot be read has none."""
    if not cover:
        return
    yield cover, picture
    if not (root / _small_name(cover)).is_file():
        data = BytesIO()
        try:
            Image.open(BytesIO(picture)).convert("RGB").resize((SMALL, SMALL)).save(data, "JPEG", quality=82)
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return
        yield _small_name(cover), data.getvalue()


def _small_name(cover: str) -> str:
    return f"{cover.rpartition('.')[0]}-small.jpg"


def _small(root: Path, cover: str) -> str:
    small = _small_name(cover) if cover else ""
    return small if small and (root / small).is_file() else cover


def _sweep(root: Path, look: Look, heads: Sequence[Head]) -> None:
    """Remove pictures, styles and lists that nothing names any more."""
    wanted = {look.cover, look.small, *assets(look.show)}
    wanted |= {document.file for document in documents(heads, look.show.feed_items)}
    wanted |= listed(heads)
    with disk(root):
        for path in (*root.glob("cover-*"), *root.glob(f"{ASSETS}/*"), *root.glob(f"{ARCHIVE}/*")):
            if path.relative_to(root).as_posix() not in wanted:
                path.unlink()


@cache
def _made_by() -> bytes:
    """This newscast: another template or another way of writing makes everything anew."""
    files = sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in _OURS)
    return key(*(path.read_bytes() for path in files))


def _told(show: Show) -> list[Any]:
    """The show without what neither feed nor pages tell."""
    return [getattr(show, name) for name in Show.__struct_fields__ if name not in _UNTOLD]
