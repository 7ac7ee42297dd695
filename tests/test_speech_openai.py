"""The engine `openai` against a speech server of ours on loopback, on good days and bad ones."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import length, pitch
from loopback import Server, patience, serving
from msgspec.structs import replace
from openai_server import SpeechServer

from newscast.errors import NewscastError, SynthesisError, VoiceError
from newscast.model import Line
from newscast.speech.engines.openai import OpenAI
from newscast.speech.voices import Voice

SPOKEN = "Harga beras turun lima persen pada hari Kamis."
LINE = Line(SPOKEN, SPOKEN, "")
VOICE = Voice(id="id_ID-lokal", name="Lokal", engine="openai", license="Apache-2.0", network=True)
HASTY = {"timeout": 20.0, "attempts": 3, "wait": 0.01, "interval": 0.0}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("NEWSCAST_DATA", str(tmp_path))
    with serving(SpeechServer) as server:
        names = ("OPENAI_API_KEY", "LOKAL_API_KEY")
        monkeypatch.setenv("NEWSCAST_CONFIRMED", " ".join(f"{name}={server.address}" for name in names))
        yield server


def engine(server: Server, **options: Any) -> OpenAI:
    card = {"url": f"{server.address}/v1", "model": "kokoro", "voice": "pf_dora", **HASTY, **options}
    return OpenAI(replace(VOICE, options=card))


@pytest.mark.parametrize("format", ["mp3", "wav", "flac"])
def test_a_line_is_asked_for_as_the_card_says_and_heard(server: Server, format: str) -> None:
    audio = engine(server, format=format, speed=0.9).synthesize(LINE)
    body = {"model": "kokoro", "voice": "pf_dora", "input": SPOKEN, "response_format": format, "speed": 0.9}
    assert server.asked == [(body, None)]
    assert audio.samples.dtype == np.float32
    assert audio.duration == pytest.approx(length(SPOKEN), abs=0.15)
    spectrum = np.abs(np.fft.rfft(audio.samples))
    assert np.argmax(spectrum) / audio.duration == pytest.approx(pitch(SPOKEN), abs=3)


@pytest.mark.parametrize("day", ["too_many", "broken", "html", "truncated", "noise", "stalled", "dropped"])
def test_a_bad_answer_is_asked_for_again(server: Server, day: str) -> None:
    server.days = [day, day]
    patient = engine(server, timeout=patience(day))
    assert patient.synthesize(LINE).duration == pytest.approx(length(SPOKEN), abs=0.15)
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("day", "asked", "problem"),
    [
        ("broken", 3, "500 Internal Server Error$"),
        ("forbidden", 1, "403 Forbidden$"),
        ("too_many_for_an_hour", 1, "429 Too Many Requests$"),
        ("moved", 1, "308 Permanent Redirect$"),  # not followed: the key is for this server only
        ("no_such_voice", 1, "400 Bad Request.*Available voices: af_heart, pf_dora"),
        ("html", 3, "not a sound"),
        ("stalled", 1, "no answer in time"),
        ("dropped", 3, "incomplete|closed"),
    ],
)
def test_a_lasting_refusal_is_one_clear_error(server: Server, day: str, asked: int, problem: str) -> None:
    server.days = [day] * 10
    with pytest.raises(SynthesisError, match=f"/v1/audio/speech did not speak it: {problem}"):
        attempts = asked if day == "stalled" else 3
        engine(server, timeout=patience(day), attempts=attempts).synthesize(LINE)
    assert len(server.asked) == asked


def test_no_server_is_one_clear_error() -> None:
    card = {"url": "http://127.0.0.1:9/v1", "model": "kokoro", "voice": "pf_dora", **HASTY}
    with pytest.raises(SynthesisError, match=r"127\.0\.0\.1:9/v1/audio/speech did not speak it: .*refused"):
        OpenAI(replace(VOICE, options=card)).synthesize(LINE)


# --- the key


def test_the_key_of_the_cards_variable_is_sent(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another")
    monkeypatch.setenv("LOKAL_API_KEY", "sk-lokal\n")  # as `$(cat file)` in a .env leaves it
    engine(server, key_env="LOKAL_API_KEY").synthesize(LINE)
    assert server.asked[0][1] == "Bearer sk-lokal"


@pytest.mark.parametrize("key", ["", "sk-expired"])
def test_a_key_that_is_not_taken_is_asked_for_by_name_and_never_shown(
    server: Server, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("LOKAL_API_KEY", key)
    server.days = ["unauthorized"]
    with pytest.raises(SynthesisError, match=r"refuses .* LOKAL_API_KEY") as caught:
        engine(server, key_env="LOKAL_API_KEY").synthesize(LINE)
    assert caught.value.hint == "export LOKAL_API_KEY=…"
    assert len(server.asked) == 1
    assert not key or key not in everything_said(caught.value)


def test_a_server_that_repeats_the_key_is_not_quoted(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    server.days = ["no_such_voice"]
    with pytest.raises(SynthesisError, match="You sent Bearer …") as caught:
        engine(server).synthesize(LINE)
    assert "sk-secret" not in everything_said(caught.value)


@pytest.mark.parametrize("key", ["sk-kunci\nsk-lain", "sk kunci", "kunci-é"])
def test_what_cannot_be_a_key_is_refused_unseen(
    server: Server, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(VoiceError, match="OPENAI_API_KEY holds no key") as caught:
        engine(server)
    assert key not in everything_said(caught.value)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("url", "http://me:pass@localhost/v1"),
        ("url", "ftp://localhost/v1"),
        ("format", "opus"),
        ("key", "sk"),
    ],
)
def test_a_wrong_card_names_its_key(server: Server, option: str, value: str) -> None:
    with pytest.raises(VoiceError, match=option):
        engine(server, **{option: value})


def everything_said(error: NewscastError) -> str:
    """An error and all that led to it."""
    chain: list[BaseException | None] = [error]
    while chain[-1] is not None:
        chain.append(chain[-1].__cause__ or chain[-1].__context__)
    return " ".join(map(repr, chain))
