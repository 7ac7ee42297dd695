"""What is done to voices: equally loud, clean, and as soft and as sharp as their cards or the show say."""

from pathlib import Path

import numpy as np
import pytest
from broadcast import NEWS, hear, line, show, speak
from fakes import Quiet, Tone
from msgspec.structs import replace

from newscast.audio import episode
from newscast.audio.filters import resample
from newscast.audio.loudness import measure
from newscast.audio.voice import NOMINAL, Treatment, survey, treated
from newscast.model import Audio, Polish, Script, Section

RATE = 24_000


def syllables(seconds: float, seed: int = 0) -> np.ndarray:
    """Loud and soft by turns, three a second."""
    time = np.arange(int(seconds * RATE)) / RATE
    loud = 0.1 + 0.9 * (np.sin(2 * np.pi * 1.5 * time) ** 8)
    tone = np.sin(2 * np.pi * 220 * time) + 0.5 * np.sin(2 * np.pi * 880 * time + seed)
    return 0.4 * loud * tone


def clip(samples: np.ndarray) -> Audio:
    return Audio(samples.astype(np.float32), RATE)


def band(samples: np.ndarray, low: float, high: float) -> float:
    """dB between two pitches."""
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / 44_100)
    return float(10 * np.log10(power[(hertz >= low) & (hertz < high)].sum() + 1e-12))


def dialog() -> tuple[Script, list[Audio]]:
    texts = ["Harga beras turun lagi.", "Warga senang sekali.", "Begitulah kata mereka semua."]
    lines = tuple(
        replace(line(text), voice=voice) for text, voice in zip(texts, ("", "lirih", ""), strict=True)
    )
    engines = {"": Tone(), "lirih": Quiet()}
    script = replace(NEWS, sections=(Section("Satu", lines),))
    return script, [engines[one.voice].synthesize(one) for one in lines]


@pytest.mark.parametrize("polish", [Polish(), Polish(compress=3, deess=0.5)])
def test_every_voice_is_equally_loud_in_the_finished_file(polish: Polish, tmp_path: Path) -> None:
    script, clips = dialog()
    before = [measure(clip).integrated for clip in clips]
    assert before[0] - before[1] > 15
    made = episode.produce(script, clips, show(), tmp_path, polish={"lirih": polish})
    heard = hear(made.files[0])
    parts = [heard.samples[round(c.start * 44_100) : round(c.end * 44_100)] for c in made.timeline.cues]
    after = [measure(Audio(part, 44_100)).integrated for part in parts]
    assert max(after) - min(after) < 1


def test_a_voice_too_short_to_be_measured_stays_as_it_is() -> None:
    lines = (line("Ya."),)
    seen = survey(lines, [clip(syllables(0.3))], {})
    assert seen.treatments[""].after == 0


def treated_by_nobody(samples: np.ndarray) -> np.ndarray:
    whole: np.ndarray = resample(samples.astype(np.float32)[np.newaxis], RATE, 44_100)[0]
    return whole[4410:-4410]


def test_rumble_and_dc_are_out() -> None:
    time = np.arange(RATE * 2) / RATE
    dirty = syllables(2) + 0.2 + 0.2 * np.sin(2 * np.pi * 18 * time)
    samples, clean = (treated(clip(one), Treatment())[4410:-4410] for one in (dirty, syllables(2)))
    assert abs(samples.mean()) < 1e-3
    assert band(samples, 10, 30) < band(treated_by_nobody(dirty), 10, 30) - 18
    assert band(samples, 200, 1000) == pytest.approx(band(clean, 200, 1000), abs=0.2)


def test_compression_brings_loud_and_soft_nearer() -> None:
    def range_of(polish: Polish) -> float:
        given = [clip(syllables(6))]
        seen = survey((line("Panjang."),), given, {"": polish})
        samples = treated(given[0], seen.treatments[""])
        assert measure(Audio(samples, 44_100)).integrated == pytest.approx(NOMINAL, abs=0.2)
        frames = samples[: len(samples) // 2205 * 2205].reshape(-1, 2205)
        levels = 20 * np.log10(np.sqrt(np.mean(frames**2, axis=1)) + 1e-9)
        return float(np.percentile(levels, 95) - np.percentile(levels, 20))

    plain, soft = range_of(Polish()), range_of(Polish(compress=3))
    assert 2 < plain - soft < 9


def test_deessing_takes_hiss_and_leaves_the_voice() -> None:
    rng = np.random.default_rng(2)
    hiss = np.diff(rng.standard_normal(RATE * 2 + 2), 2) * (np.sin(np.arange(RATE * 2) / 4000) > 0.6) * 0.08
    given = clip(syllables(2) + hiss)
    plain, dull = (treated(given, Treatment(Polish(deess=amount))) for amount in (0.0, 0.8))
    assert band(plain, 5000, 12_000) - band(dull, 5000, 12_000) > 8
    assert abs(band(plain, 200, 1000) - band(dull, 200, 1000)) < 2


def test_the_show_has_the_last_word_on_polish(tmp_path: Path) -> None:
    clips = [clip(syllables(1.2, seed)) for seed in range(5)]
    card = {"": Polish(compress=4)}

    def digest_of(chosen: dict[str, Polish], **sound: object) -> str:
        return episode.produce(NEWS, clips, show(**sound), tmp_path, polish=chosen).media[0].sha256

    plain = digest_of({})
    assert digest_of(card) != plain
    assert digest_of(card, compress=1.0) == plain
    assert digest_of({}, compress=4.0) == digest_of(card)


def test_clips_are_read_one_at_a_time(tmp_path: Path) -> None:
    """They may lie on the disk: no more than one is asked for before the one before it is done with."""

    class Shelf(list[Audio]):
        read = 0

        def __getitem__(self, number):  # type: ignore[no-untyped-def]
            Shelf.read += 1
            return super().__getitem__(number)

    shelf = Shelf(speak(NEWS))
    episode.produce(NEWS, shelf, show(), tmp_path)
    assert Shelf.read == 2 * len(NEWS.lines)
