"""A measured sound and how loud it should be -> one gain and a limiter, both solved before they are used.

The limiter looks ahead: it knows every true peak of the sound. Decibels it takes away rise and fall in
straight lines before and after a peak; where peaks are close, the deeper line holds. All is worked out
on blocks of 2 ms, so a programme is read once to be measured and once to be encoded.
"""

import math

import msgspec
import numpy as np
from numpy.typing import NDArray

from newscast.audio.loudness import BLOCKS, SILENCE, STEP, Measured, Readings, gated
from newscast.errors import AudioError
from newscast.model import Samples

#: LU that the solved loudness may be off.
TOLERANCE = 0.02
ROUNDS = 12
#: The limiter gives back some 0.6 dB of each decibel of more gain, so ask for more than is missing.
MORE = 1.5
#: dB a block (2 ms) by which the limiter takes hold and lets go: 8 dB in 6 ms, and back in 80 ms.
HOLD, RELEASE = 2.5, 0.2
#: dB kept clear of the ceiling, for readings in 16 bits and for the slope of the gain between samples.
MARGIN = 0.1
#: Blocks that are solved at a time: 50 s, so that memory does not grow with a programme.
CHUNK = 500 * STEP


class UnevenError(AudioError):
    """So much loudness would lift peaks that the limiter has to take away again."""


class Master(msgspec.Struct, frozen=True, eq=False):
    """gain: dB for all of the sound. over: dB by which its highest peak would then exceed the ceiling."""

    peak: Readings
    gain: float
    ceiling: float
    over: float

    def reduction(self, start: int, stop: int) -> NDArray[np.float64]:
        """dB to take away at the edges of the blocks from start to stop: shape (stop - start + 1,)."""
        before, after = (math.ceil(max(0.0, self.over) / slope) + 1 for slope in (RELEASE, HOLD))
        first, last = max(0, start - before), min(len(self.peak), stop + after)
        with np.errstate(divide="ignore"):
            needed = 20 * np.log10(self.peak[first:last].astype(np.float32)) + np.float32(
                self.gain - self.ceiling + MARGIN
            )
        # An edge has to hold for the blocks on both sides of it.
        edges = np.maximum(np.append(needed, -np.inf), np.insert(needed, 0, -np.inf)).clip(0)
        way = np.arange(len(edges), dtype=np.float64)
        fall = np.maximum.accumulate(edges + way * RELEASE) - way * RELEASE
        rise = np.maximum.accumulate((edges - way * HOLD)[::-1])[::-1] + way * HOLD
        found: NDArray[np.float64] = np.maximum(fall, rise)[start - first : stop - first + 1]
        return found

    def apply(self, samples: Samples, start: int, rate: int) -> Samples:
        """A piece of the sound, mastered. samples: shape (channels, n). start: samples before it."""
        size, count = rate // BLOCKS, samples.shape[1]
        first, last = start // size, -(-(start + count) // size)
        reduction = self.reduction(first, last)
        if not reduction.any():
            return samples * np.float32(10 ** (self.gain / 20))
        factors = 10 ** ((self.gain - reduction) / 20)
        at_edges = np.arange(first, last + 1) * size
        curve = np.interp(np.arange(start, start + count), at_edges, factors)
        mastered: Samples = samples * curve.astype(np.float32)
        return mastered


def solve(measured: Measured, lufs: float = -16.0, ceiling: float = -1.0) -> Master:
    """The gain and limiter that bring a sound to an integrated loudness (LUFS) below a peak (dBTP).

    Raises AudioError for silence, and for a sound whose peaks are too sharp for so much loudness.
    """
    before = measured.integrated
    if before < SILENCE:
        raise AudioError("there is nothing to hear: the sound is silent or shorter than 0.4 s")
    gain = lufs - before
    for _ in range(ROUNDS):
        over = measured.true_peak + gain - ceiling + MARGIN
        master = Master(measured.peak, gain, ceiling, over)
        missing = lufs - mastered_loudness(measured, master)
        if abs(missing) <= TOLERANCE:
            return master
        gain += MORE * missing
    raise UnevenError(f"the sound is too uneven to be brought to {lufs:g} LUFS")


def mastered_loudness(measured: Measured, master: Master) -> float:
    """LUFS that the sound will have. K-weighting and so slow a gain can change places."""
    steps: list[NDArray[np.float64]] = []
    count = len(measured.power) // STEP * STEP
    for start in range(0, count, CHUNK):
        stop = min(start + CHUNK, count)
        reduction = master.reduction(start, stop)
        mean = (reduction[1:] + reduction[:-1]) / 2
        energy = np.square(measured.power[start:stop], dtype=np.float32) * 10 ** ((master.gain - mean) / 10)
        steps.append(energy.reshape(-1, STEP).mean(axis=1, dtype=np.float64))
    return gated(np.concatenate(steps)) if steps else -math.inf
