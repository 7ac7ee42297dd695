"""What hangs, drips, never ends or says goodbye costs one line its time, and says so."""

import io
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import av
import numpy as np
import pytest
from fakes import Tone, length
from loopback import Server, serving, sound_file
from msgspec.structs import replace
from openai_server import SpeechServer

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Audio, Line
from newscast.retry import RetryPolicy
from newscast.speech import service, speak
from newscast.speech.abreast import OverdueError, abreast, within
from newscast.speech.codec import decode, encode_flac
from newscast.speech.engines.openai import OpenAI
from newscast.speech.service import Service
from newscast.speech.voices import Voice, load

SPOKEN = "Harga beras turun lima persen pada hari Kamis."
LINE = Line(SPOKEN, SPOKEN, "")
never = threading.Event()


def card(engine: str) -> Voice:
    return Voice(id="uji", name="Uji", engine=f"{__name__}:{engine}", license="none")


# --- calls


def test_results_come_in_order_and_no_more_calls_run_than_may() -> None:
    running, most = [], []

    def call(number: int) -> int:
        running.append(number)
        most.append(len(running))
        time.sleep(0.01 * (5 - number % 5))
        running.remove(number)
        return number

    calls = [lambda number=number: call(number) for number in range(20)]
    assert list(abreast(calls, [10.0] * 20, 3)) == list(range(20))
    assert max(most) <= 3


def test_what_hangs_is_left_behind_and_nothing_more_begins() -> None:
    begun, ended = [], []

    def hang() -> int:
        begun.append(1)
        never.wait(30)
        ended.append(1)
        return 0

    with pytest.raises(OverdueError):
        list(abreast([hang] * 9, [0.1] * 9, 2, grace=0.1))
    assert len(begun) == 2 and not ended


def test_a_calls_own_timeout_is_its_own() -> None:
    with pytest.raises(TimeoutError, match="mine"):
        within(10.0, lambda: (_ for _ in ()).throw(TimeoutError("mine")))


# --- engines


class Hanging(Tone):
    """Never comes back from the line that it does not like."""

    def synthesize(self, line: Line) -> Audio:
        if "anjlok" in line.spoken:
            never.wait(30)
        return super().synthesize(line)


class Leaving(Tone):
    """Ends the program in place of speaking."""

    def synthesize(self, line: Line) -> Audio:
        raise SystemExit(0)


class Absent(Tone):
    """Ends the program in place of being loaded."""

    def __init__(self, voice: object) -> None:
        raise SystemExit(0)


class Stuck(Tone):
    """Is never loaded."""

    def __init__(self, voice: object) -> None:
        never.wait(30)


def test_an_engine_that_hangs_is_given_up_by_the_length_of_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speak, "_SECONDS_HERE", 0.2)
    monkeypatch.setattr(speak, "_SECONDS_FOR_SECOND", 0.1)
    fine, bad = LINE, Line("", "Harga anjlok.", "")
    with pytest.raises(SynthesisError, match=r"“Harga anjlok.” was not said in 0 s") as caught:
        speak.speak([fine, bad], card("Hanging"), tmp_path)
    assert "hangs" in caught.value.hint
    monkeypatch.setattr(Hanging, "__init__", lambda self, voice: pytest.fail("said before"))
    assert len(speak.speak([fine], card("Hanging"), tmp_path)) == 1


def test_a_limit_grows_with_the_line_and_is_longer_online() -> None:
    long = Line("", " ".join([SPOKEN] * 9), "")
    voice = card("Hanging")
    assert speak._limit(long, voice) > 4 * speak._limit(LINE, voice) > 120
    assert speak._limit(LINE, replace(voice, network=True)) > speak._limit(LINE, voice) + 200


def test_an_engine_cannot_end_the_program() -> None:
    with pytest.raises(SynthesisError, match=r"could not be said: SystemExit\(0\)"):
        speak.speak([LINE], card("Leaving"), None)
    with pytest.raises(VoiceError, match="voice uji cannot be loaded: SystemExit"):
        load(card("Absent"))


def test_an_engine_that_is_never_loaded_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speak, "_SECONDS_TO_LOAD", 0.1)
    with pytest.raises(VoiceError, match="was not loaded in"):
        speak.speak([LINE], card("Stuck"), None)


# --- servers


class Odd(SpeechServer):
    """Answers that are right at every moment, and never done."""

    def dripping(self, sound: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(sound)))
        self.end_headers()
        for byte in sound:
            self.wfile.write(bytes([byte]))
            if self.server.closing.wait(0.05):
                return

    def slow_head(self, sound: bytes) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(10_000):
            self.wfile.write(b"X-%d: 1\r\n" % number)
            if self.server.closing.wait(0.05):
                return

    def endless(self, sound: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        while not self.server.closing.is_set():
            self.wfile.write(sound * 20)

    def late(self, sound: bytes) -> None:
        when = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        self.reply(503, b"", Retry_After=when)

    def tomorrow(self, sound: bytes) -> None:
        when = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)
        self.reply(429, b"", Retry_After=when)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(Odd) as server:
        yield server


def engine(server: Server, **options: object) -> OpenAI:
    hasty = {"timeout": 0.5, "attempts": 1, "wait": 0.01, "interval": 0.0, "model": "m", "voice": "v"}
    return OpenAI(replace(card("-"), options={**hasty, "url": f"{server.address}/v1", **options}))


@pytest.mark.parametrize("day", ["dripping", "slow_head"])
def test_an_answer_that_drips_has_a_deadline(
    server: Server, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setattr(service, "_SECONDS_FOR_SECOND", 0.1)
    server.days = [day]
    with pytest.raises(SynthesisError, match="no whole answer in 1 s"):
        engine(server).synthesize(LINE)  # the server alone would go on for minutes


def test_an_answer_without_end_is_cut_short(server: Server) -> None:
    server.days = ["endless"]
    with pytest.raises(SynthesisError, match=r"an answer of over 2,\d\d\d,\d\d\d bytes for one line"):
        engine(server, timeout=20).synthesize(LINE)


def test_a_date_to_come_back_at_is_kept(server: Server) -> None:
    server.days = ["late"]
    assert engine(server, attempts=2).synthesize(LINE).duration == pytest.approx(length(SPOKEN), abs=0.15)
    assert server.asked_at[1] - server.asked_at[0] >= 0.9  # the date tells whole seconds
    server.days = ["tomorrow"]
    with pytest.raises(SynthesisError, match="429") as caught:
        engine(server, attempts=2).synthesize(LINE)
    assert "it asks to wait 86" in caught.value.hint
    assert len(server.asked) == 3


def test_a_small_file_that_holds_hours_is_not_decoded() -> None:
    hours = encode_flac(Audio(np.zeros(24_000 * 3_600, np.float32), 24_000))
    assert len(hours) < 1_000_000
    with pytest.raises(ValueError, match="a sound of over 30 s"):
        decode(hours, longest=30.0)
    answers = Service("Suara", RetryPolicy(attempts=1, interval=0))
    with pytest.raises(SynthesisError, match="a sound of over"):
        answers.speak(LINE, lambda spoken, most: hours)


# --- answers in several parts


def tagged_mp3(text: str, tag: str = "3") -> bytes:
    """With a Xing frame and an ID3 tag, as most programs write it."""
    sound, file = decode(sound_file(text)), io.BytesIO()
    with av.open(file, "w", format="mp3", options={"id3v2_version": tag}) as out:
        stream = out.add_stream("mp3", rate=24_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(sound.samples[None, :], format="fltp", layout="mono")
        frame.sample_rate = 24_000
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()


def endless_wav(text: str) -> bytes:
    sound = sound_file(text, "wav")
    at = sound.index(b"data") + 4
    return sound[:4] + b"\xff" * 4 + sound[8:at] + b"\xff" * 4 + sound[at + 4 :]


@pytest.mark.parametrize(
    "make",
    [
        tagged_mp3,
        lambda text: tagged_mp3(text, "0"),
        sound_file,
        lambda text: sound_file(text, "wav"),
        lambda text: sound_file(text, "flac"),
        endless_wav,
    ],
)
def test_parts_put_end_to_end_are_one_sound(make: Callable[[str], bytes]) -> None:
    texts = ["Harga beras turun.", "Kata menteri pertanian.", "Pada hari Kamis."]
    one, *_ = parts = [make(text) for text in texts]
    whole = decode(b"".join(parts))
    assert whole.duration == pytest.approx(sum(decode(part).duration for part in parts), abs=0.16)
    first = decode(one).samples[:20_000]
    assert np.allclose(whole.samples[:20_000], first, atol=0.02)
    quiet = np.abs(whole.samples) > 0.36
    assert quiet.mean() < 0.001, "a header was taken for sound"


def test_parts_of_other_rates_are_no_sound() -> None:
    other = encode_flac(Audio(decode(sound_file("Halo.")).samples, 22_050))
    with pytest.raises(ValueError, match="its parts have 22050, 24000 Hz"):
        decode(sound_file("Halo.", "flac") + other)
