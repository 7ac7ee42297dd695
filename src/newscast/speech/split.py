"""A long line -> shorter ones, cut where a newsreader would breathe."""

from collections.abc import Callable

from msgspec.structs import replace

from newscast.model import Line

# How good a cut after a word with that ending is: a worse one is taken only if so much nearer.
_BREATHS = ((".!?;:…—", 0.0), (',)”"', 0.1))
_NO_BREATH = 0.35


def parts(line: Line, count: int) -> tuple[Line, ...]:
    """A line in so many parts of about one length, or in fewer if it has fewer words."""
    both = _cut(line, 1 / count) if count > 1 else None
    return (line,) if both is None else (both[0], *parts(both[1], count - 1))


def pieces(line: Line, fits: Callable[[Line], bool]) -> list[Line]:
    """A line cut in halves until every piece fits, or is a single word."""
    if fits(line):
        return [line]
    both = _cut(line, 1 / 2)
    return [line] if both is None else [piece for half in both for piece in pieces(half, fits)]


def _cut(line: Line, share: float) -> tuple[Line, Line] | None:
    """A line in two, at the best breath near that share of it; None for a single word.

    `spoken` and `phonemes` are cut after the same word as far as they have the same words, and
    `text` stays as it is.
    """
    words, sounds = line.spoken.split(), line.phonemes.split()
    if len(words) < 2:
        return None
    cut = _best_cut(words, share)
    other = cut if len(sounds) == len(words) else round(cut / len(words) * len(sounds))
    first, second = (
        replace(line, spoken=" ".join(words[part]), phonemes=" ".join(sounds[other_part]))
        for part, other_part in ((slice(cut), slice(other)), (slice(cut, None), slice(other, None)))
    )
    return first, second


def _best_cut(words: list[str], share: float) -> int:
    """How many words go into the first part."""
    ends = [sum(len(word) + 1 for word in words[: i + 1]) for i in range(len(words))]

    def cost(i: int) -> float:
        breath = next((cost for marks, cost in _BREATHS if words[i - 1][-1] in marks), _NO_BREATH)
        return breath + abs(ends[i - 1] / ends[-1] - share)

    return min(range(1, len(words)), key=cost)
