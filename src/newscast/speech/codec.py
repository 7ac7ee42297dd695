"""bytes of a sound file -> Audio -> FLAC bytes: the codecs of cache and online voices, by PyAV."""

import contextlib
import io
import math
import re
from itertools import chain, pairwise

import av
import numpy as np

from newscast.model import Audio

Pcm = np.ndarray[tuple[int], np.dtype[np.int16]]

# Where a WAV, a FLAC or an MP3 with a tag begins: some services put one behind another in one answer. MP3s
# without tags need no help.
_BEGINNING = re.compile(
    rb"RIFF.{4}WAVE|fLaC[\x00\x80]\x00\x00\x22|ID3[\x02-\x04]\x00[\x00-\xf0][\x00-\x7f]{4}", re.DOTALL
)


def decode(data: bytes, longest: float = math.inf) -> Audio:
    """Any sound that FFmpeg knows, as mono; parts that were put end to end are one sound.

    longest: seconds. Raises ValueError if it is no sound, is damaged, or lasts longer.
    """
    starts = [found.start() for found in _BEGINNING.finditer(data)]
    parts = [data] if 0 not in starts else [data[a:b] for a, b in pairwise([*starts, len(data)])]
    sounds = [_decode(part, longest) for part in parts]
    rates = {sound.sample_rate for sound in sounds}
    samples = np.concatenate([sound.samples for sound in sounds])
    if len(rates) > 1:
        raise ValueError(f"not one sound: its parts have {', '.join(map(str, sorted(rates)))} Hz")
    if not np.isfinite(samples).all():
        raise ValueError("not a sound: it holds what is no number")
    return Audio(samples, rates.pop())


def _decode(data: bytes, longest: float) -> Audio:
    parts, size = [np.zeros(0, np.float32)], 0
    try:
        with av.open(io.BytesIO(data), "r") as container:
            stream = container.streams.audio[0]
            rate = stream.rate
            resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
            for frame in chain(container.decode(stream), [None]):
                for mono in resampler.resample(frame):
                    parts.append(mono.to_ndarray()[0])
                    size += parts[-1].size
                if size > longest * rate:
                    raise ValueError(f"a sound of over {longest:.0f} s")
    except (av.error.FFmpegError, IndexError) as error:
        raise ValueError(f"not a sound: {error}") from error
    return Audio(np.concatenate(parts), rate)


def stretch(audio: Audio, speed: float) -> Audio:
    """The same at another speed and the same pitch, by FFmpeg's atempo (WSOLA)."""
    if speed == 1 or not audio.samples.size:
        return audio
    graph = av.filter.Graph()
    source = graph.add_abuffer(format="flt", sample_rate=audio.sample_rate, layout="mono")
    nodes = [source, graph.add("atempo", str(speed)), graph.add("abuffersink")]
    graph.link_nodes(*nodes).configure()
    frame = av.AudioFrame.from_ndarray(audio.samples[None, :], format="flt", layout="mono")
    frame.sample_rate = audio.sample_rate
    source.push(frame)
    source.push(None)
    parts = []
    with contextlib.suppress(av.error.EOFError):
        while True:
            pulled = nodes[-1].pull()
            assert isinstance(pulled, av.AudioFrame)
            parts.append(pulled.to_ndarray()[0])
    return Audio(np.concatenate(parts), audio.sample_rate)


def encode_flac(audio: Audio) -> bytes:
    """16-bit FLAC; samples that are already rounded to 16 bits come back as they were."""
    file = io.BytesIO()
    with av.open(file, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=audio.sample_rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(pcm(audio)[None, :], format="s16", layout="mono")
        frame.sample_rate = audio.sample_rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def round_to_16_bits(audio: Audio) -> Audio:
    """The nearest samples that 16 bits can hold: what FLAC would give back."""
    return Audio(pcm(audio).astype(np.float32) / np.float32(32768), audio.sample_rate)


def pcm(audio: Audio) -> Pcm:
    """Its samples as 16-bit integers."""
    return np.round(audio.samples * 32768).clip(-32768, 32767).astype(np.int16)
