"""show.toml -> Show, strictly: an unknown key, a wrong type or a missing file is a ShowError."""

import datetime as dt
import hashlib
import hmac
import os
from pathlib import Path
from typing import Annotated, Literal, get_args
from uuid import UUID, uuid5

import msgspec

from newscast.calendar import ZONES
from newscast.errors import ShowError

#: Podcasting 2.0 namespace of podcast:guid.
PODCAST_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
DEFAULT_VOICE = "id_ID-sari"

Seconds = Annotated[float, msgspec.Meta(ge=0, le=10)]
Slug = Annotated[
    str,
    msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", description="small letters, digits and hyphens"),
]
Address = Annotated[
    str, msgspec.Meta(pattern=r"^https?://[!-~]+$", description="an address that begins with https://")
]
AddressOrNone = Annotated[str, msgspec.Meta(pattern=r"^(https?://[!-~]+)?$", description='an address, or ""')]
VariableOrNone = Annotated[
    str, msgspec.Meta(pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$", description="the name of a variable")
]
Target = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^((s3|sftp)://[!-~]+|[^:]*)$",
        description="a folder, s3://bucket/prefix or sftp://host/path",
    ),
]
#: Kinds of text with a pattern, which is told to people by its description.
PATTERNS = (Slug, Address, AddressOrNone, VariableOrNone, Target)
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

    {show}, {title}, {site}, {day} (Kamis) and {date} (21 Mei 2020) are filled in. greeting: opens the
    episode. headline: before the article. sign_off: closes the episode.
    """

    greeting: str = "Inilah {show}, {day}, {date}."
    headline: str = "{title}."
    sign_off: str = "Demikian {show}. Naskah ini dibacakan oleh suara buatan komputer."


class Sound(_Table, frozen=True):
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


class Feed(_Table, frozen=True):
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


class Person(_Table, frozen=True):
    """[[people]]: who makes the show, as apps show it.

    name: as they are called. role: of the Podcasting 2.0 list. href: a page about them. img: a picture.
    """

    name: Text255
    role: str = "host"
    href: AddressOrNone = ""
    img: AddressOrNone = ""


class Links(_Table, frozen=True):
    """[links]: where else the show can be heard; its page shows a button for each.

    apple, spotify, youtube, amazon: the show's address there.
    """

    apple: AddressOrNone = ""
    spotify: AddressOrNone = ""
    youtube: AddressOrNone = ""
    amazon: AddressOrNone = ""


class Publish(_Table, frozen=True):
    """[publish]: where `newscast publish`, and a night at its end, bring what is out.

    to: a folder, "s3://bucket/prefix" (the AWS_ variables say the rest) or "sftp://user@host/path"; "" for
    nowhere. public_check: ask the show's own address for what was brought before the feed follows.
    """

    to: Target = ""
    public_check: bool = True


class Show(_Table, frozen=True):
    """One podcast.

    id: names its folder under `output`. title: as directories show it. description: what it is about, in
    plain text. url: the https address its folder is served at. author: who makes it. email: whom
    directories write to; it is in the feed, for all to see. copyright: as the feed says it. cover: square
    JPEG or PNG, 1400 to 3000 pixels. guid: its podcast:guid; `newscast init` writes it once and nobody
    changes it. language: of the feed (ISO 639). category: of Apple's list, outer first. explicit: whether
    it is for adults only. timezone: of dates that name none, and of the dates that are said. output: the
    folder that holds the web roots of shows. voices: a folder of voice cards of your own. lexicon: a file of
    your own readings. feed_items: how many of the newest episodes feed.xml holds; older ones are in archives
    that it links to. moved_to: the show's new address, for the weeks in which apps learn of it. folder: where
    show.toml lies; set by `load`, not by the file. key: what [feed] key_env names; set likewise.
    """

    id: Slug
    title: Text255
    description: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    url: Address
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
    feed: Feed = Feed()
    feed_items: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 200
    moved_to: AddressOrNone = ""
    links: Links = Links()
    publish: Publish = Publish()
    people: tuple[Person, ...] = ()
    sources: tuple[Source, ...] = ()
    folder: Path = Path()
    key: str = ""

    @property
    def root(self) -> Path:
        """The show's web root: feed.xml, index.html, episodes/."""
        return self.folder / self.output / self.id / self._secret

    @property
    def work(self) -> Path:
        """The show's private folder: clip cache, page cache, lock, reports. Never served."""
        return self.folder / ".newscast" / self.id

    @property
    def address(self) -> str:
        """Of the web root: `url`, ending in a slash."""
        return self.url.rstrip("/") + "/" + (f"{self._secret}/" if self._secret else "")

    @property
    def _secret(self) -> str:
        """The folder of a private show; nobody finds it who does not know the key."""
        if not self.key:
            return ""
        return hmac.new(self.key.encode(), self.id.encode(), hashlib.sha256).hexdigest()[:32]

    @property
    def zone(self) -> dt.timezone:
        """The fixed offset of `timezone`; Indonesia has no summer time."""
        return ZONES[self.timezone]

    @property
    def podcast_guid(self) -> str:
        """podcast:guid: `guid`, else as the Podcasting 2.0 namespace makes it from the feed's URL."""
        return self.guid or podcast_guid(self.url.rstrip("/") + "/feed.xml")

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
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ShowError(f"there is no show at {path}", "newscast init") from error
    except OSError as error:
        raise ShowError(f"{path} cannot be read: {error.strerror}") from error
    show = parse(data, path)
    return _keyed(show) if show.feed.key_env else show


def parse(data: bytes, path: Path) -> Show:
    """What show.toml says; `path` is where it lies, or will lie. Raises ShowError, as `load` does."""
    try:
        raw = msgspec.toml.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ShowError(f"{path} is not TOML: {error}") from error
    for name in ("folder", "key"):
        if name in raw:
            raise ShowError(f"{path}: unknown key `{name}`", f"remove it from {path}")
    try:
        show = msgspec.convert(raw, Show)
    except msgspec.ValidationError as error:
        raise ShowError(f"{path}: {_plainly(error)}", f"mend {path}, then run newscast check") from error
    return msgspec.structs.replace(show, folder=path.resolve().parent)


def _plainly(error: msgspec.ValidationError) -> str:
    """What is wrong and where, with the description of a pattern in its place."""
    text = str(error)
    for described in PATTERNS:
        meta = get_args(described)[1]
        text = text.replace(f"`str` matching regex {meta.pattern!r}", meta.description)
    return text


def _keyed(show: Show) -> Show:
    """The show with its key. Raises ShowError if there is none, or another than its episodes lie under."""
    name = show.feed.key_env
    key = os.environ.get(name, "")
    if len(key) < 16:
        message = f"{name} in the environment holds no key of at least 16 characters"
        raise ShowError(message, f"export {name}=… for the feed that only who pays may find")
    above = show.root
    show = msgspec.structs.replace(show, key=key)
    others = sorted(path for path in above.glob("?" * 32) if path.name.isalnum() and path.is_dir())
    if others and not show.root.is_dir():
        hint = f"to give the feed a new address: mv {others[0]} {show.root}"
        raise ShowError(f"the episodes of {show.id} lie under another key than that in {name}", hint)
    return show
