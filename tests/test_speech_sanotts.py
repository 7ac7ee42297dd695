"""sanoTTS' voice: its files are read as sanoTTS itself reads them. See small_voices."""

from pathlib import Path

import numpy as np
import pytest
import small_voices

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Line
from newscast.speech.engines.sanotts import Sanotts
from newscast.speech.install import install
from newscast.speech.voices import builtin_folder, load, shelf

LINE = Line(
    "", "Harga beras turun di Jakarta, kata menteri.", "hˈarɡa bərˈas tˈurun di dʒakˈarta, kˈata məntərˈi."
)
#: What sanoTTS' own C runtime makes of LINE with the small voice: its length, and every 5,000th sample.
LENGTH = 55_040
SAMPLES = [0.22767, 0.19268, 0.19041, 0.19771, 0.31504, 0.21996, 0.09149, 0.24777, 0.35062]


def test_it_sounds_as_it_does_with_sanotts_itself(tmp_path: Path) -> None:
    samples = Sanotts(small_voices.sanotts(tmp_path)).synthesize(LINE).samples
    assert samples.shape == (LENGTH,)
    assert samples[5_000:50_000:5_000] == pytest.approx(SAMPLES, abs=1e-5)


def test_a_long_line_is_said_in_pieces_that_it_was_taught_with(tmp_path: Path) -> None:
    words = " ".join([LINE.spoken] * 9), " ".join([LINE.phonemes] * 9)
    engine = Sanotts(small_voices.sanotts(tmp_path))
    alone = engine.synthesize(LINE).duration
    assert engine.synthesize(Line("", *words)).duration == pytest.approx(9 * alone, rel=0.05)


def test_no_sound_is_skipped_silently(tmp_path: Path) -> None:
    with pytest.raises(SynthesisError, match="no phoneme ɓ"):
        Sanotts(small_voices.sanotts(tmp_path)).synthesize(Line("", "ɓa", "ɓa"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"<html><body>",
        lambda data: data[:-4],
        lambda data: data[:-3],
        lambda data: data[:4] + b"\2" + data[5:],
        lambda data: b"XXXX" + data[4:],
        lambda data: data[:8] + b"\7" + data[9:],
    ],
)
@pytest.mark.parametrize("name", ["front_f32.bin", "dec_f32.bin"])
def test_what_is_no_voice_of_sanotts_is_refused(tmp_path: Path, name: str, spoil: object) -> None:
    voice = small_voices.sanotts(tmp_path)
    bodies = {file.name: voice.read(file) for file in voice.files}
    assert callable(spoil)
    with pytest.raises(VoiceError, match="no voice of sanoTTS"):
        load(small_voices.card(tmp_path, "sanotts", bodies | {name: spoil(bodies[name])}))


@pytest.mark.network
@pytest.mark.timeout(600)
@pytest.mark.parametrize("id", ["id_ID-sano", "id_ID-news"])
def test_ours_are_where_their_cards_say_and_speak(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, id: str
) -> None:
    monkeypatch.setenv("NEWSCAST_DATA", str(tmp_path))
    voice = shelf(builtin_folder())[id]
    install(voice)
    audio = load(voice).synthesize(LINE)
    assert 2 < audio.duration < 5
    assert np.abs(audio.samples).max() > 0.1
