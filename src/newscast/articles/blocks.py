"""What a page or a text is cut into: Block -> kept as a paragraph, or Dropped with its rule."""

import re

import msgspec

from newscast.model import Kind

_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
#: Controls, bidi controls, zero-width marks, soft hyphens, private use: nothing a reader sees.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ue000-\uf8ff]"
)


class Block(msgspec.Struct):
    """One block of visible text, on one line.

    linked: share of its characters inside links, 0 to 1. parent: which element holds it, a number that
    neighbors in one container share. rule: why it is not the article's, "" while it may be.
    bold: all of it is bold. heading: 1 to 6 for h1 to h6, else 0.
    """

    text: str
    kind: Kind = Kind.BODY
    linked: float = 0.0
    parent: int = 0
    rule: str = ""
    bold: bool = False
    heading: int = 0


class Dropped(msgspec.Struct, frozen=True):
    """What was left out, and by which rule."""

    text: str
    rule: str


def tidy(text: str) -> str:
    """One line, single-spaced, without anything unseen."""
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()
