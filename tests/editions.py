"""A show and its episodes made by hand, for the tests of publish: real MP3s, invented news."""

import hashlib
from datetime import datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import msgspec
import numpy as np
from PIL import Image

from newscast.model import SCHEMA, Chapter, Cue, Episode, Media
from newscast.publish import store
from newscast.publish.store import slugify
from newscast.show import Show

WIB = timezone(timedelta(hours=7))


SHOW = Show(
    id="kabar-sungai",
    title="Kabar Sungai",
    description="Berita dari tepi sungai, dibacakan setiap pagi.",
    url="https://radio.test/kabar",
    author="Redaksi Kabar Sungai",
    email="redaksi@radio.test",
    guid="0b7dd0f2-0b1e-5c38-9d38-5d6c1f0f1a11",
    cover="cover.jpg",
)


def show(folder: Path, **changes: Any) -> Show:
    """The show with a cover, in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (1400, 1400), (156, 47, 29)).save(folder / "cover.jpg")
    return msgspec.structs.replace(SHOW, folder=folder, **changes)


@cache
def mp3(seconds: float = 2.0, pitch: float = 440.0) -> bytes:
    """A tone, 44.1 kHz mono, constant 64 kbit/s."""
    samples = (0.2 * np.sin(2 * np.pi * pitch * np.arange(int(44_100 * seconds)) / 44_100)).astype(np.float32)
    file = BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=44_100, layout="mono", bit_rate=64_000)
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate = 44_100
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return file.getvalue()


def episode(title: str = "Pasar terapung kembali ramai", audio: bytes = b"", **changes: Any) -> Episode:
    """An episode as the pipeline hands it over, of two seconds, its guid made from its title."""
    audio = audio or mp3()
    plain = Episode(
        guid=hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()[:32],
        slug=slugify(title),
        title=title,
        summary="Para pedagang kembali mendayung. Pembeli datang sejak subuh.",
        published=datetime(2024, 3, 5, 6, 0, tzinfo=WIB),
        duration=2.0,
        schema=SCHEMA,
        media=(Media(file="", length=len(audio), sha256=hashlib.sha256(audio).hexdigest()),),
        inputs="",
        voices=("id_ID-uji",),
        sources=("https://koran.test/pasar?a=1&b=2",),
        cues=(Cue(0.1, 0.9, "Inilah Kabar Sungai."), Cue(1.1, 1.9, "Para pedagang kembali mendayung.")),
        chapters=(Chapter(0.0, 1.0, "Pembuka"), Chapter(1.0, 2.0, title[:45] or "Isi")),
    )
    return msgspec.structs.replace(plain, **changes)


NOW = datetime(2024, 3, 10, 6, 0, tzinfo=WIB)


def commit(root: Path, episode: Episode, audio: bytes, now: datetime = NOW) -> Episode:
    """Put it out as a run does that knows what is out."""
    return store.commit(root, episode, [audio], store.find(root, episode.guid), now)
