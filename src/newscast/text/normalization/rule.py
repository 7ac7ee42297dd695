"""where it starts, what it looks like, how it is read -> Rule: what every rule of normalization is made of.

A rule is a function under `@rule(starts, pattern)`: its name names the rule, its docstring gives examples
in marks, and behind "not" what it leaves alone (tests read both), and the reason; it turns a match into
words, or into None for "not mine, try the next".
Patterns only ever look a bounded way ahead, which keeps normalization linear.
"""

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

#: Kinds of place a rule may start at, besides given words.
NUMBER = "<digits>"
CAPITALS = "<a word with two capitals>"
LETTER = "<a single letter>"
JOINED = "<a word that runs on into a digit, dot, hyphen, underscore or @>"
FIGURE = "<digits that run on into something else than a space>"
KINDS = (NUMBER, FIGURE, CAPITALS, LETTER, JOINED)

#: A quantity: 1.234,5 or 3.5 or 12, and the English 1,234,567. Not a part of a longer number.
N = (
    r"(?:\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,9})?|\d{1,3}(?:,\d{3}){2,5}(?:\.\d{1,2})?|\d{1,15}(?:[.,]\d{1,9})?)"
    r"(?!\d|[.,]\d)"
)
#: A quantity that something but a bracket or another number stands behind, so that soups of digits are cheap.
AMOUNT = rf"(?=[\d.,]{{1,24}} ?[^\s\d.,()])(?P<a>{N})"
#: Between the ends of a range, with or without spaces.
DASH = r"(?: ?- ?|--| ?(?:s\.d\.|s/d) ?)"
#: A pause that is not written as a mark: it becomes a comma unless a mark stands beside it.
PAUSE = "\ue000"
#: The pauses around what stands in brackets.
OPEN, CLOSE = "\ue001", "\ue002"
#: A pair of numbers after one of these is a range, whatever follows.
NUMBERED = frozenset(
    """
    ayat bab bagian blok edisi hal halaman hari jam jilid kelas musim nomor pasal periode pukul roda rt
    semester tahap tahun tanggal tipe umur usia volume
    """.split()
)

Reading = Callable[[re.Match[str]], str | None]


class Rule(Struct, frozen=True):
    """One rule. starts: the words (as in the lexicon, capitals are meant) or the kind it starts at."""

    name: str
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Reading
    reason: str


def rule(starts: str | tuple[str, ...], pattern: str) -> Callable[[Reading], Rule]:
    """Make a rule of a reading function.

    starts: one or more kinds; or words with spaces between them, and the pattern then goes on after the
    word, which is the group `start`.
    """
    if isinstance(starts, tuple):
        words, source = list(starts), pattern
    else:
        words = starts.split()
        source = rf"(?P<start>{'|'.join(map(_word, sorted(words, key=len, reverse=True)))}){pattern}"

    def make(read: Reading) -> Rule:
        return Rule(
            read.__name__, tuple(words), re.compile(source), read, " ".join((read.__doc__ or "").split())
        )

    return make


def _word(word: str) -> str:
    return f"(?i:{re.escape(word)})" if word == word.lower() else re.escape(word)


def before(match: re.Match[str], reach: int = 60) -> str:
    """The text just before a match, at most `reach` characters of it."""
    return match.string[max(0, match.start() - reach) : match.start()]


def word_before(match: re.Match[str]) -> str:
    """The word that stands directly before a match, behind a space or glued with its dot; else ""."""
    head = before(match, 32)
    if not head.endswith(" ") and not (head.endswith(".") and head[-2:-1].isalpha()):
        return ""
    return head.rstrip(" ").rpartition(" ")[2].strip("(.")


def choice(words: Iterable[str]) -> str:
    """A pattern for any of these words, longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")"
