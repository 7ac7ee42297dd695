"""sftp://user@host:port/path -> a Target on an SSH server, by SFTP.

The server must be in ~/.ssh/known_hosts. Who one is: the keys of ~/.ssh or of an agent, the key file that
NEWSCAST_SFTP_KEY names, or the password in NEWSCAST_SFTP_PASSWORD; never the address.
"""

import asyncio
import os
import posixpath
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import asyncssh

from newscast.errors import PublishError

T = TypeVar("T")
#: Seconds without an answer after which the server counts as gone.
PATIENCE = 60.0


class SftpTarget:
    """Files below a folder of the server. Each is written beside its name and then renamed over it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.password:
            raise PublishError("a password does not belong into show.toml", "export NEWSCAST_SFTP_PASSWORD=…")
        self._place = f"sftp://{parts.hostname}{parts.path}"
        self._root = unquote(parts.path).rstrip("/") or "/"
        self._made: set[str] = set()
        self._loop = asyncio.new_event_loop()
        options: dict[str, Any] = {"connect_timeout": PATIENCE, "keepalive_interval": PATIENCE / 4}
        if key := os.environ.get("NEWSCAST_SFTP_KEY"):
            options["client_keys"] = [key]
        if password := os.environ.get("NEWSCAST_SFTP_PASSWORD"):
            options["password"] = password
        if parts.username:
            options["username"] = unquote(parts.username)
        try:
            self._sftp = self._do(
                "cannot be reached", self._connect(parts.hostname or "", parts.port or 22, options)
            )
        except PublishError:
            self._loop.close()
            raise

    async def _connect(self, host: str, port: int, options: dict[str, Any]) -> asyncssh.SFTPClient:
        self._connection = await asyncssh.connect(host, port, **options)
        return await self._connection.start_sftp_client()

    def get(self, name: str) -> bytes | None:
        """See Target."""
        return self._do(f"{name} cannot be read", self._get(f"{self._root}/{name}"))

    async def _get(self, path: str) -> bytes | None:
        try:
            async with self._sftp.open(path, "rb") as file:
                data = await file.read()
                return data if isinstance(data, bytes) else data.encode()
        except asyncssh.SFTPNoSuchFile:
            return None

    def put(self, name: str, data: bytes | Path) -> None:
        """See Target."""
        self._do(f"{name} cannot be stored", self._put(f"{self._root}/{name}", data))

    async def _put(self, path: str, data: bytes | Path) -> None:
        folder, name = posixpath.split(path)
        if folder not in self._made:
            await self._sftp.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        draft = f"{folder}/.{name}.tmp"
        if isinstance(data, Path):
            await self._sftp.put(str(data), draft)
        else:
            async with self._sftp.open(draft, "wb") as file:
                await file.write(data)
        await self._sftp.posix_rename(draft, path)

    def delete(self, names: Sequence[str]) -> None:
        """See Target; a folder that becomes empty goes too."""
        self._do("what is no longer named cannot be removed", self._delete(names))

    async def _delete(self, names: Sequence[str]) -> None:
        for name in names:
            try:
                await self._sftp.remove(f"{self._root}/{name}")
            except asyncssh.SFTPNoSuchFile:
                continue
        for folder in {posixpath.dirname(name) for name in names} - {""}:
            try:
                await self._sftp.rmdir(f"{self._root}/{folder}")
            except asyncssh.SFTPError:
                continue  # it holds other files
            self._made.discard(f"{self._root}/{folder}")

    def close(self) -> None:
        """See Target."""
        self._connection.close()
        self._loop.run_until_complete(self._connection.wait_closed())
        self._loop.close()

    def _do(self, what: str, work: Coroutine[Any, Any, T]) -> T:
        try:
            return self._loop.run_until_complete(work)
        except (TimeoutError, asyncssh.Error, OSError) as error:
            hint = "try it with the sftp command; the server must be in ~/.ssh/known_hosts"
            raise PublishError(f"{self._place}: {what}: {error or type(error).__name__}", hint) from error
