"""a sentence as written -> the same sentence as a newsreader says it, in words.

The text is read token by token. At each token the lexicon comes first, then the rules that can start
there, in their order; the first that answers is taken and reading goes on behind it. What no rule
takes stays as it is: words as words, signs as nothing.
"""

import re
from functools import cache

from newscast.text.lexicon import TOKEN, Lexicon
from newscast.text.normalization import (
    acronyms,
    addresses,
    codes,
    counts,
    dates,
    doubling,
    electronic,
    laws,
    measures,
    money,
    persons,
    ratios,
    religion,
    roman,
    scores,
    signs,
    telephone,
)
from newscast.text.normalization.rule import (
    CAPITALS,
    CLOSE,
    FIGURE,
    JOINED,
    KINDS,
    LETTER,
    NUMBER,
    OPEN,
    PAUSE,
    Rule,
)

#: The order is that of certainty: what can be nothing else comes first.
RULES: tuple[Rule, ...] = (
    *electronic.RULES,
    *telephone.RULES,
    *religion.RULES,
    *dates.RULES,
    *roman.RULES,
    *laws.RULES,
    *addresses.RULES,
    *persons.RULES,
    *money.RULES,
    *measures.RULES,
    *scores.RULES,
    *ratios.RULES,
    *counts.RULES,
    *doubling.RULES,
    *codes.RULES,
    *acronyms.RULES,
    *signs.RULES,
)
#: The places of the rules that can start with a token (in lower case) or at a kind of place.
_STARTS: dict[str, list[int]] = {}
for _place, _rule in enumerate(RULES):
    for _start in _rule.starts:
        _key = _start if _start in KINDS else TOKEN.findall(_start)[0].lower()
        _STARTS.setdefault(_key, []).append(_place)

#: A text is read until nothing changes, which is nearly always the second time.
MOST_READINGS = 5
#: More than this many characters without a space are no writing.
LONGEST = 400
#: Nor are more than this many pieces without an ordinary word between them.
MOST_LOOSE = 80
#: Where the characters begin that stand for what a row has said, for words that begin with a small letter
#: and for others; signs.plain leaves none in a text.
_FINAL_SMALL, _FINAL = 0xF0000, 0x100000

_MARKS = ".,?!;:"
_PAUSES = f"{_MARKS}{PAUSE}{OPEN}{CLOSE}"
_RUN = re.compile(rf" ?[{_PAUSES}][ {_PAUSES}]*")
_ASIDE = re.compile(rf" ?{OPEN}([^{_PAUSES}]{{1,120}}){CLOSE}")
#: Abbreviations that can end a sentence before the next begins.
_ENDING = frozenset(("dll.", "dsb.", "dst.", "dkk.", "tsb."))


def normalize(text: str, lexicon: Lexicon | None = None) -> str:
    """Say one sentence, paragraph or line in words.

    No digit and no sign is left; of punctuation only . , ? ! ; : where they make a pause.
    Words that do not change keep their letters and case. Doing it twice changes nothing more
    (unless one row of the lexicon says just what another reads otherwise: each is right where it stands).
    """
    rows, final = lexicon or Lexicon.default(), _Final()
    text = signs.plain(text)
    # A letter or word that came loose from a code or a sign may mean something where it stands now.
    for _ in range(MOST_READINGS):
        said = _say(text, rows, final)
        if said == text:
            break
        text = said
    if final:
        text = _tidy(text.translate({ord(place): spoken for spoken, place in final.items()}))
    return text


class _Final(dict[str, str]):
    """What rows have said, each as one character for private use: no row and no rule reads it again."""

    def __missing__(self, spoken: str) -> str:
        self[spoken] = chr((_FINAL_SMALL if spoken[:1].islower() else _FINAL) + len(self))
        return self[spoken]


def _say(text: str, rows: Lexicon, final: _Final) -> str:
    """Read a text once."""
    text = acronyms.unshout(text, rows.capitals)
    said: list[str] = []
    start = done = loose = 0
    for chunk in text.split(" "):
        end = start + len(chunk)
        if done <= start and _is_plain(chunk.rstrip(_MARKS), rows):
            said.append(chunk)
            loose = loose if len(chunk) < 4 else 0
        elif done < end and loose == MOST_LOOSE:
            said.append(signs.noise(text[max(start, done) : end]))
            done = end
        elif done < end:
            loose += 1
            done = _read(text, max(start, done), end, rows, final, said)
        start = end + 1
    joined = " ".join(said)
    return _tidy(_without_echoes(joined, final) if OPEN in joined else joined)


def _without_echoes(text: str, final: _Final) -> str:
    """What brackets only repeat is said once: 2 (dua), Pelaksana Tugas (Plt.), hektare (ha)."""
    spoken = {ord(place): words for words, place in final.items()}

    def once(match: re.Match[str]) -> str:
        head = text[max(0, match.start() - 150) : match.start()]
        head, aside = (" ".join(part.translate(spoken).casefold().split()) for part in (head, match[1]))
        return " " if f" {head}".endswith(f" {aside}") else match[0]

    return _ASIDE.sub(once, text)


def _is_plain(word: str, rows: Lexicon) -> bool:
    """Whether it is an ordinary word, which most are: no rule and no row starts with it."""
    if not (word.isalpha() and word[1:].islower()):
        return False
    key = word.lower()
    return key not in _STARTS and key not in rows.lengths


def _read(text: str, start: int, end: int, rows: Lexicon, final: _Final, said: list[str]) -> int:
    """Say what stands between two spaces. Returns where reading goes on, which may be behind `end`."""
    if end - start > LONGEST:
        said.append(signs.noise(text[start:end]))
        return end
    at = done = start
    for token in TOKEN.findall(text, start, end):
        here, at = at, at + len(token)
        if here < done:
            continue
        key = token.lower()
        if row := rows.find(text, here, key):
            done = here + len(row.written)
            said.append(final[row.spoken])
            if row.written[-1] == "." and _ends_sentence(row.written, text, done):
                said.append(".")
            continue
        done = at
        for rule in _candidates(token, key, text[at : at + 1]):
            match = rule.pattern.match(text, here)
            if match and (reading := rule.read(match)) is not None:
                said.append(reading)
                done = match.end()
                break
        else:
            if token.isalpha() or token in _MARKS or "'" in token[1:] or token >= chr(_FINAL_SMALL):
                said.append(token)
    return done


def _candidates(token: str, key: str, following: str) -> tuple[Rule, ...]:
    """The rules that can start at a token, in their order."""
    kind = runs_on = ""
    if token[0].isalpha():
        runs_on = JOINED if following and following in "0123456789-.@_:" else ""
        if len(token) == 1:
            kind = LETTER
        elif key != token and not token[1:].islower():
            kind = CAPITALS
    elif token.isdigit():
        kind = NUMBER
        runs_on = FIGURE if following != " " else ""
    return _in_order(key if key in _STARTS else "", kind, runs_on)


@cache
def _in_order(*starts: str) -> tuple[Rule, ...]:
    return tuple(RULES[place] for place in sorted({p for start in starts for p in _STARTS.get(start, ())}))


def _ends_sentence(written: str, text: str, end: int) -> bool:
    """Whether the dot of an abbreviation is the full stop too."""
    return end == len(text) or (written in _ENDING and text[end + 1 : end + 2].isupper())


def _tidy(text: str) -> str:
    """Single spaces, single marks, none at the beginning."""
    text = _RUN.sub(_one_mark, " ".join(text.split()))
    return text.strip(" ,;:").lstrip(_MARKS + " ") if text else text


def _one_mark(match: re.Match[str]) -> str:
    """Of a run of marks the one that counts: a question or exclamation, else the last."""
    run = match[0]
    marks = [c for c in run if c in _MARKS]
    mark = "?" if "?" in marks else "!" if "!" in marks else marks[-1] if marks else ","
    following = match.string[match.end() : match.end() + 1]
    small = following.islower() or chr(_FINAL_SMALL) <= following < chr(_FINAL)
    if mark == "." and len(marks) > 1 and small:
        mark = ","  # the dots of a faltering sentence
    return f"{mark} "
