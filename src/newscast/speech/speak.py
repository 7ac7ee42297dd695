"""Lines -> clips, one a line, each said once and kept."""

from collections.abc import Sequence
from pathlib import Path

from newscast.errors import SynthesisError
from newscast.model import Audio, Engine, Line, Progress, digest
from newscast.speech import cache as clips
from newscast.speech.clip import fault, join, trim
from newscast.speech.split import halves
from newscast.speech.voices import Voice, load

_BREATH = 0.12  # seconds between the halves of a line that had to be cut in two


def speak(
    lines: Sequence[Line], voice: Voice, cache: Path | None, *, on_line: Progress | None = None
) -> list[Audio]:
    """One clip a line: 16-bit values as float32, no silence at its edges, checked.

    cache: folder of the clips that were said before, which are not said again; None keeps none.
    The engine is loaded only when a line is missing. Raises VoiceError, or SynthesisError naming
    the line that cannot be said or does not come out right.
    """
    fingerprint = voice.fingerprint
    engine: Engine | None = None
    said: dict[str, Audio] = {}
    keys = [digest(fingerprint, line.spoken, line.phonemes) for line in lines]
    for done, (key, line) in enumerate(zip(keys, lines, strict=True), 1):
        clip = said.get(key) or (clips.read(cache, key) if cache else None)
        if clip is None:
            engine = engine or load(voice)
            clip = _say(engine, line)
            if cache:
                clips.write(cache, key, clip)
        said[key] = clip
        if on_line:
            on_line(done, len(lines))
    return [said[key] for key in keys]


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
