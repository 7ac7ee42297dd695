"""Samples + Tags -> Opus in Ogg, or AAC in MPEG-4, as FFmpeg encodes and muxes them.

Opus of 24 kbit/s is for those who pay for each megabyte: a quarter of the MP3, and as well understood. It
carries no pictures for the same reason.
"""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import msgspec
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus

from newscast.audio.codecs.encoder import Said, Tags
from newscast.audio.filters import LAYOUTS, frame
from newscast.audio.timeline import SAMPLE_RATE
from newscast.errors import AudioError
from newscast.files import disk
from newscast.model import Samples

MILLISECOND = Fraction(1, 1000)


class Muxed(msgspec.Struct, frozen=True):
    """A format that FFmpeg writes whole. muxer, codec: FFmpeg's names. rate: Hz that the codec works at."""

    extension: str
    mime: str
    bitrate: int
    channels: int
    headroom: float
    loss: float
    muxer: str
    codec: str
    rate: int

    def write(self, sound: Iterable[Samples], path: Path, tags: Tags) -> None:
        """See Encoder."""
        options = {"fflags": "+bitexact"}  # no version numbers and no times of FFmpeg's own
        if self.muxer == "ipod":
            options["movflags"] = "+faststart"  # so that a player need not fetch the end first
        start = 0
        try:
            with (
                disk(path),
                av.open(str(path), "w", format=self.muxer, container_options=options) as container,
            ):
                stream = container.add_stream(self.codec, rate=self.rate, layout=LAYOUTS[self.channels])
                assert isinstance(stream, av.AudioStream)
                stream.bit_rate = self.bitrate
                container.metadata.update({key: text for key, text in _texts(tags).items() if text})
                if self.muxer != "ogg":
                    container.set_chapters(_chapters(tags))
                for piece in sound:
                    container.mux(stream.encode(frame(piece, SAMPLE_RATE, start)))
                    start += piece.shape[1]
                container.mux(stream.encode(None))
            if self.muxer == "ogg":
                _add_chapters(OggOpus(path), tags)
            elif picture := tags.picture or tags.cover:
                file = MP4(path)
                file["covr"] = [MP4Cover(picture, MP4Cover.FORMAT_JPEG)]
                file.save(padding=lambda _: 0)
        except av.FFmpegError as error:
            raise AudioError(f"the episode could not be encoded: {error.strerror}") from error

    def read_back(self, path: Path) -> Said:
        """See Encoder."""
        try:
            with av.open(str(path), "r") as container:
                texts = {**container.streams.audio[0].metadata, **container.metadata}
                chapters = container.chapters()
        except (av.FFmpegError, IndexError) as error:
            raise AudioError(f"the tags of {path.name} cannot be read: {error}") from error
        texts = {key.lower(): text for key, text in texts.items()}
        return Said(
            title=texts.get("title", ""),
            transcript=texts.get("lyrics", ""),
            chapters=tuple(
                (float(c["start"] * (c["time_base"] or 1)), c["metadata"]["title"]) for c in chapters
            ),
        )


def opus(channels: int = 1) -> Muxed:
    """The low-data edition."""
    return Muxed("opus", "audio/ogg", 24_000, channels, 1.4, 0.3, "ogg", "libopus", 48_000)


def m4a(channels: int = 1) -> Muxed:
    """AAC, for players that want nothing else."""
    return Muxed("m4a", "audio/mp4", 64_000, channels, 1.6, 0.1, "ipod", "aac", SAMPLE_RATE)


def _texts(tags: Tags) -> dict[str, str]:
    return {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "date": tags.published.date().isoformat(),
        "genre": "Podcast",
        "comment": tags.summary,
        "lyrics": tags.transcript,
    }


def _add_chapters(file: OggOpus, tags: Tags) -> None:
    """As comments. FFmpeg writes them too, but a second late wherever it should round down."""
    for number, chapter in enumerate(tags.chapters):
        seconds = int(chapter.start * 1000) / 1000
        clock = f"{seconds // 3600:02.0f}:{seconds // 60 % 60:02.0f}:{seconds % 60:06.3f}"
        file[f"CHAPTER{number:03}"], file[f"CHAPTER{number:03}NAME"] = clock, chapter.title
    file.save(padding=lambda _: 0)


def _chapters(tags: Tags) -> list[Any]:
    return [
        {
            "id": number,
            "start": int(chapter.start * 1000),
            "end": int(chapter.end * 1000),
            "time_base": MILLISECOND,
            "metadata": {"title": chapter.title},
        }
        for number, chapter in enumerate(tags.chapters)
    ]
