"""What flows between the rooms: Article -> Script -> clips -> MP3 and Timeline -> Episode.

Everything is frozen and picklable. Times are seconds as float, from the first sample of the MP3.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Protocol, overload
from uuid import UUID, uuid5

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
else:  # text, feed and the command line speak of sound, but need not wait for numpy
    Samples = Any

#: Namespace of every episode's guid; a constant of newscast, never to change.
GUID_NAMESPACE = UUID("7d9f3c52-4c1b-5b0e-9a55-6f0e6d5b7a11")

#: Of the manifests this newscast writes; it reads schema 1 too, for ever.
SCHEMA = 2


class Kind(StrEnum):
    """What a paragraph of an article is."""

    BODY = "body"
    SUBHEAD = "subhead"
    ITEM = "item"  # of a list


class Ends(StrEnum):
    """What ends after a line, and so how long the pause is."""

    PHRASE = "phrase"  # of a sentence that two voices share
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph, subhead or list item, on one line, single-spaced, never empty."""

    text: str
    kind: Kind = Kind.BODY


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One news article, cleaned: what its author wrote and nothing of the site around it.

    url: canonical, or "" when it came as text.
    published: aware; an article that gives only a day is dated noon WIB, so that every
      clock on earth where it may be heard shows that day. None when it gives nothing.
    titled: whether it came with its title; else the title is its first words, to be shown but not said.
    language: ISO 639-1 as detected or declared, "id" for Indonesian, "" when neither.
    image: address of the lead picture, or "".
    """

    title: str
    paragraphs: tuple[Paragraph, ...]
    url: str = ""
    published: datetime | None = None
    subtitle: str = ""
    site: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    titled: bool = True
    language: str = "id"
    image: str = ""

    @property
    def guid(self) -> str:
        """A name for good: from the canonical URL; else title and day; else the whole text.

        A dated text keeps its guid when a sentence of it is corrected.
        """
        if self.url:
            key = self.url
        elif self.published is not None:
            key = f"{self.published.date().isoformat()}\n{self.title}"
        else:
            key = "\n".join([self.title, *(p.text for p in self.paragraphs)])
        return str(uuid5(GUID_NAMESPACE, key))


class Line(msgspec.Struct, frozen=True):
    """One breath of the newsreader, usually a sentence.

    text: as written, for the transcript.
    spoken: as said, in words: no digit, no symbol; punctuation only where it makes a pause.
    phonemes: IPA of `spoken` (see text/phonemes.py for its alphabet), for the engines fed with it.
    voice: id of the voice that the show gives this line to, "" for the show's own.
    """

    text: str
    spoken: str
    phonemes: str
    ends: Ends = Ends.SENTENCE
    voice: str = ""


class Section(msgspec.Struct, frozen=True):
    """A run of lines that becomes one chapter. title: at most 45 characters.

    url, image: addresses of the article and its picture, "" if none. sting: whether music comes before it.
    """

    title: str
    lines: tuple[Line, ...]
    url: str = ""
    image: str = ""
    sting: bool = False


class Script(msgspec.Struct, frozen=True, kw_only=True):
    """All that will be said in one episode, in order: greeting, headlines, bodies, sign-off.

    summary: the first sentences as written, for the feed. published: aware.
    sources: addresses of the articles, as far as they have one.
    """

    guid: str
    title: str
    summary: str
    published: datetime
    sections: tuple[Section, ...]
    sources: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Address of the article, "" if it has none or there are many."""
        return self.sources[0] if len(self.sources) == 1 else ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines of all sections, in the order they are said."""
        return tuple(line for section in self.sections for line in section.lines)


class Audio(msgspec.Struct, frozen=True, eq=False):
    """Mono sound. samples: float32, shape (n,), in [-1, 1]. sample_rate: Hz."""

    samples: Samples
    sample_rate: int

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.samples) / self.sample_rate


class Clips(Sequence[Audio]):
    """One clip a line, each loaded when it is asked for: those of a long programme would fill the memory."""

    def __init__(self, loads: Iterable[Callable[[], Audio]]) -> None:
        self.loads = tuple(loads)

    def __len__(self) -> int:
        return len(self.loads)

    @overload
    def __getitem__(self, place: int) -> Audio: ...
    @overload
    def __getitem__(self, place: slice) -> "Clips": ...
    def __getitem__(self, place: int | slice) -> "Audio | Clips":
        return Clips(self.loads[place]) if isinstance(place, slice) else self.loads[place]()


class Polish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a voice gains from: compress: the ratio by which loud syllables are made softer, 1 for none.
    deess: how much of its hiss is taken away, 0 to 1.
    """

    compress: Annotated[float, msgspec.Meta(ge=1, le=6)] = 1.0
    deess: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0


class Cue(msgspec.Struct, frozen=True):
    """When a line is heard: start and end of its voice in seconds, and the line as written."""

    start: float
    end: float
    text: str


class Chapter(msgspec.Struct, frozen=True):
    """When a section is heard. Chapters touch: the first starts at 0, the last ends the file."""

    start: float
    end: float
    title: str
    url: str = ""
    image: str = ""


class Timeline(msgspec.Struct, frozen=True):
    """What is heard when, from which transcript, chapters and feed are all made.

    One cue a line, in order, each inside one chapter. duration: seconds of the whole MP3.
    """

    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    duration: float


class EpisodeKind(StrEnum):
    """What an episode reads."""

    ARTICLE = "article"
    BULLETIN = "bulletin"


class Media(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sound file of an episode. file: its name in the episode's folder; new bytes always get a new one.

    length: bytes. sha256: hex, of the file. bitrate: bits a second.
    """

    file: str
    mime: str = "audio/mpeg"
    length: int
    sha256: str
    bitrate: int = 96_000


class Superseded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that a newer one took the place of, and when; it stays a while for late readers."""

    file: str
    at: datetime


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What listeners and readers are told of a correction. at: aware. text: Indonesian, one sentence."""

    at: datetime
    text: str


class Episode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The manifest of one published episode: episode.json, whose presence means it is whole.

    slug: names the folder together with the day. media: the first is the feed's enclosure, the others are
    editions of the same sound. inputs: digest of all that the sound was made from, so that a second run can
    tell there is nothing to do; "" when it is not known. voices: ids of the voices that spoke, first the
    show's own reader. sources: addresses of the articles. keys: digests of the names under which sources
    gave them (see ledger.py). updated: when its sound, title or text last changed after it was published.
    superseded: files that are still there for those who ask for them. kept: share of the words of its
    source that are read, 0 to 1.
    """

    schema: int
    guid: str
    kind: EpisodeKind = EpisodeKind.ARTICLE
    slug: str
    title: str
    summary: str
    published: datetime
    updated: datetime | None = None
    corrections: tuple[Correction, ...] = ()
    duration: float
    media: tuple[Media, ...]
    superseded: tuple[Superseded, ...] = ()
    inputs: str
    voices: tuple[str, ...]
    sources: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    image: str = ""
    kept: float = 1.0

    @property
    def sound(self) -> Media:
        """The file that the feed offers."""
        return self.media[0]

    @property
    def url(self) -> str:
        """Address of the article, "" if it has none or there are many."""
        return self.sources[0] if len(self.sources) == 1 else ""


class Engine(Protocol):
    """Speaks lines, and splits a long one itself. One's own inherits from this, or takes its defaults.

    at_once: from how many threads it may be called at a time.
    revision: to be raised when the same card comes to sound different.
    is_speech: whether it speaks; only a signal for tests, or a chime, does not, and is not judged as speech.
    """

    at_once: int = 1
    revision: str = ""
    is_speech: bool = True

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken, without silence added at its edges.

        Raises SynthesisError; whatever else an engine raises is wrapped in one by speech.
        """
        ...


#: A hook that progress bars hang on: called with (lines done, lines in all).
Progress = Callable[[int, int], None]


def digest(*parts: Any) -> str:
    """Sha256 hex of any mix of bytes and model values, the same on every machine."""
    sha = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else msgspec.json.encode(part, order="sorted")
        sha.update(len(data).to_bytes(8, "big") + data)
    return sha.hexdigest()
