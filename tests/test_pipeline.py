"""Who speaks an episode: the show's voice, its guests for headlines and quotations, or a fallback."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from broadcast import hear
from broadcast import show as example
from fakes import pitch
from msgspec.structs import replace

from newscast import checking, pipeline
from newscast.errors import SynthesisError, VoiceError
from newscast.model import Article, Audio, Kind, Line, Paragraph
from newscast.show import Show
from newscast.tables import VoiceChoice
from newscast.text.lexicon import for_show

NOW = datetime(2026, 8, 14, 5, 30, tzinfo=UTC)
CARD = 'id = "{id}"\nname = "{id}"\nengine = "fakes:{engine}"\nlicense = "none"\n'
ARTICLE = Article(
    title="Jembatan Dibuka Lagi",
    paragraphs=(
        Paragraph("Jembatan di hulu dibuka lagi pagi ini. “Kami lega sekali,” kata kepala desa setempat."),
        Paragraph("Warga senang", Kind.SUBHEAD),
        Paragraph("Mereka tidak perlu memutar jauh lagi."),
    ),
)


@pytest.fixture
def show(tmp_path: Path) -> Show:
    for id, engine in (("nada", "Tone"), ("lirih", "Quiet"), ("bisu", "Mute")):
        (tmp_path / "voices" / id).mkdir(parents=True)
        (tmp_path / "voices" / id / "voice.toml").write_text(CARD.format(id=id, engine=engine))
    return replace(example(), cover="", folder=tmp_path, voice=VoiceChoice(id="nada"))


def choose(show: Show, **choice: object) -> Show:
    return replace(show, voice=VoiceChoice(**{"id": "nada"} | choice))  # type: ignore[arg-type]


def make(show: Show, previous: pipeline.Made | None = None) -> pipeline.Made:
    return pipeline.make(task(previous), pipeline.load(show))


def task(previous: pipeline.Made | None = None) -> pipeline.Task:
    return replace(pipeline.task_of(ARTICLE, NOW), previous=previous.episode if previous else None)


def octave(audio: Audio, line: Line, start: float, end: float) -> str:
    """Which of the two voices is heard between two times: "nada", "lirih" an octave below, or ""."""
    samples = audio.samples[int((start + 0.02) * audio.sample_rate) : int((end - 0.02) * audio.sample_rate)]
    heard = (
        np.abs(np.fft.rfft(samples * np.hanning(len(samples)))).argmax() * audio.sample_rate / len(samples)
    )
    hits = {"nada": pitch(line.spoken), "lirih": pitch(line.spoken) / 2}
    return next((voice for voice, wanted in hits.items() if abs(heard - wanted) < 8), "")


def test_headlines_and_quotations_are_read_by_their_own_voices(show: Show) -> None:
    both = choose(show, headlines="lirih", quotes="lirih")
    made = make(both)
    assert made.sounds and made.episode.voices == ("nada", "lirih")
    script = pipeline.write(task(), both, for_show(both))
    guests = [line.text for line in script.lines if line.voice]
    assert guests == ["Jembatan Dibuka Lagi.", "“Kami lega sekali,”", "Warga senang"]
    (path,) = made.sounds
    assert isinstance(path, Path)
    audio = hear(path)
    for line, cue in zip(script.lines, made.episode.cues, strict=True):
        assert octave(audio, line, cue.start, cue.end) == (line.voice or "nada"), line.text


def test_without_guests_nothing_is_cut(show: Show) -> None:
    script = pipeline.write(task(), show, for_show(show))
    assert "“Kami lega sekali,” kata kepala desa setempat." in [line.text for line in script.lines]
    assert not any(line.voice for line in script.lines)
    assert make(show).episode.voices == ("nada",)


def test_a_show_may_name_its_own_voice_twice(show: Show) -> None:
    assert make(choose(show, headlines="nada")).episode.voices == ("nada",)


def test_a_fallback_speaks_the_whole_episode_and_says_why(show: Show) -> None:
    with pytest.raises(SynthesisError):
        make(choose(show, quotes="bisu"))
    made = make(choose(show, quotes="bisu", fallback=("bisu", "lirih", "nada")))
    assert made.episode.voices == ("lirih",)
    assert made.note.startswith("spoken by lirih, because ““Kami lega sekali,””")
    assert make(choose(show, fallback=("lirih",))).episode.voices == ("nada",)


def test_when_every_voice_fails_the_show_hears_of_its_own(show: Show) -> None:
    with pytest.raises(VoiceError, match="no voice nda; did you mean nada"):
        make(choose(show, id="nda", fallback=("bisu",)))
    with pytest.raises(SynthesisError, match="could not be said"):
        make(choose(show, id="bisu", fallback=("tiada",)))


def test_an_episode_a_fallback_spoke_is_kept_until_the_voice_is_back(show: Show) -> None:
    silenced = choose(show, id="bisu", fallback=("nada",))
    first = make(silenced)
    again = make(silenced, first)
    assert first.sounds and not again.sounds and again.note == first.note
    card = show.folder / "voices" / "bisu" / "voice.toml"
    card.write_text(CARD.format(id="bisu", engine="Quiet"))
    back = make(silenced, first)
    assert back.sounds and (back.episode.voices[0], back.note) == ("bisu", "")


def test_a_check_looks_at_every_voice_that_is_named(show: Show) -> None:
    broken = choose(show, headlines="satu", fallback=("nada", "dua"))
    messages = [problem.message for problem in checking.check(broken)]
    assert sum("no voice dua" in message or "no voice satu" in message for message in messages) >= 1
    assert not any("voice" in problem.message for problem in checking.check(choose(show, quotes="lirih")))
