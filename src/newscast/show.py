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
from newscast.tables import (
    PATTERNS,
    Address,
    AddressOrNone,
    Corrections,
    Feed,
    Links,
    Night,
    Person,
    Publish,
    Slug,
    Sound,
    Source,
    Table,
    Text255,
    VoiceChoice,
    Wording,
)

#: Podcasting 2.0 namespace of podcast:guid.
PODCAST_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


class Show(Table, frozen=True):
    """One podcast.

    id: names its folder under `output`. title: as directories show it. description: what it is about, in
    plain text. url: the https address its folder is served at. author: who makes it. email: whom
    directories write to; it is in the feed, for all to see. copyright: as the feed says it. cover: square
    JPEG or PNG, 1400 to 3000 pixels. guid: its podcast:guid; `newscast init` writes it once and nobody
    changes it. language: of the feed (ISO 639). category: of Apple's list, outer first. explicit: whether
    it is for adults only. timezone: of dates that name none, and of the dates that are said. output: the
    folder that holds the web roots of shows. voices: a folder of voice cards of your own. lexicon: a file of
    your own readings. max_minutes: an article whose words would make a longer episode is skipped, and told.
    feed_items: how many of the newest episodes feed.xml holds; older ones are in archives that it links to.
    moved_to: the show's new address, for the weeks in which apps learn of it. folder: where
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
    max_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 60
    feed_items: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 200
    moved_to: AddressOrNone = ""
    links: Links = Links()
    publish: Publish = Publish()
    people: tuple[Person, ...] = ()
    night: Night = Night()
    corrections: Corrections = Corrections()
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
