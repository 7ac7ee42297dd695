"""A trimmed clip and its line -> what is wrong with it, if anything: the gate behind every engine."""

from collections.abc import Iterable
from statistics import median

import numpy as np
from numpy.typing import NDArray

from newscast.model import Audio, Line, Samples
from newscast.speech.align import lacks
from newscast.speech.cepstrum import look
from newscast.speech.trim import FRAME_SECONDS, frame_levels, frame_size

#: Of `defect` without a pace: to be renamed when it finds more, so that what is in the cache is judged again.
REVISION = b"judge 1"
_SAMPLE_RATES = (8_000, 192_000)  # Hz: from telephones to studios
_SILENT_PEAK = 10 ** (-40 / 20)  # a peak below it is no speech
_CLIPPED_SHARE = 0.002  # of all samples at full scale: one in 500 is heard as a crackle
# How much louder the last 5 ms may be than the softest tenth of what is heard: ours are 18 dB softer or more.
_CUT_OFF_RATIO = 10 ** (3.5 / 20)
_PAUSE_LEVEL = 10 ** (-40 / 20)  # of what a tenth of the frames exceed: a pause
_HOLE_SECONDS = 0.5  # seconds of a pause that no punctuation explains: ours are up to 0.3
_LONGEST_PAUSE_SECONDS = 1.5  # seconds, with punctuation: ours are up to 0.6
# Seconds that a line takes for each sound (a letter of IPA), each mark inside, and once. With these, the
# longer lines of one voice are within a seventh of the same pace.
_SOUND_SECONDS, _MARK_SECONDS, _LINE_SECONDS = 0.072, 0.2, 0.25
_ANY_PACE = (0.5, 1.8)  # of voices as quick and as slow as their cards can make them
_SAME_PACE = (0.75, 1.35)  # of the voice's usual pace; outside, words are lost or repeated
_SLACK_SECONDS = 0.3  # seconds more or less, for a word or two
_SECONDS_TO_TELL = 0.8  # below it a word may be all s, or all vowel
_NOISE_FLATNESS = 0.15  # pink noise has 0.3, white 0.5
_STEADY_VARIETY = 1.8  # tones have 0, noise 0.7, a mains hum up to 1.4
_LOOP_REPETITION = 0.5  # a syllable over and over has 0.9 and more
_MUSIC_DYNAMICS = 5.0  # notes that die away have 3.1 to 4.5
_LINES_FOR_PACE = 8  # lines from which a voice's usual pace is known


def defect(clip: Audio, line: Line, pace: float | None = None, *, is_speech: bool = True) -> str:
    """What is wrong with a trimmed clip of a line, in a few words; "" if nothing is.

    pace: what is usual for the voice; None while it is not known. is_speech: whether it should be.

    Of 390 lines of news, numbers and doubled words, said by id_ID-sari, id_ID-bayu and id_ID-espeak, it finds
    none wrong; of copies of them, all but a few that are noise, a tone, a hum, notes or a syllable over and
    over, that lack the last word or half of the line, or are said twice: `tools/make_sounds.py judge` counts
    them. A phrase under a third of the line goes unnoticed when it is said twice.
    """
    other = _wrong_sound(clip.samples) or (_no_speech(clip) if is_speech else "")
    return other or out_of_step(clip, line, pace) or (_lacks_word(clip, line) if is_speech else "")


def out_of_step(clip: Audio, line: Line, pace: float | None) -> str:
    """`defect`, as far as its length and its pauses tell."""
    return missing(clip, line, pace) or _said_twice(clip, line, pace) or _hole(clip, _marks(line))


def unfit(audio: object) -> str:
    """Why what an engine returned is no sound that can be worked with; "" if it can."""
    if not isinstance(audio, Audio):
        return f"its engine returned {type(audio).__name__}, not Audio"
    rate, samples = audio.sample_rate, audio.samples
    if type(rate) is not int or not _SAMPLE_RATES[0] <= rate <= _SAMPLE_RATES[1]:
        return f"its engine gave a sample rate of {rate!r}"
    if not isinstance(samples, np.ndarray) or samples.dtype != np.float32 or samples.ndim != 1:
        kind = f"{getattr(samples, 'dtype', type(samples).__name__)} {getattr(samples, 'shape', '')}"
        return f"its engine gave {kind}, not float32 (n,)"
    return "" if np.isfinite(samples).all() else "it holds what is no number"


def missing(clip: Audio, line: Line, pace: float | None = None) -> str:
    """`defect`, but only what is missing from a clip: an online voice may send all of it when asked again."""
    return _wrong_sound(clip.samples) or _too_short(clip, line, pace) or _cut_off(clip)


def usual_pace(clips: Iterable[Audio], lines: Iterable[Line]) -> float | None:
    """How slowly one voice says these lines: 1 is a newsreader's pace. None for too few to tell."""
    paces = [clip.duration / usual_seconds(line) for clip, line in zip(clips, lines, strict=True)]
    return median(paces) if len(paces) >= _LINES_FOR_PACE else None


def _wrong_sound(samples: Samples) -> str:
    if samples.size == 0 or np.ptp(samples) < 2 * _SILENT_PEAK:
        return "it is silent"
    if np.mean(np.abs(samples) > 0.999) > _CLIPPED_SHARE:
        return "it is clipped"
    return ""


def _no_speech(clip: Audio) -> str:
    """What it is in place of speech; the limits lie between our voices, see `Look`, and such sounds."""
    if clip.duration < _SECONDS_TO_TELL:
        return ""
    seen = look(clip)
    if seen.flatness > _NOISE_FLATNESS:
        return "it is noise"
    if seen.variety < _STEADY_VARIETY:
        return "it is a tone or a hum"
    if seen.repetition > _LOOP_REPETITION:
        return "it says one thing over and over"
    return "it is music" if seen.dynamics < _MUSIC_DYNAMICS else ""


def _lacks_word(clip: Audio, line: Line) -> str:
    word = lacks(clip, line.phonemes)
    return f"its {word} word is missing" if word else ""


def _too_short(clip: Audio, line: Line, pace: float | None) -> str:
    least = (pace * _SAME_PACE[0] if pace else _ANY_PACE[0]) * usual_seconds(line) - _SLACK_SECONDS
    return f"it is too short, {clip.duration:.1f} s" if clip.duration < least else ""


def _said_twice(clip: Audio, line: Line, pace: float | None) -> str:
    most = (pace * _SAME_PACE[1] if pace else _ANY_PACE[1]) * usual_seconds(line) + _SLACK_SECONDS
    return f"it is too long, {clip.duration:.1f} s" if clip.duration > most else ""


def _hole(clip: Audio, marks: int) -> str:
    _, heard = _heard(clip)
    changes = np.flatnonzero(np.diff(heard, prepend=True, append=True))
    pauses = (changes[1::2] - changes[::2]) * FRAME_SECONDS
    if np.sum(pauses > _HOLE_SECONDS) > marks or pauses.max(initial=0.0) > _LONGEST_PAUSE_SECONDS:
        return f"it falls silent for {pauses.max():.1f} s"
    return ""


def _cut_off(clip: Audio) -> str:
    loud, heard = _heard(clip)
    frame = frame_size(clip)
    end = frame_levels(clip.samples[-frame:], frame)[0]
    return "it is cut off" if end > np.percentile(loud[heard], 10) * _CUT_OFF_RATIO else ""


def _heard(clip: Audio) -> tuple[Samples, NDArray[np.bool_]]:
    """The loudness of each frame, and whether it is speech rather than a pause."""
    loud = frame_levels(clip.samples, frame_size(clip))
    return loud, loud > np.percentile(loud, 90) * _PAUSE_LEVEL


def usual_seconds(line: Line) -> float:
    """How long a newsreader takes for a line."""
    sounds = sum(symbol.isalpha() and symbol not in "ˈˌ" for symbol in line.phonemes or line.spoken)
    return _SOUND_SECONDS * sounds + _MARK_SECONDS * _marks(line) + _LINE_SECONDS


def _marks(line: Line) -> int:
    """How many marks inside a line a voice may pause at."""
    return sum(symbol in ",.;:!?" for symbol in line.spoken[:-1])
