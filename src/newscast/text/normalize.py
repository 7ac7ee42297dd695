"""a sentence as written -> the same sentence as a newsreader says it, in words.

The text is read once, token by token. At each token the lexicon comes first, then the rules that
can start there, in their order; the first that answers is taken and reading goes on behind it.
What no rule takes stays as it is. No rule sees another's reading, so each can be understood alone.
"""

import re
from functools import cache

from newscast.text import (
    acronyms,
    addresses,
    codes,
    contacts,
    dates,
    doubling,
    laws,
    persons,
    quantities,
    roman,
    signs,
)
from newscast.text.lexicon import TOKEN, Lexicon
from newscast.text.rule import CAPITALS, JOINED, KINDS, LETTER, NUMBER, PAUSE, Rule

#: The order is that of certainty: what can be nothing else comes first.
RULES: tuple[Rule, ...] = (
    *contacts.RULES,
    *dates.RULES,
    *roman.RULES,
    *laws.RULES,
    *addresses.RULES,
    *persons.RULES,
    *quantities.RULES,
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

_MARKS = ".,?!;:"
_RUN = re.compile(rf" ?[{_MARKS}{PAUSE}][ {_MARKS}{PAUSE}]*")
#: Abbreviations that can end a sentence before the next begins.
_ENDING = frozenset(("dll.", "dsb.", "dst.", "dkk.", "tsb."))


def normalize(text: str, lexicon: Lexicon | None = None) -> str:
    """Say one sentence, paragraph or line in words.

    No digit and no sign is left; of punctuation only . , ? ! ; : where they make a pause.
    Words that do not change keep their letters and case. Doing it twice changes nothing more.
    """
    text = acronyms.unshout(signs.plain(text))
    rows = lexicon or Lexicon.default()
    said: list[str] = []
    at = done = 0
    for token in TOKEN.findall(text):
        start, at = at, at + len(token)
        if start < done:
            continue
        key = token.lower()
        if row := rows.find(text, start, key):
            done = start + len(row.written)
            said.append(f" {row.spoken} ")
            if row.written[-1] == "." and _ends_sentence(row.written, text, done):
                said.append(".")
            continue
        done = at
        for candidate in _candidates(token, key, text[at : at + 1]):
            match = candidate.pattern.match(text, start)
            if match and (reading := candidate.read(match)) is not None:
                said.append(f" {reading} ")
                done = match.end()
                break
        else:
            said.append(token)
    return _tidy("".join(said))


def _candidates(token: str, key: str, following: str) -> tuple[Rule, ...]:
    """The rules that can start at a token, in their order."""
    kind = joined = ""
    if token[0].isalpha():
        joined = JOINED if following and following in "0123456789-.@_:" else ""
        if len(token) == 1:
            kind = LETTER
        elif key != token and not token[1:].islower():
            kind = CAPITALS
    elif token.isdigit():
        kind = NUMBER
    return _in_order(key if key in _STARTS else "", kind, joined)


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
    return f"{mark} "
