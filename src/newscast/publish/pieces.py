"""A file of the work folder -> which of what is published must not be made again.

For each thing that is published it remembers a key, made of all that goes into it, and the stamp of the
file or folder it became. Both are as they were: it need not be made. Losing the file loses only time.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from newscast.errors import PublishError
from newscast.files import write_whole

#: By path: the key, and time and size of what is there.
_Entries = dict[str, tuple[bytes, tuple[int, int]]]

#: A name below the web root and what it is to hold.
File = tuple[str, bytes]


class Piece(msgspec.Struct, frozen=True):
    """Something published. name: of the file, or of the folder of all its files, below the web root.

    key: of all that goes into it. make: makes its files, by their names below the web root.
    """

    name: str
    key: bytes
    make: Callable[[], Iterable[File]]


class Memory:
    """What was published below `root`. `settled` asks, `note` tells, `save` keeps what was asked for."""

    def __init__(self, file: Path, root: Path) -> None:
        self._file, self._root = file, root
        self._known: _Entries = {}
        with suppress(OSError, msgspec.DecodeError):
            self._known = msgspec.msgpack.decode(file.read_bytes(), type=_Entries)
        self._now: _Entries = {}

    def settled(self, piece: Piece) -> bool:
        """Whether a piece is out as it would be made."""
        entry = self._known.get(piece.name)
        if entry is None or entry[0] != piece.key or entry[1] != self._stamp(piece):
            return False
        self._now[piece.name] = entry
        return True

    def note(self, piece: Piece) -> None:
        """A piece is out as it was made."""
        self._now[piece.name] = (piece.key, self._stamp(piece))

    def _stamp(self, piece: Piece) -> tuple[int, int]:
        try:
            found = os.stat(f"{self._root}/{piece.name}")  # noqa: PTH116 - ten thousand of them
        except OSError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_size)

    def save(self) -> None:
        """For the next run. A work folder that cannot be written costs time, and nothing else."""
        if self._now != self._known:
            with suppress(PublishError):
                write_whole(self._file, msgspec.msgpack.encode(self._now))


def key(*parts: Any) -> bytes:
    """A short name for values: other values, another key."""
    return hashlib.blake2b(msgspec.msgpack.encode(parts), digest_size=12).digest()
