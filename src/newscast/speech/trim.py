"""An engine's sound -> a clip: edges trimmed, rounded to 16 bits, joined."""

from collections.abc import Sequence

import numpy as np

from newscast.model import Audio, Samples
from newscast.speech.codec import round_to_16_bits

FRAME_SECONDS = 0.005  # the grain in which edges and pauses are found
_KEPT_SECONDS = 0.015  # around what is heard, so that nothing starts or ends with a click
_QUIET = 10 ** (-50 / 20)  # of the loudest frame: softer than the softest f or h


def trim(audio: Audio) -> Audio:
    """Without the silence at both edges, and rounded to 16 bits as the cache keeps it."""
    samples = audio.samples.clip(-1.0, 1.0)
    frame = frame_size(audio)
    loud = frame_levels(samples, frame)
    heard = np.flatnonzero(loud > loud.max(initial=0.0) * _QUIET)
    if heard.size == 0:
        return Audio(np.zeros(0, np.float32), audio.sample_rate)
    keep = int(_KEPT_SECONDS * audio.sample_rate)
    start = max(0, int(heard[0]) * frame - keep)
    stop = (int(heard[-1]) + 1) * frame + keep
    return round_to_16_bits(Audio(samples[start:stop], audio.sample_rate))


def join(clips: Sequence[Audio], pause: float) -> Audio:
    """One or more clips of one sample rate in a row, `pause` seconds of silence between them."""
    rate = clips[0].sample_rate
    gap = np.zeros(int(pause * rate), np.float32)
    return Audio(np.concatenate([part for clip in clips for part in (gap, clip.samples)][1:]), rate)


def join_pieces(spoken: Sequence[Audio], pause: float) -> Audio:
    """What an engine said of the pieces of one line: one as it is, several trimmed and joined."""
    return spoken[0] if len(spoken) == 1 else join([trim(clip) for clip in spoken], pause)


def frame_size(audio: Audio) -> int:
    """Samples of a frame."""
    return max(1, int(FRAME_SECONDS * audio.sample_rate))


def frame_levels(samples: Samples, frame: int) -> Samples:
    """RMS of each frame; the last one is filled up with silence."""
    padded = np.pad(samples, (0, -len(samples) % frame)).reshape(-1, frame)
    return np.sqrt(np.mean(np.square(padded), axis=1, dtype=np.float32))
