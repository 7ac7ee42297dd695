"""Any text -> plain text that may go anywhere: one line, legal characters, not longer than asked."""

import html
import re

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
    if text.isprintable() and "&" not in text and "  " not in text and text.strip() == text:
        return text  # nearly all of them; what XML forbids is not printable either
    return " ".join(legal(_ENTITY.sub(lambda found: html.unescape(found[0]), text)).split())


def shorten(text: str, size: int) -> str:
    """`text`, cut at a word and ended with … when it is longer than `size` characters."""
    if len(text) <= size:
        return text
    head = text[: size - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[size // 2 :] else head).rstrip(" ,;:.-–—") + "…"
