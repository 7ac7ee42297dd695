"""show.toml -> Show, strictly: an unknown key, a wrong type or a missing file is a ShowError."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID, uuid5

import msgspec

from newscast.calendar import ZONES
from newscast.errors import ShowError

#: Podcasting 2.0 namespace of podcast:guid.
PODCAST_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
DEFAULT_VOICE = "id_ID-sari"

Seconds = Annotated[float, msgspec.Meta(ge=0, le=10)]
Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Text255 = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of show.toml."""


class VoiceChoice(_Table, frozen=True):
    """[voice]: ids of voice cards.

    id: reads the show. headlines: reads titles and subheads. quotes: reads what people are quoted
    with. "" leaves them to `id`. fallback: voices to try, in order, when those above cannot speak an
    episode; each then speaks all of it.
    """

    id: str = DEFAULT_VOICE
    headlines: str = ""
    quotes: str = ""
    fallback: tuple[str, ...] = ()


class Wording(_Table, frozen=True):
    """[script]: what the show itself says, in Indonesian; "" leaves a part out.

    {show}, {title}, {site}, {day} (Kamis) and {date} (21 Mei 2020) are filled in.
    """

    greeting: str = "Inilah {show}, {day}, {date}."
    headline: str = "{title}."
    sign_off: str = "Demikian {show}. Naskah ini dibacakan oleh suara buatan komputer."


class Sound(_Table, frozen=True):
    """[audio]: files beside show.toml, "" for none; pauses and times in seconds, levels in dB.

    intro, outro: music before the first word and after the last. sting: between the stories of a bulletin.
    bed: music under the voice, bed_level below it while it speaks; in pauses it comes up by at most bed_rise,
    at the pace of so much in bed_release seconds, and is down again in bed_attack.
    compress, deess: of every voice, in place of what its card says: the ratio of loud to soft, 1 for none;
    how much hiss is taken away, 0 to 1.
    bitrate: kbit/s of the MP3. channels: 1, or 2 for music in stereo. formats: editions beside the MP3:
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


class Source(_Table, frozen=True):
    """[[sources]]: where a night finds articles; exactly one of feed, inbox, url.

    feed: address of an RSS or Atom feed. inbox: a folder of *.txt, *.html, *.md beside show.toml.
    url: address of one article. limit: at most so many of the newest.
    allow_private: let links of this source reach private and loopback addresses.
    robots: ask the robots.txt of each site before its articles are fetched; false for one's own site.
    """

    feed: str = ""
    inbox: str = ""
    url: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 20
    allow_private: bool = False
    robots: bool = True

    def __post_init__(self) -> None:
        if sum(map(bool, (self.feed, self.inbox, self.url))) != 1:
            raise ValueError("a source needs exactly one of feed, inbox, url")


class Show(_Table, frozen=True):
    """One podcast.

    id: names its folder under `output`. url: the https address its folder is served at.
    guid: its podcast:guid; `newscast init` writes it once and nobody changes it.
    cover: square JPEG or PNG, 1400 to 3000 pixels. category: of Apple's list, outer first.
    timezone: of dates that name none. folder: where show.toml lies; set by `load`, not by the file.
    """

    id: Slug
    title: Text255
    description: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    url: Annotated[str, msgspec.Meta(pattern=r"^https?://[!-~]+$")]
    author: Text255
    cover: str = ""
    guid: str = ""
    email: str = ""
    copyright: str = ""
    language: str = "id"
    category: tuple[str, ...] = ("News", "Daily News")
    explicit: bool = False
    timezone: Literal["WIB", "WITA", "WIT"] = "WIB"
    output: str = "output"
    voices: str = "voices"
    lexicon: str = ""
    voice: VoiceChoice = VoiceChoice()
    script: Wording = Wording()
    audio: Sound = Sound()
    sources: tuple[Source, ...] = ()
    folder: Path = Path()

    @property
    def root(self) -> Path:
        """The show's web root: feed.xml, index.html, episodes/."""
        return self.folder / self.output / self.id

    @property
    def work(self) -> Path:
        """The show's private folder: clip cache, page cache, lock, reports. Never served."""
        return self.folder / ".newscast" / self.id

    @property
    def address(self) -> str:
        """`url`, ending in a slash."""
        return self.url.rstrip("/") + "/"

    @property
    def zone(self) -> dt.timezone:
        """The fixed offset of `timezone`; Indonesia has no summer time."""
        return ZONES[self.timezone]

    @property
    def podcast_guid(self) -> str:
        """podcast:guid: `guid`, else as the Podcasting 2.0 namespace makes it from the feed's URL."""
        return self.guid or podcast_guid(self.address + "feed.xml")

    def file(self, name: str) -> Path | None:
        """A file the show names, relative to show.toml; None for "". Raises ShowError if absent."""
        if not name:
            return None
        path = self.folder / name
        if not path.is_file():
            raise ShowError(f"{path} is named in show.toml but is not there", "mend the name in show.toml")
        return path


def podcast_guid(feed_url: str) -> str:
    """UUIDv5 of a feed URL without scheme and trailing slashes (Podcasting 2.0, podcast:guid)."""
    return str(uuid5(PODCAST_NAMESPACE, feed_url.split("://", 1)[-1].rstrip("/")))


def load(path: Path) -> Show:
    """Read show.toml. Raises ShowError, naming the key that is wrong."""
    try:
        raw = msgspec.toml.decode(path.read_bytes())
    except FileNotFoundError as error:
        raise ShowError(f"there is no show at {path}", "newscast init") from error
    except OSError as error:
        raise ShowError(f"{path} cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ShowError(f"{path} is not TOML: {error}") from error
    if "folder" in raw:
        raise ShowError(f"{path}: unknown key `folder`", f"remove it from {path}")
    try:
        show = msgspec.convert(raw, Show)
    except msgspec.ValidationError as error:
        raise ShowError(f"{path}: {error}", f"mend {path}, then run newscast check") from error
    return msgspec.structs.replace(show, folder=path.resolve().parent)
