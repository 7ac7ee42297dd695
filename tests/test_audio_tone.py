"""Listen to finished episodes: each line of the Tone voice has a pitch of its own."""

import re
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from broadcast import EXAMPLES, NEWS, counts, hear, misheard, show, speak
from msgspec.structs import replace

from newscast.audio import episode
from newscast.audio.episode import Produced
from newscast.audio.filters import pieces
from newscast.audio.loudness import Measured, Meter, listen, measure
from newscast.audio.master import solve
from newscast.audio.mix import Mix
from newscast.audio.music import no_music
from newscast.audio.timeline import lay_out
from newscast.audio.voice import survey
from newscast.errors import AudioError
from newscast.model import Audio
from newscast.tables import Sound

SPOKEN = [line.spoken for line in NEWS.lines]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Produced:
    folder = tmp_path_factory.mktemp("made")
    return episode.produce(NEWS, speak(NEWS), show(intro="intro.mp3", outro="outro.mp3"), folder)


@pytest.fixture(scope="module")
def heard(made: Produced) -> Audio:
    return hear(made.files[0])


def test_every_line_is_heard_at_its_cue(made: Produced, heard: Audio) -> None:
    # The jingles sound right up to the pauses, so the outermost edges are left to the next test.
    faults = misheard(heard, made.timeline, SPOKEN)
    assert [fault for fault in faults if "Inilah" not in fault] == []


def test_every_line_is_heard_at_its_cue_without_jingles(tmp_path: Path) -> None:
    made = episode.produce(NEWS, speak(NEWS), show(formats=("opus", "m4a"), channels=2), tmp_path)
    for path in made.files:
        faults = misheard(hear(path, 2), made.timeline, SPOKEN)
        # Codecs other than MP3 smear a pure tone's edges over 20 ms; its pitch and place they keep.
        assert [fault for fault in faults if path.suffix == ".mp3" or "sound at" not in fault] == []


def _swapped(clips: list[Audio]) -> list[Audio]:
    return [clips[0], clips[2], clips[1], *clips[3:]]


def _dropped(clips: list[Audio]) -> list[Audio]:
    return [replace(clip, samples=clip.samples * (number != 3)) for number, clip in enumerate(clips)]


def _cut(clips: list[Audio]) -> list[Audio]:
    return [replace(clip, samples=np.pad(clip.samples[:-1200], (0, 1200))) for clip in clips]


@pytest.mark.parametrize("fault", [_swapped, _dropped, _cut])
def test_the_ear_hears_wrong_clips(fault: Callable[[list[Audio]], list[Audio]]) -> None:
    clips = speak(NEWS)
    timeline = lay_out(NEWS, counts(clips), Sound())
    music, seen = no_music(), survey(NEWS.lines, clips, {})
    wrong = np.concatenate(list(Mix(NEWS, timeline, fault(clips), seen, music, Sound())), axis=1)
    assert misheard(Audio(wrong[0], 44_100), timeline, SPOKEN)


@pytest.mark.parametrize("samples", [1105, -1105])
def test_the_ear_hears_an_encoder_delay(heard: Audio, made: Produced, samples: int) -> None:
    late = replace(heard, samples=np.roll(heard.samples, samples))
    assert len(misheard(late, made.timeline, SPOKEN)) > len(SPOKEN)


def test_it_lasts_exactly_as_long_as_its_timeline(made: Produced, heard: Audio) -> None:
    assert heard.duration == made.timeline.duration


def test_the_jingles_are_as_loud_as_the_voice(made: Produced, heard: Audio) -> None:
    cues, rate = made.timeline.cues, heard.sample_rate
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
def test_loudness_and_peak_by_another_ffmpeg(tmp_path: Path) -> None:
    made = episode.produce(NEWS, speak(NEWS), show(formats=("opus", "m4a"), channels=2), tmp_path)
    for path in made.files:
        command = ["ffmpeg", "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
        summary = said[said.rindex("Summary:") :]
        integrated, peak = (float(re.search(key, summary)[1]) for key in (r"I:\s+(\S+)", r"Peak:\s+(\S+)"))  # type: ignore[index]
        assert integrated == pytest.approx(-16, abs=0.3), path.suffix
        assert peak <= -1, path.suffix


def rough(seed: int, rate: int, seconds: float) -> Audio:
    """Syllables with peaks some 20 dB above their loudness, as neural voices have: much to limit."""
    rng = np.random.default_rng(seed)
    time = np.arange(int(seconds * rate)) / rate
    glottis = (np.sin(2 * np.pi * 110 * time) > 0.995) * rng.uniform(0.3, 0.9, len(time))
    noise = 0.03 * rng.standard_normal(len(time))
    return Audio(((glottis + noise) * np.sin(2 * np.pi * 2 * time) ** 2).astype(np.float32), rate)


def measured(sound: Audio) -> Measured:
    meter = Meter(sound.sample_rate, 1)
    for piece in pieces(sound):
        meter.push(piece)
    return meter.read()


@pytest.mark.parametrize(("lufs", "true_peak"), [(-16, -1), (-15.5, -1.3), (-18, -2), (-14, -1), (-30, -1)])
def test_any_level_is_met(lufs: float, true_peak: float) -> None:
    """Of a sound with peaks 20 dB above its loudness, in pieces that do not fall on blocks."""
    rng = np.random.default_rng(3)
    syllables = np.sin(np.arange(44_100 * 8) / 7000) ** 2 * np.sin(np.arange(44_100 * 8) / 30)
    syllables[rng.integers(0, len(syllables), 60)] *= 6
    sound = Audio((0.1 * syllables).astype(np.float32), 44_100)
    before = measure(sound)
    assert before.true_peak - before.integrated > 17
    master, cuts = solve(measured(sound), lufs, true_peak), [0, 1000, 77_777, 77_800, len(sound.samples)]
    leveled = [master.apply(sound.samples[np.newaxis, a:b], a, 44_100) for a, b in pairwise(cuts)]
    after = listen(leveled, 44_100, 1)
    assert after.integrated == pytest.approx(lufs, abs=0.1)
    assert after.true_peak <= true_peak
    whole = master.apply(sound.samples[np.newaxis], 0, 44_100)
    assert np.allclose(np.concatenate(leveled, axis=1), whole, atol=1e-5)


def test_the_limiter_lets_what_is_soft_alone() -> None:
    sound = (0.1 * np.sin(np.arange(44_100) / 9)).astype(np.float32)
    sound[22_000] = 1.0
    master = solve(measured(Audio(np.tile(sound, 4), 44_100)), -18.0, -3.0)
    curve = master.apply(np.ones((1, 44_100), np.float32), 0, 44_100)[0]
    gain = 10 ** (master.gain / 20)
    assert curve[22_000] * 1.0 <= 10 ** (-3 / 20) and curve[:21_000] == pytest.approx(gain)
    assert curve[32_000:] == pytest.approx(gain)  # it has let go


def test_rough_voices_stay_below_the_true_peak(tmp_path: Path) -> None:
    clips = [rough(number, 24_000, 0.8) for number in range(len(NEWS.lines))]
    made = episode.produce(NEWS, clips, show(), tmp_path)
    loudness = measure(hear(made.files[0]))
    assert loudness.integrated == pytest.approx(-16, abs=0.3)
    assert loudness.true_peak <= -1
    assert made.notes  # that its peaks had to be cut is told


def test_the_same_input_gives_the_same_bytes(made: Produced, tmp_path: Path) -> None:
    again = episode.produce(NEWS, speak(NEWS), show(intro="intro.mp3", outro="outro.mp3"), tmp_path)
    assert (again.media, again.timeline) == (made.media, made.timeline)


@pytest.mark.parametrize("quiet", [np.zeros(9600), np.full(9600, 1e-4), np.zeros(0), np.full(9600, np.nan)])
def test_a_line_that_says_nothing_is_named(quiet: np.ndarray, tmp_path: Path) -> None:
    clips = speak(NEWS)
    clips[2] = Audio(quiet.astype(np.float32), 24_000)
    with pytest.raises(AudioError, match="Para pedagang"):
        episode.produce(NEWS, clips, show(), tmp_path)


def test_as_many_clips_as_lines(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        episode.produce(NEWS, speak(NEWS)[1:], show(), tmp_path)


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


def test_a_setting_that_shows_leave_alone_changes_nothing() -> None:
    """What was published before newscast had that setting stays as it is."""
    given = show(sentence_pause=0.4)
    assert episode.inputs(given) == episode.inputs(replace(given, audio=replace(given.audio, bitrate=96)))
    assert episode.inputs(given) != episode.inputs(replace(given, audio=replace(given.audio, bitrate=64)))


def test_silence_cannot_be_leveled() -> None:
    with pytest.raises(AudioError, match="nothing to hear"):
        solve(measured(Audio(np.zeros(44_100, np.float32), 44_100)))


def test_what_is_too_uneven_is_said() -> None:
    click = np.zeros(44_100, np.float32)
    click[20_000:20_010] = 1.0
    with pytest.raises(AudioError, match="too uneven"):
        solve(measured(Audio(click, 44_100)))
