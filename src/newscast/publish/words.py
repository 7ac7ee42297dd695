"""Any text or number -> the plain words that the feed, the transcript and the pages share."""

import html
import re
from datetime import datetime

from newscast.model import DAYS, MONTHS

#: Said in every description: a synthetic voice is disclosed.
DISCLOSURE = "Episode ini dibacakan oleh suara buatan komputer."
SHOW_DISCLOSURE = "Seluruh episode dibacakan oleh suara buatan komputer."

# All that XML 1.0 forbids or advises against (section 2.2), but for tab and line feed.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
# With its semicolon: HTML also reads &copy=2 of an address as an entity, and no writer means that.
_ENTITY = re.compile(r"&(#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)


def legal(text: str) -> str:
    """`text` without what XML forbids: one such character makes strict clients refuse the whole feed."""
    return _ILLEGAL.sub(lambda found: " " if found[0].isspace() else "", text)


def plain(text: str) -> str:
    """One line of text: HTML entities decoded, nothing that XML forbids, single-spaced."""
    return " ".join(legal(_ENTITY.sub(lambda found: html.unescape(found[0]), text)).split())


def clip(text: str, size: int) -> str:
    """`text`, cut at a word and ended with … when it is longer than `size` characters."""
    if len(text) <= size:
        return text
    head = text[: size - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[size // 2 :] else head).rstrip(" ,;:.-–—") + "…"


def web(url: str) -> str:
    """`url` if a reader may follow it, an http or https address of sane length; else ""."""
    found = re.fullmatch(r"https?://\S{1,2000}", url, re.IGNORECASE)
    return url if found and legal(url) == url else ""


def stamp(seconds: float) -> str:
    """A time as podcast clients read it in a description: 00:00, or 1:00:00 from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute:02}:{second:02}"


def day(when: datetime) -> str:
    """Kamis, 21 Mei 2020: the day where the episode was dated, whatever the machine's locale."""
    return f"{DAYS[when.weekday()]}, {when.day} {MONTHS[when.month - 1]} {when.year}"


def length(seconds: float) -> str:
    """About how long: 45 detik, 3 menit, 1 jam 5 menit."""
    if seconds < 59.5:
        return f"{max(1, round(seconds))} detik"
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    return " ".join([f"{hours} jam"] * bool(hours) + [f"{minutes} menit"] * bool(minutes))
