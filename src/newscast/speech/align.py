"""A clip, its line's sounds -> how well these sounds, one after another, explain what is heard.

A forced alignment in small. Every sound of the IPA has one Gaussian over the cepstrum of 10 ms, learned by
tools/make_sounds.py from what our own voices said; a line is its sounds in a row, with a pause allowed
wherever words meet; Viterbi's algorithm lays the row over the frames.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from newscast.model import Audio
from newscast.speech.cepstrum import Floats, features

_FILE = Path(__file__).with_name("sounds.npz")
_PAUSE = " "
_STATES = 2  # of a sound, alike: so that it lasts 20 ms at the least
_SPEEDS = (0.85, 1.18)  # of a child or a giant, seen from a woman or a man
_NEVER = np.float32(-1e30)

Places = NDArray[np.int64]


class Sounds(msgspec.Struct, frozen=True, eq=False):
    """What each sound is like. symbols: IPA, and a space for a pause.

    mean, deviation: shape (symbols, features).
    """

    symbols: str
    mean: Floats
    deviation: Floats


def lacks(clip: Audio, phonemes: str) -> Literal["", "first", "last"]:
    """Which word, or more from there, a clip lacks: the line explains it better without.

    "" also for a line of one word, and for one with more sounds than the clip has room for. A speaker whose
    throat is shorter or longer than those that the sounds were learned from is met half-way (vocal tract
    length normalization): the clip is heard at other speeds too, and the one that fits best is believed.
    """
    row, ends = row_of(phonemes, _sounds().symbols)
    if len(ends) < 2:
        return ""
    word, fit = _verdict(clip, row, ends)
    for speed in _SPEEDS if word else ():
        other, better = _verdict(Audio(clip.samples, int(clip.sample_rate * speed)), row, ends)
        word, fit = (other, better) if better > fit else (word, fit)
    return word


def _verdict(clip: Audio, row: Places, ends: Places) -> tuple[Literal["", "first", "last"], float]:
    """Which word is better left out, and how likely a frame is when none is."""
    seen = features(clip)
    if len(row) > len(seen):
        return "", float(_NEVER)
    scores, pauses = likelihoods(seen, _sounds())[:, row], row == row[0]
    whole, shorter = _whole_and_shorter(scores, pauses, ends)
    if shorter > whole:
        return "last", whole / len(seen)
    backwards = len(row) - 1 - np.concatenate([[0], ends[:-1]])[::-1]
    whole, shorter = _whole_and_shorter(scores[::-1, ::-1], pauses[::-1], backwards)
    return ("first" if shorter > whole else ""), whole / len(seen)


def _whole_and_shorter(scores: Floats, optional: NDArray[np.bool_], ends: Places) -> tuple[float, float]:
    """How well all frames are explained by the whole row, and by the best one that ends with another word."""
    best = _best_ways(scores, optional)
    at_ends = np.maximum(best[ends], best[ends - 1])  # with a pause behind it, or without
    return float(at_ends[-1]), float(at_ends[:-1].max())


def row_of(phonemes: str, symbols: str) -> tuple[Places, Places]:
    """A line's sounds in a row, as places in `symbols`; and where in that row its words end."""
    pause = symbols.index(_PAUSE)
    row, ends = [pause], []
    for word in phonemes.split():
        sounds = [symbols.index(sound) for sound in word if sound in symbols]
        if sounds:
            row += [sound for sound in sounds for _ in range(_STATES)] + [pause]
            ends.append(len(row) - 1)
    return np.array(row, np.int64), np.array(ends, np.int64)


def likelihoods(seen: Floats, sounds: Sounds) -> Floats:
    """Shape (frames, symbols): the logarithm of how likely each frame is as each sound."""
    weight = 1.0 / np.square(sounds.deviation)
    constant = np.log(sounds.deviation).sum(axis=1) + 0.5 * (np.square(sounds.mean) * weight).sum(axis=1)
    scores: Floats = np.square(seen) @ (-0.5 * weight.T) + seen @ (sounds.mean * weight).T - constant
    return scores


def steps(best: Floats, optional: NDArray[np.bool_]) -> Floats:
    """Shape (3, states): the best ways to each state: staying, from the one before, over a pause."""
    ways = np.full((3, len(best)), _NEVER, np.float32)
    ways[0] = best
    ways[1, 1:] = best[:-1]
    ways[2, 2:] = np.where(optional[1:-1], best[:-2], _NEVER)
    return ways


def _best_ways(scores: Floats, optional: NDArray[np.bool_]) -> Floats:
    """For each state, the best way from the first sound to it that explains all frames."""
    best = np.full(scores.shape[1], _NEVER, np.float32)
    best[:2] = scores[0, :2]
    for frame in scores[1:]:
        best = steps(best, optional).max(axis=0) + frame
    return best


@cache
def _sounds() -> Sounds:
    with np.load(BytesIO(_FILE.read_bytes())) as stored:
        return Sounds(str(stored["symbols"]), stored["mean"], stored["deviation"])
