"""Supertonic's voices: they sound as with Supertone's own program, and share one model. See small_voices.

The package itself is no part of our set (it wants huggingface-hub): `pip install --no-deps supertonic==1.3.1`
lets the last of the first tests compare every byte. What it gave is pinned beside.
"""

import json
import os
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import small_voices

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Line
from newscast.speech.engines.supertonic import Supertonic, character_ids
from newscast.speech.install import install
from newscast.speech.judge import defect
from newscast.speech.trim import trim
from newscast.speech.voices import Voice, builtin_folder, load, missing_files, shelf

SPOKEN = "“Stok kami cukup sampai akhir tahun,” kata kepala dinas – Senin"
#: What Supertone's program (PyPI supertonic 1.3.1) makes of it with the small voice: every 7,000th sample.
LENGTH = 215_040
SAMPLES = [-0.28263, -0.24955, 0.20875, 0.21884, -0.16465, -0.28732, -0.15109, 0.26324]
GRAPHS = ("duration_predictor.onnx", "text_encoder.onnx", "vector_estimator.onnx", "vocoder.onnx")
CARDS = shelf(builtin_folder())
BOTH = ("id_ID-ratna", "id_ID-bima")


def said(spoken: str) -> Line:
    return Line(spoken, spoken, "")


def test_it_sounds_as_it_does_with_supertonic_itself(tmp_path: Path) -> None:
    samples = Supertonic(small_voices.supertonic(tmp_path / "st")).synthesize(said(SPOKEN)).samples
    assert samples.shape == (LENGTH,)
    assert samples[10_000:60_000:7_000] == pytest.approx(SAMPLES, abs=1e-4)


@pytest.mark.parametrize("spoken", [SPOKEN, "Kafé anak-anak: ya?", "Harga beras turun."])
def test_every_byte_is_that_of_supertonic_itself(tmp_path: Path, spoken: str) -> None:
    core = pytest.importorskip("supertonic.core", reason="pip install --no-deps supertonic==1.3.1")
    loader = pytest.importorskip("supertonic.loader")

    voice = small_voices.supertonic(tmp_path / "st")
    theirs = core.Supertonic(
        json.loads(voice.read(voice.file("tts.json"))),
        core.UnicodeProcessor(str(voice.path(voice.file("unicode_indexer.json")))),
        *(onnxruntime.InferenceSession(str(voice.path(voice.file(name)))) for name in GRAPHS),
    )
    np.random.seed(1)
    style = loader.load_voice_style_from_json_file(voice.path(voice.file("F1.json")))
    sound, _ = theirs([spoken], style, 3, 1.05, "id")
    assert Supertonic(voice).synthesize(said(spoken)).samples.tobytes() == sound.tobytes()


def test_the_card_says_how_it_speaks(tmp_path: Path) -> None:
    line = said("Harga beras turun.")
    changes: list[dict[str, object]] = [{}, {"speed": 2.0}, {"steps": 9}, {"seed": 2}]
    usual, *others = (
        load(small_voices.supertonic(tmp_path / str(number), **change)).synthesize(line)
        for number, change in enumerate(changes)
    )
    assert others[0].duration < 0.65 * usual.duration
    assert all(other.samples.tobytes() != usual.samples.tobytes() for other in others)


def test_a_long_line_is_said_in_pieces_with_its_pause_between(tmp_path: Path) -> None:
    alone = said("harga beras turun di pasar induk " * 8)
    long = said(alone.spoken * 2)
    short, spaced = (
        trim(load(small_voices.supertonic(tmp_path / str(pause), pause=pause)).synthesize(long))
        for pause in (0.0, 1.5)
    )
    assert spaced.duration - short.duration == pytest.approx(1.5, abs=0.05)


def test_no_character_is_skipped_silently() -> None:
    assert character_ids("é", "id", tuple(range(0x400)))[4:6] == [ord("e"), 0x301]
    for sign in "ж漢😀":
        with pytest.raises(SynthesisError, match=f"no character {sign}"):
            character_ids(f"a{sign}", "id", tuple(range(0x400)))


@pytest.mark.parametrize("name", ["tts.json", "unicode_indexer.json", "F1.json", "vocoder.onnx"])
@pytest.mark.parametrize("body", [b"<html>", b"{}", b""])
def test_what_is_no_voice_of_supertonic_is_refused(tmp_path: Path, name: str, body: bytes) -> None:
    voice = small_voices.supertonic(tmp_path / "st")
    bodies = {file.name: voice.read(file) for file in voice.files}
    broken = small_voices.card(tmp_path / "st", "supertonic", bodies | {name: body + b" "}, style="F1.json")
    with pytest.raises(VoiceError):
        load(broken)


def test_both_cards_share_one_model_of_398_mb_and_its_license(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCAST_DATA", str(tmp_path))
    paths = [{voice.path(file): file for file in voice.files} for voice in map(CARDS.get, BOTH) if voice]
    shared = paths[0].keys() & paths[1].keys()
    assert {path.name for path in shared} == {*GRAPHS, "tts.json", "unicode_indexer.json", "LICENSE"}
    assert 398_000_000 < sum(paths[0][path].size for path in shared) < 399_000_000
    assert [len(each.keys() - shared) for each in paths] == [1, 1]
    assert all("Attachment A" in CARDS[id].terms for id in BOTH)


@pytest.mark.network
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("id", BOTH)
def test_the_voice_itself_is_fetched_and_speaks(id: str) -> None:
    voice: Voice = CARDS[id]
    if os.environ.get("NEWSCAST_DATA") is None:
        pytest.skip("NEWSCAST_DATA says where 398 MB may go")
    install(voice)
    assert missing_files(voice) == ()
    line = said("Harga beras di pasar induk turun lima persen, kata menteri pertanian.")
    assert defect(trim(load(voice).synthesize(line)), line) == ""
