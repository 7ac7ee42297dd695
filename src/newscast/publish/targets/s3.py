"""s3://bucket/prefix -> a Target: S3 and all that speak its language (R2, MinIO, Spaces, Wasabi).

Keys and region come from the usual AWS_ variables; AWS_ENDPOINT_URL names another service than Amazon's.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from newscast.errors import PublishError
from newscast.publish.targets.target import headers


class S3Target:
    """Objects below a prefix of a bucket; storing one replaces it as a whole."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
        options: Any = {"allow_http": True} if endpoint.startswith("http://") else {}
        self._place = address
        with self._foreign("cannot be reached"):
            self._store = S3Store(
                parts.netloc, prefix=parts.path.strip("/") or None, client_options=options or None
            )

    def get(self, name: str) -> bytes | None:
        """See Target."""
        try:
            return bytes(obstore.get(self._store, name).bytes())
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise self._wrong(f"{name} cannot be read", error) from error

    def put(self, name: str, data: bytes | Path) -> None:
        """See Target."""
        told = headers(name)
        with self._foreign(f"{name} cannot be stored"):
            obstore.put(
                self._store,
                name,
                data,
                attributes={"Content-Type": told.type, "Cache-Control": told.cache},
            )

    def delete(self, names: Sequence[str]) -> None:
        """See Target."""
        with self._foreign("what is no longer named cannot be removed"):
            for start in range(0, len(names), 1000):
                obstore.delete(self._store, list(names[start : start + 1000]))

    def close(self) -> None:
        """See Target."""

    @contextmanager
    def _foreign(self, what: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            return
        except (BaseError, OSError, ValueError) as error:
            raise self._wrong(what, error) from error

    def _wrong(self, what: str, error: Exception) -> PublishError:
        first = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        return PublishError(
            f"{self._place}: {what}: {first}", "look at the bucket's name and the AWS_ variables"
        )
