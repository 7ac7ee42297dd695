"""One contract for all engines: what Engine promises, kept by each of them for the lines of a newsreader."""

import pickle
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import edge_tts.communicate
import numpy as np
import pytest
import small_voices
from edge_server import Edge
from loopback import AUTHORITY, serving
from msgspec.structs import replace
from openai_server import SpeechServer
from translate_server import Translate

from newscast.errors import SynthesisError
from newscast.model import Audio, Engine, Line
from newscast.speech.engines.espeak import mnemonics
from newscast.speech.engines.kokoro import token_runs
from newscast.speech.engines.piper import phoneme_ids
from newscast.speech.engines.sanotts import IDS as SANOTTS_IDS
from newscast.speech.judge import defect
from newscast.speech.speak import speak
from newscast.speech.trim import trim
from newscast.speech.voices import Voice, builtin_folder, load, shelf
from newscast.text.pronunciation.phonemes import ALPHABET

VOICES = shelf(builtin_folder())
ALONE = {"interval": 0, "attempts": 1}
_FOLDER = tempfile.TemporaryDirectory()  # of the voices that are made here
ENGINES = {
    "kokoro": VOICES["id_ID-sari"],
    "espeak": VOICES["id_ID-espeak"],
    "gtts": replace(VOICES["id_ID-gtts"], options=ALONE),
    "edge": replace(VOICES["id_ID-gadis"], options={**VOICES["id_ID-gadis"].options, **ALONE}),
    "openai": Voice(
        id="lokal",
        name="Lokal",
        engine="openai",
        license="none",
        options={"url": "http://127.0.0.1:9/v1", "model": "kokoro", "voice": "pf_dora", **ALONE},
    ),
    "piper": small_voices.piper(Path(_FOLDER.name) / "piper"),
    "sanotts": small_voices.sanotts(Path(_FOLDER.name) / "sanotts"),
    "supertonic": small_voices.supertonic(Path(_FOLDER.name) / "supertonic"),
    "tone": Voice(id="tone", name="Tone", engine="fakes:Tone", license="none"),
}

WORD = Line("Kamis.", "Kamis.", "kˈamis.")
SHORT = Line("Harga beras turun.", "Harga beras turun.", "hˈarɡa bərˈas tˈurun.")
LONG = Line(
    "", "Harga beras turun di Jakarta, kata menteri.", "hˈarɡa bərˈas tˈurun di dʒakˈarta, kˈata məntərˈi."
)
PLAIN = Line("", "harga beras turun di Bogor", "hˈarɡa bərˈas tˈurun di bˈoɡor")
PUNCTUATION = Line("...", "...", "...")


def times(line: Line, count: int) -> Line:
    return Line("", " ".join([line.spoken] * count), " ".join([line.phonemes] * count))


@pytest.fixture(scope="module")
def engines() -> Iterator[dict[str, Engine]]:
    """Each engine loaded once, from a card that has been pickled on the way, as for another process."""
    AUTHORITY.configure_trust(edge_tts.communicate._SSL_CTX)
    with serving(Translate) as google, serving(Edge) as microsoft, serving(SpeechServer) as local:
        openai = ENGINES["openai"]
        url = {"url": f"{local.address}/v1"}
        voices = {**ENGINES, "openai": replace(openai, options={**openai.options, **url})}
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("HTTPS_PROXY", google.address)
            environment.setenv("WSS_PROXY", microsoft.address)
            yield {name: load(pickle.loads(pickle.dumps(voice))) for name, voice in voices.items()}


@pytest.fixture(params=ENGINES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(engines: dict[str, Engine], name: str) -> Engine:
    return engines[name]


def check(engine: Engine, audio: Audio, line: Line) -> float:
    """That it is mono float32 in [-1, 1] and comes out right; seconds without the edges."""
    assert audio.samples.dtype == np.float32
    assert audio.samples.ndim == 1
    assert np.abs(audio.samples).max() <= 1.0
    assert audio.sample_rate in (22_050, 24_000, 44_100)
    clip = trim(audio)
    # What stands in for servers and weights hums.
    assert defect(clip, line, is_speech=type(engine).__name__ in ("Kokoro", "Espeak")) == ""
    return clip.duration


def test_longer_lines_take_longer_and_the_same_line_sounds_the_same(engine: Engine) -> None:
    word, short, long, again = (engine.synthesize(line) for line in (WORD, SHORT, LONG, WORD))
    assert check(engine, word, WORD) < check(engine, short, SHORT) < check(engine, long, LONG)
    assert again.samples.tobytes() == word.samples.tobytes()  # whatever was said before


@pytest.mark.parametrize(
    "name", ["espeak", "gtts", "edge", "openai", "piper", "sanotts", "supertonic", "tone"]
)  # for kokoro, see below: it would take a minute
def test_a_very_long_line_is_said_whole(engine: Engine) -> None:
    line = times(PLAIN, 75)  # 2,000 characters; gTTS would ask for each piece between commas by itself
    assert check(engine, engine.synthesize(line), line) > 30 * check(engine, engine.synthesize(PLAIN), PLAIN)


def test_nothing_but_punctuation_is_an_error_that_names_it(name: str) -> None:
    with pytest.raises(SynthesisError, match=r"nothing to say in “\.\.\.”"):
        speak([PUNCTUATION], ENGINES[name], None)


SPELL: dict[str, Callable[[str], object]] = {
    "kokoro": lambda ipa: token_runs(Line("", "a", ipa)),
    "espeak": mnemonics,
    "piper": lambda ipa: phoneme_ids(ipa, small_voices.PIPER_IDS)[3:],
    "sanotts": lambda ipa: phoneme_ids(ipa, SANOTTS_IDS)[3:],
}


@pytest.mark.parametrize("name", SPELL)
def test_every_sound_that_text_makes_has_a_voice(name: str) -> None:
    for symbol in ALPHABET:
        assert SPELL[name](symbol) or symbol == " "


# --- Kokoro


def test_kokoro_loads_its_model_once_for_all_voices() -> None:
    sari, bayu = (load(shelf(builtin_folder())[id]) for id in ("id_ID-sari", "id_ID-bayu"))
    assert sari._session is bayu._session  # type: ignore[attr-defined]
    assert not np.array_equal(sari._style, bayu._style)  # type: ignore[attr-defined]


def test_kokoro_cuts_a_very_long_line_at_its_sentences() -> None:
    line = times(LONG, 50)
    runs = token_runs(line)
    (alone,) = token_runs(LONG)
    assert all(len(run) <= 510 for run in runs)
    assert all(run[: len(alone)] == alone and run[-len(alone) :] == alone for run in runs)
    assert sum(len(run) + 1 for run in runs) == 50 * (len(alone) + 1)  # less the spaces between


def test_kokoro_cuts_a_word_without_end() -> None:
    runs = token_runs(Line("", "a" * 2000, "a" * 2000))
    assert [len(run) for run in runs] == [510, 510, 510, 470]


def test_kokoro_skips_no_phoneme_silently() -> None:
    with pytest.raises(SynthesisError, match="Kokoro has no phoneme ɓ"):
        token_runs(Line("", "ɓa", "ɓa"))
