"""A line, and a way to ask for it -> its sound: patience with services that promise nothing.

An online voice slows down, refuses, hangs up, drips, and sends pages or half a sound in place of speech.
What may pass is tried again, a few times and ever more slowly; what arrives must hold the whole line.
"""

import math
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from http.client import responses

from newscast.errors import SynthesisError
from newscast.model import Audio, Line
from newscast.plain import plain, shorten
from newscast.retry import MAY_PASS, RetryPolicy, retry_after
from newscast.speech.abreast import OverdueError, within
from newscast.speech.codec import decode
from newscast.speech.judge import missing, usual_seconds
from newscast.speech.trim import trim

#: Words -> a sound file of at most so many bytes, or AnswerError.
Fetch = Callable[[str, int], bytes]

_LATER = "again later, or another --voice"
# A server of one's own may speak half as quickly as speech is, and send it as it comes.
_SECONDS_FOR_SECOND = 2.0
_BYTES_FOR_SECOND = 200_000  # 48 kHz, two channels of 16 bits: what a WAV takes
_LEAST_BYTES = 2_000_000  # that are allowed to any answer: a page of HTML is no sound, but may be told of
_LONGEST = 5.0  # times the usual length of a line, and then some: a sound beyond it is not even decoded
_MOST_SAID = 200  # characters of a server's own words in a message
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)


class AnswerError(Exception):
    """One attempt that came to nothing. after: seconds after which it may pass, inf if it never will.

    hint: what a person can do, "" if nothing better than to try again.
    """

    def __init__(self, problem: str, after: float = 0.0, hint: str = "") -> None:
        super().__init__(problem)
        self.after = after
        self.hint = hint


def http_error(status: int, headers: Mapping[str, str], said: str = "") -> AnswerError:
    """What a refusing HTTP status means. said: the server's own words, if they are worth repeating."""
    problem = f"{status} {responses.get(status, '')}".strip() + (f", {said}" if said else "")
    if status not in MAY_PASS:
        return AnswerError(problem, math.inf, _HINTS.get(status, ""))
    after = retry_after(headers)
    asks = f"it asks to wait {after:.0f} s; then again, or another --voice" if after else ""
    return AnswerError(problem, after, asks or _HINTS.get(status, ""))


_HINTS = {
    400: "mend model, voice and format in the card's [options]",
    403: "it refuses this machine or its key: another network, or another --voice",
    404: "mend url, model and voice in the card's [options]",
    405: "mend url in the card's [options]: it ends before /audio/speech",
    413: "the line is too long for it: another --voice",
    429: "it is asked too often: a longer interval in the card's [options], or another --voice",
}


_CONNECTIONS: tuple[tuple[type[OSError], str, str], ...] = (
    (socket.gaierror, "no address: {}", "go online, or mend url in the card's [options]"),
    (ssl.SSLError, "no safe connection: {}", "see to the clock of this machine and to its proxy"),
    (
        ConnectionRefusedError,
        "connection refused: {}",
        "start the server, or mend url in the card's [options]",
    ),
    (TimeoutError, "no answer in time", ""),
)


def connection_error(error: BaseException) -> AnswerError:
    """What kept an answer from coming, in the words of whatever is at the bottom of it."""
    causes = list(_causes(error))
    for cause in causes:
        for kind, problem, hint in _CONNECTIONS:
            if isinstance(cause, kind):
                return AnswerError(problem.format(getattr(cause, "strerror", "") or cause), hint=hint)
    return AnswerError(str(causes[-1]) or type(causes[-1]).__name__)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and all that led to it, the outermost first; some hide theirs among their arguments."""
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop(0)
        if cause is None or cause in seen:
            continue
        seen.append(cause)
        inside = (*cause.args, getattr(cause, "reason", None))
        waiting += [cause.__cause__, cause.__context__]
        waiting += [part for part in inside if isinstance(part, BaseException)]
        yield cause


def words_of_page(page: str) -> str:
    """What a page says, in one line of text, not longer than a message should be."""
    return shorten(plain(_TAGS.sub(" ", page)), _MOST_SAID)


def collect(chunks: Iterable[bytes], most: int) -> bytes:
    """All chunks in one. Raises AnswerError as soon as they are more than so many bytes."""
    parts, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise AnswerError(f"an answer of over {most:,} bytes for one line", math.inf)
        parts.append(chunk)
    return b"".join(parts)


class Service:
    """An online voice as one process knows it. name: for messages."""

    def __init__(self, name: str, policy: RetryPolicy) -> None:
        self._name = name
        self._policy = policy
        self._earliest = 0.0  # of the next request, on the monotonic clock

    def speak(self, line: Line, fetch: Fetch) -> Audio:
        """The line, by `fetch`. Raises SynthesisError."""
        problem, hint = "", ""
        for attempt in range(self._policy.attempts):
            time.sleep(max(0.0, self._earliest - time.monotonic()))
            self._earliest = time.monotonic() + self._policy.interval
            after = 0.0
            try:
                audio = self._ask(line, fetch)
                problem = missing(trim(audio), line)
                if not problem:
                    return audio
            except AnswerError as error:
                after, problem, hint = error.after, str(error), error.hint
            except ValueError as error:  # a page, or noise
                problem = str(error)
            delay = self._policy.delay(attempt, after)
            if delay is None:
                break
            self._earliest = max(self._earliest, time.monotonic() + delay)
        raise SynthesisError(f"{self._name} did not speak it: {problem}", hint or _LATER)

    def _ask(self, line: Line, fetch: Fetch) -> Audio:
        """One answer, in time and of a size that befit the line. Raises AnswerError, ValueError."""
        usual = usual_seconds(line)
        limit = self._policy.timeout + _SECONDS_FOR_SECOND * usual
        most = int(_LEAST_BYTES + _BYTES_FOR_SECOND * usual)
        try:
            data = within(limit, lambda: fetch(line.spoken, most))
        except OverdueError as error:
            raise AnswerError(f"no whole answer in {limit:.0f} s") from error
        return decode(data, longest=_LONGEST * usual + 10.0)
