"""Cues -> captions as a screen shows them: 1 to 7 seconds, at most two lines of 42 characters.

The measures are those of broadcasters (EBU, Netflix, BBC): what a person reads in passing. A long cue is cut
where its sentence pauses, each piece with its share of the time by its length; a short one stays until the
next begins, or shares its screen with it.
"""

from collections.abc import Iterator, Sequence

from newscast.model import Cue
from newscast.plain import plain

LINE, LINES = 42, 2
SHORTEST, LONGEST = 1.0, 7.0
#: After the first and before the others a speaker pauses; a caption ends there before it ends elsewhere.
_PAUSES = (", ", "; ", ": ", ". ", "? ", "! ")
_OPENING = (" – ", " — ", " (")


def captions(cues: Sequence[Cue]) -> list[Cue]:
    """Captions in order; the text of each is one line, or two parted by a line feed."""
    pieces = [piece for cue in cues for piece in _pieces(cue)]
    shown: list[Cue] = []
    for place, piece in enumerate(pieces):
        until = pieces[place + 1].start if place + 1 < len(pieces) else piece.start + SHORTEST
        end = min(max(piece.end, piece.start + SHORTEST), max(until, piece.end))
        joined = _joined(shown[-1], piece, end) if shown and _short(shown[-1], piece, end) else None
        if joined:
            shown[-1] = joined
        else:
            shown.append(Cue(piece.start, end, piece.text))
    return [Cue(cue.start, cue.end, _broken(cue.text)) for cue in shown]


def _short(before: Cue, piece: Cue, end: float) -> bool:
    return before.end - before.start < SHORTEST or end - piece.start < SHORTEST


def _joined(before: Cue, piece: Cue, end: float) -> Cue | None:
    """Two captions as one, if a person can read it."""
    text = f"{before.text} {piece.text}"
    fits = end - before.start <= LONGEST and _fits(text)
    return Cue(before.start, end, text) if fits else None


def _pieces(cue: Cue) -> Iterator[Cue]:
    """The cue, cut into texts that fit a caption."""
    text = plain(cue.text)
    if not text:
        return
    length = max(cue.end - cue.start, 0.001)
    most = max(1, int(len(text) * LONGEST / length) - 1) if length > LONGEST else len(text)
    start, rest = cue.start, text
    while rest:
        piece = _first(rest, most)
        rest = rest[len(piece) :].lstrip()
        end = cue.start + length * (len(text) - len(rest)) / len(text) if rest else cue.start + length
        yield Cue(start, end, piece.rstrip())
        start = end


def _first(text: str, most: int) -> str:
    """What comes on the screen first of a text: at most `most` characters, up to a pause if there is one."""
    if len(text) <= most and _fits(text):
        return text
    count = -(-len(text) // min(most, LINE * LINES))
    room = min(most, LINE * LINES, max(20, len(text) * 5 // (4 * count)))
    head = text[: room + 1]
    least = len(text) // (2 * count)
    pause = max(head.rfind(mark, least) for mark in _PAUSES) + 1
    if not pause:
        pause = max(head.rfind(mark, least) for mark in _OPENING)
    cut = pause if pause > least else head.rfind(" ", 1)
    while cut > 0 and not _fits(head[:cut].rstrip()):
        cut = head.rfind(" ", 1, cut)
    return text[:cut] if cut > 0 else text[: min(LINE, most)]


def _fits(text: str) -> bool:
    """Whether a text goes on one line, or on two."""
    return len(text) <= LINE or text.find(" ", max(len(text) - LINE - 1, 1), LINE + 1) >= 0


def _broken(text: str) -> str:
    """The text on one or two lines, cut near its middle, at a pause if there is one nearby."""
    if len(text) <= LINE or not _fits(text):
        return text
    low, middle, high = max(len(text) - LINE - 1, 1), len(text) // 2, LINE
    spots = [text.rfind(" ", low, middle + 1), text.find(" ", max(middle, low), high + 1)]
    for mark in (", ", "; ", ": ", ". ", "? ", "! "):
        if mark in text:
            spots += [text.rfind(mark, low - 1, middle) + 1, text.find(mark, max(middle, low) - 1, high) + 1]
    near = {
        spot: abs(spot - middle) - 8 * (text[spot - 1] in ",;:.?!") for spot in spots if low <= spot <= high
    }
    best = min(near, key=lambda spot: near[spot])
    return f"{text[:best]}\n{text[best + 1 :]}"
