"""The unpatched edge-tts against a read-aloud service of ours on loopback, on good days and bad ones."""

import ssl
import sys
from collections.abc import Iterator

import edge_tts.communicate
import numpy as np
import pytest
from edge_server import Edge as StandIn
from fakes import length, pitch
from loopback import AUTHORITY, Server, patience, serving
from msgspec.structs import replace

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Line
from newscast.speech.engines.edge import Edge
from newscast.speech.voices import Voice, builtin_folder, fingerprint, load, shelf

SPOKEN = "Harga beras turun lima persen pada hari Kamis."
LINE = Line(SPOKEN, SPOKEN, "")
WORDS = " ".join(["𐐨" * 10] * 101) + "."  # of four bytes each, so that 4,096 are soon reached
LONG = Line(WORDS, WORDS, "")
GADIS, ARDI = (shelf(builtin_folder())[id] for id in ("id_ID-gadis", "id_ID-ardi"))


def hasty(voice: Voice, **options: object) -> Voice:
    policy = {"timeout": 20.0, "attempts": 3, "wait": 0.01, "interval": 0.0}
    return replace(voice, options={**voice.options, **policy, **options})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    AUTHORITY.configure_trust(edge_tts.communicate._SSL_CTX)
    with serving(StandIn) as server:
        monkeypatch.setenv("HTTPS_PROXY", server.address)
        for name in ("NO_PROXY", "no_proxy", "WSS_PROXY", "wss_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield server


@pytest.mark.parametrize(("voice", "name"), [(GADIS, "GadisNeural"), (ARDI, "ArdiNeural")])
def test_a_line_is_asked_for_in_the_cards_voice_and_heard(server: Server, voice: Voice, name: str) -> None:
    audio = Edge(hasty(voice, timeout=10, rate=-5, pitch=2)).synthesize(LINE)
    service_name = f"Microsoft Server Speech Text to Speech Voice (id-ID, {name})"
    assert server.asked == [(SPOKEN, service_name, "-5%", "+2Hz")]
    assert audio.samples.dtype == np.float32
    assert audio.duration == pytest.approx(length(SPOKEN), abs=0.15)
    spectrum = np.abs(np.fft.rfft(audio.samples))
    assert np.argmax(spectrum) / audio.duration == pytest.approx(pitch(SPOKEN), abs=3)


def test_a_long_line_is_asked_for_in_parts_and_heard_whole(server: Server) -> None:
    audio = Edge(hasty(GADIS, timeout=10)).synthesize(LONG)
    parts = [asked[0] for asked in server.asked]
    assert len(parts) == 2
    assert " ".join(parts) == LONG.spoken
    assert audio.duration == pytest.approx(sum(map(length, parts)), abs=0.3)


@pytest.mark.parametrize(
    "day", ["too_many", "broken", "html", "truncated", "noise", "mute", "stalled", "deaf", "dropped"]
)
def test_a_bad_answer_is_asked_for_again(server: Server, day: str) -> None:
    server.days = [day]
    assert Edge(hasty(GADIS, timeout=patience(day))).synthesize(LINE).duration == pytest.approx(
        length(SPOKEN), abs=0.15
    )
    assert len(server.asked) == 2


def test_a_part_of_a_long_line_that_breaks_off_is_noticed(server: Server) -> None:
    server.days = ["dropped"]
    with pytest.raises(SynthesisError, match="it hung up in the middle"):
        Edge(hasty(GADIS, timeout=10, attempts=1)).synthesize(LONG)
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("day", "asked", "problem"),
    [
        ("broken", 3, "500 Internal Server Error"),
        ("forbidden", 2, "403 Forbidden"),  # edge-tts sets its clock by the server's and tries once more
        ("too_many_for_an_hour", 1, "429 Too Many Requests"),
        ("html", 3, "a page in place of a sound"),
        ("stalled", 1, r"no answer in 1\.5 s"),
        ("dropped", 3, "it hung up in the middle"),
    ],
)
def test_a_lasting_refusal_is_one_clear_error(server: Server, day: str, asked: int, problem: str) -> None:
    server.days = [day] * 10
    with pytest.raises(SynthesisError, match=f"Microsoft Edge did not speak it: {problem}"):
        Edge(hasty(GADIS, timeout=patience(day), attempts=asked)).synthesize(LINE)
    assert len(server.asked) == asked


def test_a_server_that_cannot_prove_who_it_is_is_not_believed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the tests above pass because ours is trusted, and not because nothing is checked."""
    monkeypatch.setattr(edge_tts.communicate, "_SSL_CTX", ssl.create_default_context())
    with pytest.raises(SynthesisError, match="certificate"):
        Edge(hasty(GADIS)).synthesize(LINE)
    assert server.asked == []


def test_no_network_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(SynthesisError, match=r"no connection to 127\.0\.0\.1: Connect"):
        Edge(hasty(GADIS)).synthesize(LINE)


def test_without_the_extra_the_hint_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "edge_tts", None)
    assert fingerprint(GADIS)  # the shelf is listed all the same
    with pytest.raises(VoiceError, match="id_ID-gadis needs the package edge-tts") as caught:
        load(GADIS)
    assert caught.value.hint == "pip install 'newscast[edge]'"


@pytest.mark.network
def test_microsoft_itself_speaks() -> None:
    """The stand-in speaks the wire format of its day; only this test would tell of a new one."""
    assert 1.5 < Edge(GADIS).synthesize(LINE).duration < 8
