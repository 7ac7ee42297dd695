"""Words -> speech by the read-aloud service of Microsoft Edge, through edge-tts: an MP3, 24 kHz.

The service is free and promises nothing. edge-tts comes with `pip install 'newscast[edge]'`.
"""

import asyncio
import math
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated
from urllib.request import getproxies, proxy_bypass

import msgspec

from newscast.errors import VoiceError
from newscast.model import Audio, Engine, Line
from newscast.retry import RetryPolicy
from newscast.speech.service import AnswerError, Service, collect, connection_error, http_error
from newscast.speech.voices import Voice

if TYPE_CHECKING:
    from edge_tts import Communicate

_HOST = "speech.platform.bing.com"


class Options(RetryPolicy, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[options] of a card, besides patience's. voice: as Microsoft calls it.

    rate: per cent faster, or slower if below 0. pitch: Hz higher, or lower if below 0.
    """

    voice: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}-[A-Z]{2}-[A-Za-z]+Neural\Z")]
    rate: Annotated[int, msgspec.Meta(ge=-50, le=100)] = 0
    pitch: Annotated[int, msgspec.Meta(ge=-100, le=100)] = 0


class Edge(Engine):
    """The engine `edge`."""

    revision = "1"  # to be raised when the same card comes to sound different

    def __init__(self, voice: Voice) -> None:
        self._options = voice.settings(Options)
        self._service = Service("Microsoft Edge", self._options)
        try:
            import edge_tts  # noqa: F401  an extra, and needed by no other voice
        except ImportError as error:
            raise VoiceError(
                f"voice {voice.id} needs the package edge-tts", "pip install 'newscast[edge]'"
            ) from error

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken from its words; edge-tts cuts one of over 4,096 bytes into requests itself."""
        return self._service.speak(line, lambda spoken, most: asyncio.run(self._fetch(spoken, most)))

    async def _fetch(self, spoken: str, most: int) -> bytes:
        """MP3. Raises AnswerError."""
        from aiohttp import ClientConnectorError, ClientError, ClientResponseError
        from edge_tts import Communicate
        from edge_tts.exceptions import EdgeTTSException

        options = self._options
        seconds = math.ceil(options.timeout) or 1
        request = Communicate(
            spoken,
            options.voice,
            rate=f"{options.rate:+d}%",
            pitch=f"{options.pitch:+d}Hz",
            proxy=_proxy(),
            connect_timeout=seconds,
            receive_timeout=seconds,
        )
        try:
            return await _listen(request, options.timeout, most)
        except TimeoutError as error:
            raise AnswerError(f"no answer in {options.timeout:g} s") from error
        except ClientResponseError as error:
            if error.status < HTTPStatus.BAD_REQUEST:
                raise AnswerError("a page in place of a sound") from error
            raise http_error(error.status, error.headers or {}) from error
        except ClientConnectorError as error:
            raise AnswerError(f"no connection to {error.host}: {error.strerror}") from error
        except (ClientError, EdgeTTSException, OSError) as error:
            raise connection_error(error) from error


async def _listen(request: "Communicate", patience: float, most: int) -> bytes:
    """The sound of a request. Raises TimeoutError after so many seconds in which nothing came.

    A WebSocket that has been opened has no timeout of its own, and edge-tts takes a closed one for an end.
    """
    parts: list[bytes] = []
    task = asyncio.ensure_future(_collect(request, parts))
    heard = -1
    while not task.done() and len(parts) > heard and sum(map(len, parts)) <= most:
        heard = len(parts)
        await asyncio.wait({task}, timeout=patience)
    if not task.done():
        task.cancel()
        await asyncio.wait({task})
        collect(parts, most)
        raise TimeoutError
    task.result()
    sound = collect(parts, most)
    if request.state["cumulative_audio_bytes"] != len(sound):  # it counts only what came to its real end
        raise AnswerError("it hung up in the middle")
    return sound


async def _collect(request: "Communicate", parts: list[bytes]) -> None:
    async for chunk in request.stream():
        if chunk["type"] == "audio":
            parts.append(chunk["data"])  # noqa: PERF401  one by one: _listen counts them meanwhile


def _proxy() -> str | None:
    """The proxy for HTTPS too: by itself edge-tts looks for WSS_PROXY only, which nobody sets."""
    proxies = getproxies()
    return None if proxy_bypass(_HOST) else proxies.get("wss") or proxies.get("https")
