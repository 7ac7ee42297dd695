"""The show's sound files -> Music: decoded once, cut, faded, at one loudness; only this module knows pydub.

pydub cuts at milliseconds, so all music is made of whole ones. It is kept in 16 bits, as pydub has it: a
bed of ten minutes then takes 53 MB.
"""

import warnings

import msgspec
import numpy as np
from numpy.typing import NDArray

from newscast.audio.codecs.decode import decode
from newscast.audio.filters import resample
from newscast.audio.loudness import SILENCE, Meter, decibels, listen
from newscast.audio.timeline import SAMPLE_RATE
from newscast.audio.voice import NOMINAL
from newscast.errors import AudioError
from newscast.model import Samples
from newscast.show import Show

with warnings.catch_warnings():
    # It warns when there is no ffmpeg to run; it is never asked to run one.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

#: Samples in 10 ms, the shortest time that is both whole samples and whole milliseconds.
GRID = SAMPLE_RATE // 100
#: dBFS below which the start and the end of a jingle are silence to be cut away.
QUIET = -60.0
#: Milliseconds that a jingle fades in and out, and that the end of a bed runs into its start.
JINGLE_FADES, SEAM = (20, 600), 1000
Pcm = NDArray[np.int16]


class Music(msgspec.Struct, frozen=True, eq=False):
    """Each of shape (n, channels) at SAMPLE_RATE and NOMINAL, with n = 0 where the show has none.

    The bed begins again where it ends, without a seam. bed_lufs, bed_dbfs: of its loudest
    0.4 s, weighted by the ear and not.
    """

    intro: Pcm
    outro: Pcm
    sting: Pcm
    bed: Pcm
    bed_lufs: float = NOMINAL
    bed_dbfs: float = NOMINAL


def load_music(show: Show) -> Music:
    """All music of a show, to be loaded before anything is spoken.

    Raises ShowError for a file that is not there, AudioError for one that is broken, silent or too long.
    """
    sound, channels = show.audio, show.audio.channels
    intro, outro, sting = (_jingle(show, name, channels) for name in (sound.intro, sound.outro, sound.sting))
    bed = _bed(show, sound.bed, channels)
    return Music(intro, outro, sting, bed, *(_loudest(bed) if len(bed) else ()))


def no_music(channels: int = 1) -> Music:
    """Of a show that has none."""
    none = np.zeros((0, channels), np.int16)
    return Music(none, none, none, none)


def seconds(music: Pcm) -> float:
    """How long a piece is."""
    return len(music) / SAMPLE_RATE


def floats(music: Pcm) -> Samples:
    """As the mix has it: shape (channels, n), in [-1, 1]."""
    return music.T.astype(np.float32) / np.float32(32767)


def _jingle(show: Show, name: str, channels: int) -> Pcm:
    segment = _load(show, name, channels)
    fade_in, fade_out = (min(fade, len(segment) // 2) for fade in JINGLE_FADES)
    return _pcm(segment.fade_in(fade_in).fade_out(fade_out) if fade_out else segment)


def _bed(show: Show, name: str, channels: int) -> Pcm:
    segment = _load(show, name, channels)
    seam = min(SEAM, len(segment) // 4)
    if not seam:
        return _pcm(segment)
    end = segment[-seam:].fade_out(seam)
    return _pcm(segment[:seam].fade_in(seam).overlay(end) + segment[seam:-seam])


def _loudest(bed: Pcm) -> tuple[float, float]:
    """LUFS and dBFS of the bed's loudest 0.4 s."""
    meter, powers = Meter(SAMPLE_RATE, bed.shape[1], peaks=False), [0.0]
    for start in range(0, len(bed), SAMPLE_RATE):
        piece = floats(bed[start : start + SAMPLE_RATE])
        meter.push(piece)
        powers += (
            np.square(piece[:, : piece.shape[1] // 5 * 5]).mean(axis=0).reshape(5, -1).mean(axis=1).tolist()
        )
    pairs = np.convolve(powers, (0.5, 0.5), "valid")
    return meter.read().momentary, decibels(float(np.sqrt(pairs.max())))


def _load(show: Show, name: str, channels: int) -> AudioSegment:
    """A file without the silence at its edges, at NOMINAL; one that is too short to be measured as it is."""
    path = show.file(name)
    if path is None:
        return _segment(np.zeros((channels, 0), np.float32))
    samples, rate = decode(path, channels)
    samples = resample(samples, rate, SAMPLE_RATE)
    loud = listen([samples], SAMPLE_RATE, channels)
    if loud.true_peak < QUIET:
        raise AudioError(f"{path} is silent", "choose another file, or remove it from show.toml")
    gain = min(NOMINAL - loud.integrated if loud.integrated > SILENCE else 0.0, -loud.true_peak)
    segment = _segment(samples * np.float32(10 ** (gain / 20)))
    start, end = (detect_leading_silence(part, QUIET + gain, 10) for part in (segment, segment.reverse()))
    return segment[start : len(segment) - end]


def _segment(samples: Samples) -> AudioSegment:
    """Whole centiseconds of samples of shape (channels, n); up to 10 ms of silence fill the last."""
    channels, count = samples.shape
    pcm = np.zeros((count + -count % GRID, channels), np.int16)
    pcm[:count] = np.round(samples.T * 32767).clip(-32768, 32767)
    return AudioSegment(data=pcm.tobytes(), sample_width=2, frame_rate=SAMPLE_RATE, channels=channels)


def _pcm(segment: AudioSegment) -> Pcm:
    return np.frombuffer(segment.raw_data, np.int16).reshape(-1, segment.channels)
