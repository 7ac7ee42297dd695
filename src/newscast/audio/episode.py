"""Script + clips + Show -> finished media files and their Timeline: the door of this room.

Clips are heard once to know how long and how loud each is; the mix is read once to be measured, once for
each file that is encoded of it, and each file is decoded once. Nothing of it is kept in memory.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from newscast import pictures as judged
from newscast.audio import cover
from newscast.audio.codecs.encoder import Encoder, Tags
from newscast.audio.codecs.mp3 import Mp3
from newscast.audio.codecs.muxed import m4a, opus
from newscast.audio.listen import last_listen
from newscast.audio.loudness import Measured, Meter
from newscast.audio.master import Master, UnevenError, solve
from newscast.audio.mix import Mix
from newscast.audio.music import Music, load_music, seconds
from newscast.audio.timeline import SAMPLE_RATE, lay_out, sample_count
from newscast.audio.voice import shaved, survey
from newscast.errors import AudioError
from newscast.model import Audio, Ends, Line, Media, Polish, Samples, Script, Timeline, digest
from newscast.show import Show
from newscast.tables import Sound

_LOG = logging.getLogger(__name__)
LUFS = -16.0
TRUE_PEAK = -1.0
#: LU that a published file may be off.
TOLERANCE = 0.5
#: How often a file is encoded before it is given up.
ROUNDS = 4
#: dB above NOMINAL that peaks may have in voices too sharp to be brought to LUFS, ever less.
CRESTS = (None, 10.0, 7.0, 5.0, 3.0)

#: A hook for progress: "mixing", "encoding" or "listening", and seconds done and in all.
OnStep = Callable[[str, float, float], None]


class Produced(msgspec.Struct, frozen=True):
    """What was made. media: one a file; the first is the MP3. notes: what did not go as usual."""

    files: tuple[Path, ...]
    media: tuple[Media, ...]
    timeline: Timeline
    notes: tuple[str, ...] = ()


def inputs(show: Show, music: Music | None = None) -> str:
    """Digest of all that goes into an episode's sound beside its script and clips.

    Settings that a show leaves as they are do not count, so a newscast that has more of them finds
    nothing changed. Raises ShowError or AudioError when the cover or music is missing or wrong.
    """
    music = music or load_music(show)
    heard = [piece.tobytes() for piece in (music.intro, music.outro, music.sting, music.bed)]
    usual = msgspec.to_builtins(Sound())
    chosen = {key: value for key, value in msgspec.to_builtins(show.audio).items() if value != usual[key]}
    return digest(chosen, show.title, show.author, _cover(show) or b"", *heard)


def encoders(sound: Sound) -> list[Encoder]:
    """What the show's episodes are encoded to; the first is the feed's."""
    others = {"opus": opus, "m4a": m4a}
    return [
        Mp3(sound.bitrate * 1000, sound.channels),
        *(others[kind](sound.channels) for kind in sound.formats),
    ]


def produce(
    script: Script,
    clips: Sequence[Audio],
    show: Show,
    folder: Path,
    *,
    music: Music | None = None,
    polish: Mapping[str, Polish] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    image: str = "",
    on_step: OnStep | None = None,
) -> Produced:
    """Lay out, mix, master, encode, tag and listen to one episode; its files are left in a folder.

    clips: one a line of the script, and read up to four times, in order. music: as `load_music` gave it.
    polish: of a voice, by the name that lines give it. pictures: JPEGs by their addresses; `image`: of the
    episode's own. Raises ShowError or AudioError, ValueError unless there is one clip a line.
    """
    sound = show.audio
    music = music or load_music(show)
    wanted = {line.voice: _polish((polish or {}).get(line.voice, Polish()), sound) for line in script.lines}
    seen = survey(script.lines, clips, wanted)
    timeline = lay_out(
        script, seen.counts, sound, seconds(music.intro), seconds(music.outro), seconds(music.sting)
    )
    mix = Mix(script, timeline, clips, seen, music, sound)
    kinds = encoders(sound)
    mix, measured, notes = _fitting(mix, TRUE_PEAK - max(kind.headroom for kind in kinds), on_step)
    tags = _tags(script, timeline, show, pictures or {}, image)
    files, media = [], []
    for encoder in kinds:
        path = folder / f"episode.{encoder.extension}"
        notes += _encode(encoder, mix, measured, path, tags, on_step)
        files.append(path)
        media.append(_media(path, encoder))
    return Produced(tuple(files), tuple(media), timeline, tuple(notes))


def duration(script: Script, clips: Sequence[Audio], show: Show, music: Music) -> float:
    """Seconds that an episode of these clips will last."""
    counts = [sample_count(clip) for clip in clips]
    lengths = (seconds(music.intro), seconds(music.outro), seconds(music.sting))
    return lay_out(script, counts, show.audio, *lengths).duration


def _fitting(mix: Mix, ceiling: float, on_step: OnStep | None) -> tuple[Mix, Measured, list[str]]:
    """The mix, measured; with its sharpest peaks taken away where it could not be loud enough else."""
    notes: list[str] = []
    for crest in CRESTS:
        if crest is not None:
            mix = msgspec.structs.replace(mix, survey=shaved(mix.survey, crest))
            notes = [f"the voice's peaks are so sharp that they were cut to {crest:g} dB above its loudness"]
        meter = Meter(SAMPLE_RATE, mix.sound.channels)
        for piece in _told(mix, "mixing", mix.timeline.duration, on_step):
            meter.push(piece)
        measured = meter.read()
        try:
            solve(measured, LUFS, ceiling)
        except UnevenError as error:
            problem = error
        else:
            return mix, measured, notes
    raise problem


def _encode(
    encoder: Encoder, mix: Mix, measured: Measured, path: Path, tags: Tags, on_step: OnStep | None
) -> list[str]:
    """Write a file that is right once decoded; when it is not, what the codec did to it is mended."""
    lufs, ceiling = LUFS + encoder.loss, TRUE_PEAK - encoder.headroom
    duration = mix.timeline.duration
    notes: list[str] = []
    for _ in range(ROUNDS):
        _LOG.info("encode   %s, %.0f s", encoder.extension, duration)
        master = solve(measured, lufs, ceiling)
        encoder.write(_told(_mastered(mix, master), "encoding", duration, on_step), path, tags)
        heard = last_listen(path, encoder, mix.timeline, tags)
        if abs(LUFS - heard.integrated) <= TOLERANCE and heard.true_peak <= TRUE_PEAK:
            return notes
        came = f"{heard.integrated:.1f} LUFS, {heard.true_peak:.1f} dBTP"
        notes = [f"{encoder.extension} was encoded again: it came out at {came}"]
        lufs += LUFS - heard.integrated
        ceiling -= max(0.0, heard.true_peak - TRUE_PEAK + 0.1)
    raise AudioError(f"the episode cannot be brought to {LUFS:g} LUFS and {TRUE_PEAK:g} dBTP: {notes[0]}")


def _mastered(mix: Mix, master: Master) -> Iterator[Samples]:
    start = 0
    for piece in mix:
        yield master.apply(piece, start, SAMPLE_RATE)
        start += piece.shape[1]


def _told(
    pieces: Iterator[Samples] | Mix, step: str, duration: float, on_step: OnStep | None
) -> Iterator[Samples]:
    """The same pieces; whoever waits is told how far they have come."""
    done = 0
    for piece in pieces:
        yield piece
        done += piece.shape[1]
        if on_step:
            on_step(step, min(done / SAMPLE_RATE, duration), duration)


def _polish(card: Polish, sound: Sound) -> Polish:
    """What the voice's card says, with what the show says in its place."""
    compress = card.compress if sound.compress is None else sound.compress
    return Polish(compress, card.deess if sound.deess is None else sound.deess)


def _media(path: Path, encoder: Encoder) -> Media:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    return Media(file="", mime=encoder.mime, length=size, sha256=sha256, bitrate=encoder.bitrate)


def _tags(script: Script, timeline: Timeline, show: Show, pictures: Mapping[str, bytes], image: str) -> Tags:
    art = _cover(show)
    return Tags(
        title=script.title,
        artist=show.author,
        album=show.title,
        published=script.published,
        summary=script.summary,
        url=script.url,
        transcript="".join(map(_written, script.lines)).strip(),
        cover=cover.thumbnail(art) if art else None,
        picture=pictures.get(image),
        pictures=dict(pictures),
        chapters=timeline.chapters,
    )


def _written(line: Line) -> str:
    return line.text + (" " if line.ends in (Ends.PHRASE, Ends.SENTENCE) else "\n\n")


def _cover(show: Show) -> bytes | None:
    path = show.file(show.cover)
    return judged.read_cover(path) if path else None
