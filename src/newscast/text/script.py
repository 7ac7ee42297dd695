"""Article + Show -> Script: greeting, headline, body and sign-off, line by line, as they will be said."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from newscast.calendar import DAYS, date
from newscast.errors import ShowError
from newscast.model import Article, Ends, Kind, Line, Paragraph, Script, Section
from newscast.plain import shorten
from newscast.show import Show
from newscast.tables import VoiceChoice
from newscast.text.lexicon import Lexicon
from newscast.text.normalization.capitals import WORDS
from newscast.text.normalization.normalize import normalize
from newscast.text.pronunciation.phonemes import is_doubtful, phonemes
from newscast.text.quotes import Part, parts
from newscast.text.segment import sentences

CHAPTER_LENGTH = 45  # characters
SUMMARY_LENGTH = 300  # characters

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
#: A full stop after a mark that ends the sentence as well, as "{title}." makes it of "Siapa dia?".
_SECOND_STOP = re.compile(r"(?<=[?!…])\.|(?<=\.\.\.)\.")
#: A word with one capital, at its beginning; MPR and KPK are spelled, so they are no names.
_NAME = re.compile(r"\b[^\W\d_]+(?:['’][^\W\d_]+)*")


def write_script(article: Article, show: Show, published: datetime, lexicon: Lexicon) -> Script:
    """All that one episode says. published: aware; said in the show's own time zone.

    Raises ShowError for a placeholder in the show's wording that is none.
    """
    title = without_stop(article.title)
    values = filling(show, title, article.site, published)
    greeting, headline, sign_off = (
        [Paragraph(fill(wording, values), kind)]
        for wording, kind in (
            (show.script.greeting, Kind.BODY),
            (show.script.headline, Kind.SUBHEAD),
            (show.script.sign_off, Kind.BODY),
        )
    )
    sections = (
        section("Pembuka", greeting, "", show.voice, lexicon),
        section(title, headline if article.titled else [], article.url, show.voice, lexicon),
        *(section(heading, texts, article.url, show.voice, lexicon) for heading, texts in _body(article)),
        section("Penutup", sign_off, "", show.voice, lexicon),
    )
    return Script(
        guid=article.guid,
        title=title,
        summary=_summary(article),
        published=published,
        sections=tuple(section for section in sections if section.lines),
        sources=(article.url,) if article.url else (),
    )


def unknown_names(script: Script, lexicon: Lexicon) -> list[str]:
    """Capitalized words that may be read wrong, as they come, each once.

    Neither dictionary nor lexicon nor acronyms know them, and their letters leave a doubt. What is said
    otherwise than it is written (Rp, Jl.) was known to normalize.
    """
    words = (word for line in script.lines for word in _NAME.findall(line.text) if word in line.spoken)
    return [
        word
        for word in dict.fromkeys(words)
        if _is_capitalized(word) and word.upper() not in WORDS and is_doubtful(word, lexicon)
    ]


def _is_capitalized(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper()


def filling(show: Show, title: str, site: str, published: datetime) -> dict[str, str]:
    """What the placeholders of the wording stand for."""
    day = published.astimezone(show.zone)
    return {
        "show": show.title,
        "title": title,
        "site": site,
        "day": DAYS[day.weekday()],
        "date": date(day),
    }


def fill(wording: str, values: dict[str, str]) -> str:
    """A wording of the show with its placeholders filled in. Raises ShowError for one that is none."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise _unknown(match[0], "", values)
        return values[match[1]]

    return _SECOND_STOP.sub("", _PLACEHOLDER.sub(value, wording))


def wording_faults(show: Show) -> list[ShowError]:
    """What is wrong with the show's wording: each placeholder that is none."""
    wording = show.script
    texts = {"greeting": wording.greeting, "headline": wording.headline, "sign_off": wording.sign_off}
    values = filling(show, "", "", datetime(2000, 1, 1, tzinfo=show.zone))
    return [
        _unknown(match[0], f" {key}", values)
        for key, text in texts.items()
        for match in _PLACEHOLDER.finditer(text)
        if match[1] not in values
    ]


def _unknown(placeholder: str, key: str, values: dict[str, str]) -> ShowError:
    known = ", ".join(f"{{{name}}}" for name in values)
    message = f"show.toml: nothing is known as {placeholder} in [script]{key}"
    return ShowError(message, f"use {known}")


def _body(article: Article) -> Iterator[tuple[str, list[Paragraph]]]:
    """Title and paragraphs of each chapter; a subhead begins one and is read out."""
    heading, paragraphs = article.title if article.titled else "Isi berita", list[Paragraph]()
    for paragraph in article.paragraphs:
        if paragraph.kind is Kind.SUBHEAD:
            yield heading, paragraphs
            heading, paragraphs = paragraph.text, []
        paragraphs.append(paragraph)
    yield heading, paragraphs


def section(
    title: str, paragraphs: Iterable[Paragraph], url: str, voice: VoiceChoice, lexicon: Lexicon
) -> Section:
    """A chapter of some paragraphs, line by line."""
    lines = [line for paragraph in paragraphs for line in _lines(paragraph, voice, lexicon)]
    if lines:
        lines[-1] = replace(lines[-1], ends=Ends.SECTION)
    return Section(shorten(without_stop(title), CHAPTER_LENGTH), tuple(lines), url)


def _lines(paragraph: Paragraph, voice: VoiceChoice, lexicon: Lexicon) -> list[Line]:
    """One line a sentence, or a part of one where quotations have a voice of their own."""
    found = sentences(paragraph.text)
    headline = paragraph.kind is Kind.SUBHEAD
    split = parts(found) if voice.quotes and not headline else [Part(text, False, True) for text in found]
    lines = []
    for part in split:
        spoken = _spoken(part.text, lexicon, "." if part.last else ",")
        reader = voice.headlines if headline else voice.quotes if part.quoted else ""
        if spoken:
            ends = Ends.SENTENCE if part.last else Ends.PHRASE
            lines.append(
                Line(part.text, spoken, phonemes(spoken, lexicon), ends, reader if reader != voice.id else "")
            )
    if lines:
        lines[-1] = replace(lines[-1], ends=Ends.PARAGRAPH)
    return lines


def _spoken(text: str, lexicon: Lexicon, mark: str) -> str:
    """What is said for a text, with a mark at its end so that the voice falls; "" for mere symbols."""
    spoken = normalize(text, lexicon)
    if not _LETTER_OR_DIGIT.search(spoken):
        return ""
    return spoken if spoken[-1] in ".?!" else spoken.rstrip(" ,;:-") + mark


def without_stop(title: str) -> str:
    """A headline without the full stop that ends it."""
    return title if title.endswith("..") else title.removesuffix(".")


def _summary(article: Article) -> str:
    """The first two sentences of the body as written; one if two are too long; cut if one is."""
    body = (paragraph.text for paragraph in article.paragraphs if paragraph.kind is Kind.BODY)
    first = [sentence for text in body for sentence in sentences(text)][:2]
    both = " ".join(first)
    if len(both) <= SUMMARY_LENGTH or not first:
        return both
    if len(first[0]) <= SUMMARY_LENGTH:
        return first[0]
    return shorten(first[0], SUMMARY_LENGTH)
