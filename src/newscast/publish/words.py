"""An address or a number -> the words that the feed, the transcript and the pages share."""

import re

from newscast.plain import legal

#: Said in every description: a synthetic voice is disclosed.
DISCLOSURE = "Episode ini dibacakan oleh suara buatan komputer."
SHOW_DISCLOSURE = "Seluruh episode dibacakan oleh suara buatan komputer."


def web(url: str) -> str:
    """`url` if a reader may follow it, an http or https address of sane length; else ""."""
    found = re.fullmatch(r"https?://\S{1,2000}", url, re.IGNORECASE)
    return url if found and legal(url) == url else ""


def stamp(seconds: float) -> str:
    """A time as podcast clients read it in a description: 00:00, or 1:00:00 from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute:02}:{second:02}"


def length(seconds: float) -> str:
    """About how long: 45 detik, 3 menit, 1 jam 5 menit."""
    if seconds < 59.5:
        return f"{max(1, round(seconds))} detik"
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    return " ".join([f"{hours} jam"] * bool(hours) + [f"{minutes} menit"] * bool(minutes))
