"""Text + voices -> how each of them says it: what `say` and `voices audition` write."""

import time
import wave
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import msgspec
from jinja2 import Environment, StrictUndefined

from newscast import pipeline
from newscast.audio.codecs.decode import decode
from newscast.audio.episode import produce
from newscast.audio.loudness import measure
from newscast.errors import ArticleError, NewscastError
from newscast.model import Article, Clips, Paragraph, Polish, Progress, Script
from newscast.show import Show
from newscast.speech import voices
from newscast.speech.speak import speak
from newscast.speech.trim import join
from newscast.speech.voices import Voice
from newscast.tables import Sound, VoiceChoice, Wording
from newscast.text.lexicon import for_show

#: What a newsreader says all day: names, an amount, a date, a schwa and an é in every line.
TEXT = (
    "Selamat pagi. Harga beras di Pasar Induk Cipinang turun 2,5 persen menjadi Rp12.750 per kilogram.\n\n"
    "“Stok kami cukup sampai akhir tahun,” kata Kepala Dinas Perdagangan, Senin, 3 Agustus 2026."
)

#: What `say` can write, and the formats beside the MP3 that it needs for that.
KINDS: dict[str, tuple[Literal["opus", "m4a"], ...]] = {
    "mp3": (),
    "wav": (),
    "opus": ("opus",),
    "m4a": ("m4a",),
}


class Take(msgspec.Struct, frozen=True, kw_only=True):
    """What one voice made of a text.

    name, license: of its card. error, hint: why it could not say it, "" if it could. excused: whether it
    only failed to be reached, and was not asked for by name. mp3: what it said, b"" on an error. spoke:
    seconds of sound without pauses. took: seconds until that was there, loading the voice included.
    words_per_minute: without pauses. loudness: LUFS as the voice comes, for episodes are all made equally
    loud.
    """

    id: str
    name: str = ""
    license: str = ""
    error: str = ""
    hint: str = ""
    excused: bool = False
    mp3: bytes = b""
    spoke: float = 0.0
    took: float = 0.0
    words_per_minute: float = 0.0
    loudness: float = 0.0


def say(text: str, show: Show, kind: str = "mp3", *, on_line: Progress | None = None) -> bytes:
    """A sound file that says only the text, without the show's jingles; see plain_script.

    kind: of KINDS; a WAV is what players make of the MP3, 16 bits at 44.1 kHz.
    """
    script = plain_script(text, show)
    clips, polish = spoken(script, show, on_line=on_line)
    plain = msgspec.structs.replace(show, audio=Sound(formats=KINDS[kind]))
    with TemporaryDirectory() as folder:
        file = produce(script, clips, plain, Path(folder), polish=polish).files[-1]
        return _wav(file) if kind == "wav" else file.read_bytes()


def spoken(script: Script, show: Show, *, on_line: Progress | None = None) -> tuple[Clips, dict[str, Polish]]:
    """One clip a line by the show's own voices, and what each of them gains from.

    Raises VoiceError, SynthesisError.
    """
    cards, guests = pipeline.shelf(show), filter(None, (show.voice.headlines, show.voice.quotes))
    cast = {"": voices.pick(cards, show.voice.id)} | {id: voices.pick(cards, id) for id in guests}
    clips = pipeline.speak_lines(script.lines, cast, {}, show, on_line)
    return clips, {id: voice.polish for id, voice in cast.items()}


def _wav(file: Path) -> bytes:
    samples, rate = decode(file)
    out = BytesIO()
    with wave.open(out, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes((samples[0] * 32767).clip(-32768, 32767).astype("<i2").tobytes())
    return out.getvalue()


def plain_script(text: str, show: Show) -> Script:
    """A script of the text alone; blank lines part its paragraphs. Raises ArticleError if it is empty."""
    pieces = (" ".join(piece.split()) for piece in text.split("\n\n"))
    paragraphs = tuple(Paragraph(piece) for piece in pieces if piece)
    if not paragraphs:
        raise ArticleError("there is nothing to say", 'newscast say "Selamat pagi."')
    article = Article(title="newscast", paragraphs=paragraphs)
    task = pipeline.task_of(article, datetime(2000, 1, 1, tzinfo=UTC))
    silent = msgspec.structs.replace(show, script=Wording(greeting="", headline="", sign_off=""))
    return pipeline.write(task, silent, for_show(show))


def takes(text: str, show: Show, ids: Sequence[str] = ()) -> Iterator[Take]:
    """Let the voices of those ids, or else all that are installed, say a text anew, one by one.

    Raises VoiceError if there is no such voice, ArticleError if there is no text.
    """
    alone = msgspec.structs.replace(show, voice=VoiceChoice(), audio=Sound())
    script = plain_script(text, alone)
    shelf = pipeline.shelf(show)
    installed = [voice for voice in shelf.values() if voices.is_installed(voice)]
    for voice in [voices.pick(shelf, id) for id in ids] or installed:
        try:
            yield _take(script, voice, alone)
        except NewscastError as error:
            excused = voice.network and not ids
            yield Take(id=voice.id, name=voice.name, error=error.message, hint=error.hint, excused=excused)


def _take(script: Script, voice: Voice, show: Show) -> Take:
    begun = time.monotonic()
    clips = speak(script.lines, voice, None)
    took = time.monotonic() - begun
    sound = join(clips, 0.0)
    with TemporaryDirectory() as folder:
        mp3 = produce(script, clips, show, Path(folder), polish={"": voice.polish}).files[0].read_bytes()
    words = sum(len(line.spoken.split()) for line in script.lines)
    return Take(
        id=voice.id,
        name=voice.name,
        license=voice.license,
        mp3=mp3,
        spoke=sound.duration,
        took=took,
        words_per_minute=60 * words / sound.duration,
        loudness=measure(sound).integrated,
    )


def page(text: str, heard: Sequence[Take]) -> bytes:
    """HTML: a player a voice, with its minutes and its rate, beside the voices' MP3s; needs no network."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    source = (Path(__file__).parent / "auditions.html").read_text("utf-8")
    return environment.from_string(source).render(text=text, takes=heard).encode()
