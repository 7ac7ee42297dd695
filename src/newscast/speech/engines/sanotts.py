"""IPA -> speech by sanoTTS' Indonesian voice: neural, 6 MB, on numpy alone, needs no network, 22.05 kHz.

The networks are in the package sanotts, which also reads for us what is spelled; the weights are
downloaded. It was taught by Piper's id_ID-news_tts-medium, so it is fed as Piper is.
"""

import threading
from typing import Annotated, Any

import msgspec
import numpy as np

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Audio, Engine, Line, Samples
from newscast.speech.engines.piper import phoneme_ids
from newscast.speech.split import pieces
from newscast.speech.trim import join_pieces
from newscast.speech.voices import Voice

SAMPLE_RATE = 22_050
_MOST_PHONEMES = 155  # of one run: it was taught with 313 numbers at the most
_BREATH = 0.15  # seconds between the pieces of a line that is longer than that

# Piper's numbers of the symbols that the voice was taught: they run on from the first of each row.
_ROWS = {
    0: "_^$ !",
    8: ",",
    10: ".:;?ab",
    17: "def",
    20: "hijklmnop",
    30: "rstuvwx",
    38: "z",
    44: "ŋ",
    54: "ɔ",
    59: "ə",
    61: "ɛ",
    66: "ɡ",
    74: "ɪ",
    82: "ɲ",
    96: "ʃ",
    100: "ʊ",
    108: "ʒʔ",
    120: "ˈˌ",
}
#: What the voice has a number for.
IDS = {symbol: (first + i,) for first, row in _ROWS.items() for i, symbol in enumerate(row)}

_Shape = tuple[str, tuple[int, ...]]
_Weights = dict[str, Samples]
_Network = tuple[_Weights, dict[str, Any]]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[options] of a card. front, decoder: its two networks, of the files.

    length_scale: above 1 is slower than it was taught; 1.16 is sanoTTS' own.
    """

    front: str = "front_f32.bin"
    decoder: str = "dec_f32.bin"
    length_scale: Annotated[float, msgspec.Meta(ge=0.5, le=2)] = 1.16


class Sanotts(Engine):
    """The engine `sanotts`."""

    revision = "1"  # to be raised when the same card comes to sound different
    at_once = 2  # one thread each: it is some times faster than speech even so

    def __init__(self, voice: Voice) -> None:
        self._options = options = voice.settings(Options)
        try:
            self._duration, self._acoustic = _read_front(voice.read(voice.file(options.front)))
            self._decoder = _read_decoder(voice.read(voice.file(options.decoder)))
        except ValueError as error:
            raise VoiceError(f"voice {voice.id}: its files are no voice of sanoTTS: {error}") from error

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken from its phonemes; in pieces if it is longer than the voice was taught with."""
        if not line.phonemes:
            raise SynthesisError("it has no phonemes")
        spoken = [self._run(p) for p in pieces(line, lambda p: len(p.phonemes) <= _MOST_PHONEMES)]
        return join_pieces(spoken, _BREATH)

    def _run(self, line: Line) -> Audio:
        from sanotts.models import acoustic_forward, decoder_forward, duration_forward

        ids = np.array(phoneme_ids(line.phonemes, IDS))
        with _one_blas_thread:
            frames = duration_forward(*self._duration, ids, length_scale=self._options.length_scale)
            samples: Samples = decoder_forward(*self._decoder, acoustic_forward(*self._acoustic, ids, frames))
        return Audio(samples.clip(-1.0, 1.0), SAMPLE_RATE)


class _OneBlasThread:
    """BLAS without threads of its own while any line is being said, and as it was before after that.

    The matrices are so small that its threads do nothing but wait for each other, ten times as long.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._limits: Any = None

    def __enter__(self) -> None:
        from threadpoolctl import threadpool_limits

        with self._lock:
            if not self._inside:
                self._limits = threadpool_limits(1, user_api="blas")
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._limits.restore_original_limits()


_one_blas_thread = _OneBlasThread()


# --- the files: integers, offset and size of each tensor, all tensors in float32; for the order, see below


def _read_front(data: bytes) -> tuple[_Network, _Network]:
    """The networks that tell how long each sound is, and what it is like."""
    header, tensors = _read(data, b"RFNS", 18)
    _, _, vocab, size, depth, width, most, longest, *rest = header
    sounds, hidden, token_depth, frame_depth, reach, channels, adapter, *_ = rest
    if adapter:
        raise ValueError("it has an adapter")
    durations = _named(
        [
            ("embedding.weight", (vocab, size)),
            *_projection("input_proj", size, size + 3),
            *_blocks("blocks", depth, size, width),
            *_projection("output", 1, size),
        ],
        tensors[: 5 + 5 * depth],
    )
    acoustics = _named(
        [
            ("embedding.weight", (sounds, hidden)),
            *_projection("token_input_proj", hidden, hidden + 2),
            *_blocks("token_blocks", token_depth, hidden, reach),
            *_projection("frame_input_proj", hidden, hidden + 3),
            *_blocks("frame_blocks", frame_depth, hidden, reach),
            *_projection("output", channels, hidden),
        ],
        tensors[5 + 5 * depth :],
    )
    timing = {"architecture": "duration_conv", "vocab_size": vocab, "hidden": size, "depth": depth}
    tone = {"architecture": "token_context", "vocab_size": sounds, "hidden": hidden, "depth": frame_depth}
    return (
        (durations, timing | {"max_tokens": most, "max_duration": longest}),
        (acoustics, tone | {"token_depth": token_depth, "out_channels": channels}),
    )


def _read_decoder(data: bytes) -> _Network:
    """The network that makes the sound."""
    header, tensors = _read(data, b"LPNS", 12)
    _, _, latent, *channels = header[:7]
    if header[7]:
        raise ValueError("it has a post-filter")
    shapes: list[_Shape] = _layer("pre", channels[0], latent, 7)
    for stage, (wide, narrow, width) in enumerate(zip(channels, channels[1:], (16, 16, 8), strict=False)):
        shapes += [(f"up{stage}.weight", (wide, narrow, width)), (f"up{stage}.bias", (narrow,))]
        for branch, reach in enumerate((3, 5, 7)):
            for layer in ("conv1", "conv2"):
                shapes += _layer(f"res{stage}.0.blocks.{branch}.{layer}", narrow, narrow, reach)
    shapes += _layer("post", 1, channels[-1], 7)
    return _named(shapes, tensors), {"variant": "piperlite", "channels": channels}


def _read(data: bytes, magic: bytes, length: int) -> tuple[list[int], list[Samples]]:
    """A file's header of so many integers, and its tensors."""
    numbers = np.frombuffer(data, "<i4")
    header: list[int] = numbers[:length].tolist()
    if data[:4] != magic or header[1] != 1:
        raise ValueError("it has another format")
    places = numbers[length : length + 2 * header[-1]].reshape(-1, 2)
    floats = np.frombuffer(data, "<f4")[length + places.size :]
    return header, [floats[start : start + size] for start, size in places]


def _named(shapes: list[_Shape], tensors: list[Samples]) -> _Weights:
    return {name: tensor.reshape(shape) for (name, shape), tensor in zip(shapes, tensors, strict=True)}


def _projection(name: str, outer: int, inner: int) -> list[_Shape]:
    return [(f"{name}.weight", (outer, inner)), (f"{name}.bias", (outer,))]


def _layer(name: str, outer: int, inner: int, width: int) -> list[_Shape]:
    return [(f"{name}.weight", (outer, inner, width)), (f"{name}.bias", (outer,))]


def _blocks(name: str, depth: int, size: int, width: int) -> list[_Shape]:
    """So many residual blocks of two layers."""
    return [
        shape
        for i in range(depth)
        for shape in (
            (f"{name}.{i}.scale", (1,)),
            *_layer(f"{name}.{i}.net.0", size, size, width),
            *_layer(f"{name}.{i}.net.2", size, size, width),
        )
    ]
