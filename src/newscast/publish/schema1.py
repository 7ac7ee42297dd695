"""A manifest of schema 1 -> an Episode of today, with the same guid, date, folder and file names."""

from datetime import datetime

import msgspec

from newscast.model import SCHEMA, Chapter, Cue, Episode, Media


class _Episode1(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """episode.json as newscast first wrote it: one MP3 of one article."""

    guid: str
    slug: str
    title: str
    summary: str
    published: datetime
    duration: float
    audio: str
    length: int
    sha256: str
    inputs: str
    voice: str
    url: str
    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    guests: tuple[str, ...] = ()
    schema: int = 1


def read(data: bytes) -> Episode:
    """Raises msgspec.DecodeError. inputs is left out: what went into it was counted otherwise."""
    old = msgspec.json.decode(data, type=_Episode1)
    return Episode(
        schema=SCHEMA,
        guid=old.guid,
        slug=old.slug,
        title=old.title,
        summary=old.summary,
        published=old.published,
        duration=old.duration,
        media=(Media(file=old.audio, length=old.length, sha256=old.sha256),),
        inputs="",
        voices=(old.voice, *old.guests),
        sources=(old.url,) if old.url else (),
        cues=old.cues,
        chapters=old.chapters,
    )
