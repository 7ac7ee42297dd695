"""Voice cards, clips, the cache, and that each line is said once, whole, and right."""

import os
import pickle
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from broadcast import show
from fakes import SAMPLE_RATE, Tone, pitch
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newscast.auditions import plain_script
from newscast.errors import NewscastError, SynthesisError, VoiceError
from newscast.model import Audio, Engine, Line, Samples
from newscast.pipeline import shelf as shelf_of
from newscast.speech import cache
from newscast.speech.codec import decode, encode_flac, round_to_16_bits
from newscast.speech.judge import defect
from newscast.speech.speak import speak
from newscast.speech.split import parts, pieces
from newscast.speech.trim import trim
from newscast.speech.voices import (
    Voice,
    at_speed,
    builtin_folder,
    fingerprint,
    is_installed,
    load,
    pick,
    shelf,
)
from newscast.tables import DEFAULT_VOICE, VoiceChoice

CARD = 'id = "id_ID-tes"\nname = "Tes"\nengine = "fakes:Tone"\nlicense = "none"\n'
TONE = Voice(id="tone", name="Tone", engine="fakes:Tone", license="none")


def line(spoken: str) -> Line:
    return Line(text=spoken, spoken=spoken, phonemes=spoken.lower())


def write_card(folder: Path, card: str = CARD) -> Path:
    path = folder / "id_ID-tes" / "voice.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(card, "utf-8")
    return path


# --- cards


def test_every_voice_of_ours_is_on_the_shelf_whole_and_small() -> None:
    voices = shelf(builtin_folder())
    ids = {DEFAULT_VOICE, "id_ID-bayu", "id_ID-espeak", "id_ID-gtts", "id_ID-gadis", "id_ID-ardi"}
    assert ids | {"id_ID-sano"} <= set(voices)
    for voice in voices.values():
        assert sum(file.size for file in voice.files if not file.url) <= 300_000
        assert pickle.loads(pickle.dumps(voice)) == voice
        if not any(file.url and not file.packages for file in voice.files):
            assert is_installed(voice)
            assert len(fingerprint(voice)) == 64
    assert not voices[DEFAULT_VOICE].network


def test_a_shows_own_voice_comes_before_ours_of_the_same_id(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "a", tmp_path / "b"
    write_card(ours)
    write_card(theirs, CARD.replace('"Tes"', '"Lain"'))
    assert shelf(ours, theirs, tmp_path / "absent")["id_ID-tes"].name == "Lain"


@pytest.mark.parametrize(
    ("card", "complaint"),
    [
        (CARD + "sped = 2\n", "unknown field `sped`"),
        (CARD.replace("license", "licence"), "licence"),
        (CARD.replace("license", "#"), "license"),
        (CARD + 'network = "yes"\n', r"\$.network"),
        (CARD + 'folder = "/"\n', "folder"),
        (CARD.replace("id_ID-tes", "id_ID-lain"), "name of its folder"),
        (CARD + "[[files]]\nname = '../x'\nsize = 1\nsha256 = '" + "0" * 64 + "'\n", "name"),
        (CARD + f"[[files]]\nname = \"x\\n\"\nsize = 1\nsha256 = '{'0' * 64}'\n", "name"),
        (CARD + f"[[files]]\nname = 'x'\nshare = '..'\nsize = 1\nsha256 = '{'0' * 64}'\n", "share"),
        (CARD + "[[files]]\nname = 'x'\nsize = 1\n", "sha256, or else its md5"),
        (CARD + f"[[files]]\nname = 'x'\nsize = 1\nsha256 = '{'0' * 64}'\nmd5 = '{'0' * 32}'\n", "or else"),
        ("id = ", "voice.toml"),
        ("\xff", "voice.toml"),
    ],
)
def test_a_bad_card_is_refused_by_file_and_key(tmp_path: Path, card: str, complaint: str) -> None:
    path = write_card(tmp_path)
    path.write_bytes(card.encode("latin-1"))
    with pytest.raises(VoiceError, match=complaint) as refused:
        shelf(tmp_path)
    assert str(path) in refused.value.message


@pytest.mark.parametrize(
    ("engine", "options", "complaint"),
    [
        ("nirwana", {}, "no engine nirwana"),
        ("no.such.module:Engine", {}, "no engine no.such"),
        ("fakes:Nobody", {}, "no engine fakes:Nobody"),
        ("espeak", {"rat": 3}, "unknown field `rat`"),
        ("espeak", {"rate": "fast"}, r"\$.rate"),
        ("espeak", {"voice": "xyzzy"}, "no voice xyzzy"),
        ("kokoro", {"style": "style.f16"}, "not among the card's"),
        ("gtts", {"attempts": 0}, r"\$.attempts"),
        ("edge", {"voice": "Gadis"}, r"\$.voice"),
        ("openai", {"model": "kokoro", "voice": "pf_dora"}, "missing required field `url`"),
    ],
)
def test_a_voice_that_cannot_speak_says_why(engine: str, options: dict[str, object], complaint: str) -> None:
    with pytest.raises(VoiceError, match=complaint):
        load(replace(TONE, engine=engine, options=options))


def test_an_unknown_voice_is_answered_with_the_nearest() -> None:
    with pytest.raises(VoiceError, match="id_ID-sarri; did you mean id_ID-sari") as refused:
        pick(shelf(builtin_folder()), "id_ID-sarri")
    assert refused.value.hint == "newscast voices"


def test_a_damaged_voice_file_is_refused_and_not_called_installed(tmp_path: Path) -> None:
    voice = replace(shelf(builtin_folder())[DEFAULT_VOICE], folder=tmp_path)
    with pytest.raises(VoiceError, match="is not installed: there is no"):
        load(voice)
    assert not is_installed(voice)
    (tmp_path / "style.f16").write_bytes(b"\0" * voice.files[0].size)
    with pytest.raises(VoiceError, match="sha256 differs"):
        load(voice)


def test_the_fingerprint_changes_with_all_that_is_heard_and_nothing_else(tmp_path: Path) -> None:
    write_card(tmp_path / "a")
    write_card(tmp_path / "b")
    here, there = (shelf(tmp_path / name)["id_ID-tes"] for name in "ab")
    assert fingerprint(here) == fingerprint(there)
    assert fingerprint(here) != fingerprint(replace(here, options={"speed": 2}))
    assert fingerprint(here) != fingerprint(replace(here, engine="espeak"))


# --- clips


def tone(seconds: float, level: float = 0.3) -> Samples:
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (level * np.sin(2 * np.pi * 440 * time)).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def test_silence_is_cut_off_the_edges_but_a_soft_consonant_is_kept() -> None:
    soft = tone(0.08, level=0.003)  # 40 dB below the vowel
    samples = np.concatenate([silence(0.4), soft, tone(1.0), silence(0.3), tone(0.5), soft, silence(0.7)])
    clip = trim(Audio(samples, SAMPLE_RATE))
    assert clip.duration == pytest.approx(0.08 + 1.0 + 0.3 + 0.5 + 0.08, abs=0.05)
    assert clip.duration >= 0.08 + 1.0 + 0.3 + 0.5 + 0.08 + 0.02


def test_a_clip_without_any_sound_becomes_empty() -> None:
    assert len(trim(Audio(silence(1.0), SAMPLE_RATE)).samples) == 0
    assert len(trim(Audio(silence(0.0), SAMPLE_RATE)).samples) == 0


@pytest.mark.parametrize(
    ("samples", "complaint"),
    [
        (tone(3.0), ""),
        (silence(3.0), "silent"),
        (tone(3.0, level=3.0).clip(-1, 1), "clipped"),
        (tone(1.1), "too short"),
        (tone(6.5), "too long"),
    ],
)
def test_a_clip_is_judged_by_its_line(samples: Samples, complaint: str) -> None:
    news = line("Harga beras turun lima persen pada hari Kamis.")
    wrong = defect(trim(Audio(samples, SAMPLE_RATE)), news, is_speech=False)
    assert complaint in wrong and bool(complaint) == bool(wrong)


class Ill(Engine):
    """Returns what its class says in place of a sound."""

    gives: ClassVar[object] = None

    def __init__(self, voice: Voice) -> None:
        pass

    def synthesize(self, line: Line) -> Audio:
        return self.gives  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("gives", "complaint"),
    [
        (None, "returned NoneType"),
        (Audio(tone(3.0), 0), "sample rate of 0"),
        (Audio(tone(3.0), -24_000), "sample rate of -24000"),
        (Audio(tone(3.0), 24_000.0), "sample rate of 24000.0"),  # type: ignore[arg-type]
        (Audio(tone(3.0), 4_000_000), "sample rate of 4000000"),
        (Audio(tone(3.0).reshape(-1, 2), SAMPLE_RATE), r"float32 \(36000, 2\)"),
        (Audio(tone(3.0).astype(np.float64), SAMPLE_RATE), "float64"),
        (Audio(list(tone(0.1)), SAMPLE_RATE), "gave list"),  # type: ignore[arg-type]
        (
            Audio(np.where(np.arange(72_000) % 7, tone(3.0), np.nan).astype(np.float32), SAMPLE_RATE),
            "no number",
        ),
    ],
)
def test_an_engine_that_gives_no_sound_is_told_what_it_gave(
    monkeypatch: pytest.MonkeyPatch, gives: object, complaint: str
) -> None:
    monkeypatch.setattr(Ill, "gives", gives)
    with pytest.raises(SynthesisError, match=f"“Selamat pagi.”: .*{complaint}"):
        speak([line("Selamat pagi.")], replace(TONE, engine=f"{__name__}:Ill"), None)


@pytest.mark.parametrize("speed", [0.7, 1.1, 1.5])
def test_any_voice_is_quicker_or_slower_at_the_same_pitch(speed: float, tmp_path: Path) -> None:
    news = line("Harga beras turun lima persen pada hari Kamis.")
    (usual,) = speak([news], TONE, tmp_path)
    (changed,) = speak([news], at_speed(TONE, speed), tmp_path)
    assert changed.duration == pytest.approx(usual.duration / speed, rel=0.03)
    for clip in (usual, changed):
        spectrum = np.abs(np.fft.rfft(clip.samples))
        assert np.argmax(spectrum) / clip.duration == pytest.approx(pitch(news.spoken), abs=6)
    assert fingerprint(at_speed(TONE, 1.0)) == fingerprint(TONE) != fingerprint(at_speed(TONE, speed))


def test_a_show_sets_the_speed_of_all_its_voices() -> None:
    quicker = replace(show(), voice=VoiceChoice(speed=1.25))
    assert {voice.speed for voice in shelf_of(quicker).values()} == {1.25}


def test_flac_brings_16_bit_samples_back_as_they_were() -> None:
    noise = np.random.default_rng(1).uniform(-1.0, 1.0, 30_001).astype(np.float32)
    clip = round_to_16_bits(Audio(noise, 22_050))
    back = decode(encode_flac(clip))
    assert back.sample_rate == 22_050
    assert np.array_equal(back.samples, clip.samples)
    assert np.abs(back.samples - noise).max() <= 1 / 32768


@pytest.mark.parametrize("data", [b"", b"<html>", b"RIFF" + b"\0" * 100])
def test_what_is_no_sound_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        decode(data)


# --- splitting


WORDS = st.lists(
    st.text("abcé", min_size=1, max_size=9).flatmap(lambda w: st.sampled_from([w, w + ",", w + "."]))
)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.integers(1, 40))
def test_pieces_lose_no_word_and_fit(words: list[str], most: int) -> None:
    spoken = " ".join(words)
    cut = pieces(Line(spoken, spoken, spoken.upper()), lambda piece: len(piece.spoken) <= most)
    assert [word for piece in cut for word in piece.spoken.split()] == words
    assert all(piece.phonemes == piece.spoken.upper() for piece in cut)
    assert all(len(piece.spoken) <= most or " " not in piece.spoken for piece in cut)


def test_a_line_is_cut_where_a_newsreader_breathes() -> None:
    news = line("Harga beras turun hari ini, kata menteri pertanian di Jakarta.")
    assert parts(news, 2)[0].spoken == "Harga beras turun hari ini,"
    thirds = ["Harga beras turun hari ini,", "kata menteri", "pertanian di Jakarta."]
    assert [part.spoken for part in parts(news, 3)] == thirds
    assert parts(line("Jakarta."), 3) == parts(line("Jakarta."), 1) == (line("Jakarta."),)


# --- the cache and speaking


class Counting(Tone):
    """A Tone whose sayings are counted over all its instances."""

    said: ClassVar[list[str]] = []

    def synthesize(self, line: Line) -> Audio:
        Counting.said.append(line.spoken)
        return super().synthesize(line)


class Stumbling(Tone):
    """Says nothing but silence for more than three words, and raises at a word it does not like."""

    def synthesize(self, line: Line) -> Audio:
        if "anjlok" in line.spoken:
            raise RuntimeError("out of memory")
        audio = super().synthesize(line)
        return audio if len(line.spoken.split()) <= 3 else Audio(audio.samples * 0, SAMPLE_RATE)


COUNTING = replace(TONE, engine=f"{__name__}:Counting")
STUMBLING = replace(TONE, engine=f"{__name__}:Stumbling")
LINES = [line("Selamat pagi."), line("Harga beras turun."), line("Selamat pagi.")]


@pytest.fixture(autouse=True)
def nothing_said() -> None:
    Counting.said.clear()


def test_a_line_is_said_once_in_a_run_and_once_for_the_cache(tmp_path: Path) -> None:
    fresh = speak(LINES, COUNTING, tmp_path)
    assert Counting.said == ["Selamat pagi.", "Harga beras turun."]
    again = speak([*LINES, line("Baru.")], COUNTING, tmp_path)
    assert Counting.said[2:] == ["Baru."]
    uncached = speak(LINES, COUNTING, None)
    for one, other, third in zip(fresh, again, uncached, strict=False):
        assert one.sample_rate == other.sample_rate == third.sample_rate
        assert one.samples.tobytes() == other.samples.tobytes() == third.samples.tobytes()


def test_an_edited_paragraph_is_said_again_and_nothing_else(tmp_path: Path) -> None:
    texts = [f"Kelompok {n} membersihkan saluran. Mereka selesai pukul {n}." for n in range(1, 7)]
    edited = [*texts[:2], "Kelompok terakhir pulang lebih dulu. Mereka lelah.", *texts[3:]]
    before, after = (plain_script("\n\n".join(part), show()).lines for part in (texts, edited))
    assert len(before) == len(after) == 12
    speak(before, COUNTING, tmp_path)
    Counting.said.clear()
    speak(after, COUNTING, tmp_path)
    assert Counting.said == ["Kelompok terakhir pulang lebih dulu.", "Mereka lelah."]


def test_no_engine_is_loaded_when_nothing_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(LINES, COUNTING, tmp_path)
    monkeypatch.setattr(Counting, "__init__", lambda self, voice: pytest.fail("loaded"))
    assert len(speak(LINES, COUNTING, tmp_path)) == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-7]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes().replace(b"fLaC", b"fLaX")),
        lambda path: path.unlink(),
    ],
)
def test_a_spoilt_entry_is_said_again(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    first = speak(LINES[:1], COUNTING, tmp_path)
    (entry,) = tmp_path.glob("??/*")
    spoil(entry)
    assert np.array_equal(speak(LINES[:1], COUNTING, tmp_path)[0].samples, first[0].samples)
    assert len(Counting.said) == 2
    speak(LINES[:1], COUNTING, tmp_path)
    assert len(Counting.said) == 2


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "clips").write_text("a file where the folder should be")
    assert len(speak(LINES, COUNTING, tmp_path / "clips")) == 3
    full = Path("/dev/full")
    assert len(speak(LINES, COUNTING, full)) == 3


def test_a_kill_leaves_no_torn_entry_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(self: Path, target: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        speak(LINES, COUNTING, tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_old_entries_are_pruned_and_used_ones_kept(tmp_path: Path) -> None:
    speak(LINES, COUNTING, tmp_path)
    for entry in tmp_path.glob("??/*"):
        os.utime(entry, (time.time() - 40 * 86_400,) * 2)
    speak(LINES[:1], COUNTING, tmp_path)
    assert cache.prune(tmp_path, days=30) == 1
    speak(LINES[:1], COUNTING, tmp_path)
    assert len(Counting.said) == 2


def test_progress_counts_the_lines_that_are_ready_the_cached_ones_first(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    for _ in range(2):
        speak(LINES, TONE, tmp_path, on_line=lambda ready, total: seen.append((ready, total)))
    assert seen == [(2, 3), (3, 3), (3, 3)]


class Abreast(Tone):
    """Says nothing before as many lines as it takes at once are being said."""

    at_once = 3
    meeting = threading.Barrier(3)

    def synthesize(self, line: Line) -> Audio:
        self.meeting.wait(timeout=10)
        return super().synthesize(line)


def test_lines_are_said_side_by_side_by_an_engine_that_can() -> None:
    lines = [line(word) for word in ("Satu.", "Dua.", "Tiga.", "Empat.", "Lima.", "Enam.")]
    clips = speak(lines, replace(TONE, engine=f"{__name__}:Abreast"), None)
    assert [clip.samples.tobytes() for clip in clips] == [
        c.samples.tobytes() for c in speak(lines, TONE, None)
    ]


def test_what_was_said_before_a_failure_is_kept(tmp_path: Path) -> None:
    with pytest.raises(SynthesisError):
        speak([*LINES, line("—")], COUNTING, tmp_path)
    speak(LINES, COUNTING, tmp_path)
    assert len(Counting.said) == 2


def test_a_line_that_comes_out_wrong_is_said_in_halves() -> None:
    (clip,) = speak([line("Harga beras turun, kata menteri.")], STUMBLING, None)
    whole = sum(c.duration for c in speak([line("Harga beras turun,"), line("kata menteri.")], TONE, None))
    assert clip.duration == pytest.approx(whole + 0.12, abs=0.01)


@pytest.mark.parametrize(
    ("spoken", "complaint"),
    [
        (
            "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh.",
            "did not come out right: it is silent",
        ),
        ("Harga anjlok hari ini.", "could not be said: RuntimeError"),
        ("—", "nothing to say"),
        ("", "nothing to say"),
    ],
)
def test_a_line_that_cannot_be_said_is_named(spoken: str, complaint: str) -> None:
    with pytest.raises(SynthesisError, match=complaint) as refused:
        speak([line(spoken)], STUMBLING, None)
    assert spoken[:60] in refused.value.message
    error: NewscastError = pickle.loads(pickle.dumps(refused.value))
    assert error.message == refused.value.message
