"""IPA -> speech by a Piper voice on ONNX Runtime: neural, needs no network once installed, often 22.05 kHz.

A Piper voice is a VITS network, `<name>.onnx`, and `<name>.onnx.json` that says which number each phoneme
has. Piper itself asks eSpeak NG for the phonemes; we give ours, written as eSpeak NG's Indonesian writes
them, for that is what the voices learned from.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Audio, Engine, Line, Samples
from newscast.speech.engines.runtime import open_session
from newscast.speech.split import pieces
from newscast.speech.trim import join_pieces
from newscast.speech.voices import Voice

_PAD, _START, _END = "_", "^", "$"
_MOST_PHONEMES = 400  # of one run: memory grows with the square
_BREATH = 0.2  # seconds between the pieces of a line that is longer than that
_SEED = 1  # of the noise

# IPA (see model.Line) -> what eSpeak NG's Indonesian prints for it, then what comes near to it: the first
# that a voice has is taken.
_SPELLINGS = {
    "eɪ": ("ɛi", "ei"),
    "ɔɪ": ("oi",),
    "e": ("ɛ", "e"),
    "ʃ": ("ç", "ʃ", "s"),
    "x": ("x", "h"),
    "ʔ": ("ʔ", "k"),
    "ɡ": ("ɡ", "g"),
    "ɲ": ("ɲ", "nj"),
    "ŋ": ("ŋ", "n"),
    "ʒ": ("ʒ", "dʒ", "z"),
    "ɪ": ("ɪ", "i"),
    "ʊ": ("ʊ", "u"),
    "ˌ": ("ˌ", "ˈ"),
}
_SYMBOL = re.compile("|".join([*sorted(_SPELLINGS, key=len, reverse=True), "."]), re.DOTALL)

# The seed is one for the whole process; it is what the noise of a new session begins with.
_lock = threading.Lock()


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[options] of a card. model: the .onnx, one of the files, as is the same name with .json behind it.

    noise_scale, noise_w: how much chance there is in the sound, and in the lengths; Piper's own are often
    0.667 and 0.8, and are heard no better. Above 0 the voice is loaded for each line, in half a second, so
    that a line always sounds the same. length_scale: above 1 is slower than the voice's own pace.
    speaker: which, if it has more than one.
    """

    model: str
    noise_scale: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.0
    noise_w: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.0
    length_scale: Annotated[float, msgspec.Meta(ge=0.5, le=2)] = 1.0
    speaker: Annotated[int, msgspec.Meta(ge=0)] = 0


class _Sound(msgspec.Struct, frozen=True):
    sample_rate: Annotated[int, msgspec.Meta(ge=8000, le=48_000)]


class _Inference(msgspec.Struct, frozen=True):
    length_scale: float = 1.0


class _Config(msgspec.Struct, frozen=True):
    """What we need of `<name>.onnx.json`."""

    audio: _Sound
    phoneme_id_map: dict[str, tuple[int, ...]]
    phoneme_type: Literal["espeak"] = "espeak"
    vowel_clusters: tuple[tuple[str, ...], ...] | None = None
    inference: _Inference = _Inference()


class Piper(Engine):
    """The engine `piper`: one session for all lines of a process, unless there is noise in it."""

    revision = "1"  # to be raised when the same card comes to sound different
    at_once = 2  # one thread each: a voice is many times faster than speech even so

    def __init__(self, voice: Voice) -> None:
        self._options = options = voice.settings(Options)
        self._config = _read_config(voice, f"{options.model}.json")
        model = voice.read(voice.file(options.model))
        session = _open_session(model)
        self._has_speakers = any(put.name == "sid" for put in session.get_inputs())
        # A session's noise goes on from line to line, so a noisy line gets a session of its own.
        noisy = options.noise_scale > 0 or options.noise_w > 0
        self._session: Callable[[], Any] = (lambda: _open_session(model)) if noisy else (lambda: session)

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken from its phonemes; in pieces if it is very long."""
        if not line.phonemes:
            raise SynthesisError("it has no phonemes")
        spoken = [self._run(p) for p in pieces(line, lambda p: len(p.phonemes) <= _MOST_PHONEMES)]
        return join_pieces(spoken, _BREATH)

    def _run(self, line: Line) -> Audio:
        config, options = self._config, self._options
        ids = phoneme_ids(line.phonemes, config.phoneme_id_map, config.vowel_clusters or ())
        pace = config.inference.length_scale * options.length_scale
        feeds = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": np.array([options.noise_scale, pace, options.noise_w], np.float32),
        }
        if self._has_speakers:
            feeds["sid"] = np.array([options.speaker], np.int64)
        samples: Samples = self._session().run(None, feeds)[0].reshape(-1)
        return Audio(samples.clip(-1.0, 1.0), config.audio.sample_rate)


def phoneme_ids(
    phonemes: str, ids: Mapping[str, Sequence[int]], clusters: Iterable[Sequence[str]] = ()
) -> list[int]:
    """The numbers that a Piper voice has for an IPA string, framed and padded as Piper does it.

    ids: the voice's phoneme_id_map. clusters: sounds of two symbols that have one number in it.
    Raises SynthesisError if a sound has no number: nothing is skipped.
    """
    spelled = _SYMBOL.sub(lambda match: _spell(match[0], ids), phonemes)
    sound = re.compile("|".join([*map(re.escape, map("".join, clusters)), "."]))
    said = (number for symbol in sound.findall(spelled) for number in (*ids[symbol], *ids[_PAD]))
    return [*ids[_START], *ids[_PAD], *said, *ids[_END]]


def _spell(symbol: str, known: Container[str]) -> str:
    """A sound as Piper writes it, canonically decomposed, in symbols that the voice has."""
    for choice in _SPELLINGS.get(symbol, (symbol,)):
        spelled = unicodedata.normalize("NFD", choice)
        if all(part in known for part in spelled):
            return spelled
    raise SynthesisError(f"the voice has no phoneme {symbol}")


def _read_config(voice: Voice, name: str) -> _Config:
    try:
        config = msgspec.json.decode(voice.read(voice.file(name)), type=_Config)
    except msgspec.MsgspecError as error:
        raise VoiceError(f"voice {voice.id}: {name} is not a Piper voice's: {error}") from error
    if not config.phoneme_id_map.keys() >= {_PAD, _START, _END}:
        raise VoiceError(f"voice {voice.id}: {name} has no numbers for {_PAD} {_START} {_END}")
    return config


def _open_session(model: bytes) -> Any:
    """The model in memory, on one thread, its noise always the same."""
    import onnxruntime  # half a second, and needed by few voices

    with _lock:
        onnxruntime.set_seed(_SEED)
        return open_session(model, 1)
