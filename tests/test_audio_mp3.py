"""What players and directories read in the MP3: tags, chapters, cover; and what is refused."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import mutagen.mp3
import numpy as np
import pytest
from broadcast import EXAMPLES, NEWS, speak
from msgspec.structs import replace
from mutagen import id3
from PIL import Image

from newscast.audio import cover
from newscast.audio.codecs import mp3
from newscast.audio.codecs.id3 import Tags
from newscast.audio.filters import frames
from newscast.audio.mix import mix
from newscast.audio.timeline import lay_out
from newscast.errors import AudioError, ShowError
from newscast.model import Audio, Chapter, Timeline
from newscast.show import Sound

#: Titles that get shorter, so that frames sorted by size come out in the wrong order.
CHAPTERS = tuple(
    Chapter(0.2 * n, 0.2 * (n + 1), "Judul bab – é" * (12 - n), "https://example.org/bab" * (n % 2))
    for n in range(12)
)
SOUND = Audio((np.sin(np.arange(44_100 * 12 // 5) / 9) / 2).astype(np.float32), 44_100)
TIMELINE = Timeline((), CHAPTERS, SOUND.duration)
TAGS = Tags(
    title="Rp1,5 miliar – “uang” 你好",
    artist="Redaksi Kabar Ringkas",
    album="Kabar Ringkas",
    published=datetime(2024, 3, 5, 5, 30, tzinfo=UTC),
    summary="Satu.\nDua.",
    url="https://example.org/kabar/é?a=1&b=2",
    cover=(EXAMPLES / "cover.jpg").read_bytes(),
    chapters=CHAPTERS,
)


@pytest.fixture(scope="module")
def data() -> bytes:
    return mp3.encode(frames(SOUND), TAGS)


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
    picture = Image.open(BytesIO(tag["APIC:"].data))
    assert (picture.format, picture.size) == ("JPEG", (600, 600))


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
    (contents,) = tag.getall("CTOC")
    assert contents.child_element_ids == [frame.element_id for frame in frames]
    assert contents.flags == id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED


def test_chapters_out_of_order_are_refused(data: bytes) -> None:
    """As mutagen's own save leaves them."""
    out = BytesIO(data)
    mutagen.mp3.MP3(BytesIO(data)).save(out, v2_version=3)
    mp3.verify(data, TIMELINE)
    with pytest.raises(AudioError, match="order"):
        mp3.verify(out.getvalue(), TIMELINE)


@pytest.mark.parametrize("share", [0.1, 0.9, 0.97])
def test_a_truncated_episode_is_refused(share: float) -> None:
    clips = speak(NEWS)
    timeline = lay_out(NEWS, clips, Sound())
    tags = replace(TAGS, cover=None, chapters=timeline.chapters)
    whole = mp3.encode(frames(mix(timeline, clips)), tags)
    cut = whole[: int(len(whole) * share)]
    assert read(cut).length == pytest.approx(timeline.duration, abs=0.1)
    mp3.verify(whole, timeline)
    with pytest.raises(AudioError, match="lasts"):
        mp3.verify(cut, timeline)


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
def test_decode_other_kinds(kind: str, codec: str, rate: int) -> None:
    sound = mp3.decode(foreign(kind, codec, rate))
    assert sound.sample_rate == rate and sound.duration == pytest.approx(1, abs=0.05)
    assert sound.samples.ndim == 1 and sound.samples.dtype == np.float32


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
        mp3.decode(path)


def test_an_absent_or_endless_sound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AudioError, match="cannot be read"):
        mp3.decode(tmp_path / "absent.mp3")
    monkeypatch.setattr(mp3, "LONGEST", 1)
    with pytest.raises(AudioError, match="longer"):
        mp3.decode(EXAMPLES / "intro.mp3")


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
    assert cover.read(tmp_path / name) == data


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
        ("a.jpg", bytes(cover.MOST_BYTES + 1), "too big"),
    ],
)
def test_a_bad_cover_is_named_with_what_to_do(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ShowError, match=why) as caught:
        cover.read(tmp_path / name)
    assert name in caught.value.message and caught.value.hint


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
