"""What a page or a text is cut into: Block -> a paragraph kept, or Dropped with its rule; both: Cleaned."""

import re

import msgspec

from newscast.model import Kind, Paragraph

_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
#: Controls, bidi controls, zero-width marks, soft hyphens, private use: nothing a reader sees.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ue000-\uf8ff]"
)


class Dropped(msgspec.Struct, frozen=True):
    """What was left out, and by which rule. at: how many kept paragraphs stand before it."""

    text: str
    rule: str
    at: int = 0


class Block(msgspec.Struct, frozen=True):
    """One block of visible text, on one line.

    linked: share of its characters inside links, 0 to 1. parent: which element holds it, a number that
    neighbors in one container share. rule: why it is not the article's, "" while it may be.
    bold: all of it is bold. heading: 1 to 6 for h1 to h6, else 0. cut: what was taken out of its text.
    """

    text: str
    kind: Kind = Kind.BODY
    linked: float = 0.0
    parent: int = 0
    rule: str = ""
    bold: bool = False
    heading: int = 0
    cut: tuple[Dropped, ...] = ()

    def under(self, rule: str) -> "Block":
        """The same block, not the article's because of `rule`."""
        return msgspec.structs.replace(self, rule=rule)


class Cleaned(msgspec.Struct, frozen=True):
    """The author's paragraphs and what stood between them, each in the order of the source."""

    paragraphs: tuple[Paragraph, ...]
    dropped: tuple[Dropped, ...]


def tidy(text: str) -> str:
    """One line, single-spaced, without anything unseen."""
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()
