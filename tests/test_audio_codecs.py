"""What players and directories read in the files: sound, tags, chapters, pictures; and what is refused."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import mutagen.mp3
import numpy as np
import pytest
from broadcast import EXAMPLES, hear
from mutagen import id3
from mutagen.id3 import PictureType
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from PIL import Image

from newscast import pictures
from newscast.audio import cover
from newscast.audio.codecs import decode as decoding
from newscast.audio.codecs.decode import decode, stream
from newscast.audio.codecs.encoder import Encoder, Tags
from newscast.audio.codecs.mp3 import Mp3
from newscast.audio.episode import encoders
from newscast.errors import AudioError, ShowError
from newscast.model import Audio, Chapter
from newscast.tables import Sound

IMAGES = ["https://example.org/gambar.jpg"] + [""] * 10 + ["https://example.org/hilang.jpg"]
#: Titles that get shorter, so that frames sorted by size come out in the wrong order.
CHAPTERS = tuple(
    Chapter(
        0.2 * n, 0.2 * (n + 1), "Judul bab – é" * (12 - n), "https://example.org/bab" * (n % 2), IMAGES[n]
    )
    for n in range(12)
)
MIMES: dict[str, Any] = {"mp3": mutagen.mp3.MP3, "opus": OggOpus, "m4a": MP4}
SOUND = Audio((np.sin(np.arange(44_100 * 12 // 5) / 9) / 2).astype(np.float32), 44_100)
PICTURE = cover.picture((EXAMPLES / "cover.jpg").read_bytes())
TAGS = Tags(
    title="Rp1,5 miliar – “uang” 你好",
    artist="Redaksi Kabar Ringkas",
    album="Kabar Ringkas",
    published=datetime(2024, 3, 5, 5, 30, tzinfo=UTC),
    summary="Satu.\nDua.",
    url="https://example.org/kabar/é?a=1&b=2",
    transcript="Kalimat satu.\n\nKalimat dua – “é”.",
    cover=cover.thumbnail((EXAMPLES / "cover.jpg").read_bytes()),
    picture=PICTURE,
    pictures={"https://example.org/gambar.jpg": PICTURE},
    chapters=CHAPTERS,
)
ENCODERS = encoders(Sound(formats=("opus", "m4a"))) + encoders(Sound(formats=("opus", "m4a"), channels=2))


def sound(samples: np.ndarray, channels: int = 1) -> Iterator[np.ndarray]:
    """In pieces that fall on nothing."""
    for start in range(0, len(samples), 10_007):
        yield np.tile(samples[start : start + 10_007], (channels, 1))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mp3") / "a.mp3"
    Mp3().write(sound(SOUND.samples), path, TAGS)
    return path


@pytest.fixture(scope="module")
def data(path: Path) -> bytes:
    return path.read_bytes()


def read(data: bytes) -> Any:
    """mutagen's MPEGInfo."""
    return mutagen.mp3.MP3(BytesIO(data)).info


def test_stream(data: bytes) -> None:
    info = read(data)
    assert (info.sample_rate, info.channels) == (44_100, 1)
    assert info.bitrate == pytest.approx(96_000, abs=10)
    assert info.bitrate_mode == mutagen.mp3.BitrateMode.CBR
    assert b"Info" in data[id3.ID3(BytesIO(data)).size :][:100]  # the header that lets players seek


def test_tags(data: bytes) -> None:
    tag = id3.ID3(BytesIO(data), translate=False)
    assert tag.version == (2, 3, 0)
    said = {name: tag[name].text[0] for name in ("TIT2", "TPE1", "TALB", "TYER", "TDAT", "TCON", "TLAN")}
    assert list(said.values()) == [TAGS.title, TAGS.artist, TAGS.album, "2024", "0503", "Podcast", "ind"]
    assert tag["COMM::ind"].text[0] == TAGS.summary
    assert tag["WOAS"].url == "https://example.org/kabar/%C3%A9?a=1&b=2"
    assert str(id3.ID3(BytesIO(data))["TDRC"]) == "2024-03-05 05:30:00"
    assert tag["USLT::ind"].text == TAGS.transcript
    first, second = tag.getall("APIC")  # many players show the first, whatever its kind
    assert (first.type, first.data, second.type) == (
        PictureType.COVER_FRONT,
        PICTURE,
        PictureType.ILLUSTRATION,
    )
    assert [Image.open(BytesIO(p.data)).size for p in (first, second)] == [(1400, 1400), (600, 600)]


def test_chapters_in_time_order_for_ffmpeg(data: bytes) -> None:
    with av.open(BytesIO(data)) as container:
        chapters = container.chapters()
    assert [chapter["metadata"]["title"] for chapter in chapters] == [c.title for c in CHAPTERS]
    assert [chapter["start"] for chapter in chapters] == [200 * n for n in range(12)]


def test_chapters_in_time_order_for_mutagen(data: bytes) -> None:
    tag = id3.ID3(BytesIO(data))
    frames = tag.getall("CHAP")
    assert all(a.end_time == b.start_time for a, b in pairwise(frames))
    assert [frame.sub_frames["TIT2"].text[0] for frame in frames] == [c.title for c in CHAPTERS]
    assert [str(frame.sub_frames.get("WXXX:", "")) for frame in frames] == [c.url for c in CHAPTERS]
    assert [len(frame.sub_frames.getall("APIC")) for frame in frames] == [1] + [0] * 11
    (contents,) = tag.getall("CTOC")
    assert contents.child_element_ids == [frame.element_id for frame in frames]
    assert contents.flags == id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED


@pytest.mark.parametrize("encoder", ENCODERS, ids=lambda e: f"{e.extension}-{e.channels}")
def test_every_encoder_keeps_the_contract(encoder: Encoder, tmp_path: Path) -> None:
    """As long as what went in and where it was, tags read back, same bytes again, its mime."""
    tone = np.sin(np.arange(44_100 * 12 // 5) / 9) * np.hanning(44_100 * 12 // 5)
    once, again = (tmp_path / f"{n}.{encoder.extension}" for n in "ab")
    for one in (once, again):
        encoder.write(sound(tone.astype(np.float32), encoder.channels), one, TAGS)
    assert once.read_bytes() == again.read_bytes()
    pieces = list(stream(once, encoder.channels))
    heard, rate = np.concatenate([p for p, _ in pieces], axis=1), pieces[0][1]
    assert (len(heard), rate) == (encoder.channels, encoder.rate)
    assert abs(heard.shape[1] / rate - 2.4) < 0.025
    time = np.arange(heard.shape[1]) / rate
    expected = np.sin(time * 44_100 / 9) * np.interp(
        time, np.arange(len(tone)) / 44_100, np.hanning(len(tone))
    )
    assert np.corrcoef(heard[-1], expected)[0, 1] > 0.99  # a millisecond off is 0.2
    said = encoder.read_back(once)
    assert (said.title, said.transcript) == (TAGS.title, TAGS.transcript)
    assert [title for _, title in said.chapters] == [chapter.title for chapter in CHAPTERS]
    assert [start for start, _ in said.chapters] == pytest.approx([0.2 * n for n in range(12)], abs=0.01)
    listed = MIMES[encoder.extension](once)
    assert encoder.mime in listed.mime and listed.info.channels == encoder.channels


@pytest.mark.parametrize("length", [1, 575, 576, 1151, 1152, 44_100, 1152 * 39 + 1105])
@pytest.mark.parametrize(("bitrate", "channels"), [(64, 1), (96, 1), (128, 1), (64, 2), (112, 2)])
def test_an_mp3_of_any_length_decodes_to_the_sample(
    length: int, bitrate: int, channels: int, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp3"
    samples = (0.5 * np.sin(np.arange(length) / 20)).astype(np.float32)
    Mp3(1000 * bitrate, channels).write(sound(samples, channels), path, TAGS)
    heard = np.concatenate([piece for piece, _ in stream(path, channels)], axis=1)
    assert heard.shape == (channels, length)
    if length > 2000:
        assert np.abs(heard[0] - samples)[600:-600].max() < 0.02
    for command in (["ffmpeg", "-v", "error", "-i", path, "-y"], ["mpg123", "-q", "-w"]):
        if shutil.which(str(command[0])):
            out = tmp_path / "a.wav"
            subprocess.run([*command, out, *([path] if "-w" in command else [])], check=True)
            assert len(hear(out, channels).samples) == length


def test_the_header_tells_the_size_and_the_checksum_of_all_that_follows(path: Path) -> None:
    data = path.read_bytes()
    stream = data[id3.ID3(path).size :]
    at = stream.index(b"Info")
    frames, size = struct.unpack(">II", stream[at + 8 : at + 16])
    first = 144 * 96_000 // 44_100  # bytes of the frame that holds the header
    assert size == len(stream)
    assert frames == round((len(stream) - first) / (144 * 96_000 / 44_100))
    length, music, own = struct.unpack(">IHH", stream[at + 148 : at + 156])
    assert length == size and music == crc_16(stream[first:]) and own == crc_16(stream[: at + 154])
    delay = int.from_bytes(stream[at + 141 : at + 144])
    assert (delay >> 12, frames * 1152 - (delay >> 12) - (delay & 0xFFF)) == (576, len(SOUND.samples))


def crc_16(data: bytes) -> int:
    """CRC-16/ARC, a bit at a time."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


@pytest.mark.skipif(not shutil.which("mp3val"), reason="mp3val is not here")
def test_mp3val_has_nothing_to_say(path: Path) -> None:
    said = subprocess.run(["mp3val", path], capture_output=True, text=True, check=True).stdout
    assert "WARNING" not in said and "ERROR" not in said


def foreign(kind: str, codec: str, rate: int, layout: str = "stereo") -> bytes:
    """One second of a sound file that somebody else's program wrote."""
    out = BytesIO()
    with av.open(out, "w", format=kind) as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        assert isinstance(stream, av.AudioStream)
        channels = 2 if layout == "stereo" else 1
        frame = av.AudioFrame.from_ndarray(np.full((1, channels * rate), 8000, np.int16), "s16", layout)
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "codec", "rate"),
    [("flac", "flac", 48_000), ("wav", "pcm_s16le", 22_050), ("ogg", "libopus", 48_000)],
)
def test_decode_other_kinds(kind: str, codec: str, rate: int, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(foreign(kind, codec, rate))
    for channels in (1, 2):
        samples, found = decode(path, channels)
        assert found == rate and samples.shape[1] / rate == pytest.approx(1, abs=0.05)
        assert len(samples) == channels and samples.dtype == np.float32


BAD_SOUND: dict[str, Callable[[], bytes]] = {
    "empty": bytes,
    "text": lambda: b"bukan suara, hanya tulisan\n" * 50,
    "noise": lambda: np.random.default_rng(1).bytes(50_000),
    "picture": lambda: (EXAMPLES / "cover.jpg").read_bytes(),
    "no frames": lambda: (EXAMPLES / "intro.mp3").read_bytes()[:60],
    "two in one": lambda: foreign("mp3", "libmp3lame", 44_100) + foreign("mp3", "libmp3lame", 22_050, "mono"),
    "playlist": lambda: b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nintro.mp3\n#EXT-X-ENDLIST\n",
}


@pytest.mark.parametrize("kind", BAD_SOUND)
def test_what_is_no_sound_is_named(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "intro.mp3"
    path.write_bytes(BAD_SOUND[kind]())
    with pytest.raises(AudioError, match=r"intro\.mp3"):
        decode(path)


def test_an_absent_or_endless_sound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AudioError, match="cannot be read"):
        decode(tmp_path / "absent.mp3")
    monkeypatch.setattr(decoding, "LONGEST", 1)
    with pytest.raises(AudioError, match="longer"):
        decode(EXAMPLES / "intro.mp3")


def picture(size: tuple[int, int] = (1400, 1400), mode: str = "RGB", kind: str = "JPEG") -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", picture()),
        ("a.JPEG", picture((3000, 3000))),
        ("a.png", picture(kind="PNG")),
        ("a.jpg", (EXAMPLES / "cover.jpg").read_bytes()),
    ],
)
def test_a_good_cover(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert pictures.read_cover(tmp_path / name) == data


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.jpg", picture((1500, 1400)), "square"),
        ("a.jpg", picture((1399, 1399)), "1399"),
        ("a.jpg", picture((3001, 3001)), "3001"),
        ("a.png", picture(mode="RGBA", kind="PNG"), "RGBA"),
        ("a.jpg", picture(mode="CMYK"), "CMYK"),
        ("a.jpg", picture(mode="L"), "not plain RGB"),
        ("a.png", picture(), "really a JPEG"),
        ("a.gif", picture(mode="P", kind="GIF"), "not a JPEG or PNG"),
        ("a.png", picture((20_000, 20_000), "1", "PNG"), "a.png"),
        ("a.jpg", picture()[:-600], "damaged"),
        ("a.jpg", b"", "not a JPEG or PNG"),
        ("a.jpg", bytes(pictures.MOST_BYTES + 1), "too big"),
    ],
)
def test_a_bad_cover_is_named_with_what_to_do(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ShowError, match=why) as caught:
        pictures.read_cover(tmp_path / name)
    assert name in caught.value.message and caught.value.hint


def test_a_picture_is_made_small_and_plain() -> None:
    """Whatever a site shows: wide, transparent, CMYK, a GIF."""
    for given in (picture((4000, 1000)), picture(mode="RGBA", kind="PNG"), picture(mode="P", kind="GIF")):
        made = Image.open(BytesIO(cover.picture(given)))
        assert (made.format, made.mode) == ("JPEG", "RGB") and max(made.size) == 1400
    for bad in (b"", b"<html>", picture()[:-600], picture((20_000, 20_000), "1", "PNG")):
        with pytest.raises(AudioError, match="picture"):
            cover.picture(bad)


def test_no_warning_and_no_ffmpeg_needed() -> None:
    code = "import newscast.audio.episode"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
