"""Sound in pieces -> how loud it is, and where: EBU R 128 (ITU-R BS.1770-5, EBU Tech 3341).

A `Meter` is what levels an episode: it hears a sound once and keeps four bytes for each BLOCK. The
finished file is judged by FFmpeg's own ebur128, in `listen`.
"""

import math
from collections.abc import Iterable

import msgspec
import numpy as np
from numpy.typing import NDArray

from newscast.audio.filters import Filters, pieces
from newscast.model import Audio, Samples

#: Blocks a second: 2.04 ms at 44.1 kHz, the time in which a limiter takes hold.
BLOCKS = 490
#: Blocks in 100 ms; four make the 400 ms in which the standard hears loudness, one is its step.
STEP = BLOCKS // 10
#: LUFS: below it there is nothing to hear; the standard's own gate is at -70.
SILENCE, GATE = -60.0, -70.0
#: LU below the mean of what the first gate lets through: pauses do not count.
RELATIVE_GATE = -10.0
#: Readings are of amplitudes in 16 bits, which tell a ratio to 0.004 dB down to -85 dBFS.
Readings = NDArray[np.float16]


class Loudness(msgspec.Struct, frozen=True):
    """integrated: LUFS, -70 for silence and for less than 0.4 s. true_peak: dBTP."""

    integrated: float
    true_peak: float


class Measured(msgspec.Struct, frozen=True, eq=False):
    """A sound, block by block; an hour of it takes 7 MB.

    power: root mean square after K-weighting, channels added up. peak: the largest sample at four
    times the rate.
    """

    power: Readings
    peak: Readings

    @property
    def integrated(self) -> float:
        """LUFS, -70 for silence and for less than 0.4 s."""
        return integrated(self.power)

    @property
    def momentary(self) -> float:
        """LUFS of its loudest 400 ms, or of all of it when it is shorter."""
        size = min(4 * STEP, len(self.power))
        sums = np.insert(np.cumsum(np.square(self.power, dtype=np.float64)), 0, 0.0)
        return lufs(float((sums[size:] - sums[:-size]).max() / size)) if size else -math.inf

    @property
    def true_peak(self) -> float:
        """dBTP."""
        return decibels(float(self.peak.max(initial=0)))


class Blocks:
    """Pieces of any length -> whole blocks, (channels, blocks, size); the last is filled with silence."""

    def __init__(self, size: int, channels: int) -> None:
        self._size, self._rest = size, np.zeros((channels, 0), np.float32)

    def cut(self, samples: Samples, *, last: bool) -> Samples:
        """The blocks that are whole with these samples, and after the last of them the rest too."""
        samples = np.concatenate([self._rest, samples], axis=1)
        if last:
            samples = np.pad(samples, ((0, 0), (0, -samples.shape[1] % self._size)))
        whole = samples.shape[1] // self._size * self._size
        self._rest = samples[:, whole:]
        return samples[:, :whole].reshape(len(samples), -1, self._size)


class Meter:
    """Pushed one sound piece by piece, it keeps its blocks, which at a rate that is no multiple of
    BLOCKS are up to 2% shorter. peaks: whether to look for true peaks too, which takes twice as long.
    """

    def __init__(self, rate: int, channels: int, *, peaks: bool = True) -> None:
        self._weighted = Blocks(rate // BLOCKS, channels)
        self._over = Blocks(4 * (rate // BLOCKS), channels)
        self._weigh = Filters(rate, channels, *k_weighting(rate))
        self._oversample = Filters(rate, channels, f"aresample={4 * rate}") if peaks else None
        self._power, self._peak = bytearray(), bytearray()  # which grow without a copy beside them

    def push(self, samples: Samples | None) -> None:
        """Hear some more, or None for no more. samples: shape (channels, n)."""
        power = self._weighted.cut(self._weigh.push(samples), last=samples is None)
        squares = np.einsum("cbn,cbn->b", power, power) / power.shape[2]
        self._power += np.sqrt(squares).astype(np.float16).tobytes()
        if self._oversample:
            over = self._over.cut(self._oversample.push(samples), last=samples is None)
            self._peak += np.abs(over).max(axis=2).max(axis=0).astype(np.float16).tobytes()

    def read(self) -> Measured:
        """All that was heard; no more may be pushed."""
        self.push(None)
        power = np.frombuffer(self._power, np.float16)
        return Measured(power, np.frombuffer(self._peak, np.float16)[: len(power)])


def integrated(power: Readings) -> float:
    """LUFS of a Meter's blocks, -70 for silence and for less than 0.4 s."""
    whole = power[: len(power) // STEP * STEP].reshape(-1, STEP)
    return gated(np.einsum("sb,sb->s", whole, whole, dtype=np.float64) / STEP)


def gated(steps: NDArray[np.float64]) -> float:
    """LUFS of K-weighted mean squares, one each 100 ms; BS.1770-5, equations 2 to 7."""
    if len(steps) < 4:
        return GATE
    heard = np.convolve(steps, np.full(4, 0.25), "valid")
    heard = heard[heard > _energy(GATE)]
    if len(heard):
        heard = heard[heard > heard.mean() * 10 ** (RELATIVE_GATE / 10)]
    return lufs(float(heard.mean())) if len(heard) else GATE


def lufs(energy: float) -> float:
    """LUFS of a K-weighted mean square, not gated; minus infinity for none."""
    return -0.691 + 10 * math.log10(energy) if energy > 0 else -math.inf


def _energy(level: float) -> float:
    return float(10 ** ((level + 0.691) / 10))


def measure(audio: Audio) -> Loudness:
    """How loud a sound is, by FFmpeg."""
    return listen(pieces(audio), audio.sample_rate, 1)


def listen(sound: Iterable[Samples], rate: int, channels: int) -> Loudness:
    """How loud a sound is, by FFmpeg, read once and not kept."""
    chain = Filters(rate, channels, "ebur128=peak=true:metadata=1")
    for piece in sound:
        chain.push(piece)
    chain.push(None)
    heard = chain.labels
    peaks = (float(heard.get(f"lavfi.r128.true_peaks_ch{n}", 0)) for n in range(channels))
    return Loudness(float(heard.get("lavfi.r128.I", GATE)), decibels(max(peaks)))


def decibels(amplitude: float) -> float:
    """dBFS of an amplitude; minus infinity for none."""
    return 20 * math.log10(amplitude) if amplitude > 0 else -math.inf


def k_weighting(rate: int) -> tuple[str, str]:
    """FFmpeg's filters for the two of BS.1770-5, annex 1, whose analog models fit any rate."""
    return _shelf(rate), _high_pass(rate)


def _shelf(rate: int) -> str:
    """What a head does to a sound: some 4 dB more above 2 kHz."""
    f, gain, q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k, high = math.tan(math.pi * f / rate), 10 ** (gain / 20)
    middle = high**0.4996667741545416
    b = (high + middle * k / q + k * k, 2 * (k * k - high), high - middle * k / q + k * k)
    return _biquad(b, (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k))


def _high_pass(rate: int) -> str:
    f, q = 38.13547087602444, 0.5003270373238773
    k = math.tan(math.pi * f / rate)
    a = (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k)
    return _biquad((a[0], -2 * a[0], a[0]), a)  # the standard's table has b = 1, -2, 1


def _biquad(b: tuple[float, float, float], a: tuple[float, float, float]) -> str:
    values = zip(("b0", "b1", "b2", "a0", "a1", "a2"), (*b, *a), strict=True)
    return "biquad=" + ":".join(f"{name}={value!r}" for name, value in values) + ""
