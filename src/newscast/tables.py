"""The tables of show.toml, frozen; their docstrings give each key and its meaning, and make docs/show.md."""

import datetime as dt
import re
from typing import Annotated, Literal

import msgspec

DEFAULT_VOICE = "id_ID-sari"

Seconds = Annotated[float, msgspec.Meta(ge=0, le=10)]
Slug = Annotated[
    str,
    msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}\Z", description="small letters, digits and hyphens"),
]
Address = Annotated[
    str, msgspec.Meta(pattern=r"^https?://[!-~]+\Z", description="an address that begins with https://")
]
AddressOrNone = Annotated[
    str, msgspec.Meta(pattern=r"^(https?://[!-~]+)?\Z", description='an address, or ""')
]
VariableOrNone = Annotated[
    str, msgspec.Meta(pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?\Z", description="the name of a variable")
]
Target = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^((s3|sftp)://[!-~]+|[^:]*)\Z",
        description="a folder, s3://bucket/prefix or sftp://host/path",
    ),
]
Span = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{1,6}[mhdwy]\Z", description='a span of time such as "48h" or "7d"')
]
SpanOrNone = Annotated[
    str,
    msgspec.Meta(pattern=r"^([0-9]{1,6}[mhdwy])?\Z", description='a span of time such as "48h", or ""'),
]
Hour = Annotated[
    str,
    msgspec.Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?\Z", description='an hour such as "05:30", or ""'),
]
Keep = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^([1-9]\d{0,5}[mhdwy]?)?\Z", description='a span such as "2y", a count such as "500", or ""'
    ),
]
Pattern = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
#: Kinds of text with a pattern, which is told to people by its description.
PATTERNS = (Slug, Address, AddressOrNone, VariableOrNone, Target, Span, SpanOrNone, Hour, Keep)
Text255 = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of show.toml."""


class VoiceChoice(Table, frozen=True):
    """[voice]: ids of voice cards.

    id: reads the show. headlines: reads titles and subheads. quotes: reads what people are quoted
    with. "" leaves them to `id`. fallback: voices to try, in order, when those above cannot speak an
    episode; each then speaks all of it. speed: of all of them, times their own; 1.1 is a tenth quicker.
    """

    id: str = DEFAULT_VOICE
    headlines: str = ""
    quotes: str = ""
    fallback: tuple[str, ...] = ()
    speed: Annotated[float, msgspec.Meta(ge=0.7, le=1.5)] = 1.0


class Wording(Table, frozen=True):
    """[script]: what the show itself says, in Indonesian; "" leaves a part out.

    {show}, {title}, {site}, {day} (Kamis) and {date} (21 Mei 2020) are filled in. greeting: opens the
    episode. headline: before the article. headlines: before the titles that open a bulletin; "" leaves out
    the titles, too. sign_off: closes the episode.
    """

    greeting: str = "Inilah {show}, {day}, {date}."
    headline: str = "{title}."
    headlines: str = "Inilah berita utama kali ini."
    sign_off: str = "Demikian {show}. Naskah ini dibacakan oleh suara buatan komputer."


class Sound(Table, frozen=True):
    """[audio]: files beside show.toml, "" for none; pauses and times in seconds, levels in dB.

    intro: jingle before the greeting. outro: jingle after the sign-off. sting: between the stories of a
    bulletin. bed: music under the voice. bed_level: how far it lies below the voice while that speaks.
    bed_rise: by how much it comes up in pauses, at most. bed_release: the time that takes.
    bed_attack: in how long it is down again. sentence_pause: between two sentences. paragraph_pause: between
    two paragraphs. section_pause: between two chapters. compress: of every voice, in place of what its card
    says: the ratio of loud to soft, 1 for none. deess: of every voice too: how much hiss is taken away, 0 to
    1. bitrate: kbit/s of the MP3. channels: 1, or 2 for music in stereo. formats: editions beside the MP3;
    opus takes a quarter of its data.
    """

    intro: str = ""
    outro: str = ""
    sting: str = ""
    bed: str = ""
    bed_level: Annotated[float, msgspec.Meta(ge=12, le=60)] = 24.0
    bed_rise: Annotated[float, msgspec.Meta(ge=0, le=30)] = 10.0
    bed_attack: Seconds = 0.3
    bed_release: Seconds = 1.5
    sentence_pause: Seconds = 0.35
    paragraph_pause: Seconds = 0.8
    section_pause: Seconds = 1.3
    compress: Annotated[float, msgspec.Meta(ge=1, le=6)] | None = None
    deess: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    bitrate: Literal[64, 80, 96, 112, 128] = 96
    channels: Literal[1, 2] = 1
    formats: tuple[Literal["opus", "m4a"], ...] = ()


class Night(Table, frozen=True):
    """What a night does with what it finds. Spans are as "90m", "48h", "7d", "2w", "2y".

    hold: make episodes and publish none until `newscast release`.
    release: the hour, in the show's time zone, before which none is published; "" for at once.
    recheck: how long after its publication an article is looked at again for corrections.
    retry_skipped: after how long what was no article is looked at again.
    attempts: failures in a row after which something is set aside.
    max_age: articles older than that are left; "" for none.
    since: articles of before that day are left.
    catch_up: make what is new beyond a source's limit, too.
    """

    hold: bool = False
    release: Hour = ""
    recheck: Span = "48h"
    retry_skipped: Span = "7d"
    attempts: Annotated[int, msgspec.Meta(ge=1, le=100)] = 5
    max_age: SpanOrNone = ""
    since: dt.date | None = None
    catch_up: bool = False

    @property
    def recheck_span(self) -> dt.timedelta:
        """`recheck` as a span of time."""
        return span(self.recheck)

    @property
    def retry_skipped_span(self) -> dt.timedelta:
        """`retry_skipped` as a span of time."""
        return span(self.retry_skipped)

    @property
    def max_age_span(self) -> dt.timedelta:
        """`max_age` as a span of time; the longest there is for ""."""
        return span(self.max_age) if self.max_age else dt.timedelta.max


class Corrections(Table, frozen=True):
    """What happens to what is out.

    told: say in description and page when an episode was corrected.
    keep_superseded: how long a file stays that a corrected one took the place of.
    keep: how long, or how many, episodes stay before they are removed; "" for ever.
    """

    told: bool = False
    keep_superseded: Span = "7d"
    keep: Keep = ""


class Source(Table, frozen=True):
    """Where a night finds articles; exactly one of feed, inbox, url.

    feed: address of an RSS, Atom or JSON feed or a news sitemap.
    inbox: a folder of *.txt, *.html, *.md beside show.toml.
    url: address of one article.
    limit: at most so many new ones a night, the newest.
    allow_private: let links of this source reach private and loopback addresses.
    robots: ask the robots.txt of each site before its articles are fetched; false for one's own site.
    include: regular expressions; only what has one of them in title or address.
    exclude: regular expressions; nothing that has one of them in title or address.
    priority: the highest is made first.
    expect: how old its newest article may be before a night warns, as "26h"; "" for never.
    """

    feed: str = ""
    inbox: str = ""
    url: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 20
    allow_private: bool = False
    robots: bool = True
    include: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()
    priority: int = 0
    expect: SpanOrNone = ""

    def __post_init__(self) -> None:
        for pattern in (*self.include, *self.exclude):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
        if sum(map(bool, (self.feed, self.inbox, self.url))) != 1:
            raise ValueError("a source needs exactly one of feed, inbox, url")


class Feed(Table, frozen=True):
    """[feed]: what the feed says beyond the show.

    key_env: name of the environment variable that holds a key; feed, sound and pages then lie in a folder
    whose name only who knows the key can tell, for readers who pay. hub: a WebSub hub, which tells apps at
    once. block: keep the show out of directories; always so with a key. season: "year" numbers the episodes
    of each year by date. trailer: guid or folder of the episode that is the show's trailer.
    """

    key_env: VariableOrNone = ""
    hub: AddressOrNone = ""
    block: bool = False
    season: Literal["", "year"] = ""
    trailer: str = ""


class Person(Table, frozen=True):
    """[[people]]: who makes the show, as apps show it.

    name: as they are called. role: of the Podcasting 2.0 list. href: a page about them. img: a picture.
    """

    name: Text255
    role: str = "host"
    href: AddressOrNone = ""
    img: AddressOrNone = ""


class Links(Table, frozen=True):
    """[links]: where else the show can be heard; its page shows a button for each.

    apple, spotify, youtube, amazon: the show's address there.
    """

    apple: AddressOrNone = ""
    spotify: AddressOrNone = ""
    youtube: AddressOrNone = ""
    amazon: AddressOrNone = ""


class Publish(Table, frozen=True):
    """[publish]: where `newscast publish`, and a night at its end, bring what is out.

    to: a folder, "s3://bucket/prefix" (the AWS_ variables say the rest) or "sftp://user@host/path"; "" for
    nowhere. public_check: ask the show's own address for what was brought before the feed follows.
    """

    to: Target = ""
    public_check: bool = True


def span(text: str) -> dt.timedelta:
    """A span of time as show.toml writes it: minutes, hours, days, weeks, years of 365 days.

    Raises ValueError for anything else.
    """
    units = {"m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "y": 365 * 86_400}
    found = re.fullmatch(r"([0-9]{1,6})([mhdwy])", text)
    if not found:
        raise ValueError(f'{text!r} is no span of time such as "48h"')
    return dt.timedelta(seconds=int(found[1]) * units[found[2]])
