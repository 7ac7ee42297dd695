"""Lines -> clips, one a line, each said once and kept."""

from collections.abc import Container, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from newscast.errors import SynthesisError
from newscast.model import Audio, Engine, Line, Progress, digest
from newscast.speech.cache import read, write
from newscast.speech.clip import fault, join, trim
from newscast.speech.split import halves
from newscast.speech.voices import Voice, load

_BREATH = 0.12  # seconds between the halves of a line that had to be cut in two


def speak(
    lines: Sequence[Line], voice: Voice, cache: Path | None, *, on_line: Progress | None = None
) -> list[Audio]:
    """One clip a line: 16-bit values as float32, no silence at its edges, checked.

    cache: folder of the clips that were said before, which are not said again; None keeps none.
    The engine is loaded only when a line is missing. on_line gets the lines that are ready, first
    those of the cache. Raises VoiceError, or SynthesisError naming the line that cannot be said or
    does not come out right; the clips that were said by then are kept.
    """
    fingerprint = voice.fingerprint
    keys = [digest(fingerprint, line.spoken, line.phonemes) for line in lines]
    clips = {key: clip for key in set(keys) if cache and (clip := read(cache, key))}
    _report(on_line, keys, clips)
    missing = {key: line for key, line in zip(keys, lines, strict=True) if key not in clips}
    if missing:
        engine = load(voice)

        def say(key: str, line: Line) -> Audio:
            clip = _say(engine, line)
            if cache:
                write(cache, key, clip)
            return clip

        with ThreadPoolExecutor(getattr(engine, "at_once", 1)) as pool:
            for key, clip in zip(missing, pool.map(say, missing, missing.values()), strict=True):
                clips[key] = clip
                _report(on_line, keys, clips)
    return [clips[key] for key in keys]


def _report(on_line: Progress | None, keys: Sequence[str], clips: Container[str]) -> None:
    if on_line and (ready := sum(key in clips for key in keys)):
        on_line(ready, len(keys))


def _say(engine: Engine, line: Line) -> Audio:
    """A checked clip of a line; one that comes out wrong is said again in two halves."""
    if not any(map(str.isalnum, line.spoken)):
        raise SynthesisError(f"there is nothing to say in {_name(line)}")
    clip, wrong = _attempt(engine, line)
    both = halves(line) if wrong else None
    if both is not None:
        (first, first_wrong), (second, second_wrong) = (_attempt(engine, half) for half in both)
        clip, wrong = join([first, second], _BREATH), first_wrong or second_wrong
    if wrong:
        raise SynthesisError(f"{_name(line)} did not come out right: {wrong}")
    return clip


def _attempt(engine: Engine, line: Line) -> tuple[Audio, str]:
    """A trimmed clip, and what is wrong with it."""
    clip = _synthesize(engine, line)
    return clip, fault(clip, line)


def _synthesize(engine: Engine, line: Line) -> Audio:
    try:
        return trim(engine.synthesize(line))
    except SynthesisError as error:
        raise SynthesisError(f"{_name(line)}: {error.message}", error.hint) from error
    except Exception as error:  # an engine may raise anything
        raise SynthesisError(f"{_name(line)} could not be said: {error!r}") from error


def _name(line: Line) -> str:
    """The line for an error message: its first 60 characters."""
    text = line.text or line.spoken
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"
