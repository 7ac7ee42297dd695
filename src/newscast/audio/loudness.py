"""Audio -> its loudness, and Audio -> its frames at the loudness podcasts have.

EBU R 128 (ITU-R BS.1770) by FFmpeg's ebur128: integrated loudness in LUFS, true peak in dBTP.
"""

import math
from collections.abc import Iterable, Iterator

import av
import msgspec

from newscast.audio import filters
from newscast.errors import AudioError
from newscast.model import Audio

#: Quieter than this there is nothing to hear (LUFS); the standard's own gate is at -70.
SILENCE = -60.0
#: LU that a leveled sound may be off.
TOLERANCE = 0.1
ROUNDS = 5
#: Milliseconds in which the limiter takes hold and lets go: what sounds best, and what is left for
#: voices whose every cycle is one sharp peak.
GENTLE, QUICK = "attack=5:release=60", "attack=0.5:release=1"
#: The limiter gives back some 0.6 dB of each decibel of more gain, so ask for more than is missing.
MORE = 1.5
#: dB kept clear of the wanted peak: ebur128 tells peaks to a thousandth of full scale, 0.01 dB.
MARGIN = 0.05


class Loudness(msgspec.Struct, frozen=True):
    """integrated: LUFS, -70 for silence and for less than 0.4 s. true_peak: dBTP."""

    integrated: float
    true_peak: float


def measure(audio: Audio) -> Loudness:
    """How loud a sound is."""
    return listen(filters.frames(audio), audio.sample_rate)


def listen(stream: Iterable[av.AudioFrame], rate: int) -> Loudness:
    """How loud a stream of mono float frames is, read once and not kept."""
    heard: dict[str, str] = {}
    for frame in filters.apply(stream, rate, "ebur128=peak=true:metadata=1"):
        heard = frame.metadata or heard
    peak = float(heard.get("lavfi.r128.true_peak", 0))
    return Loudness(float(heard.get("lavfi.r128.I", -70)), 20 * math.log10(peak) if peak > 0 else -math.inf)


def level(audio: Audio, lufs: float = -16.0, true_peak: float = -1.0) -> Iterator[av.AudioFrame]:
    """Bring a sound to an integrated loudness, no peak between samples above true_peak (dBTP).

    One gain for all of it, then a look-ahead limiter at four times the rate, which sees the peaks
    between samples. Limiting takes loudness away, so the gain is mended until it fits.
    The leveled frames, as many samples as there were, are made once more as they are read, for an
    hour of them is 635 MB. Raises AudioError for silence, and for lone clicks that cannot be made so loud.
    """
    before = measure(audio)
    if before.integrated < SILENCE:
        raise AudioError("there is nothing to hear: the sound is silent or shorter than 0.4 s")
    gain, ceiling = lufs - before.integrated, true_peak - MARGIN
    for limiter in (GENTLE,) * ROUNDS + (QUICK,) * ROUNDS:
        now = listen(_limit(audio, gain, ceiling, limiter), audio.sample_rate)
        if abs(lufs - now.integrated) <= TOLERANCE and now.true_peak <= true_peak:
            return _limit(audio, gain, ceiling, limiter)
        gain += MORE * (lufs - now.integrated)
        ceiling -= max(0.0, now.true_peak - true_peak + MARGIN)
    raise AudioError(f"the sound is too uneven to be brought to {lufs:g} LUFS")


def _limit(audio: Audio, gain: float, ceiling: float, limiter: str) -> Iterator[av.AudioFrame]:
    rate = audio.sample_rate
    limit = 10 ** (ceiling / 20)
    chain = (
        f"volume={gain}dB",
        f"aresample={4 * rate}",
        f"alimiter=limit={limit}:level=0:latency=1:{limiter}",
        f"aresample={rate}",
        "aformat=flt",
    )
    return filters.apply(filters.frames(audio), rate, *chain)
