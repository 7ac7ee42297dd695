"""Play examples/intro.mp3 and examples/outro.mp3: `python tools/make_jingle.py`.

Bronze bars struck in a five-note scale near the Javanese slendro, over one soft low gong, in a small
room. Everything is computed here; nothing is a recording.
"""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from newscast.audio.codecs.encoder import Tags
from newscast.audio.codecs.mp3 import Mp3
from newscast.audio.loudness import Meter
from newscast.audio.master import solve
from newscast.model import Samples

RATE = 44_100
EXAMPLES = Path(__file__).parents[1] / "examples"
#: Hz of the lowest bar, and the scale's steps of about 240 cents, a little uneven as gamelans are.
LOWEST = 293.0
STEPS = (0, 231, 474, 717, 955, 1206, 1437, 1680, 1923)
#: How a struck bar sounds: (times its pitch, strength, seconds until it has fallen to a third).
BAR = ((1.0, 1.0, 0.75), (2.76, 0.3, 0.3), (5.40, 0.12, 0.12))
GONG = ((1.0, 1.0, 1.3), (1.52, 0.3, 0.9), (2.03, 0.35, 0.7), (2.99, 0.1, 0.4))
#: (second, step of the scale, strength)
INTRO = (
    (0.00, 3, 0.7), (0.22, 5, 0.8), (0.44, 4, 0.6), (0.66, 7, 1.0),
    (1.10, 6, 0.7), (1.32, 5, 0.7), (1.54, 8, 1.0), (1.54, 5, 0.6),
)  # fmt: skip
OUTRO = (
    (0.00, 8, 0.8), (0.22, 7, 0.7), (0.44, 5, 0.7), (0.88, 6, 0.6),
    (1.10, 4, 0.7), (1.32, 3, 0.7), (1.76, 5, 0.9), (1.76, 0, 0.8),
)  # fmt: skip


def struck(body: tuple[tuple[float, float, float], ...], pitch: float, seconds: float) -> Samples:
    """One stroke: partials that fade each in its own time, after a rise of two milliseconds."""
    time = np.arange(int(seconds * RATE)) / RATE
    sound = sum(
        strength * np.exp(-time / decay) * np.sin(2 * np.pi * pitch * times * time)
        for times, strength, decay in body
    )
    return np.asarray(sound * np.minimum(1, time / 0.002), np.float32)


def room(dry: Samples) -> Samples:
    """The sound with a little of its own echo: noise that dies away in half a second."""
    time = np.arange(RATE) / RATE
    echo = np.random.default_rng(17).standard_normal(RATE) * np.exp(-time / 0.22)
    echo /= np.sqrt(np.sum(echo**2))
    size = len(dry) + RATE
    wet = np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(echo, size), size)[: len(dry)]
    return np.asarray(dry + 0.28 * wet, np.float32)


def play(notes: tuple[tuple[float, int, float], ...], gong_at: float, seconds: float) -> Samples:
    sound = np.zeros(int(seconds * RATE), np.float32)

    def add(at: float, note: Samples) -> None:
        start = int(at * RATE)
        sound[start:] += note[: len(sound) - start]

    for at, step, strength in notes:
        pitch = LOWEST * 2 ** (STEPS[step] / 1200)
        add(at, strength * struck(BAR, pitch, seconds))
        add(at, 0.5 * strength * struck(BAR, pitch * 1.004, seconds))  # its pair beats against it
    add(gong_at, 0.9 * struck(GONG, LOWEST / 3, seconds))
    sound = room(sound)
    fade = np.linspace(1, 0, RATE, dtype=np.float32) ** 2
    sound[-RATE:] *= fade
    meter = Meter(RATE, 1)
    meter.push(sound[np.newaxis])
    return solve(meter.read(), -18.0, -2.0).apply(sound[np.newaxis], 0, RATE)


if __name__ == "__main__":
    for name, notes, gong_at, seconds in (("intro", INTRO, 1.54, 4.2), ("outro", OUTRO, 1.76, 4.8)):
        target = EXAMPLES / f"{name}.mp3"
        when = datetime(2024, 1, 1, tzinfo=UTC)
        about = Tags(title=name, artist="newscast", album="newscast", published=when)
        Mp3().write([play(notes, gong_at, seconds)], target, about)
        print(target, target.stat().st_size)
