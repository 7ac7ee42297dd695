"""A voice's card -> its files on this machine: fetched once, checked, resumed, put in place as a whole.

A file comes into `<name>.part` and takes its name when all of it is there and its hash is the card's;
so what has its name is right, and what was fetched before a crash need not be fetched again.
"""

import math
import os
import time
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import httpx
from filelock import FileLock

from newscast.errors import VoiceError
from newscast.model import Progress
from newscast.retry import RetryPolicy
from newscast.speech.service import AnswerError, http_error
from newscast.speech.voices import Voice, VoiceFile, hash_of

_MANNERS = RetryPolicy(timeout=30.0, attempts=5, wait=0.5)

_Report = Callable[[int], None]


def install(voice: Voice, on_bytes: Progress | None = None, *, policy: RetryPolicy = _MANNERS) -> None:
    """Fetch those files of a voice that are missing or not what its card says.

    on_bytes gets (bytes there, bytes in all) of these files. Two installations at once do the work of
    one. Raises VoiceError: with both hashes if a file is not the card's, and with what to do if it
    cannot be fetched or written; what came by then is kept, and gone on from next time.
    """
    wrong = [file for file in voice.files if not _is_right(voice.places(file), file)]
    for file in wrong:
        if not file.url:
            raise VoiceError(
                f"{voice.path(file)} is missing or wrong, and its card has no url for it",
                f"put it beside {voice.folder / 'voice.toml'} again",
            )
    total = sum(file.size for file in wrong)
    before = 0
    for file in wrong:
        _install(voice, file, _from(before, total, on_bytes), policy)
        before += file.size


def _from(before: int, total: int, on_bytes: Progress | None) -> _Report:
    """A report on one of several files: how much of it is there."""
    return lambda there: on_bytes(before + there, total) if on_bytes else None


def _install(voice: Voice, file: VoiceFile, report: _Report, policy: RetryPolicy) -> None:
    path = voice.path(file)
    part = path.with_name(f"{file.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(".lock")):
            if not _is_right([path], file):  # nobody else fetched it while we waited
                _fetch_right(file, part, report, policy)
                _keep(part, path)
            report(file.size)
    except OSError as error:
        raise VoiceError(
            f"{error.filename or part} cannot be written: {error.strerror}",
            "make room there, or set NEWSCAST_DATA to another folder",
        ) from error
    except AnswerError as error:
        hint = f"newscast voices install {voice.id}, later or in another network: it goes on where it stopped"
        raise VoiceError(f"{file.url}: {error}", hint) from error


def _fetch_right(file: VoiceFile, part: Path, report: _Report, policy: RetryPolicy) -> None:
    """The whole of a file in `part`. Raises AnswerError, OSError, VoiceError if it is another one."""
    found = ""
    # What was there may be of another version, or spoilt: then all of it is fetched once more.
    for _ in range(2 if part.exists() else 1):
        _fetch(file, part, report, policy)
        found = hash_of([part], file.algorithm)
        if found == file.hash:
            return
        part.unlink()
    raise VoiceError(
        f"{file.url} is not the card's {file.name}: its {file.algorithm} is {found}, not {file.hash}"
    )


def _fetch(file: VoiceFile, part: Path, report: _Report, policy: RetryPolicy) -> None:
    """As many bytes in `part` as the file has, in a few requests. Raises AnswerError, OSError."""
    with httpx.Client(follow_redirects=True, timeout=policy.timeout) as client:
        for attempt in range(policy.attempts):
            try:
                _go_on(client, file, part, report)
                return
            except AnswerError as error:
                delay = policy.delay(attempt, error.after)
                if delay is None:
                    raise
            time.sleep(delay)


def _go_on(client: httpx.Client, file: VoiceFile, part: Path, report: _Report) -> None:
    """One request for what `part` lacks, or for all of it. Raises AnswerError, OSError."""
    there = part.stat().st_size if part.exists() else 0
    if there > file.size:
        part.unlink()
        there = 0
    if there == file.size:
        return
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={there}-"} if there else {})
    try:
        with client.stream("GET", file.url, headers=headers) as answer:
            _receive(answer, file, part, there, report)
    except httpx.TimeoutException as error:
        raise AnswerError(f"no answer in {client.timeout.read:g} s") from error
    except (httpx.UnsupportedProtocol, httpx.TooManyRedirects, httpx.InvalidURL) as error:
        raise AnswerError(str(error), math.inf) from error
    except httpx.HTTPError as error:
        raise AnswerError(str(error) or type(error).__name__) from error


def _receive(answer: httpx.Response, file: VoiceFile, part: Path, there: int, report: _Report) -> None:
    """Write an answer behind the bytes that are there, or in place of them if it has all."""
    status = answer.status_code
    if there and (status == 416 or (status == 206 and not _begins_at(answer, there))):
        part.unlink()
        raise AnswerError(f"{status}, it cannot go on from byte {there}")
    if status not in (200, 206):
        raise http_error(status, answer.headers)
    if status == 200:
        there = 0
    chunks = answer.iter_raw()
    first = next(chunks, b"")
    if answer.headers.get("Content-Type", "").startswith("text/html") or _is_page(first):
        raise AnswerError("a web page in place of the file", math.inf)
    announced = answer.headers.get("Content-Length", "")
    if announced.isdecimal() and there + int(announced) != file.size:
        size = there + int(announced)
        raise AnswerError(f"it has {size:,} bytes, not the {file.size:,} of its card", math.inf)
    with part.open("ab" if there else "wb") as out:
        for chunk in chain([first], chunks):
            there += len(chunk)
            if there > file.size:
                break
            out.write(chunk)
            out.flush()  # so that a kill loses none of it
            report(there)
    if there > file.size:
        part.unlink()
        raise AnswerError(f"it is longer than the {file.size:,} bytes of its card", math.inf)
    if there < file.size:
        raise AnswerError(f"it ended after {there:,} of {file.size:,} bytes")


def _is_page(beginning: bytes) -> bool:
    return beginning.lstrip()[:20].lower().startswith((b"<!doctype html", b"<html"))


def _begins_at(answer: httpx.Response, there: int) -> bool:
    return str(answer.headers.get("Content-Range", "")).startswith(f"bytes {there}-")


def _keep(part: Path, path: Path) -> None:
    """Give a whole file its name, for good: also after a power cut."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)


def _is_right(places: Sequence[Path], file: VoiceFile) -> bool:
    try:
        return hash_of(places, file.algorithm) == file.hash
    except OSError:
        return False
