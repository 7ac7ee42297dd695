"""Script + clips + Show -> the finished MP3 and its Timeline: the door of this room."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from newscast.audio import cover
from newscast.audio.balance import balance
from newscast.audio.codecs import mp3
from newscast.audio.codecs.id3 import Tags
from newscast.audio.loudness import level
from newscast.audio.mix import mix
from newscast.audio.timeline import lay_out
from newscast.errors import AudioError
from newscast.model import Audio, Script, Timeline, digest
from newscast.show import Show

#: To be raised whenever this room makes other sound or tags of the same input, so that
#: published episodes are made again.
VERSION = 1
LUFS = -16.0
TRUE_PEAK = -1.0
#: LU that a published MP3 may be off.
TOLERANCE = 0.3
ROUNDS = 5
#: Decibels by which LAME turns its input down (it multiplies by 0.95).
LAME_LOSS = 0.45
#: Decibels left below TRUE_PEAK at first; with LAME_LOSS, more than encoding usually lifts peaks.
HEADROOM = 0.3
#: A clip with no sample above this (-60 dBFS) says nothing.
INAUDIBLE = 0.001


def inputs(show: Show) -> str:
    """Digest of all that goes into an episode's MP3 beside its script and clips.

    Raises ShowError or AudioError when the cover, a jingle or the bed is missing or wrong.
    """
    files = []
    for name in (show.audio.intro, show.audio.outro, show.audio.bed):
        path = show.file(name)
        if path:
            mp3.decode(path)
        files.append(path.read_bytes() if path else b"")
    return digest(VERSION, show.audio, show.title, show.author, _cover(show) or b"", *files)


def produce(script: Script, clips: Sequence[Audio], show: Show) -> tuple[bytes, Timeline]:
    """Lay out, mix, level, encode, tag and verify one episode. clips: one a line of the script.

    Raises ShowError or AudioError, ValueError unless there is one clip a line.
    """
    for line, clip in zip(script.lines, clips, strict=True):
        if not _audible(clip):
            raise AudioError(f'the voice said nothing for "{line.text[:60]}"')
    intro, outro, bed = (
        _music(show.file(name)) for name in (show.audio.intro, show.audio.outro, show.audio.bed)
    )
    timeline = lay_out(
        script, clips, show.audio, intro.duration if intro else 0.0, outro.duration if outro else 0.0
    )
    about = Tags(
        title=script.title,
        artist=show.author,
        album=show.title,
        published=script.published,
        summary=script.summary,
        url=script.url,
        cover=_cover(show),
        chapters=timeline.chapters,
    )
    even = balance(clips, [line.voice for line in script.lines])
    mixed = mix(timeline, even, intro, outro, bed, show.audio.bed_level)
    return _encoded(mixed, about, timeline), timeline


def _encoded(mixed: Audio, about: Tags, timeline: Timeline) -> bytes:
    """The MP3 that is right once decoded: what the encoder does to level and peaks is mended."""
    lufs, ceiling = LUFS + LAME_LOSS, TRUE_PEAK - HEADROOM
    for _ in range(ROUNDS):
        data = mp3.encode(level(mixed, lufs, ceiling), about)
        heard = mp3.verify(data, timeline)
        if abs(LUFS - heard.integrated) <= TOLERANCE and heard.true_peak <= TRUE_PEAK:
            return data
        lufs += LUFS - heard.integrated
        ceiling -= max(0.0, heard.true_peak - TRUE_PEAK + 0.1)
    raise AudioError(f"the episode cannot be brought to {LUFS:g} LUFS and {TRUE_PEAK:g} dBTP")


def _audible(clip: Audio) -> bool:
    return bool(np.isfinite(clip.samples).all() and np.abs(clip.samples).max(initial=0) > INAUDIBLE)


def _music(path: Path | None) -> Audio | None:
    return mp3.decode(path) if path else None


def _cover(show: Show) -> bytes | None:
    path = show.file(show.cover)
    return cover.read(path) if path else None
