"""One episode: the rooms in a row. Source -> Article -> Script -> clips -> MP3 and Timeline -> Episode.

Writes nothing but the page and clip caches; committing is nightly.py's.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from newscast.articles.page import Read
from newscast.articles.read import read_article
from newscast.audio import episode as audio
from newscast.errors import ArticleError, NewscastError, SynthesisError, VoiceError
from newscast.model import SCHEMA, Article, Audio, Episode, Line, Media, Paragraph, Progress, Script, digest
from newscast.publish.check import Problem
from newscast.publish.check import check as check_published
from newscast.publish.store import slugify
from newscast.show import Show, Sound, Wording
from newscast.speech import voices
from newscast.speech.speak import speak
from newscast.speech.voices import Voice
from newscast.text.lexicon import for_show
from newscast.text.script import write_script

#: The voice of each line of a script by the line's `voice`; "" is the show's own.
Cast = Mapping[str, Voice]


class Made(msgspec.Struct, frozen=True):
    """An episode ready to commit.

    mp3: its bytes, or None when the previous one is still right. note: why a fallback speaks it.
    """

    episode: Episode
    mp3: bytes | None
    note: str = ""


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
    return voices.shelf(voices.builtin_folder(), show.folder / show.voices)


def cast(show: Show) -> Cast:
    """The cards of the voices that the show names. Raises VoiceError."""
    cards, ids = shelf(show), (show.voice.headlines, show.voice.quotes)
    return {"": voices.pick(cards, show.voice.id)} | {id: voices.pick(cards, id) for id in ids if id}


def write(article: Article, show: Show, now: datetime, previous: Episode | None = None) -> Script:
    """All that will be said. An article without a date is dated `now`; a published episode is never
    dated anew, not even when its article is. previous: the episode that carries the article's guid.
    """
    published = previous.published if previous else article.published or now
    return write_script(article, show, published, for_show(show))


def make(
    article: Article,
    show: Show,
    *,
    now: datetime,
    previous: Episode | None = None,
    on_line: Progress | None = None,
) -> Made:
    """Speak, mix and tag an article. previous: the episode that already carries its guid, if any;
    it keeps its date and folder, and its MP3 too when nothing that goes into it has changed.

    When the show's voices cannot speak all of it, each fallback tries the whole episode in turn.
    Raises ShowError, VoiceError, SynthesisError, AudioError.
    """
    script = write(article, show, now, previous)
    try:
        return _produce(script, cast(show), show, previous, on_line)
    except (VoiceError, SynthesisError) as error:
        problem = error
    for id in show.voice.fallback:
        try:
            alone = {"": voices.pick(shelf(show), id)}
            made = _produce(_for_one_voice(script), alone, show, previous, on_line)
        except (VoiceError, SynthesisError):
            continue  # what the show's own voice lacks is what its producer needs to know
        return msgspec.structs.replace(made, note=f"spoken by {id}, because {problem.message}")
    raise problem


def _for_one_voice(script: Script) -> Script:
    sections = (
        msgspec.structs.replace(
            section, lines=tuple(msgspec.structs.replace(line, voice="") for line in section.lines)
        )
        for section in script.sections
    )
    return msgspec.structs.replace(script, sections=tuple(sections))


def _produce(
    script: Script, cast: Cast, show: Show, previous: Episode | None, on_line: Progress | None
) -> Made:
    """The episode, spoken by one cast."""
    fingerprints = {id: voices.fingerprint(voice) for id, voice in cast.items()}
    inputs = digest(script, fingerprints, audio.inputs(show))
    if previous and (previous.inputs == inputs or (not previous.inputs and _reads(previous, script, cast))):
        return Made(previous, None)
    clips = _speak(script.lines, cast, fingerprints, show, on_line)
    mp3, timeline = audio.produce(script, clips, show)
    slug = previous.slug if previous else slugify(script.title)
    return Made(
        Episode(
            schema=SCHEMA,
            guid=script.guid,
            slug=slug,
            title=script.title,
            summary=script.summary,
            published=script.published,
            duration=timeline.duration,
            media=(Media(file="", length=len(mp3), sha256=hashlib.sha256(mp3).hexdigest()),),
            inputs=inputs,
            voices=(cast[""].id, *sorted({line.voice for line in script.lines} - {"", cast[""].id})),
            sources=script.sources,
            cues=timeline.cues,
            chapters=timeline.chapters,
        ),
        mp3,
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


def _speak(
    lines: Sequence[Line],
    cast: Cast,
    fingerprints: Mapping[str, str],
    show: Show,
    on_line: Progress | None,
) -> list[Audio]:
    """One clip a line, each by its own voice; one voice after the other."""
    clips: dict[int, Audio] = {}
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
            voice_fingerprint=fingerprints.get(id, ""),
            on_line=on_voice,
        )
        clips |= dict(zip(places, spoken, strict=True))
    return [clips[place] for place in range(len(lines))]


def say(text: str, show: Show, *, on_line: Progress | None = None) -> bytes:
    """An MP3 that says only the text, without the show's jingles; see plain_script."""
    script = plain_script(text, show)
    clips = _speak(script.lines, cast(show), {}, show, on_line)
    return audio.produce(script, clips, msgspec.structs.replace(show, audio=Sound()))[0]


def plain_script(text: str, show: Show) -> Script:
    """A script of the text alone; blank lines part its paragraphs. Raises ArticleError if it is empty."""
    pieces = (" ".join(piece.split()) for piece in text.split("\n\n"))
    paragraphs = tuple(Paragraph(piece) for piece in pieces if piece)
    if not paragraphs:
        raise ArticleError("there is nothing to say", 'newscast say "Selamat pagi."')
    article = Article(title="newscast", paragraphs=paragraphs)
    silent = msgspec.structs.replace(show, script=Wording(greeting="", headline="", sign_off=""))
    return write(article, silent, datetime(2000, 1, 1, tzinfo=UTC))


def check(show: Show) -> list[Problem]:
    """All that is wrong with the show, its voice, its episodes and its feed, worst first."""
    problems = []
    for part in (for_show, audio.inputs, _fingerprints):
        try:
            part(show)
        except NewscastError as error:
            problems.append(Problem("error", "show.toml", error.message, error.hint))
    # A cover that is not there is found by both rooms that need it, in the same words.
    return list(dict.fromkeys(problems + check_published(show)))


def _fingerprints(show: Show) -> list[str]:
    """Of all voices that the show names, also those it may never need. Raises VoiceError."""
    fallbacks = [voices.pick(shelf(show), id) for id in show.voice.fallback]
    return [voices.fingerprint(voice) for voice in (*cast(show).values(), *fallbacks)]
