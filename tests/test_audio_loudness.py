"""Our meter and FFmpeg's, judged by the signals of EBU Tech 3341 and 3342, made from their definition."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from newscast.audio.loudness import Measured, Meter, listen
from newscast.audio.master import solve
from newscast.model import Samples

RATE = 48_000
PIECE = 10_007


def tone(*parts: tuple[float, float]) -> Samples:
    """Stereo 1 kHz, in phase: (dBFS of each channel's peak, seconds) one after another."""
    levels = np.concatenate([np.full(round(seconds * RATE), 10 ** (level / 20)) for level, seconds in parts])
    wave = levels * np.sin(2 * np.pi * 1000 * np.arange(len(levels)) / RATE)
    return np.stack([wave, wave]).astype(np.float32)


def meter(samples: Samples, rate: int = RATE) -> Measured:
    found = Meter(rate, len(samples))
    for start in range(0, samples.shape[1], PIECE):
        found.push(samples[:, start : start + PIECE])
    return found.read()


#: Tech 3341, table 1: number of the case -> its signal, and the integrated loudness it must read ±0.1.
INTEGRATED: dict[int, tuple[Samples, float]] = {
    1: (tone((-23, 20)), -23),
    2: (tone((-33, 20)), -33),
    3: (tone((-36, 10), (-23, 60), (-36, 10)), -23),
    4: (tone((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)), -23),
    5: (tone((-26, 20), (-20, 20.1), (-26, 20)), -23),
}
#: Tech 3341, cases 15 to 19: a sine's part of the rate, its phase in degrees, its amplitude, dBTP +0.2 -0.4.
TRUE_PEAKS = {
    15: (4, 0.0, 0.5, -6.0),
    16: (4, 45.0, 0.5, -6.0),
    17: (6, 60.0, 0.5, -6.0),
    18: (8, 67.5, 0.5, -6.0),
    19: (4, 45.0, 1.41, 3.0),
}
#: Tech 3342, table 1: the signals whose loudness ranges over 10, 5, 20 and 15 LU.
RANGES: Sequence[Samples] = (
    tone((-20, 20), (-30, 20)),
    tone((-20, 20), (-15, 20)),
    tone((-40, 20), (-20, 20)),
    tone((-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)),
)


@pytest.mark.parametrize("case", INTEGRATED)
def test_integrated_loudness(case: int) -> None:
    samples, wanted = INTEGRATED[case]
    assert meter(samples).integrated == pytest.approx(wanted, abs=0.1)
    assert listen([samples], RATE, 2).integrated == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize("case", TRUE_PEAKS)
def test_true_peaks(case: int) -> None:
    part, phase, amplitude, wanted = TRUE_PEAKS[case]
    wave = amplitude * np.sin(2 * np.pi * np.arange(RATE) / part + math.radians(phase))
    wave *= np.minimum(1, np.minimum(np.arange(RATE), np.arange(RATE)[::-1]) / (0.1 * RATE))  # no click
    samples = np.stack([wave, wave]).astype(np.float32)
    for peak in (meter(samples).true_peak, listen([samples], RATE, 2).true_peak):
        assert wanted - 0.4 <= peak <= wanted + 0.2


@pytest.mark.parametrize("rate", [8000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_the_meter_reads_the_same_at_any_rate(rate: int) -> None:
    """And the same as FFmpeg's. BS.1770 gives its filters for 48 kHz only."""
    rng = np.random.default_rng(5)
    noise = np.cumsum(rng.standard_normal(rate * 8)).astype(np.float32)
    noise -= np.convolve(noise, np.full(200, 1 / 200), "same").astype(np.float32)
    noise = (noise / np.abs(noise).max() * np.sin(np.pi * np.arange(len(noise)) / len(noise)) ** 2)[
        np.newaxis
    ]
    noise = noise.astype(np.float32)
    theirs, ours = listen([noise], rate, 1), meter(noise, rate)
    assert ours.integrated == pytest.approx(theirs.integrated, abs=0.15)
    assert ours.true_peak == pytest.approx(theirs.true_peak, abs=0.15)


def test_mono_is_as_loud_as_it_is_alone() -> None:
    """One channel is 3 LU softer than the same in two."""
    stereo = tone((-23, 5))
    assert meter(stereo).integrated - meter(stereo[:1]).integrated == pytest.approx(3.01, abs=0.05)


@pytest.mark.parametrize("samples", RANGES)
def test_the_most_uneven_programs_are_brought_to_one_loudness(samples: Samples) -> None:
    master = solve(meter(samples), -16, -1)
    after = listen([master.apply(samples, 0, RATE)], RATE, 2)
    assert after.integrated == pytest.approx(-16, abs=0.1)
    assert after.true_peak <= -1


def test_silence_and_less_than_a_reading() -> None:
    for samples in (np.zeros((1, RATE), np.float32), np.zeros((1, 0), np.float32), tone((-20, 0.3))[:1]):
        assert meter(samples).integrated == -70
