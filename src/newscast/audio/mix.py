"""Timeline, clips and music -> the episode's sound, piece by piece, before it is mastered.

Nothing is kept: the mix is read once to be measured and once for each file that is made of it, and
clips are asked for when their turn comes.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from newscast.audio.music import Music, Pcm, floats, seconds
from newscast.audio.timeline import FRAME, SAMPLE_RATE, sting_starts
from newscast.audio.voice import Survey, treated
from newscast.model import Audio, Samples, Script, Timeline
from newscast.tables import Sound

#: Samples in a piece: whole FRAMEs, about a second.
PIECE = 38 * FRAME
#: Seconds in which the bed comes up at its start and goes at its end.
BED_FADES = (1.0, 2.0)
#: dB that any line is above the loudest 0.4 s of the bed, however quietly it is said, whether weighted by
#: the ear (LUFS) or not (dBFS).
CLEAR = 13.0
#: dB below its own level at which nothing is heard of it.
OUT = -70.0


class Mix(msgspec.Struct, frozen=True, eq=False):
    """All that is heard of one script. sound: its pauses, its channels and how its bed ducks."""

    script: Script
    timeline: Timeline
    clips: Sequence[Audio]
    survey: Survey
    music: Music
    sound: Sound

    def __iter__(self) -> Iterator[Samples]:
        """Pieces of shape (channels, PIECE) at SAMPLE_RATE, to the last sample of the timeline."""
        bed = Bed.under(self) if len(self.music.bed) else None
        waiting = self._parts()
        part = next(waiting, None)
        for start in range(0, round(self.timeline.duration * SAMPLE_RATE), PIECE):
            stop = min(start + PIECE, round(self.timeline.duration * SAMPLE_RATE))
            piece = np.zeros((self.sound.channels, stop - start), np.float32)
            while part and part[0] < stop:
                first, samples = part
                place = piece[:, max(0, first - start) : first + samples.shape[1] - start]
                place += samples[:, max(0, start - first) :][:, : place.shape[1]]
                if first + samples.shape[1] > stop:
                    break
                part = next(waiting, None)
            if bed:
                bed.add(piece, start)
            yield piece

    def _parts(self) -> Iterator[tuple[int, Samples]]:
        """Clips and jingles in order, none over another: first sample, and shape (channels or 1, n)."""
        cues = self.timeline.cues
        parts: list[tuple[float, int | Pcm]] = [(cue.start, number) for number, cue in enumerate(cues)]
        for start, what in sorted([*parts, *self.jingles()], key=lambda part: part[0]):
            if isinstance(what, int):
                treatment = self.survey.treatments[self.script.lines[what].voice]
                samples = treated(self.clips[what], treatment)[np.newaxis]
            else:
                samples = floats(what)
            yield round(start * SAMPLE_RATE), samples

    def jingles(self) -> list[tuple[float, Pcm]]:
        """Second at which it starts, and the music."""
        music, end = self.music, self.timeline.duration
        sting = seconds(music.sting)
        stings = sting_starts(self.script, self.timeline.cues, self.sound, sting) if sting else []
        found = [(0.0, music.intro), *((start, music.sting) for start in stings)]
        return [part for part in [*found, (end - seconds(music.outro), music.outro)] if len(part[1])]


class Bed(msgspec.Struct, frozen=True, eq=False):
    """Music under the voice from start to stop (samples). times, levels: seconds, and dB to add to it
    there; between them the level moves in straight lines.
    """

    pcm: Pcm
    start: int
    stop: int
    times: tuple[float, ...]
    levels: tuple[float, ...]

    @classmethod
    def under(cls, mix: Mix) -> "Bed":
        """The bed is down while a line is said, and comes up after it as far as the next one allows."""
        music, sound = mix.music, mix.sound
        start, stop = seconds(music.intro), mix.timeline.duration - seconds(music.outro)
        seen = mix.survey
        spans = [
            (
                cue.start,
                cue.end,
                min(-sound.bed_level, min(lufs - music.bed_lufs, dbfs - music.bed_dbfs) - CLEAR),
            )
            for cue, lufs, dbfs in zip(mix.timeline.cues, seen.loudness, seen.power, strict=True)
        ]
        spans += [(at, at + seconds(pcm), OUT) for at, pcm in mix.jingles() if start < at < stop]
        points = _ducked(sorted(spans), sound)
        points = [
            (start, OUT),
            (start + BED_FADES[0], spans[0][2]),
            *(p for p in points if p[0] > start + BED_FADES[0]),
        ]
        end = max(start, stop - BED_FADES[1])
        before = float(np.interp(end, [time for time, _ in points], [level for _, level in points]))
        points = [*(p for p in points if p[0] < end), (end, before), (stop, OUT)]
        times, levels = zip(*points, strict=True)
        return cls(music.bed, round(start * SAMPLE_RATE), round(stop * SAMPLE_RATE), times, levels)

    def add(self, piece: Samples, start: int) -> None:
        """Lay the bed under a piece of the mix that begins at that sample."""
        first, last = max(start, self.start), min(start + piece.shape[1], self.stop)
        if first >= last:
            return
        place = np.arange(first, last)
        level = np.interp(place / SAMPLE_RATE, self.times, self.levels)
        music = floats(np.take(self.pcm, place - self.start, axis=0, mode="wrap"))
        piece[:, first - start : last - start] += music * (10 ** (level / 20)).astype(np.float32)


def _ducked(spans: list[tuple[float, float, float]], sound: Sound) -> list[tuple[float, float]]:
    """When and at which level the bed turns, from when it has to be down, how long, and how far."""
    up, down = (max(sound.bed_rise, 0.1) / max(time, 0.01) for time in (sound.bed_release, sound.bed_attack))
    top = sound.bed_rise - sound.bed_level
    points = [spans[0][::2]]
    for (_, end, low), (start, _, next_low) in pairwise(spans):
        turn = (next_low - low + down * start + up * end) / (up + down)
        if turn <= end:  # so much lower, so soon, that it goes down while the line before is said
            points += [(end, min(low, next_low + down * (start - end)))]
        elif turn >= start:
            points += [(end, low), (start, low + up * (start - end))]
        else:
            peak = min(low + up * (turn - end), max(top, low, next_low))
            points += [(end, low), (end + (peak - low) / up, peak), (start - (peak - next_low) / down, peak)]
        points += [(start, next_low)] if turn < start else []
    return [*points, spans[-1][1:]]
