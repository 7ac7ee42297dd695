"""The Tone voice: every line is a pure tone whose pitch and length are made from its text.

Decode a finished MP3, listen for each cue's pitch, and order, timing, resampling, encoder delay,
pauses and dropped lines have all been checked without a model.
"""

import hashlib
import os
import signal
import time

import numpy as np

from newscast.model import Audio, Engine, Line

SAMPLE_RATE = 24_000


def pitch(spoken: str) -> float:
    """Hz: one of 64 pitches, 25 Hz apart, from 400 Hz up."""
    return 400.0 + 25.0 * (hashlib.sha256(spoken.encode()).digest()[0] % 64)


def length(spoken: str) -> float:
    """Seconds: about as long as a newsreader takes."""
    return max(0.4, round(0.06 * len(spoken), 2))


class Tone(Engine):
    """An Engine; a voice card names it as `fakes:Tone`. spoken_lines: all that this instance has said."""

    is_speech = False  # nor should it be: a pitch is easier to find again in an episode

    def __init__(self, voice: object = None) -> None:
        self.spoken_lines: list[str] = []

    def synthesize(self, line: Line) -> Audio:
        self.spoken_lines.append(line.spoken)
        seconds = np.arange(int(length(line.spoken) * SAMPLE_RATE)) / SAMPLE_RATE
        return Audio((0.3 * np.sin(2 * np.pi * pitch(line.spoken) * seconds)).astype(np.float32), SAMPLE_RATE)


class Quiet(Tone):
    """A second voice, an octave and 20 dB below, which a listener must not have to turn up for."""

    def synthesize(self, line: Line) -> Audio:
        tone = super().synthesize(line).samples
        return Audio(tone.repeat(2)[: len(tone)] * np.float32(0.1), SAMPLE_RATE)


class Slow(Tone):
    """Takes its time, so that a test can look at, or end, a run half-way."""

    def synthesize(self, line: Line) -> Audio:
        time.sleep(0.4)
        return super().synthesize(line)


class Mute(Engine):
    """Fails at every line, as an engine whose server is down does."""

    def __init__(self, voice: object = None) -> None:
        pass

    def synthesize(self, line: Line) -> Audio:
        raise ConnectionError("no server")


class Deadly(Tone):
    """Ends the process at the news that begins with "Sebanyak", as a fault in a native library does."""

    def synthesize(self, line: Line) -> Audio:
        if line.text.startswith("Sebanyak"):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().synthesize(line)
