"""Episode and MP3 -> a folder under episodes/, all of it or nothing; and back. The only writer there.

A folder with episode.json is whole, for that is what appears last: a new folder is made under a
hidden name and renamed, a changed one gets its new MP3 under a new name before its manifest.
"""

import hashlib
import re
import unicodedata
from pathlib import Path

import msgspec

from newscast.errors import PublishError
from newscast.files import discard, disk, draft_of, sweep_drafts, sync, write_synced, write_whole
from newscast.model import Episode
from newscast.publish.transcript import chapters_json, vtt

FEED = "feed.xml"
PAGE = "index.html"
MANIFEST = "episode.json"
TRANSCRIPT = "transcript.vtt"
CHAPTERS = "chapters.json"
SCHEMA = 1
#: Names that Windows keeps for devices; a web root may be copied there.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
_SLUG = 60


def slugify(title: str) -> str:
    """A file name of a title: a-z, 0-9 and single hyphens, at most 60, cut at a word, never empty."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", ascii_title)).strip("-")
    if len(slug) > _SLUG:
        head = slug[: _SLUG + 1]
        slug = (head.rsplit("-", 1)[0] if "-" in head else head)[:_SLUG]
    if not slug or _RESERVED.fullmatch(slug):
        return f"episode-{slug}".rstrip("-")
    return slug


def episodes(root: Path) -> list[Episode]:
    """Every whole episode of a show, the newest first; of one moment, by guid.

    Raises PublishError for a manifest that cannot be read.
    """
    with disk(root):
        manifests = sorted((root / "episodes").glob(f"[!.]*/{MANIFEST}"))
        found = [_read(root, path) for path in manifests]
    return sorted(found, key=lambda episode: (-episode.published.timestamp(), episode.guid))


def find(root: Path, guid: str) -> Episode | None:
    """The episode that carries `guid`, if it is out. Raises PublishError as `episodes` does."""
    return next((episode for episode in episodes(root) if episode.guid == guid), None)


def folder(root: Path, episode: Episode) -> Path:
    """Where an episode lies: named by its day, in its own time zone, and its slug."""
    return root / "episodes" / f"{episode.published.date().isoformat()}-{episode.slug}"


def commit(root: Path, episode: Episode, mp3: bytes) -> Episode:
    """Put an episode and its files in place, and return it as it is stored.

    A guid that is already out keeps its folder and date, and new audio gets a new file name, so
    that no cache serves the old; what is derived from it follows with the feed. Another guid of
    the same day and slug gets -2. The same again touches nothing. Raises PublishError, and every
    episode is still whole.
    """
    if hashlib.sha256(mp3).hexdigest() != episode.sha256 or len(mp3) != episode.length:
        raise ValueError("the episode's length and sha256 are not those of its MP3")
    if episode.published.tzinfo is None:
        raise ValueError("published has no time zone")
    old = find(root, episode.guid)
    with disk(root):
        if old is None:
            stored = _named(root, episode)
            files = {stored.audio: mp3, **derived(stored), MANIFEST: _manifest(stored)}
            _create(folder(root, stored), files)
        else:
            stored = _renewed(episode, old)
            home = folder(root, stored)
            write_whole(home / stored.audio, mp3)
            write_whole(home / MANIFEST, _manifest(stored))
    return stored


def sweep(root: Path) -> None:
    """Remove MP3s that no episode names and what killed runs left. Only after the feed is replaced."""
    known = episodes(root)
    with disk(root):
        for episode in known:
            for path in folder(root, episode).glob("*.mp3"):
                if path.name != episode.audio:
                    path.unlink()
        sweep_drafts(root)


def derived(episode: Episode) -> dict[str, bytes]:
    """The files of an episode's folder that its manifest makes, by name."""
    return {TRANSCRIPT: vtt(episode.cues).encode(), CHAPTERS: chapters_json(episode.chapters).encode()}


def _read(root: Path, path: Path) -> Episode:
    try:
        episode = msgspec.json.decode(path.read_bytes(), type=Episode)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = f"restore it, or remove {path.parent} and make its article again"
        raise PublishError(f"{path} is no manifest: {error}", hint) from error
    if episode.schema != SCHEMA or episode.published.tzinfo is None:
        raise PublishError(f"{path} is not of this newscast: schema {episode.schema}", "update newscast")
    if folder(root, episode) != path.parent:
        raise PublishError(f"{path.parent} should be named {folder(root, episode).name}", "rename it back")
    return episode


def _named(root: Path, episode: Episode) -> Episode:
    """A new episode with a slug that no other of its day has."""
    slug, number = episode.slug, 1
    while folder(root, episode).exists():
        number += 1
        episode = msgspec.structs.replace(episode, slug=f"{slug}-{number}")
    return msgspec.structs.replace(episode, audio=f"{episode.slug}.mp3")


def _renewed(episode: Episode, old: Episode) -> Episode:
    """A new version of an episode that is out, in the old one's place."""
    same = episode.sha256 == old.sha256
    audio = old.audio if same else f"{old.slug}-{episode.sha256[:8]}.mp3"
    return msgspec.structs.replace(episode, slug=old.slug, published=old.published, audio=audio)


def _manifest(episode: Episode) -> bytes:
    return msgspec.json.format(msgspec.json.encode(episode), indent=2) + b"\n"


def _create(home: Path, files: dict[str, bytes]) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(home)
    try:
        discard(draft)
        draft.mkdir()
        for name, data in files.items():
            write_synced(draft / name, data)
        sync(draft)
        draft.rename(home)
    except OSError:
        discard(draft)
        raise
    sync(home.parent)
