"""Timeline, clips, jingles and bed -> one Audio; the only module that knows pydub.

pydub cuts at milliseconds and loses what is left over, so its segments are padded to whole ones and
cut back to samples. They hold 32-bit integers at half scale: nothing is quantized that could be
heard, and voice and bed added together do not clip.
"""

import warnings
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from newscast.audio.filters import resample
from newscast.audio.loudness import SILENCE, measure
from newscast.audio.timeline import SAMPLE_RATE
from newscast.model import Audio, Samples, Timeline

with warnings.catch_warnings():
    # It warns when there is no ffmpeg to run; it is never asked to run one.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

SCALE = 2.0**30
#: Samples in 10 ms, the shortest time that is both whole samples and whole milliseconds.
GRID = SAMPLE_RATE // 100
#: Samples of the ramp at both edges of a clip, so that it starts and stops without a click.
RAMP = 128
#: Milliseconds that music fades in and out.
JINGLE_FADES = (20, 600)
BED_FADES = (1000, 2000)
#: Samples of the bed that are handled at a time: ten seconds, longer than its fades.
PIECE = 10 * SAMPLE_RATE


def mix(
    timeline: Timeline,
    clips: Sequence[Audio],
    intro: Audio | None = None,
    outro: Audio | None = None,
    bed: Audio | None = None,
    bed_level: float = 24.0,
) -> Audio:
    """Put clips at their cues, a jingle before and after, and a bed of music under the voice.

    Jingles are made as loud as the voice; the bed is looped and lies bed_level LU below it.
    Returns samples at SAMPLE_RATE, exactly as many as the timeline lasts. Raises ValueError unless
    there is one clip a cue.
    """
    samples = _voice(timeline, clips)
    loudness = measure(Audio(samples, SAMPLE_RATE)).integrated
    before, after = (_jingle(jingle, loudness) for jingle in (intro, outro))
    start, stop = len(before), len(samples) - len(after)
    # All in place: an hour of samples is 635 MB.
    samples[:start], samples[stop:] = before, after
    if bed is not None:
        _lay_under(samples[start:stop], bed, loudness - bed_level)
    peak = max(samples.max(), -samples.min())
    if peak > 1:
        samples /= peak
    return Audio(samples, SAMPLE_RATE)


def _voice(timeline: Timeline, clips: Sequence[Audio]) -> Samples:
    """Silence as long as the timeline, each clip at its cue. Shape (n,)."""
    voice = np.zeros(round(timeline.duration * SAMPLE_RATE), np.float32)
    ramp = np.linspace(0, 1, RAMP, dtype=np.float32)
    for cue, clip in zip(timeline.cues, clips, strict=True):
        samples = resample(clip, SAMPLE_RATE).samples
        start = round(cue.start * SAMPLE_RATE)
        place = voice[start : start + len(samples)]
        place[:] = samples
        place[:RAMP] *= ramp[: len(place)]
        place[-RAMP:] *= ramp[::-1][-len(place) :]
    return voice


def _jingle(jingle: Audio | None, loudness: float) -> Samples:
    """The jingle at that loudness (LUFS), faded; nothing for None. Shape (n,)."""
    if jingle is None:
        return np.zeros(0, np.float32)
    samples = resample(jingle, SAMPLE_RATE).samples
    return _samples(_music(samples, _gain(jingle, loudness), JINGLE_FADES), len(samples))


def _lay_under(voice: Samples, bed: Audio, loudness: float) -> None:
    """Add a bed at that loudness (LUFS) to the voice, over and over, faded in and out. Shape (n,)."""
    once, gain = resample(bed, SAMPLE_RATE).samples, _gain(bed, loudness)
    edges = [0, *range(PIECE, len(voice) - PIECE, PIECE), len(voice)]
    for start, stop in pairwise(edges):
        again = np.take(once, range(start, stop), mode="wrap")
        fades = (BED_FADES[0] if start == 0 else 0, BED_FADES[1] if stop == len(voice) else 0)
        piece = voice[start:stop]
        piece[:] = _samples(_segment(piece).overlay(_music(again, gain, fades)), len(piece))


def _gain(music: Audio, loudness: float) -> float:
    """Decibels that bring music to that loudness (LUFS); 0 when it is too short to be measured."""
    measured = measure(music).integrated
    return loudness - measured if measured > SILENCE else 0.0


def _music(samples: Samples, gain: float, fades: tuple[int, int]) -> AudioSegment:
    segment = _segment(samples).apply_gain(gain)
    fade_in, fade_out = (min(fade, len(segment) // 2) for fade in fades)
    segment = segment.fade_in(fade_in) if fade_in else segment
    return segment.fade_out(fade_out) if fade_out else segment


def _segment(samples: Samples) -> AudioSegment:
    """The samples, and silence up to a whole 10 ms."""
    whole = np.zeros(len(samples) + -len(samples) % GRID, np.int32)
    np.multiply(samples, np.float32(SCALE), out=whole[: len(samples)], casting="unsafe")
    return AudioSegment(data=whole.tobytes(), sample_width=4, frame_rate=SAMPLE_RATE, channels=1)


def _samples(segment: AudioSegment, count: int) -> Samples:
    """The first `count` samples of a segment. Shape (count,)."""
    return np.frombuffer(segment.raw_data, np.int32)[:count].astype(np.float32) / np.float32(SCALE)
