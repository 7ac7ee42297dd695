"""Words -> speech by Google Translate, through gTTS: an MP3 over the network, 24 kHz.

The service is free and promises nothing: it slows down, refuses, hangs up, and sends pages or half a
sound in place of speech. What may pass is tried again, a few times and ever more slowly; what arrives is
checked against the line.
"""

import io
import random
import time
from typing import Annotated

import msgspec
from gtts import gTTS, gTTSError
from requests import RequestException

from newscast.errors import SynthesisError
from newscast.model import Audio, Line
from newscast.speech.clip import fault, trim
from newscast.speech.codec import decode
from newscast.speech.voices import Voice

_LATEST_RETRY = 60.0  # seconds: a server that asks for more patience is not waited for
_MAY_PASS = {408, 425, 429, 500, 502, 503, 504}

Seconds = Annotated[float, msgspec.Meta(ge=0, le=60)]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[options] of a card. timeout: seconds without an answer. attempts: times a line is tried.

    wait: seconds before the second attempt, doubled before each further one.
    interval: seconds from one line to the next at the least, so as not to be shut out.
    tld: of translate.google.<tld>.
    """

    lang: str = "id"
    tld: str = "com"
    slow: bool = False
    timeout: Seconds = 15.0
    attempts: Annotated[int, msgspec.Meta(ge=1, le=10)] = 4
    wait: Seconds = 1.0
    interval: Seconds = 0.3


class Gtts:
    """The engine `gtts`."""

    revision = "1"  # to be raised when the same card comes to sound different

    def __init__(self, voice: Voice) -> None:
        self._options = voice.settings(Options)
        self._earliest = 0.0  # of the next line, on the monotonic clock

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken from its words; gTTS cuts a long one into requests itself."""
        problem = ""
        for attempt in range(self._options.attempts):
            time.sleep(max(0.0, self._earliest - time.monotonic()))
            self._earliest = time.monotonic() + self._options.interval
            patience = self._options.wait * 2**attempt * random.uniform(0.75, 1.25)
            try:
                audio = decode(self._fetch(line.spoken))
                problem = fault(trim(audio), line)
                if not problem:
                    return audio
            except gTTSError as error:
                patience = max(patience, _passes_after(error))
                problem = str(error)
            except (RequestException, ValueError) as error:  # cut off in the middle; not base64, not MP3
                problem = str(error)
            if patience > _LATEST_RETRY:
                break
            self._earliest = max(self._earliest, time.monotonic() + patience)
        raise SynthesisError(f"Google Translate did not speak it: {problem}", "try later, or another --voice")

    def _fetch(self, spoken: str) -> bytes:
        """MP3. Raises gTTSError, RequestException or ValueError."""
        options = self._options
        file = io.BytesIO()
        try:
            gTTS(
                spoken,
                lang=options.lang,
                tld=options.tld,
                slow=options.slow,
                lang_check=False,  # which asks the network, for an answer that never changes
                timeout=options.timeout,
            ).write_to_fp(file)
        except AssertionError as error:
            raise SynthesisError("it has no words") from error
        return file.getvalue()


def _passes_after(error: gTTSError) -> float:
    """Seconds after which the trouble may have passed; infinite if it will not pass by itself."""
    if error.rsp is None:  # no connection, or none that lasted
        return 0.0
    if error.rsp.status_code not in _MAY_PASS:
        return float("inf")
    after = error.rsp.headers.get("Retry-After", "")
    return float(after) if after.isdecimal() else 0.0
