"""Audio + Tags -> MP3 bytes, and any sound file -> Audio."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import av
import numpy as np

from newscast.audio.codecs import id3 as tags
from newscast.audio.codecs.id3 import Tags
from newscast.audio.loudness import Loudness, listen
from newscast.audio.timeline import FRAME, SAMPLE_RATE
from newscast.errors import AudioError
from newscast.model import Audio, Timeline

#: Bits a second, constant: a player finds any second of the file without reading it all.
BIT_RATE = 96_000
#: Seconds of the longest jingle or bed.
LONGEST = 600


def decode(source: Path | bytes, name: str = "sound") -> Audio:
    """Read a sound file of any kind that FFmpeg knows, as mono, at its own sample rate.

    name: what errors call it when the source is bytes. Raises AudioError, also for one
    longer than LONGEST seconds.
    """
    if isinstance(source, Path):
        name = str(source)
        try:
            source = source.read_bytes()
        except OSError as error:
            raise AudioError(f"{name} cannot be read: {error.strerror}") from error
    pieces, rate, samples = [], SAMPLE_RATE, 0
    for frame in _mono(source, name):
        pieces.append(frame.to_ndarray()[0])
        rate, samples = frame.sample_rate, samples + frame.samples
        if samples > LONGEST * rate:
            raise AudioError(f"{name} is longer than {LONGEST // 60} minutes", "cut it to a few seconds")
    if not samples:
        raise AudioError(f"{name} holds no sound")
    return Audio(np.concatenate(pieces).astype(np.float32), rate)


def _mono(data: bytes, name: str) -> Iterator[av.AudioFrame]:
    """Mono float frames of a file's first sound, as they are decoded."""
    try:
        with av.open(BytesIO(data), "r") as container:
            if not container.streams.audio:
                raise AudioError(f"{name} holds no sound")
            mono = av.AudioResampler(format="flt", layout="mono")
            for frame in container.decode(container.streams.audio[0]):
                yield from mono.resample(frame)
            yield from mono.resample(None)
    except (av.FFmpegError, ValueError) as error:  # ValueError where the rate changes half-way
        raise AudioError(f"{name} is not a sound file that can be read", "use an MP3, FLAC or WAV") from error


def encode(sound: Iterable[av.AudioFrame], about: Tags | None = None) -> bytes:
    """A mono MP3 at BIT_RATE of mono float frames at SAMPLE_RATE. about: its ID3 tag, None for none.

    Decoders give back as many samples as went in, for whole FRAMEs. The same input gives the
    same bytes. Raises AudioError.
    """
    out = BytesIO()
    # bitexact: no version numbers of FFmpeg in the file. The tag is ours, so none of its own.
    options = {"id3v2_version": "0", "fflags": "+bitexact"}
    try:
        with av.open(out, "w", format="mp3", container_options=options) as container:
            stream = container.add_stream("libmp3lame", rate=SAMPLE_RATE, layout="mono", format="fltp")
            stream.bit_rate = BIT_RATE
            for frame in sound:
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    except av.FFmpegError as error:
        raise AudioError(f"the episode could not be encoded: {error.strerror}") from error
    return b"".join([tags.render(about) if about else b"", out.getbuffer()])


def verify(mp3: bytes, timeline: Timeline) -> Loudness:
    """Decode a finished episode to its last sample and say how loud it is.

    Raises AudioError unless it lasts as long as its timeline, no whole MPEG frame more or less, and
    its chapters follow one another in time. The header is not trusted: a truncated MP3 keeps it.
    """
    samples = 0

    def counted() -> Iterator[av.AudioFrame]:
        nonlocal samples
        for frame in _mono(mp3, "the episode"):
            samples += frame.samples
            yield frame

    loudness = listen(counted(), SAMPLE_RATE)
    if abs(samples - timeline.duration * SAMPLE_RATE) >= FRAME:
        raise AudioError(f"the episode lasts {samples / SAMPLE_RATE:.2f} s, not {timeline.duration:.2f} s")
    starts = _chapter_starts(mp3)
    if len(starts) != len(timeline.chapters) or any(a >= b for a, b in pairwise(starts)):
        raise AudioError(f"the episode's chapters are out of order: {starts}")
    return loudness


def _chapter_starts(mp3: bytes) -> list[float]:
    """Seconds, in the order in which the file holds them."""
    with av.open(BytesIO(mp3), "r") as container:
        return [float(c["start"] * c["time_base"]) for c in container.chapters() if c["time_base"]]
