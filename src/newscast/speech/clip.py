"""An engine's sound -> a clip: edges trimmed, rounded to 16 bits, judged, joined."""

from collections.abc import Sequence

import numpy as np

from newscast.model import Audio, Line, Samples
from newscast.speech.codec import round_to_16_bits

_FRAME = 0.005  # seconds: the grain in which edges are found
_KEEP = 0.015  # seconds kept around what is heard, so that nothing starts or ends with a click
_QUIET = 10 ** (-50 / 20)  # of the loudest frame: softer than the softest f or h
_SILENT = 10 ** (-40 / 20)  # a peak below it is no speech
_CLIPPED = 0.002  # of all samples at full scale: one in 500 is heard as a crackle
# Seconds a letter. Our voices take 0.065 to 0.09 for a line; far from that, words are lost or repeated.
_FASTEST, _SLOWEST = 0.04, 0.13
_SLACK = 1.0  # seconds more, for a word or two said slowly


def trim(audio: Audio) -> Audio:
    """Without the silence at both edges, and rounded to 16 bits as the cache keeps it."""
    samples = np.nan_to_num(audio.samples).clip(-1.0, 1.0)
    frame = max(1, int(_FRAME * audio.sample_rate))
    loud = _loudness(samples, frame)
    heard = np.flatnonzero(loud > loud.max(initial=0.0) * _QUIET)
    if heard.size == 0:
        return Audio(np.zeros(0, np.float32), audio.sample_rate)
    keep = int(_KEEP * audio.sample_rate)
    start = max(0, int(heard[0]) * frame - keep)
    stop = (int(heard[-1]) + 1) * frame + keep
    return round_to_16_bits(Audio(samples[start:stop], audio.sample_rate))


def fault(clip: Audio, line: Line) -> str:
    """What is wrong with a trimmed clip of a line, in a few words; "" if nothing is."""
    letters = sum(map(str.isalpha, line.spoken))
    level = np.abs(clip.samples)
    if level.max(initial=0.0) < _SILENT:
        return "it is silent"
    if np.mean(level > 0.999) > _CLIPPED:
        return "it is clipped"
    if clip.duration < _FASTEST * letters:
        return f"it is too short, {clip.duration:.1f} s"
    if clip.duration > _SLOWEST * letters + _SLACK:
        return f"it is too long, {clip.duration:.1f} s"
    return ""


def join(clips: Sequence[Audio], pause: float) -> Audio:
    """One or more clips of one sample rate in a row, `pause` seconds of silence between them."""
    rate = clips[0].sample_rate
    gap = np.zeros(int(pause * rate), np.float32)
    return Audio(np.concatenate([part for clip in clips for part in (gap, clip.samples)][1:]), rate)


def _loudness(samples: Samples, frame: int) -> Samples:
    """RMS of each frame; the last one is filled up with silence."""
    padded = np.pad(samples, (0, -len(samples) % frame)).reshape(-1, frame)
    return np.sqrt(np.mean(np.square(padded), axis=1, dtype=np.float32))
