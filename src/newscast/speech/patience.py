"""A line, and a way to ask for it -> its sound: patience with services that promise nothing.

An online voice slows down, refuses, hangs up, and sends pages or half a sound in place of speech. What
may pass is tried again, a few times and ever more slowly; what arrives must hold the whole line.
"""

import math
import random
import time
from collections.abc import Callable, Mapping
from http.client import responses
from typing import Annotated

import msgspec

from newscast.errors import SynthesisError
from newscast.model import Audio, Line
from newscast.speech.clip import lost, trim
from newscast.speech.codec import decode

LATEST_RETRY = 60.0  # seconds: a server that asks for more patience is not waited for
_MAY_PASS = {408, 425, 429, 500, 502, 503, 504}

Seconds = Annotated[float, msgspec.Meta(ge=0, le=60)]


class Manners(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[options] that all online voices have. timeout: seconds without an answer.

    attempts: times a line is tried. wait: seconds before the second attempt, doubled before each
    further one. interval: seconds from one line to the next at the least, so as not to be shut out.
    """

    timeout: Seconds = 15.0
    attempts: Annotated[int, msgspec.Meta(ge=1, le=10)] = 4
    wait: Seconds = 1.0
    interval: Seconds = 0.3

    def patience(self, attempt: int) -> float:
        """Seconds to wait after that attempt, 0 for the first; jittered, lest many return at once."""
        return self.wait * 2.0**attempt * random.uniform(0.75, 1.25)


class AnswerError(Exception):
    """One attempt that came to nothing. after: seconds after which it may pass, inf if it never will."""

    def __init__(self, problem: str, after: float = 0.0) -> None:
        super().__init__(problem)
        self.after = after


def refusal(status: int, headers: Mapping[str, str], said: str = "") -> AnswerError:
    """What a refusing HTTP status means. said: the server's own words, if they are worth repeating."""
    problem = f"{status} {responses.get(status, '')}".strip() + (f", {said}" if said else "")
    if status not in _MAY_PASS:
        return AnswerError(problem, math.inf)
    after = headers.get("Retry-After", "")
    return AnswerError(problem, float(after) if after.isdecimal() else 0.0)


class Service:
    """An online voice as one process knows it. name: for messages."""

    def __init__(self, name: str, manners: Manners) -> None:
        self._name = name
        self._manners = manners
        self._earliest = 0.0  # of the next request, on the monotonic clock

    def speak(self, line: Line, fetch: Callable[[str], bytes]) -> Audio:
        """The line, by `fetch`: words -> a sound file, or AnswerError. Raises SynthesisError."""
        problem = ""
        for attempt in range(self._manners.attempts):
            time.sleep(max(0.0, self._earliest - time.monotonic()))
            self._earliest = time.monotonic() + self._manners.interval
            patience = self._manners.patience(attempt)
            try:
                audio = decode(fetch(line.spoken))
                problem = lost(trim(audio), line)
                if not problem:
                    return audio
            except AnswerError as error:
                patience = max(patience, error.after)
                problem = str(error)
            except ValueError as error:  # a page, or noise
                problem = str(error)
            if patience > LATEST_RETRY:
                break
            self._earliest = max(self._earliest, time.monotonic() + patience)
        raise SynthesisError(f"{self._name} did not speak it: {problem}", "again later, or another --voice")
