"""A clip -> what its spectrum is like every 10 ms, and how that changes.

The cepstrum of Davis and Mermelstein (1980) on the mel scale: what an ear tells sounds apart by, without
the pitch. From it, and from how flat the spectrum is, speech is told from noise, tones, hum and music.
"""

from functools import cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from newscast.model import Audio

HOP_SECONDS = 0.01
_WINDOW_SECONDS = 0.025
_BANDS, _LOWEST, _HIGHEST = 24, 80.0, 7_000.0  # Hz
_CEPSTRA = 13  # the first is the loudness
_FLOOR = 1e-6  # of the loudest band: 60 dB below it nothing is told apart
_HEARD = 1e-4  # of the loudest frame's energy
_FLATNESS_BANDS = (100.0, 7_000.0)  # Hz

Floats = NDArray[np.float32]


class Look(msgspec.Struct, frozen=True):
    """What tells speech from other sounds. The ranges are those of lines of our voices that last over 1 s.

    flatness: of the spectrum of the frame at the lower quartile; 0 for a tone, 0.56 for white noise. Ours:
    under 0.01, for half of speech is voiced.
    variety: standard deviation of the four cepstra that tell vowels apart. Ours: 2.9 to 5.9.
    dynamics: the same of the loudness. Ours: 6.3 to 12.8.
    repetition: how alike the clip is to itself 0.1 to 0.6 s later, 1 for a loop. Ours: up to 0.35, also
    where words are said twice or three times.
    """

    flatness: float
    variety: float
    dynamics: float
    repetition: float


def look(clip: Audio) -> Look:
    """Of a clip of at least 0.1 s."""
    power = _power(clip)
    bins = np.fft.rfftfreq(int(_WINDOW_SECONDS * clip.sample_rate), 1 / clip.sample_rate)
    voice = power[:, (bins > _FLATNESS_BANDS[0]) & (bins < _FLATNESS_BANDS[1])] + 1e-12
    energy = voice.sum(axis=1)
    heard = energy > energy.max() * _HEARD
    flatness = np.exp(np.log(voice).mean(axis=1)) / voice.mean(axis=1)
    cepstra = _cepstra(power, clip.sample_rate)
    spread = cepstra[heard].std(axis=0)
    return Look(
        float(np.percentile(flatness[heard], 25)),
        float(spread[1:5].mean()),
        float(spread[0]),
        _repetition(cepstra),
    )


def _repetition(cepstra: Floats) -> float:
    alike = cepstra - cepstra.mean(axis=0)
    alike /= alike.std(axis=0) + 1e-6
    lags = range(int(0.1 / HOP_SECONDS), min(int(0.6 / HOP_SECONDS), len(alike) // 3))
    return max((float((alike[lag:] * alike[:-lag]).mean()) for lag in lags), default=0.0)


def features(clip: Audio) -> Floats:
    """Shape (frames, 26): cepstra and their change, each with mean 0 and deviation 1 over the clip.

    So what a microphone, a loudness and most of what a speaker adds to all of it is gone.
    """
    cepstra = _cepstra(_power(clip), clip.sample_rate)
    around = np.pad(cepstra, ((2, 2), (0, 0)), mode="edge")
    change = (2 * (around[4:] - around[:-4]) + (around[3:-1] - around[1:-3])) / 10
    both: Floats = np.hstack([cepstra, change])
    both[:, 0] -= np.percentile(both[:, 0], 90)  # the loudest is what clips have in common, not the pauses
    both[:, 1:_CEPSTRA] -= both[:, 1:_CEPSTRA].mean(axis=0)
    both /= np.maximum(both.std(axis=0), 1e-3)
    return both


def _power(clip: Audio) -> Floats:
    """Shape (frames, bins)."""
    window, hop = (int(seconds * clip.sample_rate) for seconds in (_WINDOW_SECONDS, HOP_SECONDS))
    padded = np.pad(clip.samples, (0, max(0, window - len(clip.samples))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop]
    power: Floats = np.square(np.abs(np.fft.rfft(frames * np.hanning(window))), dtype=np.float32)
    return power


def _cepstra(power: Floats, rate: int) -> Floats:
    bands = power @ _filters(rate)
    cepstra: Floats = np.log(np.maximum(bands, bands.max(initial=1e-20) * _FLOOR)) @ _cosines()
    return cepstra


@cache
def _filters(rate: int) -> Floats:
    """Shape (bins, bands): triangles, equally wide on the mel scale (O'Shaughnessy, 1987)."""
    lowest, highest = (2595 * np.log10(1 + hertz / 700) for hertz in (_LOWEST, min(_HIGHEST, rate / 2)))
    corners = 700 * (10 ** (np.linspace(lowest, highest, _BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(int(_WINDOW_SECONDS * rate), 1 / rate)[:, None]
    rising = (bins - corners[:-2]) / (corners[1:-1] - corners[:-2])
    falling = (corners[2:] - bins) / (corners[2:] - corners[1:-1])
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


@cache
def _cosines() -> Floats:
    """Shape (bands, cepstra): the discrete cosine transform, orthonormal."""
    bands = np.arange(_BANDS)[:, None] + 0.5
    table = np.cos(np.pi * bands * np.arange(_CEPSTRA) / _BANDS) * np.sqrt(2 / _BANDS)
    table[:, 0] /= np.sqrt(2)
    cosines: Floats = table.astype(np.float32)
    return cosines
