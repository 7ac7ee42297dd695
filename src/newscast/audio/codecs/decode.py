"""A sound file of any kind FFmpeg knows -> its samples, all at once or as they are decoded."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from newscast.audio.filters import LAYOUTS
from newscast.errors import AudioError
from newscast.model import Samples

#: Seconds of the longest jingle or bed.
LONGEST = 600
#: Frames that are handed on at a time: one by one, they would cost more than to decode them.
FRAMES = 40


def decode(path: Path, channels: int = 1) -> tuple[Samples, int]:
    """All of a file's first sound, shape (channels, n), and its own sample rate.

    Raises AudioError, also for one longer than LONGEST seconds.
    """
    pieces, rate, samples = [], 0, 0
    for piece, rate in stream(path, channels):
        pieces.append(piece)
        samples += piece.shape[1]
        if samples > LONGEST * rate:
            raise AudioError(f"{path} is longer than {LONGEST // 60} minutes", "cut it")
    if not samples:
        raise AudioError(f"{path} holds no sound")
    return np.concatenate(pieces, axis=1), rate


def stream(path: Path, channels: int = 1) -> Iterator[tuple[Samples, int]]:
    """A file's first sound in pieces of about a second, shape (channels, n), each with its rate.

    Raises AudioError.
    """
    waiting: list[Samples] = []
    rate = 0
    for piece, rate in _frames(path, channels):
        waiting.append(piece)
        if len(waiting) == FRAMES:
            yield np.concatenate(waiting, axis=1), rate
            waiting.clear()
    if waiting:
        yield np.concatenate(waiting, axis=1), rate


def _frames(path: Path, channels: int) -> Iterator[tuple[Samples, int]]:
    """As the codec has them: some 20 ms each."""
    layout, rate = LAYOUTS[channels], 0
    convert = av.AudioResampler(format="fltp", layout=layout)
    try:
        with path.open("rb") as file, av.open(file, "r") as container:
            if not container.streams.audio:
                raise AudioError(f"{path} holds no sound")
            for frame in container.decode(container.streams.audio[0]):
                rate = frame.sample_rate
                if frame.format.name == "fltp" and frame.layout.name == layout:
                    yield _floats(frame), rate
                else:
                    yield from ((_floats(done), rate) for done in convert.resample(frame))
            if rate:
                yield from ((_floats(done), rate) for done in convert.resample(None))
    except (av.FFmpegError, ValueError) as error:  # ValueError where the rate changes half-way
        raise AudioError(f"{path} is not a sound file that can be read", "use an MP3, FLAC or WAV") from error
    except OSError as error:
        raise AudioError(f"{path} cannot be read: {error.strerror}") from error


def _floats(frame: av.AudioFrame) -> Samples:
    return frame.to_ndarray().astype(np.float32, copy=False)
