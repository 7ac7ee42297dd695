"""Blocks of a page -> the paragraphs its author wrote, in order.

Line by line at first (cut what is glued on, judge what is left), then all at once: the article is the run of
lines that has the most prose and the least of everything else.
"""

from itertools import pairwise

import msgspec

from newscast.articles.blocks import Block, Dropped
from newscast.articles.cleaning import rules
from newscast.articles.cleaning.dateline import cut_dateline, is_dateline
from newscast.articles.cleaning.reflow import mended
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


def clean(
    blocks: list[Block], title: str, *, marked_up: bool = True, explain: list[Dropped] | None = None
) -> list[Paragraph]:
    """The article's own paragraphs. marked_up: from HTML, links and headings are known."""
    left: list[Dropped] = []
    lines = mended(blocks, left)
    _judge(lines, title, marked_up)
    if not marked_up:
        _find_items(lines)
    start, end = _span(lines, marked_up)
    for line in (*lines[:start], *lines[end:]):
        line.rule = line.rule or "outside the article"
    _settle(lines[start:end], marked_up)
    paragraphs: list[Paragraph] = []
    for line in lines:
        if line.rule:
            left.append(Dropped(line.text, line.rule))
        else:
            text = cut_dateline(line.text, first=not paragraphs)
            if dateline := line.text.removesuffix(text).strip():
                left.append(Dropped(dateline, "dateline"))
            paragraphs.append(_paragraph(line, text.strip(), marked_up))
    if explain is not None:
        explain.extend(left)
    return [p for p in paragraphs if p.text]


def first_line_of(blocks: list[Block]) -> int:
    """Where the article in a plain text seems to start, so that its title is looked for above."""
    lines = [msgspec.structs.replace(block) for block in blocks]
    _judge(lines, "", marked_up=False)
    return _span(lines, marked_up=False)[0]


def may_begin(text: str) -> bool:
    """Whether an article may begin with a line; captions, teasers and mottos lack a full stop."""
    return is_sentence(text) or is_dateline(text) or words_in(text) >= 60


def _judge(lines: list[Block], title: str, marked_up: bool) -> None:
    """Say of each line that is chrome by itself which rule it falls under."""
    plain_title = _plain(title)
    for line in lines:
        if line.rule:
            continue
        text = line.text
        count = words_in(text)
        if rules.CLOSING_CODE.fullmatch(text):
            line.rule = "end: code"
        elif plain_title and _plain(text) == plain_title:
            line.rule = "title"
        elif is_date_line(text):
            line.rule = "date"
        elif count <= 60 and _is_caption(text, count):
            line.rule = "caption"
        elif count <= 90 and (rule := rules.whole_line(text)):
            line.rule = rule.name if rule.action == "drop" else f"{rule.action}: {rule.name}"
        elif marked_up and line.linked > 0.6 and not (is_sentence(text) and count > 20):
            line.rule = "link"
        elif text.endswith("...") and count < 40 and not marked_up and not text.startswith(QUOTES):
            line.rule = "teaser"
    _find_doubles(lines)


def _find_items(lines: list[Block]) -> None:
    """In plain text a list is what follows a colon: short lines that are no headlines."""
    for last, line in pairwise(lines):
        opened = last.text.endswith(":") or (last.kind is Kind.ITEM and not is_sentence(last.text))
        short = words_in(line.text) <= (8 if is_sentence(line.text) else 14) and not is_title_case(line.text)
        if opened and short and not last.rule and not line.rule:
            line.kind = Kind.ITEM


def _find_doubles(lines: list[Block]) -> None:
    """A line that comes twice in a row is of a picture: its description and its caption."""
    twice = [(a, b) for a, b in pairwise(lines) if not a.rule and a.text == b.text and words_in(a.text) > 4]
    if len(twice) < 5:  # a page that doubles all its lines means nothing by it
        for pair in twice:
            for line in pair:
                line.rule = "doubled caption"


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


def _settle(lines: list[Block], marked_up: bool) -> None:
    """What can only be judged beside its neighbors: lists of headlines, subheads, repeated quotes."""
    listed = False
    kept = [line for line in lines if not line.rule]
    if kept and any(_plain(line.text) == _plain(kept[0].text) for line in kept[1:]):
        kept.pop(0).rule = "repeated"  # what stands above the article again stands in its place below
    bodies = [_plain(line.text) for line in kept]
    earlier = "\n"
    for n, line in enumerate(lines):
        if line.rule:
            listed = listed or line.rule.startswith("label")
            continue
        plain, count = _plain(line.text), words_in(line.text)
        if is_sentence(line.text) and not is_title_case(line.text):
            listed = False
        if _is_repeated(plain, count, earlier, bodies):
            line.rule = "repeated"
        elif listed:
            line.rule = "related headline"
        elif not _stays(lines, n, marked_up):
            line.rule = "fragment" if count <= 2 else "unmarked headline"
        earlier += f"{plain}\n"


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
