"""Whole lines -> the same, each that is not the author's under the rule that says why; one line at a time.

What can only be said of a line beside all others is decided afterwards, in clean.py.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from newscast.articles.blocks import Block, Dropped
from newscast.articles.cleaning import rules
from newscast.articles.cleaning.shape import (
    QUOTES,
    WORD,
    is_sentence,
    said_by,
    stops_inside,
    words_in,
)
from newscast.articles.dates import is_date_line

#: No caption and no other chrome is longer, in words.
_LONGEST_CAPTION, _LONGEST_CHROME = 60, 90
#: A paragraph of this many words is a paragraph, also where a scrape has it twice.
_PARAGRAPH = 20
#: So many doubled lines, and the scrape doubled them all.
_ALL_DOUBLED = 5
#: A paragraph that refers to a note, and the note.
_STARRED, _NOTE = re.compile(r"\w[.,]?(\*{1,3})$"), re.compile(r"(\*{1,3})\s?(?=[A-Z])")
#: How a caption ends: with the day of the picture.
_DATED = re.compile(r"\(\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)\.?$")


def judged(lines: Sequence[Block], title: str, marked_up: bool) -> list[Block]:
    """The lines; each that is chrome by itself says which rule it falls under."""
    plain_title = plain(title)
    lines = _closing_names_cut(lines)
    out = [line if line.rule else line.under(_rule_for(line, plain_title, marked_up)) for line in lines]
    return _notes_dropped(_captions_beside_credits(_doubles_dropped(out)))


def _closing_names_cut(lines: Sequence[Block]) -> list[Block]:
    """The lines; the names behind the last sentence are cut off, which behind others are of a picture."""
    out = list(lines)
    for n in range(len(out) - 1, -1, -1):
        text = out[n].text
        if (
            out[n].rule
            or not is_sentence(text)
            or rules.whole_line(text)
            or rules.CLOSING_CODE.fullmatch(text)
        ):
            continue
        if names := rules.CLOSING_NAMES.search(text):
            cut = (*out[n].cut, Dropped(names[0].strip(), "credits"))
            if not rules.PICTURE.search(text):
                out[n] = msgspec.structs.replace(out[n], text=text[: names.start()], cut=cut)
        break
    return out


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of a line, to be compared with another's."""
    return " ".join(WORD.findall(text.casefold()))


def _rule_for(line: Block, plain_title: str, marked_up: bool) -> str:
    text = line.text
    count = words_in(text)
    if rules.CLOSING_CODE.fullmatch(text):
        return "end: code"
    if plain_title and plain(text) == plain_title:
        return "title"
    if said_by(text):
        return ""
    if count <= _LONGEST_CAPTION and is_caption(text):
        return "caption"
    if is_date_line(text):
        return "date"
    if count <= _LONGEST_CHROME and (rule := rules.whole_line(text)):
        return rule.name if rule.action == "drop" else f"{rule.action}: {rule.name}"
    if marked_up and line.linked > 0.6 and not is_sentence(text):
        return "link"
    if text.endswith("...") and count < 40 and not marked_up and not text.startswith(QUOTES):
        return "teaser"
    return ""


def is_caption(text: str) -> bool:
    """Whether a line has a picture's credit and is short enough to be nothing but its caption."""
    if not rules.has_credit(text):
        return False
    stops = stops_inside(text)
    return stops == 0 or (stops <= 2 and words_in(text) <= 45)


def _captions_beside_credits(lines: list[Block]) -> list[Block]:
    """A line that is only a credit stands above or below its caption, which ends with a day."""
    out = list(lines)
    for n, line in enumerate(lines):
        if line.rule == "caption" and words_in(line.text) <= 6:
            for m in (n + 1, n - 1):
                if 0 <= m < len(out) and not out[m].rule and _is_dated_caption(out[m].text):
                    out[m] = out[m].under("caption")
                    break
    return out


def _is_dated_caption(text: str) -> bool:
    return bool(_DATED.search(text)) and stops_inside(text) == 0 and '"' not in text and "”" not in text


def _doubles_dropped(lines: list[Block]) -> list[Block]:
    """Lines that come twice in a row: a paragraph stays once; a picture's description and caption go."""
    twice = [
        n
        for n, (a, b) in enumerate(pairwise(lines))
        if not a.rule and a.text == b.text and words_in(a.text) > 4
    ]
    long = sum(not line.rule and words_in(line.text) > 4 for line in lines)
    all_doubled = len(twice) >= _ALL_DOUBLED or len(twice) * 3 > long
    out = list(lines)
    sentences = 0
    for n, line in enumerate(lines):
        if n in twice:
            caption = words_in(line.text) < _PARAGRAPH and (not sentences or _DATED.search(line.text))
            if caption and not all_doubled:
                out[n] = line.under("doubled caption")
            out[n + 1] = lines[n + 1].under(out[n].rule or "repeated")
        sentences += not out[n].rule and is_sentence(line.text)
    return out


def _notes_dropped(lines: list[Block]) -> list[Block]:
    """A line that opens with the star that a paragraph above ends with is its note."""
    starred = 0
    out = list(lines)
    for n, line in enumerate(lines):
        note = _NOTE.match(line.text)
        if note and len(note[1]) <= starred and not line.rule:
            out[n] = line.under("footnote")
        elif not line.rule and (mark := _STARRED.search(line.text)):
            starred = max(starred, len(mark[1]))
    return out
