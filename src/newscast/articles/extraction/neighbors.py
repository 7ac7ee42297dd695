"""Blocks of a page -> the same, judged by what stands beside them: teasers, links, large tables."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from newscast.articles.blocks import Block
from newscast.articles.cleaning.shape import words_in
from newscast.articles.dates import is_date_line

TEASER = "teaser of another article"
TOO_LARGE = "table too large"
#: "2 jam lalu", as only lists of articles date them.
AGE = re.compile(r"(?i)^\W*(?:sekitar )?(?:\d+|se)\s?(?:detik|menit|jam|hari|minggu|bulan)(?: yang)? lalu\b")
#: Words of a headline at the least, and of a teaser at the most.
_HEADLINE = 4
_TEASER = 60
#: So many cards make a list of articles.
_CARDS = 3
#: And so many paragraphs in one element an article.
_HOME = 3


def by_neighbors(blocks: Sequence[Block], inside: Mapping[int, int]) -> list[Block]:
    """What a block is, where its own words do not tell. inside: the parent of each parent."""
    return _at_home(_unlinked(_without_cards(blocks)), inside)


def _without_cards(blocks: Sequence[Block]) -> list[Block]:
    """Cards of other articles are marked: a linked headline, perhaps a date, and a teaser by itself.

    They are known by their dates, by an element of several paragraphs beside them, or by holding less than
    the page holds without them: in a list of ten places, each with a linked name, the items are the article.
    """
    cards = _cards(blocks)
    told = {n for card in cards for n in card}
    others = [b for n, b in enumerate(blocks) if n not in told and is_prose(b) and b.linked < 0.5]
    home = max(Counter(b.parent for b in others).values(), default=0) >= _HOME
    alone = sum(words_in(b.text) for b in others)
    theirs = sum(words_in(blocks[card[-1]].text) for card in cards)
    dated = sum(any(_is_dated(blocks[n]) for n in card) for card in cards)
    if len(cards) < _CARDS or (2 * dated < len(cards) and theirs > alone and not home):
        return list(blocks)
    return [b.under(TEASER) if n in told and not b.rule else b for n, b in enumerate(blocks)]


def _cards(blocks: Sequence[Block]) -> list[range]:
    """Where each card stands: from its headline to its teaser."""
    prose = Counter(block.parent for block in blocks if is_prose(block))
    cards = []
    for n, block in enumerate(blocks):
        if block.linked > 0.2 or not 5 < words_in(block.text) <= _TEASER or block.heading or block.rule:
            continue
        if prose[block.parent] > 1 or (n + 1 < len(blocks) and is_prose(blocks[n + 1])):
            continue
        first = n - 1
        while (
            first > n - 4
            and first >= 0
            and (_is_dated(blocks[first]) or words_in(blocks[first].text) < _HEADLINE)
        ):
            first -= 1
        head = blocks[first] if first >= 0 else None
        if head and head.linked > 0.8 and words_in(head.text) >= _HEADLINE and not head.rule:
            cards.append(range(first - (first > 0 and _is_dated(blocks[first - 1])), n + 1))
    return cards


def _is_dated(block: Block) -> bool:
    return bool(AGE.match(block.text)) or is_date_line(block.text)


def _unlinked(blocks: list[Block]) -> list[Block]:
    """A sentence that is one link, among sentences that are none, is the author's and no teaser."""
    out = list(blocks)
    free = [n for n, block in enumerate(blocks) if not block.rule]
    for place, n in enumerate(free):
        block = blocks[n]
        if block.linked > 0.5 and is_prose(block) and not block.text.endswith("..."):
            beside = [blocks[free[m]] for m in (place - 1, place + 1) if 0 <= m < len(free)]
            if all(b.linked < 0.5 for b in beside) and any(map(is_prose, beside)):
                out[n] = msgspec.structs.replace(block, linked=0.0)
    return out


def is_prose(block: Block) -> bool:
    """Whether a block is a sentence that stops as no headline does."""
    return len(block.text) > 60 and block.text.endswith((".", ".”", '."', ".’", ".)"))


def _at_home(blocks: list[Block], inside: Mapping[int, int]) -> list[Block]:
    """A table too large is announced only where it stands among prose: in the element that holds it or in one
    of the two around that; standings and calendars beside an article are nobody's loss."""
    homes = {block.parent for block in blocks if len(block.text) > 60 and block.linked < 0.5}
    out = []
    for block in blocks:
        if any(piece.rule == TOO_LARGE for piece in block.cut):
            near = (block.parent, inside.get(block.parent), inside.get(inside.get(block.parent, 0)))
            if block.linked > 0.5 or not homes.intersection(near):
                block = msgspec.structs.replace(block, text=block.cut[0].text, rule="table", cut=())
        out.append(block)
    return out
