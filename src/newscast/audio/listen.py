"""A finished file + what it should hold -> how loud it is, or an AudioError that says what was heard.

The last listen before anything is published: the file is decoded from its first to its last sample, by
another program than wrote it, and nothing of its header is trusted.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from newscast.audio.codecs.decode import stream
from newscast.audio.codecs.encoder import Encoder, Said, Tags
from newscast.audio.loudness import Blocks, Loudness, listen
from newscast.audio.timeline import FRAME, SAMPLE_RATE
from newscast.errors import AudioError
from newscast.model import Samples, Timeline

#: Readings of the level a second.
READINGS = 100
#: dB below the episode's usual line, and dBFS, at which a line is not there.
LOST, LEAST = 20.0, -45.0
#: dBFS below which nothing is heard, and seconds of it that a voice may pause for inside a line.
SILENT, PAUSE = -60.0, 1.6
#: Seconds by which formats cut off the start of a chapter.
NEAR = 0.011


def last_listen(path: Path, encoder: Encoder, timeline: Timeline, tags: Tags) -> Loudness:
    """How loud the file is. Raises AudioError unless it is as long as its timeline, every line is heard where
    its cue says, nothing is silent for longer than the timeline's own pauses, and the tags read back right.
    """
    cut, levels = Blocks(encoder.rate // READINGS, encoder.channels), []
    samples = 0

    def heard() -> Iterator[Samples]:
        nonlocal samples
        for piece, _rate in stream(path, encoder.channels):
            samples += piece.shape[1]
            levels.append(_levels(cut.cut(piece, last=False)))
            yield piece

    loudness = listen(heard(), encoder.rate, encoder.channels)
    seconds = samples / encoder.rate
    if abs(seconds - timeline.duration) * SAMPLE_RATE >= FRAME:
        raise AudioError(f"the episode lasts {seconds:.2f} s, not {timeline.duration:.2f} s")
    whole = np.concatenate(levels)
    fault = _lost(whole, timeline) or _silence(whole, timeline) or _wrong(encoder.read_back(path), tags)
    if fault:
        raise AudioError(f"the finished episode is not right: {fault}", "report this bug")
    return loudness


def _levels(blocks: Samples) -> Samples:
    """dBFS of each block; shape (blocks,)."""
    power = np.square(blocks).mean(axis=2).mean(axis=0)
    levels: Samples = 10 * np.log10(np.maximum(power, 1e-12), dtype=np.float32)
    return levels


def _lost(levels: Samples, timeline: Timeline) -> str:
    """Which line cannot be heard where its cue is; "" if all can."""
    heard = []
    for cue in timeline.cues:
        part = levels[round(cue.start * READINGS) : max(round(cue.end * READINGS), 1)]
        heard.append(float(10 * np.log10(np.mean(10 ** (part / 10)))) if len(part) else -120.0)
    least = max(float(np.median(heard)) - LOST, LEAST) if heard else 0.0
    for cue, level in zip(timeline.cues, heard, strict=True):
        if level < least:
            return f'at {_clock(cue.start)} there is no voice for "{cue.text[:60]}" ({level:.0f} dBFS)'
    return ""


def _silence(levels: Samples, timeline: Timeline) -> str:
    """Where nothing is heard for longer than it may be; "" if nowhere."""
    cues = timeline.cues
    gaps = [b.start - a.end for a, b in pairwise(cues)]
    if cues:
        gaps += [cues[0].start, timeline.duration - cues[-1].end]
    longest = max(gaps, default=0.0) + PAUSE
    edges = np.flatnonzero(np.diff(levels < SILENT, prepend=False, append=False))
    for start, stop in zip(edges[::2] / READINGS, edges[1::2] / READINGS, strict=True):
        if stop - start > longest:
            return f"at {_clock(start)} it is silent for {stop - start:.1f} s"
    return ""


def _wrong(said: Said, tags: Tags) -> str:
    """What the tags do not say as they should; "" if nothing."""
    if said.title != tags.title:
        return f'its title reads "{said.title}"'
    if said.transcript != tags.transcript:
        return "its transcript does not read back"
    wanted = [(chapter.start, chapter.title) for chapter in tags.chapters]
    starts = [start for start, _ in said.chapters]
    if any(a >= b for a, b in pairwise(starts)):
        return f"its chapters are out of order: {starts}"
    near = all(
        abs(a - b) <= NEAR and title == name
        for (a, title), (b, name) in zip(said.chapters, wanted, strict=False)
    )
    if len(said.chapters) != len(wanted) or not near:
        return f"its chapters read {said.chapters}"
    return ""


def _clock(seconds: float) -> str:
    return f"{seconds // 60:.0f}:{seconds % 60:04.1f}"
