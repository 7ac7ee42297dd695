"""What all formats of an episode share: samples + Tags -> a media file, and the file -> what it says."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from newscast.model import Chapter, Samples


class Tags(msgspec.Struct, frozen=True, kw_only=True):
    """What players show of an episode. published: aware. url: of the article. transcript: as written.

    cover: of the show, a JPEG. picture: of the episode, a JPEG. pictures: JPEGs of chapters by their address.
    """

    title: str
    artist: str
    album: str
    published: datetime
    summary: str = ""
    url: str = ""
    transcript: str = ""
    cover: bytes | None = None
    picture: bytes | None = None
    pictures: dict[str, bytes] = {}
    chapters: tuple[Chapter, ...] = ()


class Said(msgspec.Struct, frozen=True):
    """What a finished file says of itself. chapters: start in seconds and title, in the file's order."""

    title: str
    transcript: str
    chapters: tuple[tuple[float, str], ...]


class Encoder(Protocol):
    """One format."""

    @property
    def extension(self) -> str:
        """Of its files, without the dot."""
        ...

    @property
    def mime(self) -> str:
        """Of its files, as the feed tells it."""
        ...

    @property
    def bitrate(self) -> int:
        """Bits a second, of all channels."""
        ...

    @property
    def channels(self) -> int:
        """One, or two."""
        ...

    @property
    def rate(self) -> int:
        """Hz of what decoders give back."""
        ...

    @property
    def headroom(self) -> float:
        """Decibels by which it lifts peaks at most, as a rule; what is more is mended by encoding again."""
        ...

    @property
    def loss(self) -> float:
        """LU by which it usually makes sound softer."""
        ...

    def write(self, sound: Iterable[Samples], path: Path, tags: Tags) -> None:
        """Encode pieces of shape (channels, n) at 44.1 kHz; the same input gives the same bytes.

        Raises AudioError, and PublishError for a disk that refuses.
        """
        ...

    def read_back(self, path: Path) -> Said:
        """What the tags of a file that `write` made say. Raises AudioError."""
        ...
