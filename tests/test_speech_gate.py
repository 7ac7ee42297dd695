"""The gate behind every engine: real speech passes, damaged copies of it are found and said again."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from fakes import SAMPLE_RATE, Tone, length
from msgspec.structs import replace

from newscast.errors import SynthesisError
from newscast.files import resource
from newscast.model import Audio, Line, Samples
from newscast.retry import RetryPolicy
from newscast.speech.cache import write
from newscast.speech.codec import decode, encode_flac
from newscast.speech.engines.espeak import Espeak
from newscast.speech.judge import defect, usual_pace
from newscast.speech.service import Service
from newscast.speech.speak import speak
from newscast.speech.trim import trim
from newscast.speech.voices import Voice, builtin_folder, load, shelf
from newscast.text.pronunciation.phonemes import phonemes

#: Short ones, long ones, numbers and doubled words, which sound as if something were said twice.
SPOKEN = """
Halo.
Selamat pagi.
Ya, ya, ya.
Tidak. Tidak. Tidak.
Anak-anak, ibu-ibu, dan bapak-bapak berlari-lari di jalan-jalan kota.
Pelan-pelan saja, hati-hati, sama-sama kita jaga.
Dua ratus dua puluh dua ribu dua ratus dua puluh dua rupiah.
Tujuh puluh tujuh juta tujuh ratus tujuh puluh tujuh ribu tujuh ratus tujuh puluh tujuh orang.
Satu, dua, tiga, empat, lima, enam, tujuh, delapan, sembilan, sepuluh.
Skor akhir dua dua, setelah satu satu pada babak pertama.
Hidup rakyat, hidup rakyat, hidup rakyat!
Hari demi hari, minggu demi minggu, bulan demi bulan.
Harga beras di pasar induk turun lima persen setelah panen raya di tiga kabupaten.
Kepala desa mengatakan pekerjaan itu selesai dalam dua hari karena semua warga ikut membantu.
Jembatan sepanjang seratus dua puluh meter itu dibangun kembali setelah hanyut terbawa banjir bulan lalu.
Apakah jalan itu akan dibuka lagi?
Para pedagang kembali ke sungai sejak subuh.
Petugas mengatur lalu lintas karena ratusan orang datang untuk melihat peresmian.
""".strip().splitlines()
LINES = [Line(spoken, spoken, phonemes(spoken)) for spoken in SPOKEN]
PLAIN = [line for line in LINES if not set(",.") & set(line.spoken[:-1]) and len(line.spoken) > 40]


@pytest.fixture(scope="module")
def clips() -> dict[Line, Audio]:
    voice = load(shelf(builtin_folder())["id_ID-espeak"])
    return {line: trim(voice.synthesize(line)) for line in LINES}


@pytest.fixture(scope="module")
def pace(clips: dict[Line, Audio]) -> float:
    usual = usual_pace(clips.values(), clips)
    assert usual is not None and 0.7 < usual < 1.4
    return usual


def test_speech_passes_however_much_it_repeats_itself(clips: dict[Line, Audio], pace: float) -> None:
    faults = {line.spoken: defect(clip, line, pace) for line, clip in clips.items()}
    assert faults == dict.fromkeys(SPOKEN, "")


def test_a_voice_may_be_slow_or_quick(clips: dict[Line, Audio]) -> None:
    for rate in (16_000, 33_000):
        others = {line: Audio(clip.samples, rate) for line, clip in clips.items()}
        usual = usual_pace(others.values(), others)
        assert not any(defect(clip, line, usual) or defect(clip, line) for line, clip in others.items())


def cut_off(speech: Samples, at: float, rate: int) -> Samples:
    return speech[: int(len(speech) * (0.2 + 0.7 * at))]


def said_twice(speech: Samples, at: float, rate: int) -> Samples:
    middle = int(len(speech) * 0.3 * at)
    return np.concatenate([speech[: middle + int(0.7 * len(speech))], speech[middle:]])


def lost(speech: Samples, at: float, rate: int) -> Samples:
    start = int(len(speech) * 0.45 * at)
    return np.concatenate([speech[:start], speech[start + len(speech) // 2 :]])


def silenced(speech: Samples, at: float, rate: int) -> Samples:
    start = int((len(speech) - 1.2 * rate) * at + 0.2 * rate)
    return np.concatenate([speech[:start], np.zeros(int(0.8 * rate), np.float32), speech[start + rate :]])


def no_last_word(speech: Samples, at: float, rate: int) -> Samples:
    return speech[: int(len(speech) * (0.75 + 0.15 * at))]


def no_first_word(speech: Samples, at: float, rate: int) -> Samples:
    return speech[int(len(speech) * (0.1 + 0.15 * at)) :]


def noise(speech: Samples, at: float, rate: int) -> Samples:
    return (0.1 * np.random.default_rng(int(100 * at)).standard_normal(len(speech))).astype(np.float32)


def hiss(speech: Samples, at: float, rate: int) -> Samples:
    """Noise that comes and goes as syllables do."""
    swell = 0.5 + 0.5 * np.sin(2 * np.pi * (2 + 6 * at) * np.arange(len(speech)) / rate)
    return (noise(speech, at, rate) * swell).astype(np.float32)


def pure_tone(speech: Samples, at: float, rate: int) -> Samples:
    return (0.3 * np.sin(2 * np.pi * (100 + 2_000 * at) * np.arange(len(speech)) / rate)).astype(np.float32)


def mains_hum(speech: Samples, at: float, rate: int) -> Samples:
    turns = 2 * np.pi * (50 + 10 * at) * np.arange(len(speech)) / rate
    sound = sum((0.2 / k * np.sin(k * turns) for k in range(1, 12)), np.zeros(len(speech)))
    return np.asarray(sound, np.float32)


def notes(speech: Samples, at: float, rate: int) -> Samples:
    """Of a scale, that die away."""
    time = np.arange(len(speech)) / rate
    scale = np.random.default_rng(int(100 * at)).integers(0, 24, 99)
    turns = 2 * np.pi * np.cumsum(220 * 2 ** (scale[(time / 0.3).astype(int)] / 12)) / rate
    sound = sum((0.2 / k * np.sin(k * turns) for k in range(1, 6)), np.zeros(len(time)))
    return np.asarray(sound * np.exp(-4 * (time % 0.3)), np.float32)


def syllable(speech: Samples, at: float, rate: int) -> Samples:
    start = int(len(speech) * 0.5 * at)
    return np.resize(speech[start : start + int(0.22 * rate)], len(speech))


@pytest.mark.parametrize(
    ("damage", "complaints", "share"),
    [
        (noise, ("it is noise",), 1.0),
        (hiss, ("it is noise",), 1.0),
        (pure_tone, ("a tone or a hum",), 1.0),
        (mains_hum, ("a tone or a hum",), 1.0),
        (notes, ("it is music", "over and over"), 1.0),
        (syllable, ("over and over", "a tone", "noise", "silent"), 1.0),
        (no_last_word, ("last word is missing", "too short", "cut off"), 0.95),
        (no_first_word, ("first word is missing", "too short"), 0.95),
        (cut_off, ("cut off", "too short", "last word is missing"), 0.95),
        (said_twice, ("too long",), 0.9),
        (lost, ("too short",), 0.9),
        (silenced, ("silent for 0.8 s", "silent for 0.9 s"), 0.95),
    ],
)
def test_damage_is_found(
    clips: dict[Line, Audio],
    pace: float,
    damage: Callable[[Samples, float, int], Samples],
    complaints: tuple[str, ...],
    share: float,
) -> None:
    found = []
    for line in PLAIN:
        speech, rate = clips[line].samples, clips[line].sample_rate
        for at in np.linspace(0.05, 0.95, 10):
            wrong = defect(trim(Audio(damage(speech, float(at), rate), rate)), line, pace)
            found.append(any(complaint in wrong for complaint in complaints))
    assert np.mean(found) >= share


def test_music_of_ours_is_no_speech() -> None:
    jingle = decode((resource("examples") / "intro.mp3").read_bytes())
    assert defect(trim(jingle), Line("", "Selamat pagi, inilah berita.", "")) != ""


class Hasty(Espeak):
    """Leaves out the last word of every line, as a careless server does."""

    def synthesize(self, line: Line) -> Audio:
        words, sounds = line.spoken.split(), line.phonemes.split()
        if len(words) < 2:
            return super().synthesize(line)
        return super().synthesize(replace(line, spoken=" ".join(words[:-1]), phonemes=" ".join(sounds[:-1])))


class Hissing(Espeak):
    """Noise of the right length."""

    def synthesize(self, line: Line) -> Audio:
        audio = super().synthesize(line)
        return replace(audio, samples=noise(audio.samples, 0.5, 0))


@pytest.mark.parametrize(("engine", "complaint"), [("Hasty", "last word is missing"), ("Hissing", "noise")])
def test_a_voice_that_does_it_to_every_line_is_not_taken_for_its_manner(engine: str, complaint: str) -> None:
    for line in PLAIN:
        with pytest.raises(SynthesisError, match=f"did not come out right: it.*{complaint}"):
            speak([line], card(engine), None)


def test_what_an_older_newscast_kept_is_judged_anew(tmp_path: Path, clips: dict[Line, Audio]) -> None:
    line, espeak = PLAIN[0], shelf(builtin_folder())["id_ID-espeak"]
    speak([line], espeak, tmp_path)
    (entry,) = tmp_path.glob("??/*")
    bad = replace(clips[line], samples=noise(clips[line].samples, 0.5, 0))
    write(tmp_path, entry.parent.name + entry.name, bad)
    (spoken,) = speak([line], espeak, tmp_path)
    assert np.array_equal(spoken.samples, clips[line].samples)


def test_a_hum_beside_zero_is_silence() -> None:
    hum = np.full(SAMPLE_RATE, 0.5, np.float32)
    assert defect(Audio(hum, SAMPLE_RATE), LINES[1]) == "it is silent"


def test_a_service_is_asked_again_only_for_what_is_missing() -> None:
    asked = []

    def ask(spoken: str, sound: Samples) -> bytes:
        asked.append(spoken)
        return encode_flac(Audio(sound, SAMPLE_RATE))

    line, service = PLAIN[0], Service("Suara", RetryPolicy(attempts=2, wait=0, interval=0))
    speech = Tone().synthesize(line).samples
    middle = len(speech) // 2
    pausing = np.concatenate([speech[:middle], np.zeros(SAMPLE_RATE, np.float32), speech[middle:]])
    heard = service.speak(line, lambda spoken, most: ask(spoken, pausing))
    assert len(asked) == 1, "that is for another split to mend"
    assert "falls silent" in defect(trim(heard), line, is_speech=False)
    with pytest.raises(SynthesisError, match="too short"):
        service.speak(line, lambda spoken, most: ask(spoken, speech[: len(speech) // 4]))
    assert len(asked) == 3


class Stammering(Tone):
    """Says most of the last line twice when it comes to it first."""

    said: ClassVar[list[str]] = []

    def stammers(self, spoken: str) -> bool:
        return spoken == SPOKEN[-1] and spoken not in self.said

    def synthesize(self, line: Line) -> Audio:
        once = super().synthesize(line).samples
        again = once[: int(0.6 * len(once)) * self.stammers(line.spoken)]
        Stammering.said.append(line.spoken)
        return Audio(np.concatenate([again, once]), SAMPLE_RATE)


class Obstinate(Stammering):
    """Does so with every part of it, each time."""

    def stammers(self, spoken: str) -> bool:
        return spoken in SPOKEN[-1]


@pytest.fixture(autouse=True)
def nothing_said() -> None:
    Stammering.said.clear()


def card(engine: str) -> Voice:
    return Voice(id="gagap", name="Gagap", engine=f"{__name__}:{engine}", license="none")


def test_a_line_out_of_step_with_the_others_is_said_again(tmp_path: Path) -> None:
    spoken = speak(LINES, card("Stammering"), tmp_path)
    assert [clip.duration for clip in spoken] == pytest.approx([length(s) for s in SPOKEN], abs=0.05)
    assert Stammering.said == [*SPOKEN, SPOKEN[-1]]
    again = speak(LINES, card("Stammering"), tmp_path)
    assert [clip.samples.tobytes() for clip in again] == [clip.samples.tobytes() for clip in spoken]
    assert len(Stammering.said) == len(SPOKEN) + 1


def test_a_line_that_stays_out_of_step_fails_today_and_tomorrow(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(SynthesisError, match=r"“Petugas mengatur .* did not come out right: it is too"):
            speak(LINES, card("Obstinate"), tmp_path)


class Choking(Tone):
    """Says nothing of more than four words, nor of these two in a row."""

    def synthesize(self, line: Line) -> Audio:
        audio = super().synthesize(line)
        chokes = len(line.spoken.split()) > 4 or "lima enam" in line.spoken
        return replace(audio, samples=audio.samples * 0) if chokes else audio


def test_a_line_that_fails_in_halves_is_said_in_thirds() -> None:
    line = Line("", "Satu dua tiga empat lima enam tujuh.", "")
    (clip,) = speak([line], card("Choking"), None)
    assert clip.duration > length(line.spoken)


def test_what_passed_is_not_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Judging takes longer than all else that is done to a clip that is kept."""
    lines, voice = PLAIN[:2], shelf(builtin_folder())["id_ID-espeak"]
    first = list(speak(lines, voice, tmp_path))
    judged: list[Line] = []

    def watched(clip: Audio, line: Line, *rest: object, **more: object) -> str:
        judged.append(line)
        return ""

    monkeypatch.setattr("newscast.speech.speak.defect", watched)
    again = list(speak(lines, voice, tmp_path))
    assert not judged
    assert all(np.array_equal(a.samples, b.samples) for a, b in zip(first, again, strict=True))
    for entry in tmp_path.glob("??/*"):  # as an older newscast kept them
        write(tmp_path, entry.parent.name + entry.name, decode(entry.read_bytes()[32:]))
    for _ in range(2):
        speak(lines, voice, tmp_path)
        assert judged == lines
