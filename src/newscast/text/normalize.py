"""a sentence as written -> the same sentence as a newsreader says it, in words.

The text is read once, token by token. At each token the lexicon comes first, then the rules that
can start there, in their order; the first that answers is taken and reading goes on behind it.
What no rule takes stays as it is. No rule sees another's reading, so each can be understood alone.
"""

import re

from newscast.text import acronyms, codes, dates, quantities, signs, web
from newscast.text.lexicon import TOKEN, Lexicon
from newscast.text.rule import CAPITALS, JOINED, LETTER, NUMBER, PAUSE, Rule

#: The order is that of certainty: what can be nothing else comes first.
RULES: tuple[Rule, ...] = (
    *web.RULES,
    *dates.RULES,
    *codes.RULES,
    *quantities.RULES,
    *acronyms.RULES,
    *signs.RULES,
)
_STARTS: dict[str, tuple[Rule, ...]] = {}
for _rule in RULES:
    for _start in {s if s[0] == "<" and s[-1] == ">" else TOKEN.findall(s)[0].lower() for s in _rule.starts}:
        _STARTS[_start] = (*_STARTS.get(_start, ()), _rule)

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
    """The rules that can start at a token, most special first."""
    rules = _STARTS.get(key, ())
    if token[0].isalpha():
        if following in _RUN_ON and following:
            rules += _STARTS[JOINED]
        if len(token) == 1:
            return rules + _STARTS[LETTER]
        if key != token and not token[1:].islower():
            return rules + _STARTS[CAPITALS]
        return rules
    return rules + _STARTS[NUMBER] if token.isdigit() else rules


_RUN_ON = frozenset("0123456789-.@_:")


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
