"""Lines -> clips, one a line, each said once and kept."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Audio, Clips, Engine, Line, Progress, digest
from newscast.speech.abreast import OverdueError, abreast, within
from newscast.speech.cache import Shelf, read, write
from newscast.speech.codec import stretch
from newscast.speech.judge import REVISION, defect, out_of_step, unfit, usual_pace, usual_seconds
from newscast.speech.split import parts
from newscast.speech.trim import join, trim
from newscast.speech.voices import Voice, fingerprint, load, makes_speech

_LOG = logging.getLogger(__name__)
_PARTS = (1, 2, 3)  # in how many a line is said, until it comes out right
_BREATH = 0.12  # seconds between them
_SECONDS_TO_LOAD = 300.0  # 400 MB from a slow disk
_SECONDS_HERE, _SECONDS_ONLINE = 30.0, 300.0  # that any line may take, on this machine and on another
_SECONDS_FOR_SECOND = 15.0  # that it may take besides, for each second that a newsreader would


def speak(
    lines: Sequence[Line],
    voice: Voice,
    cache: Path | None,
    *,
    voice_fingerprint: str = "",
    on_line: Progress | None = None,
) -> Clips:
    """One clip a line: 16-bit values as float32, no silence at its edges, checked.

    cache: folder of the clips that were said before, which are not said again; None keeps none.
    voice_fingerprint: the voice's, where it is known; it takes a second to find for a large voice.
    The engine is loaded only when a line is missing. on_line gets the lines that are ready, first
    those of the cache. Raises VoiceError, or SynthesisError naming the line that cannot be said or
    does not come out right; the clips that were said by then are kept.
    """
    mark = (voice_fingerprint or fingerprint(voice)) if cache else ""
    keys = [digest(mark, line.spoken, line.phonemes) for line in lines]
    wanted = dict(zip(keys, lines, strict=True))
    speech = makes_speech(voice)
    clips = Shelf(cache, REVISION)
    for key, line in wanted.items():
        clip = read(cache, key, REVISION) if cache else None
        # What an older newscast let pass is judged as what is said today, once.
        if cache and not clip and (old := read(cache, key)) and not defect(old, line, is_speech=speech):
            write(cache, key, old, REVISION)
            clip = old
        if clip:
            clips.put(key, clip)
    _report(on_line, keys, clips)
    missing = {key: line for key, line in wanted.items() if key not in clips}
    for key, clip in _say_all(missing, voice, cache, None):
        clips.put(key, clip)
        _report(on_line, keys, clips)
    # Now that the voice's pace is known, a line is odd that lost words or has some twice.
    pace = usual_pace(map(clips.get, wanted), wanted.values())
    odd = {key: line for key, line in wanted.items() if out_of_step(clips.get(key), line, pace)}
    for key, clip in _say_all(odd, voice, cache, pace):
        clips.put(key, clip)
    return Clips(partial(clips.get, key) for key in keys)


def _report(on_line: Progress | None, keys: Sequence[str], clips: Shelf) -> None:
    if on_line and (ready := sum(key in clips for key in keys)):
        on_line(ready, len(keys))


def _say_all(
    lines: Mapping[str, Line], voice: Voice, cache: Path | None, pace: float | None
) -> Iterator[tuple[str, Audio]]:
    """Key and clip of each line as they are ready, and kept in the cache by then."""
    if not lines:
        return
    try:
        engine = within(_SECONDS_TO_LOAD, lambda: load(voice))
    except OverdueError as error:
        raise VoiceError(
            f"voice {voice.id} was not loaded in {error.limit:.0f} s", "another --voice"
        ) from error

    def say(key: str) -> Audio:
        _LOG.info("speak    %s: %s", voice.id, lines[key].spoken)
        clip = _say(engine, lines[key], pace, voice)
        if cache:
            write(cache, key, clip, REVISION)
        return clip

    calls = [partial(say, key) for key in lines]
    limits = [_limit(line, voice) for line in lines.values()]
    spoken = abreast(calls, limits, getattr(engine, "at_once", Engine.at_once))
    try:
        for key, line in lines.items():
            named = line
            yield key, next(spoken)
    except OverdueError as error:
        problem = f"{_name(named)} was not said in {error.limit:.0f} s"
        raise SynthesisError(problem, f"another --voice: the engine of {voice.id} hangs") from error


def _limit(line: Line, voice: Voice) -> float:
    """Seconds after which an engine that is still not done with a line is given up.

    Ours take a second for each of sound on two cores; a machine a dozen times slower still speaks. An online
    voice waits and asks again by its own rules meanwhile, for some minutes at the most.
    """
    return (_SECONDS_ONLINE if voice.network else _SECONDS_HERE) + _SECONDS_FOR_SECOND * usual_seconds(line)


def _say(engine: Engine, line: Line, pace: float | None, voice: Voice) -> Audio:
    """A checked clip of a line: said whole, else in halves, else in thirds, which are cut elsewhere."""
    if not any(map(str.isalnum, line.spoken)):
        raise SynthesisError(f"there is nothing to say in {_name(line)}")
    is_speech = makes_speech(voice)
    for some in dict.fromkeys(parts(line, count) for count in _PARTS):
        clips = [_synthesize(engine, part, voice.speed) for part in some]
        clip = join(clips, _BREATH)
        judged = (defect(*pair, is_speech=is_speech) for pair in zip(clips, some, strict=True))
        wrong = next(filter(None, judged), "") or out_of_step(clip, line, pace)
        if not wrong:
            return clip
    raise SynthesisError(f"{_name(line)} did not come out right: {wrong}")


def _synthesize(engine: Engine, line: Line, speed: float) -> Audio:
    try:
        audio = engine.synthesize(line)
        if problem := unfit(audio):
            raise SynthesisError(problem)
        return trim(stretch(audio, speed))
    except SynthesisError as error:
        raise SynthesisError(f"{_name(line)}: {error.message}", error.hint) from error
    except (Exception, SystemExit) as error:  # an engine may raise anything
        raise SynthesisError(f"{_name(line)} could not be said: {error!r}") from error


def _name(line: Line) -> str:
    """The line for an error message: its first 60 characters."""
    text = line.text or line.spoken
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"
