"""Episode and its sound files -> a folder under episodes/, all of it or nothing. The only writer there.

A folder with episode.json is whole, for that is what appears last: a new folder is made under a
hidden name and renamed, a changed one gets its new files under new names before its manifest.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from newscast.files import (
    Content,
    discard,
    disk,
    draft_of,
    sha256_of,
    sweep_drafts,
    sync,
    write_synced,
    write_whole,
)
from newscast.model import Episode, Media, Superseded
from newscast.publish.captions import captions
from newscast.publish.manifests import MANIFEST, Head, folder_of, read, shelf
from newscast.publish.transcript import chapters_json, srt, transcript_json, vtt

FEED = "feed.xml"
PAGE = "index.html"
_EXTENSIONS = {"audio/mpeg": ".mp3", "audio/ogg": ".opus", "audio/mp4": ".m4a"}
#: Formats of the transcript, the first for podcast:transcript's first and for pages.
TRANSCRIPTS = ("vtt", "srt", "json")
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
    """Every whole episode of a show with its words, the newest first. Raises PublishError."""
    return [read(root, head.folder) for head in shelf(root).heads]


def find(root: Path, guid: str) -> Episode | None:
    """The episode that carries `guid`, if it is out. Raises PublishError."""
    head = shelf(root).find(guid)
    return read(root, head.folder) if head else None


def folder(root: Path, episode: Episode) -> Path:
    """Where an episode lies."""
    return root / "episodes" / folder_of(episode)


def commit(
    root: Path, episode: Episode, sounds: Sequence[Content], old: Episode | None, now: datetime
) -> Episode:
    """Put an episode and its files in place, and return it as it is stored.

    sounds: one a media of the episode, whose files are named here. old: the episode that carries its guid
    and is out: its folder, date and keys stay, new bytes get new names, so that no cache serves the old,
    and what they take the place of stays as `superseded` since `now`. Another guid of the same day and
    slug gets -2. The same again touches nothing. Raises PublishError, and every episode is still whole.
    """
    for media, sound in zip(episode.media, sounds, strict=True):
        with disk(root):
            if sha256_of(sound) != media.sha256:
                raise ValueError("the media's sha256 is not that of its bytes")
    if episode.published.tzinfo is None:
        raise ValueError("published has no time zone")
    with disk(root):
        if old is None:
            stored = _named(root, episode)
            files: dict[str, Content] = {m.file: sound for m, sound in zip(stored.media, sounds, strict=True)}
            files |= {**derived(stored), MANIFEST: _manifest(stored)}
            _create(folder(root, stored), files)
        else:
            stored = _renewed(episode, old, now)
            home = folder(root, stored)
            for media, sound in zip(stored.media, sounds, strict=True):
                write_whole(home / media.file, sound)
            for name, data in derived(stored).items():
                write_whole(home / name, data)
            write_whole(home / MANIFEST, _manifest(stored))
    return stored


def rewrite(root: Path, episode: Episode) -> None:
    """Replace the manifest of an episode that is out; its files are as they were. Raises PublishError."""
    write_whole(folder(root, episode) / MANIFEST, _manifest(episode))


def sweep(root: Path, heads: Iterable[Head], now: datetime, keep: timedelta) -> None:
    """Remove what these episodes do not name, and what was superseded longer ago than `keep`.

    Drafts that killed runs left go too. Only after the feed is replaced. Raises PublishError.
    """
    for head in heads:
        home = root / "episodes" / head.folder
        version = _version(head.folder, head.sound)
        mine = {media.file for media in head.media} | {f"chapters{version}.json"}
        mine |= {f"transcript{version}.{format}" for format in TRANSCRIPTS}
        mine |= {old.file for old in head.superseded if now - old.at < keep}
        late = {old.file for old in head.superseded} - mine
        with disk(home):
            for path in _versioned(home):
                # An older newscast did not note when it replaced these two, so they stay.
                if path.name not in mine | {"transcript.vtt", "chapters.json"} - late:
                    path.unlink(missing_ok=True)
        sweep_drafts(home)
    for folder in (root, root / "episodes", *root.glob("[!.e]*/")):
        sweep_drafts(folder)


def transcript_of(episode: Episode, format: str = "vtt") -> str:
    """The name of its captions; another one whenever the times in it may be others."""
    return f"transcript{_version(folder_of(episode), episode.sound)}.{format}"


def chapters_of(episode: Episode) -> str:
    """The name of its chapters; another one whenever the times in it may be others."""
    return f"chapters{_version(folder_of(episode), episode.sound)}.json"


def derived(episode: Episode) -> dict[str, bytes]:
    """The files of an episode's folder that its manifest makes, by name."""
    shown = captions(episode.cues)
    return {
        transcript_of(episode): vtt(shown).encode(),
        transcript_of(episode, "srt"): srt(shown).encode(),
        transcript_of(episode, "json"): transcript_json(shown).encode(),
        chapters_of(episode): chapters_json(episode.chapters).encode(),
    }


def _version(folder: str, sound: Media) -> str:
    """What tells the sound of an episode from the one it was first published with: "" or -01234567."""
    stem = sound.file.rpartition(".")[0]
    return "" if stem in (folder[len("2026-11-27-") :], folder) else stem[-9:]


def _versioned(home: Path) -> Iterator[Path]:
    """The files whose names change with what is in them."""
    for path in home.glob("[!.]*"):
        named = path.name.startswith(("transcript", "chapters")) and path.suffix in (".vtt", ".srt", ".json")
        if named or path.suffix in _EXTENSIONS.values():
            yield path


def _named(root: Path, episode: Episode) -> Episode:
    """A new episode with a slug that no other of its day has, and files that carry both."""
    slug, number = episode.slug, 1
    while folder(root, episode).exists():
        number += 1
        episode = msgspec.structs.replace(episode, slug=f"{slug}-{number}")
    return msgspec.structs.replace(episode, media=_media(episode, folder_of(episode), {}))


def _renewed(episode: Episode, old: Episode, now: datetime) -> Episode:
    """A new version of an episode that is out, in the old one's place."""
    episode = msgspec.structs.replace(episode, slug=old.slug, published=old.published)
    same = {media.sha256: media for media in old.media}
    stem = f"{folder_of(episode)}-{episode.sound.sha256[:8]}"
    episode = msgspec.structs.replace(episode, media=_media(episode, stem, same))
    mine = {*_named_by(episode)}
    before = _named_by(old)
    gone = tuple(Superseded(file, now) for file in before if file not in mine)
    keys = tuple(dict.fromkeys((*old.keys, *episode.keys)))
    return msgspec.structs.replace(episode, superseded=(*old.superseded, *gone), keys=keys)


def _named_by(episode: Episode) -> list[str]:
    """The files whose names change with what is in them."""
    transcripts = [transcript_of(episode, format) for format in TRANSCRIPTS]
    return [*(media.file for media in episode.media), *transcripts, chapters_of(episode)]


def _media(episode: Episode, stem: str, same: dict[str, Media]) -> tuple[Media, ...]:
    """Its media with names: of the same bytes the old one, else `stem` and what the format is called by."""
    return tuple(
        same.get(media.sha256) or msgspec.structs.replace(media, file=stem + _EXTENSIONS[media.mime])
        for media in episode.media
    )


def _manifest(episode: Episode) -> bytes:
    return msgspec.json.format(msgspec.json.encode(episode), indent=2) + b"\n"


def _create(home: Path, files: Mapping[str, Content]) -> None:
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
