"""Paragraph, as sentences -> their parts, each inside or outside what somebody is quoted with.

Marks of quotation are put around titles, nicknames and doubtful words too. What they hold is somebody's
speech when two of three hold: its own punctuation stands inside (EYD V, III.G), a comma or colon leads up
to it, a verb of saying follows; for four words or more one is enough. Other marked words stay with the
sentence they are in.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

import msgspec

#: One quotation; its marks may be of two kinds, as hasty hands type them. One that the paragraph does not
#: close goes on in the next.
_QUOTATION = re.compile(
    r"""(?:“([^“”]*)” | “([^“”"]*)(?:"|$) | (?<!\w)"([^"”]*)(?:["”]|$) | «([^«»]*)(?:»|$))
    (?P<after>[,.;:?!]*)""",
    re.VERBOSE,
)
_LEADS_UP = re.compile(r"[,:]\s*$")
_OWN_MARK = re.compile(r"[,.?!…]\s*$")
#: What a reporter closes a quotation with; nouns of the same letters (tanya, jawab) stand there too seldom to
#: matter, and "akunya" needs its tail, for "aku" is I.
_SAYING = re.compile(
    r"""[,\s]*(?:(?:demikian|begitu|lalu|kemudian|dia|ia)\s+)?
    (?:kata|ujar|ucap|tutur|jelas|tegas|ungkap|imbuh|sambung|lanjut|papar|terang|tandas|pungkas|tulis|sebut
    |tambah|cetus|seru|tanya|jawab|kenang|keluh|harap|pinta|kilah|timpal|kelakar|canda|urai|beber|kutip
    |bunyi|tukas|sergah|gumam|bisik|teriak|aku(?=nya))(?:nya|ku)?\b""",
    re.VERBOSE,
)
#: Words: fewer are seldom a whole utterance.
_SHORTEST_UTTERANCE = 4


class Part(msgspec.Struct, frozen=True):
    """A run of a sentence. quoted: whether it is somebody's speech. last: whether it ends the sentence."""

    text: str
    quoted: bool
    last: bool


def parts(sentences: Sequence[str]) -> list[Part]:
    """The parts of a paragraph's sentences, in order; joined with spaces they are the sentences again,
    but for a space where a quotation touches what is beside it.
    """
    paragraph = " ".join(sentences)
    spans = [match.span() for match in _QUOTATION.finditer(paragraph) if _is_speech(paragraph, match)]
    found: list[Part] = []
    start = 0
    for sentence in sentences:
        stop = start + len(sentence)
        first = bisect_right(spans, start, key=itemgetter(1))
        last = bisect_left(spans, stop, key=itemgetter(0))
        runs = list(_with_words(_cut(paragraph, start, stop, spans[first:last])))
        found += [Part(text, quoted, number == len(runs)) for number, (text, quoted) in enumerate(runs, 1)]
        start = stop + 1
    return found


def _is_speech(paragraph: str, quotation: re.Match[str]) -> bool:
    """Two signs out of three, or one for what is long enough to be an utterance."""
    said = next(filter(None, quotation.groups()[:-1]), "")
    before = paragraph[max(0, quotation.start() - 2) : quotation.start()]
    signs = (
        bool(_OWN_MARK.search(said[-3:]) or quotation["after"][:1] == ","),
        bool(_LEADS_UP.search(before)),
        bool(_SAYING.match(paragraph, quotation.end())),
    )
    return sum(signs) >= (1 if len(said.split()) >= _SHORTEST_UTTERANCE else 2)


def _cut(text: str, start: int, stop: int, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The runs of text[start:stop] outside (False) and inside (True) the spans, which are in order."""
    for left, right in spans:
        yield text[start : max(start, left)], False
        yield text[max(start, left) : min(stop, right)], True
        start = min(stop, right)
    yield text[start:stop], False


def _with_words(runs: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """The runs, stripped; one without a word goes to the one before it, or else after it."""
    held: tuple[str, bool] | None = None
    for text, quoted in runs:
        if held is None:
            held = (text, quoted)
        elif any(map(str.isalnum, text)) and any(map(str.isalnum, held[0])):
            yield held[0].strip(), held[1]
            held = (text, quoted)
        else:
            spoken = quoted if any(map(str.isalnum, text)) else held[1]
            held = (held[0] + text, spoken)
    if held and held[0].strip():
        yield held[0].strip(), held[1]
