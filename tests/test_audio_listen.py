"""The last listen finds what is wrong with a finished file, whatever went wrong before."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import mutagen.mp3
import numpy as np
import pytest
from broadcast import NEWS, show, speak
from msgspec.structs import replace

from newscast.audio.codecs.encoder import Tags
from newscast.audio.codecs.mp3 import Mp3
from newscast.audio.listen import last_listen
from newscast.audio.loudness import Meter
from newscast.audio.master import solve
from newscast.audio.mix import Mix
from newscast.audio.music import no_music
from newscast.audio.timeline import lay_out
from newscast.audio.voice import survey
from newscast.errors import AudioError
from newscast.model import Chapter, Samples, Timeline

Sound = Callable[[Samples, Timeline], Samples]


def finished(path: Path, change: Sound = lambda sound, _: sound) -> tuple[Timeline, Tags]:
    """An MP3 of NEWS, its sound changed after it was mastered."""
    clips, sound = speak(NEWS), show().audio
    seen = survey(NEWS.lines, clips, {})
    timeline = lay_out(NEWS, seen.counts, sound)
    mix = np.concatenate(list(Mix(NEWS, timeline, clips, seen, no_music(), sound)), axis=1)
    meter = Meter(44_100, 1)
    meter.push(mix)
    tags = Tags(
        title="Judul",
        artist="a",
        album="b",
        published=NEWS.published,
        transcript="Naskah.",
        chapters=timeline.chapters,
    )
    Mp3().write([change(solve(meter.read()).apply(mix, 0, 44_100), timeline)], path, tags)
    return timeline, tags


def test_what_is_right_is_measured(tmp_path: Path) -> None:
    timeline, tags = finished(tmp_path / "a.mp3")
    heard = last_listen(tmp_path / "a.mp3", Mp3(), timeline, tags)
    assert heard.integrated == pytest.approx(-16, abs=0.2) and -15 < heard.true_peak < -10


def _without_a_line(sound: Samples, timeline: Timeline) -> Samples:
    cue = timeline.cues[2]
    sound[:, round(cue.start * 44_100) : round(cue.end * 44_100)] *= 0.01
    return sound


def _with_a_hole(sound: Samples, timeline: Timeline) -> Samples:
    """The tail of one line and the head of the next."""
    middle = timeline.cues[2].start
    sound[:, round((middle - 1.2) * 44_100) : round((middle + 1.9) * 44_100)] = 0
    return sound


def _shorter(sound: Samples, timeline: Timeline) -> Samples:
    return sound[:, :-2000]


@pytest.mark.parametrize(
    ("change", "said"),
    [(_without_a_line, "no voice for .Para pedagang"), (_with_a_hole, "silent for 3"), (_shorter, "lasts")],
)
def test_sound_that_is_wrong(change: Sound, said: str, tmp_path: Path) -> None:
    timeline, tags = finished(tmp_path / "a.mp3", change)
    with pytest.raises(AudioError, match=said):
        last_listen(tmp_path / "a.mp3", Mp3(), timeline, tags)


@pytest.mark.parametrize("share", [0.1, 0.9, 0.97])
def test_a_truncated_file_whose_header_says_it_is_whole(share: float, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    timeline, tags = finished(path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert seconds(path) == pytest.approx(timeline.duration, abs=0.1)
    with pytest.raises(AudioError, match="lasts"):
        last_listen(path, Mp3(), timeline, tags)


def seconds(path: Path) -> float:
    """What its header says."""
    info: Any = mutagen.mp3.MP3(path).info
    return float(info.length)


CHANGES: dict[str, tuple[str, Callable[[Tags], Tags]]] = {
    "title": ("its title reads", lambda tags: replace(tags, title="Lain")),
    "transcript": ("its transcript", lambda tags: replace(tags, transcript="Naskah lain.")),
    "a chapter less": ("its chapters read", lambda tags: replace(tags, chapters=tags.chapters[1:])),
    "a chapter later": (
        "its chapters read",
        lambda tags: replace(tags, chapters=(*tags.chapters[:-1], Chapter(9.9, 12, tags.chapters[-1].title))),
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_tags_that_say_something_else(kind: str, tmp_path: Path) -> None:
    timeline, tags = finished(tmp_path / "a.mp3")
    said, change = CHANGES[kind]
    with pytest.raises(AudioError, match=said):
        last_listen(tmp_path / "a.mp3", Mp3(), timeline, change(tags))


def test_chapters_out_of_order(tmp_path: Path) -> None:
    """As mutagen's own save leaves them: sorted by size."""
    path = tmp_path / "a.mp3"
    timeline, tags = finished(path)
    long = "Bab pertama dengan judul yang panjang sekali"
    chapters = (Chapter(0, 3, long), Chapter(3, 6, "Bab kedua"), Chapter(6, timeline.duration, "Bab"))
    tags = replace(tags, chapters=chapters)
    Mp3().write([np.sin(np.arange(44_100 * 9) / 9).astype(np.float32)[np.newaxis]], path, tags)
    out = BytesIO(path.read_bytes())
    mutagen.mp3.MP3(path).save(out, v2_version=3)
    path.write_bytes(out.getvalue())
    with pytest.raises(AudioError, match="out of order"):
        check_tags(path, tags)


def check_tags(path: Path, tags: Tags) -> None:
    silent = Timeline((), tags.chapters, 9.0)
    last_listen(path, Mp3(), silent, tags)
