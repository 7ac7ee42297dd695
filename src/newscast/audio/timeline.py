"""Script + the clips of its lines -> Timeline: when each line and section is heard.

All times fall on whole samples at SAMPLE_RATE, so that mix can put every clip exactly there.
"""

import math
from collections.abc import Iterable, Sequence

import msgspec

from newscast.model import Audio, Chapter, Cue, Ends, Script, Timeline
from newscast.tables import Sound

#: Hz of every episode; what podcast apps play without resampling.
SAMPLE_RATE = 44_100

#: Samples in one MPEG frame. Episodes end on a whole one: at some other lengths FFmpeg writes a
#: header that lets players trim up to 46 samples too few.
FRAME = 1152

#: Seconds a chapter begins before its first word: a player that jumps into an MP3 needs a frame or
#: two (26 ms each) before it has the bits to make sound, and times in ID3 are whole milliseconds.
LEAD = 0.2

#: Seconds; a shorter chapter is no place to go to.
SHORTEST_CHAPTER = 10.0

#: Seconds between a quotation and who said it, when two voices share the sentence.
PHRASE_PAUSE = 0.15


def sample_count(clip: Audio) -> int:
    """How many samples a clip has once resampled to SAMPLE_RATE."""
    return round(len(clip.samples) * SAMPLE_RATE / clip.sample_rate)


def lay_out(
    script: Script,
    counts: Sequence[int],
    sound: Sound,
    intro: float = 0.0,
    outro: float = 0.0,
    sting: float = 0.0,
) -> Timeline:
    """Put one clip a line in a row, each followed by the pause its line ends with.

    The last line closes the show, so a section's pause follows it, and up to one FRAME more.
    counts: samples of each clip. intro, outro: seconds of jingle before the first line and after the
    last pause. sting: seconds of music before each section that begins with one, a pause on both
    sides. Raises ValueError unless there is one clip a line, and at least one.
    """
    lines = script.lines
    if not lines or len(lines) != len(counts):
        raise ValueError(f"{len(lines)} lines and {len(counts)} clips")
    pauses = {
        Ends.PHRASE: PHRASE_PAUSE,
        Ends.SENTENCE: sound.sentence_pause,
        Ends.PARAGRAPH: sound.paragraph_pause,
        Ends.SECTION: sound.section_pause,
    }
    opening = _opening_lines(script) if sting else frozenset()
    cues: list[Cue] = []
    now = round(intro * SAMPLE_RATE)
    for number, (line, count) in enumerate(zip(lines, counts, strict=True)):
        if number in opening:
            now += round((sting + sound.section_pause) * SAMPLE_RATE)
        cues.append(Cue(now / SAMPLE_RATE, (now + count) / SAMPLE_RATE, line.text))
        following = number + 1
        ends = Ends.SECTION if following == len(lines) or following in opening else line.ends
        now += count + round(pauses[ends] * SAMPLE_RATE)
    frames = math.ceil((now + round(outro * SAMPLE_RATE)) / FRAME)
    duration = frames * FRAME / SAMPLE_RATE
    return Timeline(tuple(cues), _chapters(script, cues, duration), duration)


def sting_starts(script: Script, cues: Sequence[Cue], sound: Sound, sting: float) -> list[float]:
    """Seconds at which `lay_out` left room for a sting."""
    return [cues[number].start - sound.section_pause - sting for number in sorted(_opening_lines(script))]


def _opening_lines(script: Script) -> frozenset[int]:
    """Numbers of the lines that a sting comes before; never the very first, for there is the intro."""
    found, first = set(), 0
    for section in script.sections:
        if section.lines and section.sting and first:
            found.add(first)
        first += len(section.lines)
    return frozenset(found)


def _chapters(script: Script, cues: Sequence[Cue], duration: float) -> tuple[Chapter, ...]:
    """One chapter a section that has lines; it begins LEAD before its first cue, within the pause."""
    sections = [section for section in script.sections if section.lines]
    starts, first = [0.0], 0
    for section in sections[:-1]:
        first += len(section.lines)
        starts.append(max(cues[first].start - LEAD, cues[first - 1].end))
    ends = [*starts[1:], duration]
    return _long_enough(
        Chapter(start, end, section.title, section.url, section.image)
        for section, start, end in zip(sections, starts, ends, strict=True)
    )


def _long_enough(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """Chapters of at least SHORTEST_CHAPTER: a short one goes with the next, at the end with the one before.

    So a greeting of four seconds is the beginning of what follows it, and bears its title; a headline and
    the article that has it for a title are one.
    """
    found: list[Chapter] = []
    for chapter in chapters:
        if found and (found[-1].end - found[-1].start < SHORTEST_CHAPTER or found[-1].title == chapter.title):
            chapter = msgspec.structs.replace(chapter, start=found.pop().start)
        found.append(chapter)
    if len(found) > 1 and found[-1].end - found[-1].start < SHORTEST_CHAPTER:
        last = found.pop()
        found[-1] = msgspec.structs.replace(found[-1], end=last.end)
    return tuple(found)
