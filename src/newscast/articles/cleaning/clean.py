"""Blocks of a page -> the paragraphs its author wrote, in order, and what was left out.

reflow makes whole lines, judge says what is chrome by itself, span finds where the article begins and ends;
here is decided what can only be said of a line beside the others.
"""

import re
from collections.abc import Sequence

import msgspec

from newscast.articles.blocks import Block, Cleaned, Dropped
from newscast.articles.cleaning.dateline import cut_dateline
from newscast.articles.cleaning.judge import judged, plain
from newscast.articles.cleaning.reflow import reflow
from newscast.articles.cleaning.shape import (
    BULLET,
    QUOTES,
    WORD,
    is_entry,
    is_prose,
    is_sentence,
    is_title_case,
    words_in,
)
from newscast.articles.cleaning.span import is_item, is_tidy, opens_list, span
from newscast.articles.dates import is_date_line
from newscast.model import Kind, Paragraph

#: A paragraph that comes again was scraped twice; a shorter sentence may be said again on purpose.
_LONG = 25
#: Rules of lines that may be steps and entries in a list which the article announces.
_ITEM_RULES = frozenset(("", "link", "date", "follow us", "button", "next page", "menu"))
#: A subhead has no more words.
_LONGEST_SUBHEAD = 9
#: Letters of a word that stay when it takes an ending ("biji", "bijinya").
_STEM = 6
#: Words that a date has when it tells when the page came out, not when something happened.
_STAMP = re.compile(
    r"(?i)\b(?:diperbarui|di-?update|updated?|tayang|terbit|diterbitkan|dipublikasi\w*|posted)\b|\|"
)


def clean(blocks: Sequence[Block], title: str, *, marked_up: bool = True) -> Cleaned:
    """The article's own paragraphs, and what was left out. marked_up: links and headings are known."""
    lines = judged(reflow(blocks), title, marked_up)
    lines = _with_dates(_with_items(_list_kept(lines) if marked_up else lines))
    start, end = span(lines, marked_up)
    inside = _settled(lines[start:end], title, marked_up, not marked_up and is_tidy(lines))
    return _parted([*map(_outside, lines[:start]), *inside, *map(_outside, lines[end:])], marked_up)


def _outside(line: Block) -> Block:
    return line if line.rule else line.under("outside the article")


def _parted(lines: list[Block], marked_up: bool) -> Cleaned:
    """What stays and what does not, now that each line is judged."""
    paragraphs: list[Paragraph] = []
    dropped: list[Dropped] = []
    for line in lines:
        place = len(paragraphs)
        if line.rule:
            dropped.append(Dropped(line.text, line.rule, place))
        else:
            text = cut_dateline(line.text, first=not paragraphs)
            if dateline := line.text.removesuffix(text).strip():
                dropped.append(Dropped(dateline, "dateline", place))
            if text := text.strip():
                paragraphs.append(_paragraph(line, text, marked_up))
        dropped += [msgspec.structs.replace(piece, at=len(paragraphs)) for piece in line.cut]
    return Cleaned(tuple(paragraphs), tuple(dropped))


def _list_kept(lines: list[Block]) -> list[Block]:
    """The items of a list that the article announces are its own, also when they are links or orders."""
    out = list(lines)
    for n, line in enumerate(lines):
        announced = n > 0 and not out[n - 1].rule and (opens_list(out[n - 1]) and out[n - 1].linked < 0.2)
        if announced and line.kind is Kind.ITEM and line.rule in _ITEM_RULES:
            out[n] = msgspec.structs.replace(line, rule="", linked=0.0)
    return out


def _with_items(lines: list[Block]) -> list[Block]:
    """A list is also what follows a colon: short lines that are neither headlines nor links."""
    out: list[Block] = []
    for line in lines:
        last = next((other for other in reversed(out) if other.rule in ("", "date")), None)
        count = words_in(line.text)
        short = count <= (8 if is_sentence(line.text) else 14)
        plain_line = line.kind is Kind.BODY and not line.bold and line.linked < 0.2
        plain_line = plain_line and not line.text.startswith(QUOTES)
        listed = last and line.rule in ("", "date") and plain_line and opens_list(last) and short
        below = last and last.kind is Kind.ITEM and last.text[0].isupper() and not last.text.endswith(":")
        if below and line.text[0].islower():
            listed = False  # tags below a list
        named = count <= 4 or (count <= 7 and last is not None and last.kind is Kind.ITEM)
        if listed and (named or is_entry(line.text) or not is_title_case(line.text)):
            line = msgspec.structs.replace(line, kind=Kind.ITEM)
        out.append(line)
    return out


def _with_dates(lines: list[Block]) -> list[Block]:
    """A date that is an item, or stands between the article's sentences, is the author's: of a chronology, of
    a list of holidays. One above the first sentence or below the last tells when the page came out.
    """
    if all(line.rule != "date" for line in lines):
        return lines
    told = [n for n, line in enumerate(lines) if not line.rule and is_prose(line.text)]
    out = list(lines)
    for n, line in enumerate(lines):
        if line.rule != "date" or not told or n < told[0] or _STAMP.search(line.text):
            continue
        heads = (line.heading or line.bold or line.kind is Kind.SUBHEAD or not line.linked) and n < told[-1]
        below = [other.text for other in lines[n + 1 : n + 5] if not other.rule][:2]
        headed = heads and any(is_prose(text) or is_entry(text) for text in below)
        if is_item(line) or opens_list(out[n - 1]) or headed:
            out[n] = line.under("")
    return out


def _settled(lines: list[Block], title: str, marked_up: bool, tidy: bool) -> list[Block]:
    """What can only be judged beside its neighbors: lists of headlines, subheads, repeated quotes."""
    listed = False
    out = list(lines)
    told = [n for n, line in enumerate(out) if not line.rule]
    if told and any(plain(out[n].text) == plain(out[told[0]].text) for n in told[1:]):
        first = told.pop(0)  # what stands above the article again stands in its place below
        out[first] = out[first].under("repeated")
    bodies = [plain(out[n].text) for n in told]
    earlier = "\n"
    for n, line in enumerate(out):
        if line.rule:
            listed = listed or (line.rule.startswith("label") and line.rule != "label: read also")
            continue
        words, count = plain(line.text), words_in(line.text)
        if is_sentence(line.text) and (count > 20 or not is_title_case(line.text)):
            listed = False
        if _is_repeated(line, words, earlier, bodies, marked_up):
            out[n] = line.under("repeated")
        elif listed:
            out[n] = line.under("related headline")
        elif not (_stays_in_page(out, n) if marked_up else _stays_in_text(out, n, title, tidy)):
            out[n] = line.under("fragment" if count <= 2 else "unmarked headline")
        earlier += f"{words}\n"
    return out


def _is_repeated(line: Block, words: str, earlier: str, bodies: list[str], marked_up: bool) -> bool:
    """Whether a line was there before, or is a pull quote.

    "Tidak." may be said twice, and so may the steps of a recipe or a prayer; not a whole paragraph.
    """
    text, count = line.text, words_in(line.text)
    if count > 3 and f"\n{words}\n" in earlier:
        if marked_up and not (is_sentence(text) or is_item(line)):
            return True
        return count >= _LONG or (text.startswith(QUOTES) and count > 7)
    if count > 7 and words in earlier:
        return True
    return 4 < count < 40 and any(words in other and words != other for other in bodies)


def _stays_in_page(lines: list[Block], n: int) -> bool:
    """Whether a line inside the article of a page is the author's, though it may be no full sentence."""
    line = lines[n]
    text, count = line.text, words_in(line.text)
    if is_sentence(text) or text.startswith(QUOTES) or is_item(line):
        return True
    if count >= 20 and not is_title_case(text):
        return True
    below_date = n > 0 and not lines[n - 1].rule and is_date_line(lines[n - 1].text)
    marked = line.kind is not Kind.BODY or line.bold or below_date
    return line.linked < 0.6 and bool(marked or (count > 2 and not (count > 4 and is_title_case(text))))


def _stays_in_text(lines: list[Block], n: int, title: str, tidy: bool) -> bool:
    """The same inside the article of a plain text, where only the line and its neighbors tell."""
    line = lines[n]
    text, count = line.text, words_in(line.text)
    if is_sentence(text) or text.startswith(QUOTES) or is_item(line):
        return True
    if count >= 20 and (tidy or not is_title_case(text)):
        return True
    if n + 1 >= len(lines):
        return tidy and is_prose(text)
    if tidy and (is_entry(text) or not (count > 4 and is_title_case(text))):
        return True
    if not _is_alone(lines, n):
        return is_prose(text) or opens_list(line) or (opens_list(lines[n + 1]) and _heads(lines, n, title))
    if count <= _LONGEST_SUBHEAD and not is_title_case(text):
        return True
    return count <= 4 or is_prose(text) or _heads(lines, n, title) or _has_equals(lines, n, title)


def _is_alone(lines: list[Block], n: int) -> bool:
    """Whether a line stands between whole sentences, as a subhead does."""
    beside = (lines[m] for m in (n - 1, n + 1) if 0 <= m < len(lines))
    return all(other.rule or is_sentence(other.text) or is_item(other) for other in beside)


def _has_equals(lines: list[Block], n: int, title: str) -> bool:
    """Whether another line is surely a subhead, or two are by their brevity, so that this is one more."""
    if words_in(lines[n].text) > _LONGEST_SUBHEAD or lines[n].text[-1] in "!?…":
        return False
    alike = [m for m in range(1, len(lines) - 1) if m != n and _is_capital_line(lines, m)]
    short = sum(words_in(lines[m].text) <= 4 for m in alike)
    return short >= 2 or any(_heads(lines, m, title) for m in alike)


def _is_capital_line(lines: list[Block], n: int) -> bool:
    """Whether a line stands alone and is a subhead by its capitals or its brevity."""
    line = lines[n]
    told = not line.rule and words_in(line.text) <= _LONGEST_SUBHEAD and not is_sentence(line.text)
    return told and (words_in(line.text) <= 4 or is_title_case(line.text)) and _is_alone(lines, n)


def _heads(lines: list[Block], n: int, title: str) -> bool:
    """Whether a headline in a plain text is a subhead: what follows takes up its first word, or many of its
    words, or the title has most of them.
    """
    if lines[n].text[-1] in "!?…" or lines[n].text.endswith("..."):
        return False
    below = " ".join([line.text for line in lines[n + 1 : n + 6] if not line.rule][:2])
    heard = {word[:_STEM] for word in WORD.findall(below.casefold())}
    said = [word[:_STEM] for word in WORD.findall(lines[n].text.casefold()) if len(word) > 3]
    taken_up = sum(word in heard for word in said)
    titled = sum(word in title.casefold() for word in said)
    if n and lines[n - 1].rule == "related headline":
        return titled * 2 > len(said)
    first = bool(said) and said[0] in heard
    return first or taken_up * 5 > 2 * len(said) or titled * 2 > len(said)


def _paragraph(line: Block, text: str, marked_up: bool) -> Paragraph:
    bullet = BULLET.match(text)
    if bullet or line.kind is Kind.ITEM:
        return Paragraph(text[bullet.end() :] if bullet and not bullet[0][0].isalnum() else text, Kind.ITEM)
    heads = line.kind is Kind.SUBHEAD or (words_in(text) <= 12 and (line.bold or not marked_up))
    return Paragraph(text, Kind.SUBHEAD if heads and not is_sentence(text) else Kind.BODY)
