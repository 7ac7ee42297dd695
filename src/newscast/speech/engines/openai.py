"""Words -> speech by any server that speaks OpenAI's POST /v1/audio/speech, at its own sample rate.

Kokoro-FastAPI, LocalAI and others on one's own machine, or OpenAI and others in the cloud
(https://platform.openai.com/docs/api-reference/audio/createSpeech).
"""

import json
from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice
from typing import Annotated, Literal

import httpx
import msgspec

from newscast.errors import SynthesisError
from newscast.model import Audio, Engine, Line
from newscast.plain import plain, shorten
from newscast.retry import RetryPolicy
from newscast.speech.keys import KEY_NAME, confirm, key_for, mask, origin
from newscast.speech.service import Service, collect, connection_error, http_error
from newscast.speech.voices import Voice

_MOST_SAID = 200  # characters of a server's own words in a message
_PIECES_OF_REFUSAL = 16  # of 4,096 bytes: what is read of them


class Options(RetryPolicy, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[options] of a card, besides patience's. url: what /audio/speech comes after, so it ends in /v1.

    model, voice, format, speed: as the server knows them. key_env: the environment variable that holds
    the key, see keys.py; without it none is sent, and servers of one's own want none.
    """

    url: Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s?#@]+\Z")]
    model: Annotated[str, msgspec.Meta(min_length=1)]
    voice: Annotated[str, msgspec.Meta(min_length=1)]
    format: Literal["mp3", "wav", "flac"] = "mp3"
    speed: Annotated[float, msgspec.Meta(ge=0.25, le=4)] = 1.0
    key_env: Annotated[str, msgspec.Meta(pattern=KEY_NAME)] = "OPENAI_API_KEY"


class OpenAI(Engine):
    """The engine `openai`."""

    revision = "1"  # to be raised when the same card comes to sound different

    def __init__(self, voice: Voice) -> None:
        self._options = voice.settings(Options)
        self._address = self._options.url.rstrip("/") + "/audio/speech"
        self._key = key_for(self._options.key_env, self._address, voice.id)
        self._service = Service(self._address, self._options)

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken from its words in one request."""
        return self._service.speak(line, self._fetch)

    def _fetch(self, spoken: str, most: int) -> bytes:
        """A sound file. Raises AnswerError, or SynthesisError if the key is not taken."""
        options = self._options
        body = {
            "model": options.model,
            "voice": options.voice,
            "input": spoken,
            "response_format": options.format,
            "speed": options.speed,
        }
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        try:
            with httpx.stream(
                "POST", self._address, json=body, headers=headers, timeout=options.timeout
            ) as answer:
                if answer.is_success:
                    return collect(answer.iter_bytes(), most)
                said = b"".join(islice(answer.iter_bytes(4096), _PIECES_OF_REFUSAL))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise connection_error(error) from error
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            held = "the key in" if self._key else "no key: there is none in"
            raise SynthesisError(
                f"{self._address} refuses {held} {options.key_env}", f"export {options.key_env}=…"
            )
        raise http_error(answer.status_code, answer.headers, self._words(said))

    def _words(self, said: bytes) -> str:
        """What a server says of its refusal, such as which voices it has; never the key, nor a part of it."""
        try:
            words = " ".join(_strings(json.loads(said)))
        except (ValueError, RecursionError):
            return ""
        return shorten(mask(plain(words), self._key), _MOST_SAID)


def confirm_key(voice: Voice) -> tuple[str, str]:
    """Let the key that a card names go where the card says: which key, and where."""
    options = voice.settings(Options)
    confirm(options.key_env, options.url)
    return options.key_env, origin(options.url)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
