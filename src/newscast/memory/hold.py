"""Episodes that are made and not out: put by, looked at and released, in the work folder."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from newscast.errors import PublishError
from newscast.files import Content, discard, disk, draft_of, sync, write_synced
from newscast.model import Episode
from newscast.show import Show

_CARD = "held.json"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """An episode that waits. until: when it is released by itself; None until someone releases it."""

    episode: Episode
    until: datetime | None = None


def put(show: Show, held: Held, sounds: Sequence[Content]) -> None:
    """Keep an episode and its sounds, in place of what is kept under its guid. Raises PublishError."""
    home = _home(show, held.episode.guid)
    with disk(home, "mend this and run the same command again"):
        home.parent.mkdir(parents=True, exist_ok=True)
        draft = draft_of(home)
        discard(draft)
        draft.mkdir()
        for number, sound in enumerate(sounds):
            write_synced(draft / str(number), sound)
        write_synced(draft / _CARD, msgspec.json.encode(held))
        discard(home)
        draft.rename(home)
        sync(home.parent)


def read(show: Show, guid: str) -> Held | None:
    """What is kept under a guid; None where nothing is, or what is there is not whole."""
    home = _home(show, guid)
    try:
        held = msgspec.json.decode((home / _CARD).read_bytes(), type=Held)
        sizes = [(home / str(number)).stat().st_size for number in range(len(held.episode.media))]
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return held if sizes == [media.length for media in held.episode.media] else None


def sounds(show: Show, held: Held) -> list[Content]:
    """The files of its media."""
    home = _home(show, held.episode.guid)
    return [home / str(number) for number in range(len(held.episode.media))]


def everything(show: Show) -> list[Held]:
    """All that waits, the oldest first."""
    folder = show.work / "held"
    guids = sorted(path.name for path in folder.glob("[!.]*")) if folder.is_dir() else []
    held = filter(None, (read(show, guid) for guid in guids))
    return sorted(held, key=lambda one: one.episode.published)


def forget(show: Show, guid: str) -> None:
    """Keep it no longer."""
    discard(_home(show, guid))


def _home(show: Show, guid: str) -> Path:
    if not guid or "/" in guid or guid.startswith("."):
        raise PublishError(f"{guid!r} is no guid")
    return show.work / "held" / guid
