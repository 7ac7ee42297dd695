"""Words -> speech by any server that speaks OpenAI's POST /v1/audio/speech, at its own sample rate.

Kokoro-FastAPI, LocalAI and others on one's own machine, or OpenAI and others in the cloud
(https://platform.openai.com/docs/api-reference/audio/createSpeech).
"""

import os
from http import HTTPStatus
from typing import Annotated, Literal

import httpx
import msgspec

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Audio, Engine, Line
from newscast.retry import RetryPolicy
from newscast.speech.service import AnswerError, Service, http_error
from newscast.speech.voices import Voice

_MOST_SAID = 200  # characters of a server's own words in a message


class Options(RetryPolicy, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[options] of a card, besides patience's. url: what /audio/speech comes after, so it ends in /v1.

    model, voice, format, speed: as the server knows them. key_env: the environment variable that holds
    the key; without it none is sent, and servers of one's own want none.
    """

    url: Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s?#@]+$")]
    model: Annotated[str, msgspec.Meta(min_length=1)]
    voice: Annotated[str, msgspec.Meta(min_length=1)]
    format: Literal["mp3", "wav", "flac"] = "mp3"
    speed: Annotated[float, msgspec.Meta(ge=0.25, le=4)] = 1.0
    key_env: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")] = "OPENAI_API_KEY"


class OpenAI(Engine):
    """The engine `openai`."""

    revision = "1"  # to be raised when the same card comes to sound different

    def __init__(self, voice: Voice) -> None:
        self._options = voice.settings(Options)
        self._key = os.environ.get(self._options.key_env, "").strip()
        if any(not "!" <= sign <= "~" for sign in self._key):  # httpx would print it in its complaint
            raise VoiceError(
                f"{self._options.key_env} holds no key: there are spaces or foreign letters in it",
                f"export {self._options.key_env}=…",
            )
        self._address = self._options.url.rstrip("/") + "/audio/speech"
        self._service = Service(self._address, self._options)

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken from its words in one request."""
        return self._service.speak(line, self._fetch)

    def _fetch(self, spoken: str) -> bytes:
        """A sound file. Raises AnswerError, or SynthesisError if the key is not taken."""
        options = self._options
        try:
            response = httpx.post(
                self._address,
                json={
                    "model": options.model,
                    "voice": options.voice,
                    "input": spoken,
                    "response_format": options.format,
                    "speed": options.speed,
                },
                headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
                timeout=options.timeout,
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise AnswerError(str(error) or type(error).__name__) from error
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            held = "the key in" if self._key else "no key: there is none in"
            raise SynthesisError(
                f"{self._address} refuses {held} {options.key_env}", f"export {options.key_env}=…"
            )
        if not response.is_success:
            raise http_error(response.status_code, response.headers, self._words(response))
        return response.content

    def _words(self, response: httpx.Response) -> str:
        """What a server says of its refusal, such as which voices it has; never the key."""
        if "json" not in response.headers.get("Content-Type", ""):
            return ""
        words = " ".join(response.text.split())
        return (words.replace(self._key, "…") if self._key else words)[:_MOST_SAID]
