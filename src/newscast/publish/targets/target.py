"""A file's name -> what a server is to say of it; and Target, what can be asked of a place for files."""

import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec

#: Types of what newscast publishes; the rest by the name's end as everywhere.
_TYPES = {
    ".xml": "application/rss+xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg",
    ".m4a": "audio/mp4",
}
MEDIA = (".mp3", ".opus", ".m4a")


class Headers(msgspec.Struct, frozen=True):
    """What a web server is to say of a file."""

    type: str
    cache: str


class Target(Protocol):
    """A place for the show's files. Names are below its root, with slashes. All raise PublishError."""

    def get(self, name: str) -> bytes | None:
        """A small file's bytes; None if it is not there."""
        ...

    def put(self, name: str, data: bytes | Path) -> None:
        """Replace a file as a whole: who reads it meanwhile gets the old one or the new one."""
        ...

    def delete(self, names: Sequence[str]) -> None:
        """Remove files; those that are not there are no error."""
        ...

    def close(self) -> None:
        """Let go of the place."""
        ...


def headers(name: str) -> Headers:
    """Media and what is named by its content may be kept for a year, all else for five minutes."""
    path = Path(name)
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if path.name.startswith("chapters") and path.suffix == ".json":
        kind = "application/json+chapters"
    lasting = path.suffix in MEDIA or name.startswith(("assets/", "cover-"))
    return Headers(kind, "public, max-age=31536000, immutable" if lasting else "public, max-age=300")
