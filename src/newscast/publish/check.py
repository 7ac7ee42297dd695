"""Show's folder -> what is wrong with it, found offline: its feed, audio, transcripts and settings."""

import msgspec

from newscast.errors import NewscastError
from newscast.publish import store
from newscast.show import Show


class Problem(msgspec.Struct, frozen=True):
    """severity: "error", what listeners meet, or "warning". where: a file. hint: what to do, or ""."""

    severity: str
    where: str
    message: str
    hint: str = ""


def check(show: Show) -> list[Problem]:
    """Everything that is wrong with what is out; empty when all is well. Raises nothing."""
    try:
        store.episodes(show.root)
    except NewscastError as error:
        return [Problem("error", "episodes", error.message, error.hint)]
    return []
