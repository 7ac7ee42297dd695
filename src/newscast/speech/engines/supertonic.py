"""Words -> speech by Supertonic 3 on ONNX Runtime: neural, needs no network once installed, 44.1 kHz.

Four networks: one tells how long the words take, one what they are; from noise of that length, a third
comes to the speech in a few steps, and the last makes the sound of it. They read characters, numbered by
`unicode_indexer.json`, between the tags of a language. The noise is the same for every line, so that the
same line always sounds the same. Weights: OpenRAIL-M, by Supertone; the engine is ours.
"""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
import numpy as np

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Audio, Engine, Line, Samples
from newscast.speech.engines.runtime import open_session, side_by_side
from newscast.speech.split import pieces
from newscast.speech.trim import join_pieces
from newscast.speech.voices import Voice

_GRAPHS = ("duration_predictor.onnx", "text_encoder.onnx", "vector_estimator.onnx", "vocoder.onnx")
_MOST_CHARACTERS = 300  # of one run, as Supertone's own program cuts a text
# What the networks were taught to read otherwise.
_PLAIN = str.maketrans(dict.fromkeys("–—‑", "-") | dict.fromkeys("“”", '"') | dict.fromkeys("‘’´`", "'"))
_ENDINGS = ".!?;:,'\")…"

_Kind = TypeVar("_Kind")
_Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[options] of a card. style: its style, one of the files.

    steps: from noise to speech; more take longer and sound better, up to about 16. speed: above 1 is
    quicker. pause: seconds between the pieces of a line of over 300 characters. seed: of the noise.
    """

    style: str
    steps: Annotated[int, msgspec.Meta(ge=1, le=100)] = 8
    speed: Annotated[float, msgspec.Meta(ge=0.7, le=2)] = 1.05
    pause: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.3
    seed: Annotated[int, msgspec.Meta(ge=0, lt=2**32)] = 1


class _Coder(msgspec.Struct, frozen=True):
    sample_rate: Annotated[int, msgspec.Meta(ge=8000, le=48_000)]
    base_chunk_size: Annotated[int, msgspec.Meta(ge=1)]


class _Latent(msgspec.Struct, frozen=True):
    latent_dim: Annotated[int, msgspec.Meta(ge=1)]
    chunk_compress_factor: Annotated[int, msgspec.Meta(ge=1)]


class _Config(msgspec.Struct, frozen=True):
    """What we need of tts.json."""

    ae: _Coder
    ttl: _Latent


class _Table(msgspec.Struct, frozen=True):
    dims: tuple[int, ...]
    data: Any  # nested lists of numbers


class _Style(msgspec.Struct, frozen=True):
    """A speaker, as the words and as their lengths are to be."""

    style_ttl: _Table
    style_dp: _Table


class Supertonic(Engine):
    """The engine `supertonic`: one set of networks for all lines and voices of a process."""

    revision = "1"  # to be raised when the same card comes to sound different

    def __init__(self, voice: Voice) -> None:
        self._options = voice.settings(Options)
        self._language = voice.language
        self._config = _decode(voice, "tts.json", _Config)
        self._indexer = _decode(voice, "unicode_indexer.json", tuple[int, ...])
        style = _decode(voice, self._options.style, _Style)
        try:
            self._words, self._lengths = (_array(table) for table in (style.style_ttl, style.style_dp))
        except ValueError as error:
            raise VoiceError(f"voice {voice.id}: {self._options.style} is no style: {error}") from error
        files = [voice.file(name) for name in _GRAPHS]
        self.at_once, threads = side_by_side()
        self._graphs = _open_graphs(
            tuple(file.hash for file in files), tuple(voice.check(file)[0] for file in files), threads
        )

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken from its words; in pieces if it is very long."""
        fitting = pieces(line, lambda piece: len(piece.spoken) <= _MOST_CHARACTERS)
        return join_pieces([self._run(piece.spoken) for piece in fitting], self._options.pause)

    def _run(self, spoken: str) -> Audio:
        duration, encoder, estimator, vocoder = self._graphs
        options, rate = self._options, self._config.ae.sample_rate
        ids = np.array([character_ids(spoken, self._language, self._indexer)], np.int64)
        text = {"text_ids": ids, "text_mask": np.ones((1, 1, ids.size), np.float32)}
        seconds = duration.run(None, text | {"style_dp": self._lengths})[0] / options.speed
        embedded = encoder.run(None, text | {"style_ttl": self._words})[0]
        latent = self._noise(int(seconds.max() * rate))
        steady = {
            "text_emb": embedded,
            "style_ttl": self._words,
            "text_mask": text["text_mask"],
            "latent_mask": np.ones((1, 1, latent.shape[2]), np.float32),
            "total_step": np.array([options.steps], np.float32),
        }
        for step in range(options.steps):
            now = {"noisy_latent": latent, "current_step": np.array([step], np.float32)}
            latent = estimator.run(None, steady | now)[0]
        samples: Samples = vocoder.run(None, {"latent": latent})[0].reshape(-1)
        return Audio(samples.clip(-1.0, 1.0), rate)

    def _noise(self, samples: int) -> _Floats:
        """Shape (1, channels, frames), enough frames for so many samples."""
        latent = self._config.ttl
        frame = self._config.ae.base_chunk_size * latent.chunk_compress_factor
        shape = (1, latent.latent_dim * latent.chunk_compress_factor, -(-samples // frame))
        # The generator whose numbers NumPy promises never to change.
        return np.random.RandomState(self._options.seed).standard_normal(shape).astype(np.float32)


def character_ids(spoken: str, language: str, indexer: tuple[int, ...]) -> list[int]:
    """The networks' numbers of the characters of a line, between the tags of its language.

    Raises SynthesisError if a character has no number: nothing is skipped.
    """
    plain = " ".join(unicodedata.normalize("NFKD", spoken).translate(_PLAIN).split())
    ended = plain if plain.endswith(tuple(_ENDINGS)) else f"{plain}."
    ids = []
    for sign in f"<{language}>{ended}</{language}>":
        number = indexer[ord(sign)] if ord(sign) < len(indexer) else -1
        if number < 0:
            raise SynthesisError(f"Supertonic has no character {sign}")
        ids.append(number)
    return ids


def _decode(voice: Voice, name: str, kind: type[_Kind]) -> _Kind:
    try:
        return msgspec.json.decode(voice.read(voice.file(name)), type=kind)
    except msgspec.MsgspecError as error:
        raise VoiceError(f"voice {voice.id}: {name} is not Supertonic's: {error}") from error


def _array(table: _Table) -> _Floats:
    return np.array(table.data, np.float32).reshape(table.dims)


@cache  # for all episodes and voices of this process: they take 400 MB
def _open_graphs(_hashes: tuple[str, ...], paths: tuple[Path, ...], threads: int) -> tuple[Any, ...]:
    return tuple(open_session(path, threads) for path in paths)
