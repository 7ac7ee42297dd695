"""Samples -> samples through FFmpeg's filters, a piece at a time.

Pieces are float32 of shape (channels, n). FFmpeg keeps a few milliseconds back until it is told that
no more comes, so what comes out of one push is not what went into it.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import av
import numpy as np
from av.filter import Graph

from newscast.errors import AudioError
from newscast.model import Audio, Samples

LAYOUTS = {1: "mono", 2: "stereo"}


class Filters:
    """Filters in a row, each written as `name=options`, through which one sound is pushed.

    labels: what the filters last wrote beside the sound, such as ebur128's readings.
    """

    def __init__(self, rate: int, channels: int, *filters: str) -> None:
        self.labels: dict[str, str] = {}
        self._rate, self._layout, self._channels = rate, LAYOUTS[channels], channels
        self._pushed = 0
        try:
            self._graph = Graph()
            source = self._graph.add_abuffer(
                sample_rate=rate, format="fltp", layout=self._layout, time_base=Fraction(1, rate)
            )
            between = [self._graph.add(*spec.split("=", 1)) for spec in (*filters, "aformat=fltp")]
            self._graph.link_nodes(source, *between, self._graph.add("abuffersink")).configure()
        except av.FFmpegError as error:
            raise AudioError(f"sound could not be filtered: {error.strerror}") from error

    def push(self, samples: Samples | None) -> Samples:
        """What is ready after these samples, or after the last when None. Raises AudioError."""
        try:
            if samples is None:
                self._graph.push(None)
            elif samples.shape[1]:
                self._graph.push(frame(samples, self._rate, self._pushed))
                self._pushed += samples.shape[1]
            ready = list(self._ready())
        except av.FFmpegError as error:
            raise AudioError(f"sound could not be filtered: {error.strerror}") from error
        return np.concatenate(ready, axis=1) if ready else np.zeros((self._channels, 0), np.float32)

    def _ready(self) -> Iterator[Samples]:
        while True:
            try:
                done = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):  # wants more, or has no more
                return
            assert isinstance(done, av.AudioFrame)
            self.labels = done.metadata or self.labels
            yield done.to_ndarray().astype(np.float32, copy=False)


def frame(samples: Samples, rate: int, start: int) -> av.AudioFrame:
    """FFmpeg's frame of planar floats. samples: shape (channels, n). start: samples before it."""
    made = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), "fltp", LAYOUTS[len(samples)])
    made.sample_rate, made.pts, made.time_base = rate, start, Fraction(1, rate)
    return made


def apply(sound: Iterable[Samples], rate: int, channels: int, *filters: str) -> Iterator[Samples]:
    """All of a sound, filtered as it is read."""
    chain = Filters(rate, channels, *filters)
    for piece in sound:
        yield chain.push(piece)
    yield chain.push(None)


def pieces(audio: Audio) -> Iterator[Samples]:
    """A sound of one channel in pieces of a second."""
    for start in range(0, len(audio.samples), audio.sample_rate):
        yield audio.samples[np.newaxis, start : start + audio.sample_rate]


def resample(samples: Samples, rate: int, wanted: int, *filters: str) -> Samples:
    """The sound, filtered, at another rate; shape (channels, m), m rounded to the nearest sample."""
    if rate == wanted and not filters:
        return samples
    count = round(samples.shape[1] * wanted / rate)
    # A longer filter than FFmpeg's default (32 taps), for a sharper edge below half the lower rate.
    spec = (f"aresample={wanted}:filter_size=64:cutoff=0.97",) if rate != wanted else ()
    found = np.concatenate(list(apply([samples], rate, len(samples), *filters, *spec)), axis=1)[:, :count]
    return np.pad(found, ((0, 0), (0, count - found.shape[1])))
