"""A folder of this machine -> a Target, as for a web root or a mounted disk."""

from collections.abc import Sequence
from pathlib import Path

from newscast.files import disk, settle, write_whole


class FolderTarget:
    """Files below a folder. What feeds and lists of digests name survives a power cut before they do."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._fresh: list[Path] = []

    def get(self, name: str) -> bytes | None:
        """See Target."""
        with disk(self._root):
            path = self._root / name
            return path.read_bytes() if path.is_file() else None

    def put(self, name: str, data: bytes | Path) -> None:
        """See Target."""
        path = self._root / name
        names_others = name.endswith(".xml") or name.startswith(".")
        if names_others:
            settle(self._fresh)
            self._fresh = []
        with disk(self._root):
            new = write_whole(path, data.read_bytes() if isinstance(data, Path) else data, names_others)
        if new and not names_others:
            self._fresh.append(path)

    def delete(self, names: Sequence[str]) -> None:
        """See Target; a folder that becomes empty goes too."""
        with disk(self._root):
            for name in names:
                path = self._root / name
                path.unlink(missing_ok=True)
                if path.parent != self._root and path.parent.is_dir() and not any(path.parent.iterdir()):
                    path.parent.rmdir()

    def close(self) -> None:
        """See Target."""
