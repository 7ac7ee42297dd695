"""The unpatched gTTS against a Google Translate of ours on loopback, on good days and bad ones."""

from collections.abc import Iterator

import numpy as np
import pytest
from fakes import length, pitch
from loopback import Server, patience, serving
from msgspec.structs import replace
from translate_server import Translate

from newscast.errors import SynthesisError
from newscast.model import Line
from newscast.speech.engines.gtts import Gtts
from newscast.speech.voices import Voice, builtin_folder, shelf

SPOKEN = "Harga beras turun lima persen pada hari Kamis."
LINE = Line(SPOKEN, SPOKEN, "")
VOICE = shelf(builtin_folder())["id_ID-gtts"]
HASTY: Voice = replace(VOICE, options={"timeout": 20.0, "attempts": 3, "wait": 0.01, "interval": 0.0})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving(Translate) as server:
        monkeypatch.setenv("HTTPS_PROXY", server.address)
        monkeypatch.delenv("NO_PROXY", raising=False)
        yield server


def test_a_line_is_asked_for_in_indonesian_and_heard(server: Server) -> None:
    audio = Gtts(HASTY).synthesize(LINE)
    assert server.asked == [[SPOKEN, "id", None, "null"]]
    assert audio.samples.dtype == np.float32
    assert audio.duration == pytest.approx(length(SPOKEN), abs=0.15)
    spectrum = np.abs(np.fft.rfft(audio.samples))
    assert np.argmax(spectrum) / audio.duration == pytest.approx(pitch(SPOKEN), abs=3)


def test_a_long_line_is_asked_for_in_parts_and_heard_whole(server: Server) -> None:
    words = " ".join(["pemerintah"] * 30) + "."
    audio = Gtts(HASTY).synthesize(Line(words, words, ""))
    parts = [asked[0] or "" for asked in server.asked]
    assert " ".join(parts).split() == words.split()
    assert max(map(len, parts)) <= 100
    assert audio.duration == pytest.approx(sum(map(length, parts)), abs=0.15 * len(parts))


@pytest.mark.parametrize("day", ["too_many", "broken", "html", "truncated", "noise", "stalled", "dropped"])
def test_a_bad_answer_is_asked_for_again(server: Server, day: str) -> None:
    server.days = [day, day]
    engine = Gtts(replace(HASTY, options={**HASTY.options, "timeout": patience(day)}))
    assert engine.synthesize(LINE).duration == pytest.approx(length(SPOKEN), abs=0.15)
    assert len(server.asked) == 3


def test_a_server_that_says_when_is_believed(server: Server) -> None:
    server.days = ["too_many_for_a_second"]
    engine = Gtts(HASTY)
    engine.synthesize(LINE)
    assert len(server.asked) == 2
    assert server.asked_at[1] - server.asked_at[0] >= 1.0


@pytest.mark.parametrize(("day", "asked"), [("broken", 3), ("forbidden", 1), ("too_many_for_an_hour", 1)])
def test_a_lasting_refusal_is_one_clear_error(server: Server, day: str, asked: int) -> None:
    server.days = [day] * 10
    with pytest.raises(SynthesisError, match=r"did not speak it: (500|403|429)"):
        Gtts(HASTY).synthesize(LINE)
    assert len(server.asked) == asked


def test_no_network_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(SynthesisError, match="connection refused"):
        Gtts(HASTY).synthesize(LINE)


def test_a_line_without_words_is_not_asked_for(server: Server) -> None:
    with pytest.raises(SynthesisError, match="no words"):
        Gtts(HASTY).synthesize(Line("—", "—", ""))
    assert server.asked == []


def test_lines_are_not_asked_for_faster_than_the_card_allows(server: Server) -> None:
    engine = Gtts(replace(HASTY, options={**HASTY.options, "interval": 0.2}))
    for _ in range(3):
        engine.synthesize(LINE)
    assert server.asked_at[2] - server.asked_at[0] >= 0.2  # of 0.4: the first may arrive late


@pytest.mark.network
def test_google_translate_itself_speaks() -> None:
    """The stand-in speaks the wire format of its day; only this test would tell of a new one."""
    assert 1.5 < Gtts(VOICE).synthesize(LINE).duration < 8
