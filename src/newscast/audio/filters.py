"""Audio -> Audio through FFmpeg's filters, a second at a time."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import av
import numpy as np
from av.filter import Graph

from newscast.errors import AudioError
from newscast.model import Audio, Samples


def frames(audio: Audio) -> Iterator[av.AudioFrame]:
    """The sound in float frames of at most a second."""
    rate = audio.sample_rate
    for start in range(0, len(audio.samples), rate):
        piece = np.ascontiguousarray(audio.samples[start : start + rate], np.float32)
        frame = av.AudioFrame.from_ndarray(piece[np.newaxis], format="flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield frame


def apply(stream: Iterable[av.AudioFrame], rate: int, *filters: str) -> Iterator[av.AudioFrame]:
    """Run mono float frames of one rate through filters, each written as `name=options`.

    Raises AudioError.
    """
    try:
        graph = Graph()
        source = graph.add_abuffer(sample_rate=rate, format="flt", layout="mono", time_base=Fraction(1, rate))
        between = [graph.add(*spec.split("=", 1)) for spec in filters]
        graph.link_nodes(source, *between, graph.add("abuffersink")).configure()
        for frame in stream:
            graph.push(frame)
            yield from _ready(graph)
        graph.push(None)
        yield from _ready(graph)
    except av.FFmpegError as error:
        raise AudioError(f"sound could not be filtered: {error.strerror}") from error


def _ready(graph: Graph) -> Iterator[av.AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (av.BlockingIOError, av.EOFError):  # wants more, or has no more
            return
        assert isinstance(frame, av.AudioFrame)
        yield frame


def gather(stream: Iterable[av.AudioFrame], count: int) -> Samples:
    """The first `count` samples of mono float frames; silence where there are fewer. Shape (count,)."""
    samples, filled = np.zeros(count, np.float32), 0
    for frame in stream:
        piece = frame.to_ndarray()[0, : count - filled]
        samples[filled : filled + len(piece)] = piece
        filled += len(piece)
    return samples


def resample(audio: Audio, rate: int) -> Audio:
    """The same sound at another rate; its length is rounded to the nearest sample."""
    if audio.sample_rate == rate:
        return audio
    count = round(len(audio.samples) * rate / audio.sample_rate)
    # A longer filter than FFmpeg's default (32 taps), for a sharper edge below half the lower rate.
    spec = f"aresample={rate}:filter_size=64:cutoff=0.97"
    return Audio(gather(apply(frames(audio), audio.sample_rate, spec, "aformat=flt"), count), rate)
