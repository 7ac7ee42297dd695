"""key -> clip -> the same clip later: a line that was said once is not said again.

An entry is the SHA-256 of a FLAC file and the FLAC file, so that a torn or rotten one is a miss. The name of
the judge that passed the clip goes into the hash, so that it is judged again only by a stricter one.
Losing the cache loses nothing but time: what cannot be written is not kept.
"""

import contextlib
import hashlib
import time
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from newscast.errors import SynthesisError
from newscast.model import Audio
from newscast.speech.codec import Pcm, decode, encode_flac, pcm

_HASH = 32  # bytes of a SHA-256
#: Bytes of clips that a run holds in memory: twelve minutes of 24 kHz, so that most episodes read each once.
HELD = 36_000_000
_TOUCH_AFTER = 86_400  # seconds: an entry that is used gets today's date, at most once a day


def read(folder: Path, key: str, judge: bytes = b"") -> Audio | None:
    """The clip kept under a key, or None. judge: only one that was written as passed by that judge."""
    path = _path(folder, key)
    try:
        entry = path.read_bytes()
        if hashlib.sha256(judge + entry[_HASH:]).digest() != entry[:_HASH]:
            return None
        if time.time() - path.stat().st_mtime > _TOUCH_AFTER:
            path.touch()
        return decode(entry[_HASH:])
    except (OSError, ValueError):
        return None


def write(folder: Path, key: str, clip: Audio, judge: bytes = b"") -> None:
    """Keep a clip of 16-bit samples. judge: what passed it, if anything did.

    A full or read-only disk keeps nothing and is no error.
    """
    path = _path(folder, key)
    data = encode_flac(clip)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            try:
                file.write(hashlib.sha256(judge + data).digest() + data)
                file.close()
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise


class Shelf:
    """The clips of one run, by key: the first in memory, as 16 bits, the rest read again from the cache.

    Without a cache, or where it keeps nothing, all are in memory.
    """

    def __init__(self, folder: Path | None, judge: bytes) -> None:
        self._folder, self._judge = folder, judge
        self._held: dict[str, tuple[Pcm, int] | None] = {}
        self._room = HELD

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def put(self, key: str, clip: Audio) -> None:
        """Put a clip by that was just read or written."""
        kept = self._folder is not None and _path(self._folder, key).is_file()
        self._room -= 2 * len(clip.samples)
        self._held[key] = None if kept and self._room < 0 else (pcm(clip), clip.sample_rate)

    def get(self, key: str) -> Audio:
        """The clip. Raises SynthesisError if the cache has lost it meanwhile."""
        held = self._held[key]
        if held:
            samples, rate = held
            return Audio(samples.astype(np.float32) / np.float32(32768), rate)
        clip = read(self._folder, key, self._judge) if self._folder else None
        if clip is None:
            raise SynthesisError(
                "a clip went from the cache while it was needed", "run the same command again"
            )
        return clip


def prune(folder: Path, days: float) -> int:
    """Remove the entries that were not used for so many days; how many there were."""
    removed, oldest = 0, time.time() - days * 86_400
    for path in folder.glob("??/*"):
        with contextlib.suppress(OSError):  # one that vanishes meanwhile, or cannot be removed, is left
            if path.stat().st_mtime < oldest:
                path.unlink()
                removed += 1
    return removed


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / key[2:]
