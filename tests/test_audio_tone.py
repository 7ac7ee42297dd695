"""Listen to finished episodes: each line of the Tone voice has a pitch of its own."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from broadcast import EXAMPLES, NEWS, misheard, script, show, speak
from msgspec.structs import replace

from newscast.audio import episode
from newscast.audio.codecs import mp3
from newscast.audio.filters import frames
from newscast.audio.loudness import level, listen, measure
from newscast.audio.mix import PIECE, mix
from newscast.audio.timeline import lay_out
from newscast.errors import AudioError
from newscast.model import Audio, Timeline
from newscast.show import Sound

SPOKEN = [line.spoken for line in NEWS.lines]


@pytest.fixture(scope="module")
def made() -> tuple[bytes, Timeline]:
    return episode.produce(NEWS, speak(NEWS), show(intro="intro.mp3", outro="outro.mp3"))


@pytest.fixture(scope="module")
def heard(made: tuple[bytes, Timeline]) -> Audio:
    return mp3.decode(made[0])


def test_every_line_is_heard_at_its_cue(made: tuple[bytes, Timeline], heard: Audio) -> None:
    # The jingles sound right up to the pauses, so the outermost edges are left to the next test.
    faults = misheard(heard, made[1], SPOKEN)
    assert [fault for fault in faults if "Inilah" not in fault] == []


def test_every_line_is_heard_at_its_cue_without_jingles() -> None:
    data, timeline = episode.produce(NEWS, speak(NEWS), show())
    assert misheard(mp3.decode(data), timeline, SPOKEN) == []


def _swapped(clips: list[Audio]) -> list[Audio]:
    return [clips[0], clips[2], clips[1], *clips[3:]]


def _dropped(clips: list[Audio]) -> list[Audio]:
    return [replace(clip, samples=clip.samples * (number != 3)) for number, clip in enumerate(clips)]


def _cut(clips: list[Audio]) -> list[Audio]:
    return [replace(clip, samples=np.pad(clip.samples[:-1200], (0, 1200))) for clip in clips]


@pytest.mark.parametrize("fault", [_swapped, _dropped, _cut])
def test_the_ear_hears_wrong_clips(fault: Callable[[list[Audio]], list[Audio]]) -> None:
    clips = fault(speak(NEWS))
    timeline = lay_out(NEWS, clips, Sound())
    data = mp3.encode(frames(mix(timeline, clips)))
    assert misheard(mp3.decode(data), timeline, SPOKEN)


@pytest.mark.parametrize("samples", [1105, -1105])
def test_the_ear_hears_an_encoder_delay(heard: Audio, made: tuple[bytes, Timeline], samples: int) -> None:
    late = replace(heard, samples=np.roll(heard.samples, samples))
    assert len(misheard(late, made[1], SPOKEN)) > len(SPOKEN)


def test_it_lasts_exactly_as_long_as_its_timeline(made: tuple[bytes, Timeline], heard: Audio) -> None:
    assert heard.duration == made[1].duration


def test_the_jingles_are_as_loud_as_the_voice(made: tuple[bytes, Timeline], heard: Audio) -> None:
    cues, rate = made[1].cues, heard.sample_rate
    intro = heard.samples[: round(cues[0].start * rate)]
    outro = heard.samples[round((cues[-1].end + Sound().section_pause) * rate) :]
    voice = heard.samples[len(intro) : len(heard.samples) - len(outro)]
    levels = [measure(Audio(part, rate)).integrated for part in (intro, voice, outro)]
    assert max(levels) - min(levels) < 1.0


def test_loudness_and_peak(heard: Audio) -> None:
    loudness = measure(heard)
    assert loudness.integrated == pytest.approx(-16, abs=0.3)
    assert loudness.true_peak <= -1


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="an independent ffmpeg")
def test_loudness_and_peak_by_another_ffmpeg(made: tuple[bytes, Timeline], tmp_path: Path) -> None:
    (tmp_path / "e.mp3").write_bytes(made[0])
    command = ["ffmpeg", "-nostats", "-i", "e.mp3", "-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stderr
    summary = said[said.rindex("Summary:") :]
    integrated, peak = (float(re.search(key, summary)[1]) for key in (r"I:\s+(\S+)", r"Peak:\s+(\S+)"))  # type: ignore[index]
    assert integrated == pytest.approx(-16, abs=0.3)
    assert peak <= -1


def rough(seed: int, rate: int, seconds: float) -> Audio:
    """Syllables with peaks some 20 dB above their loudness, as neural voices have: much to limit."""
    rng = np.random.default_rng(seed)
    time = np.arange(int(seconds * rate)) / rate
    glottis = (np.sin(2 * np.pi * 110 * time) > 0.995) * rng.uniform(0.3, 0.9, len(time))
    noise = 0.03 * rng.standard_normal(len(time))
    return Audio(((glottis + noise) * np.sin(2 * np.pi * 2 * time) ** 2).astype(np.float32), rate)


@pytest.mark.parametrize(("lufs", "true_peak"), [(-16, -1), (-15.55, -1.3), (-18, -2), (-14, -1), (-30, -1)])
def test_any_level_is_met(lufs: float, true_peak: float) -> None:
    sound = rough(0, 44_100, 4)
    before = measure(sound)
    assert before.true_peak - before.integrated > 17
    leveled = list(level(sound, lufs, true_peak))
    after = listen(leveled, 44_100)
    assert after.integrated == pytest.approx(lufs, abs=0.1)
    assert after.true_peak <= true_peak
    assert sum(frame.samples for frame in leveled) == len(sound.samples)


def test_rough_voices_stay_below_the_true_peak() -> None:
    clips = [rough(number, 24_000, 0.8) for number in range(len(NEWS.lines))]
    data, _ = episode.produce(NEWS, clips, show())
    loudness = measure(mp3.decode(data))
    assert loudness.integrated == pytest.approx(-16, abs=0.3)
    assert loudness.true_peak <= -1


def test_the_bed_lies_below_the_voice_and_loops_and_fades() -> None:
    long = script(tuple(f"Kalimat yang cukup panjang nomor {n}." for n in "abcdefghijklmn"))
    clips = speak(long)
    timeline = lay_out(long, clips, Sound())
    hum = np.sin(2 * np.pi * 150 * np.arange(44_100 * 3) / 44_100).astype(np.float32)
    bare, over = mix(timeline, clips), mix(timeline, clips, bed=Audio(hum, 44_100), bed_level=20)
    bed = over.samples - bare.samples
    middle = Audio(bed[44_100 * 5 : -44_100 * 5], 44_100)
    assert measure(middle).integrated == pytest.approx(measure(bare).integrated - 20, abs=0.5)
    loudest = np.abs(middle.samples).max()
    looped = loudest * np.resize(hum, len(bed))
    assert len(bed) > 3 * PIECE  # with the voice it is put together piece by piece
    assert np.abs(bed - looped)[44_100 * 2 : -44_100 * 3].max() < loudest / 100
    for edge in (bed[:100], bed[-100:]):
        assert np.abs(edge).max() < loudest / 20


def test_the_same_input_gives_the_same_bytes(made: tuple[bytes, Timeline]) -> None:
    again = episode.produce(NEWS, speak(NEWS), show(intro="intro.mp3", outro="outro.mp3"))
    assert again == made


@pytest.mark.parametrize("quiet", [np.zeros(9600), np.full(9600, 1e-4), np.zeros(0), np.full(9600, np.nan)])
def test_a_line_that_says_nothing_is_named(quiet: np.ndarray) -> None:
    clips = speak(NEWS)
    clips[2] = Audio(quiet.astype(np.float32), 24_000)
    with pytest.raises(AudioError, match="Para pedagang"):
        episode.produce(NEWS, clips, show())


def test_as_many_clips_as_lines() -> None:
    with pytest.raises(ValueError):
        episode.produce(NEWS, speak(NEWS)[1:], show())


def test_inputs_change_with_what_is_heard(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes((EXAMPLES / "intro.mp3").read_bytes())
    (tmp_path / "cover.jpg").write_bytes((EXAMPLES / "cover.jpg").read_bytes())
    plain = replace(show(intro="a.mp3"), folder=tmp_path)
    before = episode.inputs(plain)
    assert before == episode.inputs(plain)
    others = [
        replace(plain, audio=Sound(intro="a.mp3", sentence_pause=0.4)),
        replace(plain, audio=Sound()),
        replace(plain, author="Orang lain"),
        replace(plain, cover=""),
    ]
    assert len({before, *map(episode.inputs, others)}) == 5
    (tmp_path / "a.mp3").write_bytes((EXAMPLES / "outro.mp3").read_bytes())
    assert episode.inputs(plain) != before


def test_an_unreadable_jingle_is_named_before_anything_is_made(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_text("bukan suara")
    with pytest.raises(AudioError, match=r"a\.mp3"):
        episode.inputs(replace(show(intro="a.mp3"), folder=tmp_path))


def test_silence_cannot_be_leveled() -> None:
    with pytest.raises(AudioError, match="nothing to hear"):
        level(Audio(np.zeros(44_100, np.float32), 44_100))
