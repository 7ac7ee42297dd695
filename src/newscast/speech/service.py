"""A line, and a way to ask for it -> its sound: patience with services that promise nothing.

An online voice slows down, refuses, hangs up, and sends pages or half a sound in place of speech. What
may pass is tried again, a few times and ever more slowly; what arrives must hold the whole line.
"""

import math
import time
from collections.abc import Callable, Mapping
from http.client import responses

from newscast.errors import SynthesisError
from newscast.model import Audio, Line
from newscast.retry import MAY_PASS, RetryPolicy, retry_after
from newscast.speech.codec import decode
from newscast.speech.judge import missing
from newscast.speech.trim import trim


class AnswerError(Exception):
    """One attempt that came to nothing. after: seconds after which it may pass, inf if it never will."""

    def __init__(self, problem: str, after: float = 0.0) -> None:
        super().__init__(problem)
        self.after = after


def http_error(status: int, headers: Mapping[str, str], said: str = "") -> AnswerError:
    """What a refusing HTTP status means. said: the server's own words, if they are worth repeating."""
    problem = f"{status} {responses.get(status, '')}".strip() + (f", {said}" if said else "")
    if status not in MAY_PASS:
        return AnswerError(problem, math.inf)
    return AnswerError(problem, retry_after(headers))


class Service:
    """An online voice as one process knows it. name: for messages."""

    def __init__(self, name: str, policy: RetryPolicy) -> None:
        self._name = name
        self._policy = policy
        self._earliest = 0.0  # of the next request, on the monotonic clock

    def speak(self, line: Line, fetch: Callable[[str], bytes]) -> Audio:
        """The line, by `fetch`: words -> a sound file, or AnswerError. Raises SynthesisError."""
        problem = ""
        for attempt in range(self._policy.attempts):
            time.sleep(max(0.0, self._earliest - time.monotonic()))
            self._earliest = time.monotonic() + self._policy.interval
            after = 0.0
            try:
                audio = decode(fetch(line.spoken))
                problem = missing(trim(audio), line)
                if not problem:
                    return audio
            except AnswerError as error:
                after, problem = error.after, str(error)
            except ValueError as error:  # a page, or noise
                problem = str(error)
            delay = self._policy.delay(attempt, after)
            if delay is None:
                break
            self._earliest = max(self._earliest, time.monotonic() + delay)
        raise SynthesisError(f"{self._name} did not speak it: {problem}", "again later, or another --voice")
