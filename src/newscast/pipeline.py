"""One episode: the rooms in a row. Source -> Article -> Script -> clips -> MP3 and Timeline -> Episode.

Writes nothing but the page and clip caches; committing is nightly.py's.
"""

import hashlib
from datetime import UTC, datetime

import msgspec

from newscast.articles.extract import Dropped
from newscast.articles.read import read_article
from newscast.audio import episode as audio
from newscast.errors import ArticleError, NewscastError
from newscast.model import Article, Episode, Paragraph, Progress, Script, digest
from newscast.publish.check import Problem
from newscast.publish.check import check as check_published
from newscast.publish.store import slugify
from newscast.show import Show, Sound, Wording
from newscast.speech import voices
from newscast.speech.speak import speak
from newscast.speech.voices import Voice
from newscast.text.lexicon import for_show
from newscast.text.script import write_script


class Made(msgspec.Struct, frozen=True):
    """An episode ready to commit. mp3: its bytes, or None when the previous one is still right."""

    episode: Episode
    mp3: bytes | None


def read(
    source: str,
    show: Show,
    *,
    allow_private: bool = True,
    forced: bool = False,
    explain: list[Dropped] | None = None,
) -> Article:
    """Fetch, extract and clean one article. source: path, URL or "-". Raises ArticleError."""
    return read_article(
        source,
        cache=show.work / "pages",
        allow_private=allow_private,
        zone=show.zone,
        forced=forced,
        explain=explain,
        sites=show.folder / "sites",
    )


def shelf(show: Show) -> dict[str, Voice]:
    """Every voice the show can name, its own before ours of the same id. Raises VoiceError."""
    return voices.shelf(voices.builtin_folder(), show.folder / show.voices)


def chosen_voice(show: Show) -> Voice:
    """The card of the voice that the show names. Raises VoiceError."""
    return voices.pick(shelf(show), show.voice.id)


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

    Raises ShowError, VoiceError, SynthesisError, AudioError.
    """
    script = write(article, show, now, previous)
    voice = chosen_voice(show)
    inputs = digest(script, voice.fingerprint, audio.inputs(show))
    if previous and previous.inputs == inputs:
        return Made(previous, None)
    clips = speak(script.lines, voice, show.work / "clips", on_line=on_line)
    mp3, timeline = audio.produce(script, clips, show)
    slug = previous.slug if previous else slugify(script.title)
    return Made(
        Episode(
            guid=script.guid,
            slug=slug,
            title=script.title,
            summary=script.summary,
            published=script.published,
            duration=timeline.duration,
            audio=f"{slug}.mp3",
            length=len(mp3),
            sha256=hashlib.sha256(mp3).hexdigest(),
            inputs=inputs,
            voice=voice.id,
            url=script.url,
            cues=timeline.cues,
            chapters=timeline.chapters,
        ),
        mp3,
    )


def say(text: str, show: Show, *, on_line: Progress | None = None) -> bytes:
    """An MP3 that says only the text; its paragraphs are parted by blank lines."""
    pieces = (" ".join(piece.split()) for piece in text.split("\n\n"))
    paragraphs = tuple(Paragraph(piece) for piece in pieces if piece)
    if not paragraphs:
        raise ArticleError("there is nothing to say", 'newscast say "Selamat pagi."')
    plain = msgspec.structs.replace(
        show, script=Wording(greeting="", headline="", sign_off=""), audio=Sound()
    )
    article = Article(title="newscast", paragraphs=paragraphs)
    script = write(article, plain, datetime(2000, 1, 1, tzinfo=UTC))
    clips = speak(script.lines, chosen_voice(show), show.work / "clips", on_line=on_line)
    return audio.produce(script, clips, plain)[0]


def check(show: Show) -> list[Problem]:
    """All that is wrong with the show, its voice, its episodes and its feed, worst first."""
    problems = []
    for part in (for_show, audio.inputs, lambda show: chosen_voice(show).fingerprint):
        try:
            part(show)
        except NewscastError as error:
            problems.append(Problem("error", "show.toml", error.message, error.hint))
    # A cover that is not there is found by both rooms that need it, in the same words.
    return list(dict.fromkeys(problems + check_published(show)))
