"""Show's folder -> what is out: the head of every episode, at once; and one whole manifest.

A head is what lists need, without the words. Heads are kept in a file of the work folder beside the
size and time of each manifest, so that ten thousand are known in a moment; losing it loses only time.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from newscast.errors import PublishError
from newscast.files import disk, write_whole
from newscast.model import SCHEMA, Episode, EpisodeKind, Media, Superseded
from newscast.publish import schema1

MANIFEST = "episode.json"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """An episode without its words. folder: its name below episodes/. The rest as in Episode.

    stamp: nanoseconds and bytes of its manifest when it was read; another stamp is read anew.
    """

    folder: str
    stamp: tuple[int, int]
    guid: str
    kind: EpisodeKind
    title: str
    summary: str
    published: datetime
    updated: datetime | None
    duration: float
    media: tuple[Media, ...]
    voices: tuple[str, ...]
    sources: tuple[str, ...]
    keys: tuple[str, ...]
    superseded: tuple[Superseded, ...]

    @property
    def sound(self) -> Media:
        """The file that the feed offers."""
        return self.media[0]


class Broken(msgspec.Struct, frozen=True):
    """A folder that should be an episode and is none until someone mends it. error, hint: what to tell."""

    folder: str
    error: str
    hint: str


class Shelf(msgspec.Struct, frozen=True):
    """All that is out. heads: the newest first, of one moment by guid. broken: left out of feed and pages."""

    heads: tuple[Head, ...]
    broken: tuple[Broken, ...]

    def find(self, guid: str) -> Head | None:
        """The episode that carries a guid, if it is out."""
        return next((head for head in self.heads if head.guid == guid), None)


def shelf(root: Path, cache: Path | None = None) -> Shelf:
    """What is out. cache: a file of the work folder that remembers heads; None remembers none.

    Raises PublishError if the folder cannot be listed; one manifest that cannot be read is in `broken`.
    """
    known = _remembered(cache) if cache else {}
    heads: dict[str, Head] = {}
    broken: list[Broken] = []
    with disk(root):
        for folder, stamp in _stamps(root / "episodes"):
            head = known.get(folder)
            if head is None or head.stamp != stamp:
                path = root / "episodes" / folder / MANIFEST
                data = path.read_bytes()  # a disk that refuses is no broken manifest: it ends the run
                try:
                    head = _head(_decode(data, path), folder, stamp)
                except PublishError as error:
                    broken.append(Broken(folder, error.message, error.hint))
                    continue
            heads[folder] = head
    if cache and heads != known:
        with suppress(PublishError):  # a work folder that cannot be written costs time, not the night
            # JSON, for MessagePack would keep the moment of a date and lose its zone.
            write_whole(cache, msgspec.json.encode(list(heads.values())))
    order = sorted(heads.values(), key=lambda head: (-head.published.timestamp(), head.guid))
    return Shelf(tuple(order), tuple(broken))


def read(root: Path, folder: str) -> Episode:
    """The whole manifest of an episode's folder, of schema 1 or 2. Raises PublishError."""
    path = root / "episodes" / folder / MANIFEST
    with disk(path):
        data = path.read_bytes()
    return _decode(data, path)


def _decode(data: bytes, path: Path) -> Episode:
    mend = f"restore it, or remove {path.parent} and make its article again"
    try:
        schema = _schema(data)
        if schema not in (1, SCHEMA):
            raise PublishError(f"{path} is not of this newscast: schema {schema}", "update newscast")
        episode = schema1.read(data) if schema == 1 else msgspec.json.decode(data, type=Episode)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PublishError(f"{path} is no manifest: {error}", mend) from error
    if episode.published.tzinfo is None or not episode.media:
        raise PublishError(f"{path} is no manifest: it lacks a time zone or a sound file", mend)
    if folder_of(episode) != path.parent.name:
        raise PublishError(f"{path.parent} should be named {folder_of(episode)}", "rename it back")
    return episode


def folder_of(episode: Episode) -> str:
    """The name of its folder: its day, in its own time zone, and its slug."""
    return f"{episode.published.date().isoformat()}-{episode.slug}"


class _Schema(msgspec.Struct):
    schema: int = 1


def _schema(data: bytes) -> int:
    """What the manifest says; as newscast writes it now, at once."""
    start = b'{\n  "schema": %d,' % SCHEMA
    return SCHEMA if data.startswith(start) else msgspec.json.decode(data, type=_Schema).schema


def _head(episode: Episode, folder: str, stamp: tuple[int, int]) -> Head:
    fields = {
        name: getattr(episode, name) for name in Head.__struct_fields__ if name not in ("folder", "stamp")
    }
    return Head(folder=folder, stamp=stamp, **fields)


def _stamps(episodes: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every folder that holds a manifest, by name, with the manifest's stamp; drafts begin with a dot."""
    if not episodes.is_dir():
        return
    with os.scandir(episodes) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    for name in names:
        with suppress(FileNotFoundError, NotADirectoryError):
            found = os.stat(f"{episodes}/{name}/{MANIFEST}")  # noqa: PTH116 - ten thousand of them
            yield name, (found.st_mtime_ns, found.st_size)


def _remembered(cache: Path) -> dict[str, Head]:
    try:
        heads = msgspec.json.decode(cache.read_bytes(), type=list[Head])
    except (OSError, msgspec.DecodeError):
        return {}
    return {head.folder: head for head in heads}
