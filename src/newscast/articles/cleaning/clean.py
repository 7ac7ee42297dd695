"""Blocks of a page -> the paragraphs its author wrote, in order.

Line by line at first (cut what is glued on, judge what is left), then all at once: the article is the run of
lines that has the most prose and the least of everything else.
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from newscast.articles.blocks import Block, Cleaned, Dropped
from newscast.articles.cleaning import rules
from newscast.articles.cleaning.dateline import cut_dateline, is_dateline
from newscast.articles.cleaning.reflow import reflow
from newscast.articles.cleaning.shape import (
    BULLET,
    QUOTES,
    WORD,
    is_sentence,
    is_title_case,
    stops_inside,
    words_in,
)
from newscast.articles.dates import is_date_line
from newscast.model import Kind, Paragraph


def clean(blocks: Sequence[Block], title: str, *, marked_up: bool = True) -> Cleaned:
    """The article's own paragraphs, and what was left out. marked_up: links and headings are known."""
    lines = _judged(reflow(blocks), title, marked_up)
    if not marked_up:
        lines = _with_items(lines)
    start, end = _span(lines, marked_up)
    inside = _settled(lines[start:end], marked_up)
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


def first_line_of(blocks: Sequence[Block]) -> int:
    """Where the article in a plain text seems to start, so that its title is looked for above."""
    return _span(_judged(blocks, "", marked_up=False), marked_up=False)[0]


def may_begin(text: str) -> bool:
    """Whether an article may begin with a line; captions, teasers and mottos lack a full stop."""
    return is_sentence(text) or is_dateline(text) or words_in(text) >= 60


def _judged(lines: Sequence[Block], title: str, marked_up: bool) -> list[Block]:
    """The lines; each that is chrome by itself says which rule it falls under."""
    plain = _plain(title)
    judged = [line if line.rule else line.under(_rule_for(line, plain, marked_up)) for line in lines]
    return _doubles_dropped(judged)


def _rule_for(line: Block, plain_title: str, marked_up: bool) -> str:
    text = line.text
    count = words_in(text)
    if rules.CLOSING_CODE.fullmatch(text):
        return "end: code"
    if plain_title and _plain(text) == plain_title:
        return "title"
    if is_date_line(text):
        return "date"
    if count <= 60 and _is_caption(text, count):
        return "caption"
    if count <= 90 and (rule := rules.whole_line(text)):
        return rule.name if rule.action == "drop" else f"{rule.action}: {rule.name}"
    if marked_up and line.linked > 0.6 and not (is_sentence(text) and count > 20):
        return "link"
    if text.endswith("...") and count < 40 and not marked_up and not text.startswith(QUOTES):
        return "teaser"
    return ""


def _with_items(lines: list[Block]) -> list[Block]:
    """In plain text a list is what follows a colon: short lines that are no headlines."""
    out: list[Block] = []
    for line in lines:
        last = out[-1] if out else None
        short = words_in(line.text) <= (8 if is_sentence(line.text) else 14) and not is_title_case(line.text)
        if last and short and not last.rule and not line.rule and _opens_list(last):
            line = msgspec.structs.replace(line, kind=Kind.ITEM)
        out.append(line)
    return out


def _opens_list(line: Block) -> bool:
    return line.text.endswith(":") or (line.kind is Kind.ITEM and not is_sentence(line.text))


def _doubles_dropped(lines: list[Block]) -> list[Block]:
    """A line that comes twice in a row is of a picture: its description and its caption."""
    twice = [
        n
        for n, (a, b) in enumerate(pairwise(lines))
        if not a.rule and a.text == b.text and words_in(a.text) > 4
    ]
    if len(twice) >= 5:  # a page that doubles all its lines means nothing by it
        return lines
    doubled = {n + more for n in twice for more in (0, 1)}
    return [line.under("doubled caption") if n in doubled else line for n, line in enumerate(lines)]


def _is_caption(text: str, count: int) -> bool:
    if not rules.CREDIT.search(text):
        return False
    stops = stops_inside(text)
    return stops == 0 or (stops <= 2 and count <= 45)


def _weight(line: Block, marked_up: bool) -> float:
    """How much a line speaks for (or against) being inside the article."""
    if line.rule == "end: code":
        return -1000.0
    if line.rule.startswith("end:"):
        return -60.0
    if line.rule.startswith("label:"):
        return -25.0 if marked_up else -10.0
    if line.rule:
        return -3.0
    count = words_in(line.text)
    if is_sentence(line.text) and not (count <= 14 and is_title_case(line.text)):
        return float(min(count, 60))
    if count >= 25 and not is_title_case(line.text):
        inside = stops_inside(line.text)
        return float(min(count, 60)) if inside > 1 else 25.0 if marked_up or inside else 6.0
    if line.kind is Kind.ITEM and line.linked < 0.2:
        return 0.0
    if not marked_up or line.linked >= 0.2:
        return -4.0
    # A paragraph whose full stop was forgotten; a headline of the same length is nearly always a link.
    unstopped = count >= 9 and line.kind is Kind.BODY and not line.bold and not is_title_case(line.text)
    return 4.0 if unstopped else 0.0


def _span(lines: list[Block], marked_up: bool) -> tuple[int, int]:
    """The run of lines whose weights add up to the most.

    In HTML, a list of other articles between two paragraphs of the element that holds most prose is no end.
    """
    weights = [_weight(line, marked_up) for line in lines]
    first, last = _home(lines, weights) if marked_up else (0, 0)
    best = total = 0.0
    start = 0
    span = (0, 0)
    for n, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, n
            if not may_begin(line.text):
                continue
        inside = first < n < last and line.rule not in ("end: code", "end: credits", "end: copyright")
        total += max(weights[n], -3.0) if inside else weights[n]
        if total > best:
            best, span = total, (start, n + 1)
    return _from_dateline(lines, span[0], _to_list_end(lines, span[1]))


def _to_list_end(lines: list[Block], end: int) -> int:
    """A list that ends the article belongs to it, though its items have no full stop."""
    while 0 < end < len(lines) and not lines[end].rule and _is_item(lines[end]):
        if not (_is_item(lines[end - 1]) or lines[end - 1].text.endswith(":")):
            break
        end += 1
    return end


def _is_item(line: Block) -> bool:
    return (line.kind is Kind.ITEM and line.linked < 0.2) or bool(BULLET.match(line.text))


def _home(lines: list[Block], weights: list[float]) -> tuple[int, int]:
    """First and last prose line of the element that holds the most of it."""
    held: dict[int, float] = {}
    for line, weight in zip(lines, weights, strict=True):
        if weight > 0:
            held[line.parent] = held.get(line.parent, 0.0) + weight
    home = max(held, key=lambda parent: held[parent], default=0)
    told = [n for n, line in enumerate(lines) if weights[n] > 0 and line.parent == home]
    return (told[0], told[-1]) if told else (0, 0)


def _from_dateline(lines: list[Block], start: int, end: int) -> tuple[int, int]:
    """A dateline starts the article: captions and teasers before it are not its own."""
    told = [n for n in range(start, end) if not lines[n].rule]
    for n in told[:6]:
        if is_dateline(lines[n].text):
            after = sum(words_in(lines[m].text) for m in told if m >= n)
            if after * 2 > sum(words_in(lines[m].text) for m in told):
                return n, end
    return start, end


def _settled(lines: list[Block], marked_up: bool) -> list[Block]:
    """What can only be judged beside its neighbors: lists of headlines, subheads, repeated quotes."""
    listed = False
    out = list(lines)
    told = [n for n, line in enumerate(out) if not line.rule]
    if told and any(_plain(out[n].text) == _plain(out[told[0]].text) for n in told[1:]):
        first = told.pop(0)  # what stands above the article again stands in its place below
        out[first] = out[first].under("repeated")
    bodies = [_plain(out[n].text) for n in told]
    earlier = "\n"
    for n, line in enumerate(out):
        if line.rule:
            listed = listed or line.rule.startswith("label")
            continue
        plain, count = _plain(line.text), words_in(line.text)
        if is_sentence(line.text) and not is_title_case(line.text):
            listed = False
        if _is_repeated(plain, count, earlier, bodies):
            out[n] = line.under("repeated")
        elif listed:
            out[n] = line.under("related headline")
        elif not _stays(out, n, marked_up):
            out[n] = line.under("fragment" if count <= 2 else "unmarked headline")
        earlier += f"{plain}\n"
    return out


def _is_repeated(plain: str, count: int, earlier: str, bodies: list[str]) -> bool:
    """Whether a line was there before, or is a pull quote. "Tidak." may be said twice."""
    if (count > 3 and f"\n{plain}\n" in earlier) or (count > 7 and plain in earlier):
        return True
    return 4 < count < 40 and any(plain in other and plain != other for other in bodies)


def _stays(lines: list[Block], n: int, marked_up: bool) -> bool:
    """Whether a line inside the article that is no full sentence is the author's."""
    line = lines[n]
    text, count = line.text, words_in(line.text)
    if is_sentence(text) or text.startswith(QUOTES) or (_is_item(line) and not marked_up):
        return True
    if count >= 20 and not is_title_case(text):
        return True
    if marked_up:
        marked = line.kind is not Kind.BODY or line.bold or BULLET.match(text)
        return line.linked < 0.6 and bool(marked or (count > 2 and not (count > 4 and is_title_case(text))))
    lone = all(
        not (0 <= m < len(lines)) or lines[m].rule or is_sentence(lines[m].text) for m in (n - 1, n + 1)
    )
    return lone and (count <= 4 or (count >= 10 and not is_title_case(text)))


def _paragraph(line: Block, text: str, marked_up: bool) -> Paragraph:
    bullet = BULLET.match(text)
    if bullet or line.kind is Kind.ITEM:
        return Paragraph(text[bullet.end() :] if bullet and not bullet[0][0].isalnum() else text, Kind.ITEM)
    heads = line.kind is Kind.SUBHEAD or (words_in(text) <= 12 and (line.bold or not marked_up))
    return Paragraph(text, Kind.SUBHEAD if heads and not is_sentence(text) else Kind.BODY)


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))
