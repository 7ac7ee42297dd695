"""Jingles and bed as they are heard in the finished file, and what is refused before anything is spoken."""

import wave
from pathlib import Path

import numpy as np
import pytest
from broadcast import NEWS, hear, mixed, script, show, speak
from msgspec.structs import replace

from newscast.audio import episode
from newscast.audio.codecs.decode import stream
from newscast.audio.filters import pieces
from newscast.audio.loudness import listen, measure
from newscast.audio.music import floats, load_music
from newscast.errors import AudioError, ShowError
from newscast.model import Audio, Script
from newscast.show import Show

#: Hz of the bed in these tests: no line of the Tone voice is below 400.
HUM = 150.0
LONG = script(
    tuple(f"Kalimat yang cukup panjang nomor {n}." for n in "abcdefgh"),
    tuple(f"Berita kedua, kalimat nomor {n}." for n in "abcdefgh"),
)


def save(path: Path, *channels: np.ndarray, rate: int = 44_100) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.stack(channels, axis=1) * 32_000).astype("<i2").tobytes())


def hum(seconds: float, pitch: float = HUM, rate: int = 44_100) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * pitch * np.arange(int(seconds * rate)) / rate)


@pytest.fixture
def studio(tmp_path: Path) -> Show:
    """A show whose bed is a hum of 7.3 s, shorter than what it lies under."""
    save(tmp_path / "bed.wav", hum(7.3))
    return replace(show(bed="bed.wav"), folder=tmp_path, cover="")


def sounding(sound: Audio, start: float, end: float, pitch: float, width: float = 40.0) -> float:
    """dB of what is within `width` of a pitch between two times; the rest with a pitch of 0."""
    piece = sound.samples[round(start * sound.sample_rate) : round(end * sound.sample_rate)]
    power = np.abs(np.fft.rfft(piece * np.hanning(len(piece)))) ** 2 / len(piece) ** 2
    near = np.abs(np.fft.rfftfreq(len(piece), 1 / sound.sample_rate) - (pitch or HUM)) < width
    return float(10 * np.log10(power[near if pitch else ~near].sum() + 1e-15))


def produce(studio: Show, script: Script = LONG) -> tuple[Audio, episode.Produced]:
    made = episode.produce(script, speak(script), studio, studio.folder)
    return hear(made.files[0]), made


@pytest.mark.parametrize("level", [12.0, 24.0])
def test_the_voice_is_always_12_dB_above_the_bed(level: float, studio: Show) -> None:  # noqa: N802
    sound = replace(studio.audio, bed_level=level, section_pause=4.0, bed_rise=9.0)
    heard, made = produce(replace(studio, audio=sound))
    cues = made.timeline.cues
    above = [sounding(heard, c.start, c.end, 0) - sounding(heard, c.start, c.end, HUM) for c in cues]
    assert min(above) >= 12
    assert max(above[1:-1]) < level + 6  # and it can be heard
    gap = cues[7].end, cues[8].start
    middle = sum(gap) / 2
    up = sounding(heard, middle - 0.4, middle + 0.4, HUM)
    down = sounding(heard, cues[6].start, cues[6].end, HUM)
    assert 6 < up - down < 14  # further where the line itself had to be cleared by more than `level`
    # It has come down again when the next line begins, and not long before.
    assert sounding(heard, gap[1], gap[1] + 0.2, HUM) - down < 1.5
    assert sounding(heard, gap[1] - 0.7, gap[1] - 0.4, HUM) - down > 6


def test_a_line_that_is_said_softly_is_above_the_bed_too(studio: Show) -> None:
    clips = speak(LONG)
    clips[3] = Audio(clips[3].samples * np.float32(0.2), clips[3].sample_rate)
    quiet = replace(studio, audio=replace(studio.audio, bed_level=14.0))
    made = episode.produce(LONG, clips, quiet, studio.folder)
    heard, cue = hear(made.files[0]), made.timeline.cues[3]
    assert sounding(heard, cue.start, cue.end, 0) - sounding(heard, cue.start, cue.end, HUM) >= 12


def test_the_bed_loops_without_a_click_and_fades(studio: Show) -> None:
    clips = [Audio(np.tile(np.array([0.01, -0.01], np.float32), 12_000), 24_000) for _ in LONG.lines]
    heard, _ = mixed(LONG, clips, replace(studio, audio=replace(studio.audio, bed_rise=0.0)))
    # Only the bed is left: what the clips hold is far above what it is looked for in.
    levels = [sounding(heard, at, at + 0.25, HUM) for at in np.arange(2, heard.duration - 3, 0.25)]
    assert max(levels) - min(levels) < 3
    noise = [sounding(heard, at, at + 0.25, 900, 500) for at in np.arange(2, heard.duration - 3, 0.25)]
    assert max(noise) < min(levels) - 40
    for start in (0.0, heard.duration - 0.1):
        assert sounding(heard, start, start + 0.1, HUM) < min(levels) - 20


def test_the_bed_makes_room_for_stings(studio: Show) -> None:
    save(studio.folder / "sting.wav", hum(1.5, 300))
    first, second = LONG.sections
    stung = replace(LONG, sections=(first, replace(second, sting=True)))
    heard, made = produce(replace(studio, audio=replace(studio.audio, sting="sting.wav")), stung)
    at = made.timeline.cues[8].start - 1.3 - 1.5
    assert sounding(heard, at + 0.1, at + 1, 300) - sounding(heard, at + 0.1, at + 1, HUM) > 25
    rate = heard.sample_rate
    sting, voice = heard.samples[round(at * rate) :][: rate * 9 // 10], heard.samples[: round(at * rate)]
    levels = [measure(Audio(part, rate)).integrated for part in (sting, voice)]
    assert abs(levels[0] - levels[1]) < 1.5


def test_music_is_cut_and_as_loud_as_the_voice(tmp_path: Path) -> None:
    for factor in (0.02, 1.0):
        padded = np.concatenate([np.zeros(22_050), factor * hum(3, 500), np.zeros(44_100)])
        save(tmp_path / "intro.wav", padded)
        music = load_music(replace(show(intro="intro.wav"), folder=tmp_path)).intro
        assert len(music) / 44_100 == pytest.approx(3, abs=0.03)
        sound = Audio(floats(music)[0], 44_100)
        assert listen(pieces(sound), 44_100, 1).integrated == pytest.approx(-20, abs=0.7)  # it fades out
        assert np.abs(music[:40]).max() < 500 and np.abs(music[-40:]).max() < 500


def test_a_stereo_show_keeps_its_music_wide(tmp_path: Path) -> None:
    save(tmp_path / "intro.wav", hum(3, 500, 48_000), hum(3, 900, 48_000), rate=48_000)
    wide = replace(show(intro="intro.wav", channels=2), folder=tmp_path, cover="")
    made = episode.produce(NEWS, speak(NEWS), wide, tmp_path)
    left, right = (hear_one(made.files[0], side) for side in (0, 1))
    assert sounding(left, 0.5, 2, 500) - sounding(right, 0.5, 2, 500) > 25
    assert sounding(right, 0.5, 2, 900) - sounding(left, 0.5, 2, 900) > 25
    cue = made.timeline.cues[1]
    assert sounding(left, cue.start, cue.end, 0) == pytest.approx(
        sounding(right, cue.start, cue.end, 0), abs=0.2
    )


def hear_one(path: Path, side: int) -> Audio:
    found = list(stream(path, 2))
    return Audio(np.concatenate([piece[side] for piece, _ in found]), found[0][1])


@pytest.mark.parametrize("which", ["intro", "outro", "sting", "bed"])
def test_what_is_broken_is_named_before_anything_is_spoken(which: str, tmp_path: Path) -> None:
    named = replace(show(**{which: "a.wav"}), folder=tmp_path)
    with pytest.raises(ShowError, match=r"a\.wav"):
        load_music(named)
    (tmp_path / "a.wav").write_text("bukan suara")
    with pytest.raises(AudioError, match=r"a\.wav"):
        load_music(named)
    save(tmp_path / "a.wav", np.zeros(44_100))
    with pytest.raises(AudioError, match="silent"):
        load_music(named)
