"""Bytes -> a file that is there as a whole or not at all; and what newscast brings along.

A file is written under a hidden name beside its own (`.name.PID.tmp`), synced and renamed: a run that
is killed leaves the old one, and at most a draft that `sweep` removes.
"""

import filecmp
import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import newscast
from newscast.errors import PublishError

#: Files that are synced one by one; for more, the whole disk is.
FEW = 30
#: Bytes, or a file that holds them: a programme of hours is never in memory.
Content = bytes | Path
_UNCHANGED = "what was published before is unchanged; mend this and run the same command again"


@contextmanager
def disk(where: Path, hint: str = _UNCHANGED) -> Iterator[None]:
    """Whatever the disk refuses inside becomes one PublishError, with `hint`."""
    try:
        yield
    except OSError as error:
        place = error.filename or where
        raise PublishError(f"{place}: {(error.strerror or str(error)).lower()}", hint) from error


def write_whole(path: Path, data: Content, lasting: bool = True) -> bool:
    """Replace a file as a whole, or leave it untouched if it holds `data`. True if it was replaced.

    lasting: survive a power cut from now on; else from `settle` on, which is quicker for many files.
    Raises PublishError; the file is then as it was.
    """
    with disk(path):
        if path.is_file() and _same(path, data):
            return False
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        # Not tempfile: its files are private, and a web server must be able to read this one.
        draft = draft_of(path)
        try:
            _write(draft, data)
            if lasting:
                _fsync(draft)
            draft.replace(path)
        except OSError:
            discard(draft)
            raise
        if lasting:
            sync(path.parent)
    return True


def settle(paths: Sequence[Path]) -> None:
    """Make files that were written without lasting survive a power cut. Raises PublishError."""
    if len(paths) > FEW and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        with disk(path), path.open("rb+") as file:
            os.fsync(file.fileno())
    for folder in {path.parent for path in paths}:
        with disk(folder):
            sync(folder)


def draft_of(path: Path) -> Path:
    """The hidden name under which this process writes a file or folder before it is whole."""
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


def write_synced(path: Path, data: Content) -> None:
    """Write a new file down to the disk. Raises OSError."""
    _write(path, data)
    _fsync(path)


def sha256_of(data: Content) -> str:
    """Hex. Raises OSError."""
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    with data.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _same(path: Path, data: Content) -> bool:
    if isinstance(data, Path):
        return filecmp.cmp(path, data, shallow=False)
    return path.stat().st_size == len(data) and path.read_bytes() == data


def _write(path: Path, data: Content) -> None:
    if isinstance(data, Path):
        shutil.copyfile(data, path)
    else:
        path.write_bytes(data)


def _fsync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync(directory: Path) -> None:
    """Make a rename survive a power cut. Windows cannot, and need not. Raises OSError."""
    if os.name == "posix":
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def discard(draft: Path) -> None:
    """Remove a draft, best effort: whatever stays is swept later."""
    if draft.is_dir():
        shutil.rmtree(draft, ignore_errors=True)
    else:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def workbench(path: Path) -> Path:
    """A new, empty folder for what this process is making, under a draft's name. Raises PublishError."""
    folder = draft_of(path)
    with disk(folder):
        discard(folder)
        folder.mkdir(parents=True)
    return folder


def sweep_drafts(folder: Path, seconds: float = 0.0) -> None:
    """Remove every draft in a folder, not below it, best effort; only where nobody else is writing, or those
    that are so old that nobody does.
    """
    for path in folder.glob(".*.tmp"):
        with suppress(OSError):
            if not seconds or time.time() - path.stat().st_mtime > seconds:
                discard(path)


def resource(name: str) -> Path:
    """A folder that newscast brings along ("voices"): inside an installed wheel, or of the checkout."""
    package = Path(newscast.__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parents[1] / name
