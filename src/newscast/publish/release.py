"""Episodes on the disk -> pages, transcripts, cover and at last the feed that offers them.

The feed is replaced last and as a whole, and what nothing refers to any more is removed only after
that: killed at any moment, the feed that is out names only files that are there.
"""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from newscast.errors import ShowError
from newscast.files import disk, write_whole
from newscast.model import Episode
from newscast.publish import store
from newscast.publish.feed import write_feed
from newscast.publish.manifests import Broken, read, shelf
from newscast.publish.site import write_site
from newscast.publish.store import FEED, folder
from newscast.show import Show

_PICTURES = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


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
    known = [read(root, head.folder) for head in out.heads]
    with disk(root):
        missing = tuple(episode for episode in known if not is_whole(root, episode))
    whole = [episode for episode in known if episode not in missing]
    files = {root / cover: picture} if cover else {}
    for episode in whole:
        files |= {folder(root, episode) / name: data for name, data in store.derived(episode).items()}
    files |= {root / path: page for path, page in write_site(show, whole, cover).items()}
    files[root / FEED] = write_feed(show, whole, cover)  # the last
    written = tuple(path for path, data in files.items() if write_whole(path, data))
    store.sweep(root, now, timedelta(days=7))
    with disk(root):
        for old in root.glob("cover-????????.???"):
            if old.name != cover:
                old.unlink()
    return Published(root / FEED, len(whole), written, missing, out.broken)


def is_whole(root: Path, episode: Episode) -> bool:
    """Whether all the episode's sound files are there at their full lengths."""
    paths = [(folder(root, episode) / media.file, media.length) for media in episode.media]
    return all(path.is_file() and path.stat().st_size == length for path, length in paths)


def read_cover(show: Show) -> tuple[bytes, str]:
    """The cover and its name in the show's folder, "" without one. New art means a new name.

    Raises ShowError.
    """
    path = show.file(show.cover)
    if path is None:
        return b"", ""
    with disk(path):
        data = path.read_bytes()
    for magic, extension in _PICTURES.items():
        if data.startswith(magic):
            return data, f"cover-{hashlib.sha256(data).hexdigest()[:8]}.{extension}"
    raise ShowError(f"{path} is neither JPEG nor PNG", "save the cover as JPEG or PNG")
