"""bytes of a sound file -> Audio -> FLAC bytes: the codecs of cache and online voices, by PyAV."""

import io

import av
import numpy as np

from newscast.model import Audio


def decode(data: bytes) -> Audio:
    """Any sound that FFmpeg knows, as mono. Raises ValueError if it is none, or is damaged."""
    try:
        with av.open(io.BytesIO(data), "r") as container:
            stream = container.streams.audio[0]
            rate = stream.rate
            resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
            frames = [mono for frame in container.decode(stream) for mono in resampler.resample(frame)]
            parts = [frame.to_ndarray()[0] for frame in (*frames, *resampler.resample(None))]
    except (av.error.FFmpegError, IndexError) as error:
        raise ValueError(f"not a sound: {error}") from error
    samples = np.concatenate(parts or [np.zeros(0, np.float32)])
    if not np.isfinite(samples).all():
        raise ValueError("not a sound: it holds what is no number")
    return Audio(samples, rate)


def encode_flac(audio: Audio) -> bytes:
    """16-bit FLAC; samples that are already rounded to 16 bits come back as they were."""
    file = io.BytesIO()
    with av.open(file, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=audio.sample_rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(_pcm(audio)[None, :], format="s16", layout="mono")
        frame.sample_rate = audio.sample_rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def round_to_16_bits(audio: Audio) -> Audio:
    """The nearest samples that 16 bits can hold: what FLAC would give back."""
    return Audio(_pcm(audio).astype(np.float32) / np.float32(32768), audio.sample_rate)


def _pcm(audio: Audio) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    return np.round(audio.samples * 32768).clip(-32768, 32767).astype(np.int16)
