"""Judged lines -> where the article begins and ends among them: the run that has the most prose and the
least of everything else.
"""

from collections.abc import Sequence

from newscast.articles.blocks import Block
from newscast.articles.cleaning.dateline import is_dateline
from newscast.articles.cleaning.shape import (
    BULLET,
    LEADS_IN,
    is_entry,
    is_prose,
    is_sentence,
    is_title_case,
    stops_inside,
    words_in,
)
from newscast.model import Kind

#: Rules that only the frame of a page has: a scrape with so many such lines is a dump of a whole page.
_FRAME = frozenset(
    "button|menu|counter|breadcrumb|share|comments|age|next page|cookie notice|hashtags|other articles|"
    "copyright".split("|")
)
_DUMP = 3
#: How many lines a list below the last sentence may have, when the mark of the article's end stands below it.
_LONGEST_LIST = 15


def first_prose_of(lines: Sequence[Block]) -> int:
    """Where the article in judged lines of a plain text seems to start."""
    return span(lines, marked_up=False)[0]


def may_begin(text: str) -> bool:
    """Whether an article may begin with a line; captions, teasers and mottos lack a full stop."""
    return is_sentence(text) or is_dateline(text) or words_in(text) >= 60


def is_item(line: Block) -> bool:
    """Whether a line is an item of a list that is not made of links."""
    return (line.kind is Kind.ITEM and line.linked < 0.2) or bool(BULLET.match(line.text))


def opens_list(line: Block) -> bool:
    """Whether what follows a line is a list: it ends with a colon, says "berikut ini", or is an item."""
    if line.text.endswith(":") or LEADS_IN.search(line.text):
        return True
    return line.kind is Kind.ITEM and not is_sentence(line.text)


def span(lines: Sequence[Block], marked_up: bool) -> tuple[int, int]:
    """The run of lines whose weights add up to the most.

    In HTML, a list of other articles between two paragraphs of the element that holds most prose is no end.
    """
    tidy = not marked_up and is_tidy(lines)
    weights = [_weight(lines, n, marked_up, tidy) for n in range(len(lines))]
    first, last = _home(lines, weights) if marked_up else (0, 0)
    best = total = 0.0
    start = 0
    found = (0, 0)
    for n, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, n
            unstopped = not line.rule and is_prose(line.text) and line.text[-1] not in ")]:,;"
            if not (may_begin(line.text) or (unstopped and weights[n] > 0)):
                continue
        inside = first < n < last and line.rule not in ("end: code", "end: credits", "end: copyright")
        total += max(weights[n], -3.0) if inside else weights[n]
        if total > best:
            best, found = total, (start, n + 1)
    return _from_dateline(lines, found[0], _to_closing_mark(lines, _to_list_end(lines, found[1])))


def is_tidy(lines: Sequence[Block]) -> bool:
    """Whether judged lines of a plain text are an article's alone, not a whole page with its frame."""
    rules = (line.rule.removeprefix("label: ").removeprefix("end: ") for line in lines)
    return sum(rule in _FRAME for rule in rules) < _DUMP


def _weight(lines: Sequence[Block], n: int, marked_up: bool, tidy: bool) -> float:
    """How much a line speaks for (or against) being inside the article.

    A sentence speaks for it with its words, up to 60. Marks of the end speak against it so loud that only
    a longer text behind them, or a closing code nothing at all, outweighs them; a menu's line, a caption or
    a headline is worth three to four words.
    """
    line = lines[n]
    if line.rule:
        return _weight_of_rule(line.rule, marked_up)
    count = words_in(line.text)
    stopped = tidy and line.text.rstrip('"”)')[-1:] == "."
    if is_sentence(line.text) and (stopped or not (count <= 14 and is_title_case(line.text))):
        return float(min(count, 60))
    if count >= 25 and not is_title_case(line.text):
        inside = stops_inside(line.text)
        return float(min(count, 60)) if inside > 1 else 25.0 if marked_up or inside else 6.0
    if is_item(line):
        return 0.0
    if is_prose(line.text) and line.linked < 0.2 and not line.bold and not line.heading:
        # The full stop was forgotten. A headline written as a sentence has no such neighbors.
        beside = [lines[m] for m in (n - 1, n + 1) if 0 <= m < len(lines)]
        if tidy and any(not other.rule and is_prose(other.text) for other in beside):
            return count / 2
        return 4.0 if marked_up or any(_is_told(other) for other in beside) else -4.0
    if tidy and is_entry(line.text):
        return 0.0
    if tidy and not (count > 2 and is_title_case(line.text)):
        return -0.5
    return 0.0 if marked_up and line.linked < 0.2 else -4.0


def _weight_of_rule(rule: str, marked_up: bool) -> float:
    if rule == "end: code":
        return -1000.0
    if rule.startswith("end:"):
        return -60.0
    if rule == "label: read also" and not marked_up:
        return -3.0
    if rule == "related headline":
        return 0.0
    if rule.startswith("label:"):
        return -25.0 if marked_up else -10.0
    return -3.0


def _is_told(line: Block) -> bool:
    return not line.rule and is_sentence(line.text) and words_in(line.text) > 8 and line.linked < 0.2


def _home(lines: Sequence[Block], weights: list[float]) -> tuple[int, int]:
    """First and last prose line of the element that holds the most of it."""
    held: dict[int, float] = {}
    for line, weight in zip(lines, weights, strict=True):
        if weight > 0:
            held[line.parent] = held.get(line.parent, 0.0) + weight
    home = max(held, key=lambda parent: held[parent], default=0)
    told = [n for n, line in enumerate(lines) if weights[n] > 0 and line.parent == home]
    return (told[0], told[-1]) if told else (0, 0)


def _to_list_end(lines: Sequence[Block], end: int) -> int:
    """A list that ends the article belongs to it, though its items have no full stop."""
    while 0 < end < len(lines) and (is_item(lines[end]) and lines[end].rule in ("", "date")):
        if not (is_item(lines[end - 1]) or opens_list(lines[end - 1])):
            break
        end += 1
    return end


def _to_closing_mark(lines: Sequence[Block], end: int) -> int:
    """What stands between the last sentence and the initials of writer and editor is the article's too."""
    for n in range(end, min(end + _LONGEST_LIST + 1, len(lines))):
        if lines[n].rule == "end: code":
            loose = [line for line in lines[end:n] if not line.rule]
            headlines = [line for line in loose if is_title_case(line.text) and words_in(line.text) > 3]
            return n if len(headlines) * 2 < len(loose) else end
        if lines[n].rule.startswith("end:"):
            break
    return end


def _from_dateline(lines: Sequence[Block], start: int, end: int) -> tuple[int, int]:
    """A dateline starts the article: captions and teasers before it are not its own."""
    told = [n for n in range(start, end) if not lines[n].rule]
    for n in told[:6]:
        if is_dateline(lines[n].text):
            after = sum(words_in(lines[m].text) for m in told if m >= n)
            if after * 2 > sum(words_in(lines[m].text) for m in told):
                return n, end
    return start, end
