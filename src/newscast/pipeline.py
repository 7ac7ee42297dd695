"""One episode: the rooms in a row. Source -> Article -> Script -> clips -> sound and Timeline -> Episode.

Writes nothing but the page and clip caches; committing is build.py's. `Loaded` and `Task` are values: what
makes an episode needs nothing else, so it may be made anywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from math import ceil

import msgspec

from newscast.articles.page import Read
from newscast.articles.read import read_article
from newscast.audio import episode as audio
from newscast.audio.music import Music, load_music
from newscast.errors import SynthesisError, TooLongError, VoiceError
from newscast.files import Content, discard, workbench
from newscast.model import (
    SCHEMA,
    Article,
    Audio,
    Clips,
    Episode,
    EpisodeKind,
    Line,
    Progress,
    Script,
    digest,
)
from newscast.publish.store import slugify
from newscast.show import Show
from newscast.speech import voices
from newscast.speech.speak import speak
from newscast.speech.voices import Voice
from newscast.text.bulletin import write_bulletin
from newscast.text.lexicon import Lexicon, for_show
from newscast.text.script import write_script

#: Written words; a newsreader says about as many.
WORDS_A_MINUTE = 140
#: The voice of each line of a script by the line's `voice`; "" is the show's own.
Cast = Mapping[str, Voice]


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """A show and what its files hold, read once a run.

    cast: the voices that the show names. fallback: those that speak when they cannot. fingerprints: of the
    voices that can speak, by id. faults: why the others cannot. music: jingles and bed, decoded. sound:
    digest of music, cover and settings.
    """

    show: Show
    lexicon: Lexicon
    cast: Cast
    fallback: tuple[Voice, ...]
    fingerprints: Mapping[str, str]
    faults: Mapping[str, VoiceError]
    music: Music
    sound: str


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made into an episode: an article, or the articles of a bulletin.

    article: the first. others: the rest of a bulletin. title: of a bulletin, "" for an article. lede: read
    only the first paragraph of each. guid, published: of the episode. keys, kept, slug, image: as in Episode;
    "" for what the article says. previous: the episode that carries the guid, if it is out. again: make its
    sound again in any case.
    """

    article: Article
    others: tuple[Article, ...] = ()
    title: str = ""
    lede: bool = False
    guid: str
    published: datetime
    keys: tuple[str, ...] = ()
    kept: float = 1.0
    slug: str = ""
    image: str = ""
    previous: Episode | None = None
    again: bool = False


class Made(msgspec.Struct, frozen=True):
    """An episode ready to commit.

    sounds: of each of its media, none when the previous ones are right; files in the work folder. note: what
    a person should know, as why a fallback speaks it.
    """

    episode: Episode
    sounds: tuple[Content, ...] = ()
    note: str = ""


def load(show: Show) -> Loaded:
    """Read all files of a show. Raises ShowError, VoiceError or AudioError; a voice that cannot speak is
    no error until it is needed.
    """
    cards, ids = shelf(show), (show.voice.headlines, show.voice.quotes)
    cast = {"": voices.pick(cards, show.voice.id)} | {id: voices.pick(cards, id) for id in ids if id}
    fallback = tuple(cards[id] for id in show.voice.fallback if id in cards)  # `check` tells of the others
    fingerprints: dict[str, str] = {}
    faults: dict[str, VoiceError] = {}
    for voice in {voice.id: voice for voice in (*cast.values(), *fallback)}.values():
        try:
            fingerprints[voice.id] = voices.fingerprint(voice)
        except VoiceError as error:
            faults[voice.id] = error
    music = load_music(show)
    return Loaded(
        show=show,
        lexicon=for_show(show),
        cast=cast,
        fallback=fallback,
        fingerprints=fingerprints,
        faults=faults,
        music=music,
        sound=audio.inputs(show, music),
    )


def read(
    source: str,
    show: Show,
    *,
    allow_private: bool = True,
    robots: bool = True,
    forced: bool = False,
    address: str = "",
    spare: str = "",
) -> Read:
    """Fetch, extract and clean one article. source: path, URL or "-". Raises ArticleError."""
    return read_article(
        source,
        cache=show.work / "pages",
        allow_private=allow_private,
        robots=robots,
        zone=show.zone,
        forced=forced,
        address=address,
        spare=spare,
        sites=show.folder / "sites",
    )


def shelf(show: Show) -> dict[str, Voice]:
    """Every voice the show can name, its own before ours of the same id. Raises VoiceError."""
    cards = voices.shelf(voices.builtin_folder(), show.folder / show.voices)
    return {id: voices.at_speed(voice, show.voice.speed) for id, voice in cards.items()}


def write(task: Task, show: Show, lexicon: Lexicon) -> Script:
    """All that will be said."""
    if task.title:
        articles = (task.article, *task.others)
        return write_bulletin(
            articles, show, task.title, task.published, lexicon, guid=task.guid, lede=task.lede
        )
    script = write_script(task.article, show, task.published, lexicon)
    return msgspec.structs.replace(script, guid=task.guid)


def task_of(article: Article, now: datetime) -> Task:
    """An article by itself, as nothing else were out."""
    return Task(article=article, guid=article.guid, published=article.published or now)


def make(task: Task, loaded: Loaded, *, on_line: Progress | None = None) -> Made:
    """Speak, mix and tag an article. The previous episode keeps its date and folder, and its sound too when
    nothing that goes into it has changed.

    When the show's voices cannot speak all of it, each fallback tries the whole episode in turn.
    Raises TooLongError, ShowError, VoiceError, SynthesisError, AudioError.
    """
    _measure(task, loaded.show)
    script = write(task, loaded.show, loaded.lexicon)
    try:
        return _produce(script, loaded.cast, loaded, task, on_line)
    except (VoiceError, SynthesisError) as error:
        problem = error
    for voice in loaded.fallback:
        try:
            made = _produce(_for_one_voice(script), {"": voice}, loaded, task, on_line)
        except (VoiceError, SynthesisError):
            continue  # what the show's own voice lacks is what its producer needs to know
        why = f"spoken by {voice.id}, because {problem.message}"
        return msgspec.structs.replace(made, note="; ".join(filter(None, (why, made.note))))
    raise problem


def _measure(task: Task, show: Show) -> None:
    """Raises TooLongError where an episode would be longer than the show's may be, before any work on it.

    What is out and as long, from before there was a limit, stays as it is and can be corrected.
    """
    articles = (task.article, *task.others)
    words = sum(len(paragraph.text.split()) for article in articles for paragraph in article.paragraphs)
    minutes = words / WORDS_A_MINUTE / show.voice.speed
    longest = max(show.max_minutes, 1.25 * task.previous.duration / 60 if task.previous else 0)
    if minutes > longest:
        message = f"it would last about {minutes:.0f} minutes, and an episode at most {show.max_minutes}"
        raise TooLongError(message, f"shorten it, or set max_minutes = {ceil(minutes * 1.2)} in show.toml")


def _for_one_voice(script: Script) -> Script:
    sections = (
        msgspec.structs.replace(
            section, lines=tuple(msgspec.structs.replace(line, voice="") for line in section.lines)
        )
        for section in script.sections
    )
    return msgspec.structs.replace(script, sections=tuple(sections))


def _produce(script: Script, cast: Cast, loaded: Loaded, task: Task, on_line: Progress | None) -> Made:
    """The episode, spoken by one cast."""
    for voice in cast.values():
        if fault := loaded.faults.get(voice.id):
            raise fault
    previous = task.previous
    polish = {id: voice.polish for id, voice in cast.items()}
    marks = {id: loaded.fingerprints[voice.id] for id, voice in cast.items()}
    inputs = digest(script, marks, polish, loaded.sound)
    if previous and not task.again:
        if previous.inputs == inputs:
            return Made(previous)
        if not previous.inputs and _reads(previous, script, cast):
            note = "an older newscast published it; newscast remake says it anew"
            return Made(previous, note=note)
    clips = speak_lines(script.lines, cast, loaded.fingerprints, loaded.show, on_line)
    folder = workbench(loaded.show.work / "made" / script.guid)
    try:
        produced = audio.produce(script, clips, loaded.show, folder, music=loaded.music, polish=polish)
    except BaseException:
        discard(folder)
        raise
    spoke = (cast[""].id, *sorted({line.voice for line in script.lines} - {"", cast[""].id}))
    return Made(_episode(script, task, produced, spoke, inputs), produced.files, "; ".join(produced.notes))


def _episode(
    script: Script, task: Task, produced: audio.Produced, voices: tuple[str, ...], inputs: str
) -> Episode:
    """The manifest of what was made; its files are named when they are committed."""
    previous = task.previous
    return Episode(
        schema=SCHEMA,
        guid=script.guid,
        kind=EpisodeKind.BULLETIN if task.title else EpisodeKind.ARTICLE,
        slug=previous.slug if previous else task.slug or slugify(script.title),
        title=script.title,
        summary=script.summary,
        published=script.published,
        corrections=previous.corrections if previous else (),
        duration=produced.timeline.duration,
        media=produced.media,
        superseded=previous.superseded if previous else (),
        inputs=inputs,
        voices=voices,
        sources=script.sources,
        keys=task.keys,
        cues=produced.timeline.cues,
        chapters=produced.timeline.chapters,
        image=task.image or ("" if task.title else task.article.image),
        kept=round(task.kept, 3),
    )


def _reads(previous: Episode, script: Script, cast: Cast) -> bool:
    """Whether an episode that an older newscast made reads the same words in the same voices.

    What is out stays as it is when newscast learns to say it otherwise; `remake` says it anew.
    """
    guests = {line.voice for line in script.lines} - {"", cast[""].id}
    same_voices = (previous.voices[0], set(previous.voices[1:])) == (cast[""].id, guests)
    return (
        same_voices
        and previous.title == script.title
        and [cue.text for cue in previous.cues] == [line.text for line in script.lines]
    )


def speak_lines(
    lines: Sequence[Line],
    cast: Cast,
    fingerprints: Mapping[str, str],
    show: Show,
    on_line: Progress | None,
) -> Clips:
    """One clip a line, each by its own voice; one voice after the other."""
    clips: dict[int, Callable[[], Audio]] = {}
    for id, voice in cast.items():
        places = [place for place, line in enumerate(lines) if line.voice == id]
        before = len(clips)

        def on_voice(done: int, _all: int, before: int = before) -> None:
            if on_line:
                on_line(before + done, len(lines))

        spoken = speak(
            [lines[place] for place in places],
            voice,
            show.work / "clips",
            voice_fingerprint=fingerprints.get(voice.id, ""),
            on_line=on_voice,
        )
        clips |= dict(zip(places, spoken.loads, strict=True))
    return Clips(clips[place] for place in range(len(lines)))
