"""The gate behind every engine: real speech passes, damaged copies of it are found and said again."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from fakes import SAMPLE_RATE, Tone, length
from msgspec.structs import replace

from newscast.errors import SynthesisError
from newscast.model import Audio, Line, Samples
from newscast.retry import RetryPolicy
from newscast.speech.codec import encode_flac
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


@pytest.mark.parametrize(
    ("damage", "complaints", "share"),
    [
        (cut_off, ("cut off", "too short"), 0.7),
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
    assert len(asked) == 1 and "falls silent" in defect(trim(heard), line), (
        "that is for another split to mend"
    )
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
