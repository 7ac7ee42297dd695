"""Piper's voices: the numbers they are fed with, their noise, and what is refused. See small_voices."""

import json
from pathlib import Path

import numpy as np
import pytest
import small_voices
from msgspec.structs import replace
from small_voices import PIPER_IDS

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Line
from newscast.speech.engines.piper import Piper, phoneme_ids
from newscast.speech.voices import Voice, load

LINE = Line("Harga beras.", "Harga beras.", "hˈarɡa bərˈas.")
OTHER = Line("Turun.", "Turun.", "tˈurun.")


def spelled(phonemes: str, without: str = "") -> str:
    """The symbols whose numbers are said, without Piper's frame and padding, by a voice that lacks some."""
    ids = {symbol: numbers for symbol, numbers in PIPER_IDS.items() if symbol not in without}
    names = {number: symbol for symbol, (number,) in ids.items()}
    start, pad, *said, end = (names[number] for number in phoneme_ids(phonemes, ids))
    assert (start, pad, end) == ("^", "_", "$")
    assert set(said[1::2]) <= {"_"}
    return "".join(said[::2])


@pytest.mark.parametrize(
    ("ipa", "expected"),
    [
        ("dəŋˈan harɡa, ˌia?", "dəŋˈan harɡa, ˌia?"),
        ("bˈesok", "bˈɛsok"),  # as eSpeak NG's Indonesian prints it, from here on
        ("surveˈɪ", "survɛˈɪ"),
        ("surveɪ, amboɪ", "survɛi, amboɪ"),
        ("ambɔɪ", "amboi"),
        ("ʃarat", "c\u0327arat"),  # canonically decomposed, as Piper does it
        ("tʃari dʒari", "tc\u0327ari dʒari"),
    ],
)
def test_sounds_are_written_as_the_voices_learned_them(ipa: str, expected: str) -> None:
    assert spelled(ipa) == expected


@pytest.mark.parametrize(
    ("ipa", "without", "expected"),
    [
        ("ʃa", "\u0327", "ʃa"),
        ("ʃa", "\u0327ʃ", "sa"),
        ("bˈesok", "ɛ", "bˈesok"),
        ("ɡaraʔ", "ʔ", "ɡarak"),
        ("ˌia", "ˌ", "ˈia"),
        ("ɲaŋ", "ɲ", "njaŋ"),
    ],
)
def test_a_sound_that_a_voice_lacks_becomes_the_nearest(ipa: str, without: str, expected: str) -> None:
    assert spelled(ipa, without) == expected


@pytest.mark.parametrize("sound", ["ɓ", "\n", "7"])
def test_a_sound_that_a_voice_has_nothing_for_is_an_error(sound: str) -> None:
    with pytest.raises(SynthesisError, match=f"no phoneme {sound}"):
        phoneme_ids(f"{sound}a", PIPER_IDS)


def test_two_symbols_that_have_one_number_are_said_as_one() -> None:
    ids = {**PIPER_IDS, "aʊ": [300, 301]}
    apart = [number for symbol in "pulaʊ" for number in (*ids[symbol], *ids["_"])]
    assert phoneme_ids("pulaʊ", ids)[2:-1] == apart
    assert phoneme_ids("pulaʊ", ids, [("a", "ʊ")])[2:-1] == [*apart[:-4], 300, 301, *ids["_"]]


def test_a_voice_keeps_its_pace(tmp_path: Path) -> None:
    own = Piper(small_voices.piper(tmp_path)).synthesize(LINE)
    slow = Piper(small_voices.piper(tmp_path, length_scale=1.5)).synthesize(LINE)
    count = 2 * len(LINE.phonemes) + 3
    assert own.duration == pytest.approx(count * 0.035, rel=0.01)
    assert slow.duration == pytest.approx(1.5 * own.duration, rel=0.01)


@pytest.mark.parametrize("noise", [{"noise_scale": 0.667}, {"noise_w": 0.8}])
def test_a_line_sounds_the_same_even_with_noise(tmp_path: Path, noise: dict[str, float]) -> None:
    voice = replace(small_voices.piper(tmp_path), options={"model": "hum.onnx", **noise})
    noisy = Piper(voice)
    first, _, again = (noisy.synthesize(line).samples for line in (LINE, OTHER, LINE))
    still = Piper(small_voices.piper(tmp_path)).synthesize(LINE).samples
    assert first.tobytes() == again.tobytes() == Piper(voice).synthesize(LINE).samples.tobytes()
    assert first.shape != still.shape or np.abs(first - still).max() > 0.01


def test_a_voice_of_many_speaks_as_the_card_says(tmp_path: Path) -> None:
    voices = [small_voices.piper(tmp_path / str(i), speakers=2, speaker=i) for i in (0, 1)]
    one, other = (Piper(voice).synthesize(LINE).samples for voice in voices)
    assert one.shape == other.shape
    assert not np.allclose(one, other)


def test_a_very_long_line_is_said_in_pieces(tmp_path: Path) -> None:
    clause = "hˈarɡa bərˈas tˈurun, "
    line = Line("", "Harga beras turun, " * 40, (clause * 40).strip())
    engine = Piper(small_voices.piper(tmp_path))
    assert engine.synthesize(line).duration == pytest.approx(2 * len(line.phonemes) * 0.035, rel=0.02)


def changed(folder: Path, **files: bytes) -> Voice:
    """The small voice with another model or another config."""
    sound = small_voices.piper(folder)
    bodies = {"hum.onnx": sound.read(sound.files[0]), "hum.onnx.json": sound.read(sound.files[1])}
    bodies |= {{"model": "hum.onnx", "config": "hum.onnx.json"}[key]: data for key, data in files.items()}
    return replace(small_voices.card(folder, "piper", bodies), options=sound.options)


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"model": b"<html>"}, "cannot be loaded"),
        ({"config": b"<html>"}, "hum.onnx.json is not a Piper voice's"),
        ({"config": b'{"audio": {"sample_rate": 22050}}'}, "phoneme_id_map"),
        ({"config": b'{"audio": {"sample_rate": 22050}, "phoneme_id_map": {}}'}, "no numbers for _"),
        (
            {
                "config": json.dumps(
                    {"audio": {"sample_rate": 22050}, "phoneme_id_map": PIPER_IDS, "phoneme_type": "text"}
                ).encode()
            },
            "phoneme_type",
        ),
    ],
)
def test_what_is_no_voice_of_phonemes_is_refused(
    tmp_path: Path, files: dict[str, bytes], complaint: str
) -> None:
    with pytest.raises(VoiceError, match=complaint):
        load(changed(tmp_path, **files))


def test_a_model_that_the_card_does_not_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match=r"other\.onnx\.json is not among the card's"):
        load(small_voices.piper(tmp_path, model="other.onnx"))
