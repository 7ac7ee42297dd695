"""Blocks as they were scraped -> whole lines: what is glued on is cut, what was broken is joined.

A scraper that takes the text of each element on a line of its own breaks a sentence at every link; one that
takes no line at all glues links, captions and credits to the sentences beside them. Both are undone here,
before anything is judged.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from newscast.articles.blocks import Block, Dropped
from newscast.articles.cleaning import rules
from newscast.articles.cleaning.dateline import is_bare_dateline, is_dateline
from newscast.articles.cleaning.glued import opener, without_links
from newscast.articles.cleaning.shape import (
    BULLET,
    LEADS_IN,
    QUOTES,
    SMALL_WORDS,
    has_verb,
    is_sentence,
    is_title_case,
    words_in,
)
from newscast.articles.dates import is_date_line
from newscast.model import Kind

#: A full stop without the space behind it; "Kabar.Com" and "Rp1.Miliar" are left alone.
_GLUED = re.compile(r"(?<=[a-z]{3}[.?!])(?=[A-Z][a-z]+ )(?!(?:Com|Co|Id|Net|Org)\b)")
#: A sentence that begins right behind a quotation, a bracket or a figure: `kata dia."Kami`, `(10/6).Ia`.
_GLUED_QUOTE = re.compile(
    r"(?<=[a-z,)\d%][.?!])(?=[\"“][A-Z])|(?<=[.?!,][\"”])(?=[A-Z][a-z]+ )|(?<=[)%][.])(?=[A-Z][a-z]+ )"
)
#: No rule cuts anything out of a line without one of these.
_CUTTABLE = re.compile(
    r"[\[({:*>»…■□#©]|\.\.\.|[A-Z]{3} [A-Z| ]{3,}$|"
    r"(?i:adverti|scroll|halaman|juga|pula|selengkapnya|membaca|read more|"
    r"ini\b|\.com|\.id|/|simak|ikuti|update)"
)
#: How a line starts that goes on with the one before it; the mark alone, then also a small letter.
_MARK = re.compile(r"[,;)]|\.(?:\s|$)")
_CONTINUED = re.compile(r"[,;)]|\.(?:\s|$)|[a-z(]\S*(?: |$)")
#: How many such lines show that links broke the text: one may be a writer's slip.
_BROKEN = 2
#: Rules for lines of one word that may as well be a link in a sentence.
_LINK_WORDS = frozenset(
    ("button", "next page", "other articles", "related list", "tags", "comments", "menu", "leftover")
)
#: Characters; no sentence is longer, and joining an endless row of lines would take endless time.
_LONGEST_SENTENCE = 1000
#: Characters; longer lines are not asked whether they are chrome.
_LONGEST_CHROME = 500
#: Words of a subhead at most; a longer line without a full stop is a sentence that was broken.
_SUBHEAD_WORDS = 8


def reflow(blocks: Sequence[Block]) -> list[Block]:
    """Whole lines of `blocks`; each knows what was cut out of it."""
    return _apart([_without_promotion(line) for line in _joined(_with_text([*map(_trimmed, blocks)]))])


def _trimmed(block: Block) -> Block:
    """`block` without what is glued to it."""
    if block.rule:
        return block
    text = _GLUED_QUOTE.sub(" ", _GLUED.sub(" ", block.text))
    text, links = without_links(text)
    cut = [*block.cut, *links]
    for rule in rules.cuts() if _CUTTABLE.search(text) else ():
        if found := [match[0].strip() for match in rule.pattern.finditer(text)]:
            cut += [Dropped(piece, rule.name) for piece in found if piece]
            text = rule.pattern.sub(" ", text).strip()
    return msgspec.structs.replace(block, text=re.sub(r"\s+", " ", text), cut=tuple(cut))


def _without_promotion(block: Block) -> Block:
    """`block` without the sentences by which the site asks for something; all of it may be such."""
    if block.rule:
        return block
    text, cut = rules.without_promotion(block.text)
    if not text:
        return block.under(cut[0][1])
    dropped = [Dropped(piece, name) for piece, name in cut]
    return msgspec.structs.replace(block, text=text, cut=(*block.cut, *dropped)) if dropped else block


def _with_text(blocks: list[Block]) -> list[Block]:
    """The blocks that have text left; what was cut out of the others goes with their neighbor."""
    out: list[Block] = []
    cut: tuple[Dropped, ...] = ()
    for block in blocks:
        if block.text:
            out.append(msgspec.structs.replace(block, cut=(*cut, *block.cut)))
            cut = ()
        elif out:
            out[-1] = msgspec.structs.replace(out[-1], cut=(*out[-1].cut, *block.cut))
        else:
            cut += block.cut
    return out


def _join(last: Block, block: Block) -> Block:
    """One line of two; it is as much a link as the less linked of them."""
    space = "" if block.text[0] in ",.;:?!)”" or last.text[-1] == "(" else " "
    return msgspec.structs.replace(
        last,
        text=f"{last.text}{space}{block.text}",
        linked=min(last.linked, block.linked),
        cut=(*last.cut, *block.cut),
    )


def _joined(blocks: list[Block]) -> list[Block]:
    """Lines that scraping or <br> has broken in the middle of a sentence, made whole."""
    broken = _is_broken(blocks)
    out: list[Block] = []
    listing = labeled = pieced = False
    for n, block in enumerate(blocks):
        last = out[-1] if out else None
        if labeled and not block.rule and not is_sentence(block.text):
            out.append(block.under("related headline"))
            labeled = False
            continue
        labeled = last is not None and _is_label(block)
        if last and not last.rule and not block.rule and _may_join(last, block):
            after = blocks[n + 1].text if n + 1 < len(blocks) else ""
            pieces = broken and block.kind is Kind.BODY and not (listing and words_in(last.text) < 6)
            if _goes_on(last, block, listing) or (pieces and _is_piece(last.text, block.text, after, pieced)):
                out[-1] = _join(last, block)
                pieced = True
                continue
        out.append(block)
        pieced = False
        opens = block.text.endswith(":") and not labeled
        listing = opens or (listing and not is_sentence(block.text))
    return out


def _is_broken(blocks: list[Block]) -> bool:
    """Whether links broke the text: several lines go on in mid-sentence with an unfinished one."""
    told = 0
    listing = False
    for last, block in pairwise(blocks):
        if rules.CLOSING_CODE.fullmatch(last.text):
            break  # what stands behind the initials are tags
        listing = last.text.endswith(":") or (listing and not is_sentence(last.text))
        if listing and not _MARK.match(block.text):
            continue
        unfinished = not is_sentence(last.text) and not BULLET.match(last.text) and not last.rule
        split_dateline = block.text[0] in "-–—" and is_dateline(f"{last.text} {block.text} A")
        told += unfinished and (bool(_CONTINUED.match(block.text)) or split_dateline)
    return told >= _BROKEN


def _is_label(block: Block) -> bool:
    """Whether a line announces one related headline, which is the next line."""
    rule = rules.whole_line(block.text) if words_in(block.text) <= 4 and not block.rule else None
    return rule is not None and rule.name == "read also"


def _apart(blocks: list[Block]) -> list[Block]:
    """A closing code behind the last sentence becomes a line of its own."""
    out: list[Block] = []
    for block in blocks:
        code = None if block.rule else rules.closing_code(block.text)
        if code and rules.PICTURE.search(block.text):
            code = None
        if code and code.start() > 0:
            out.append(msgspec.structs.replace(block, text=block.text[: code.start()].rstrip()))
            out.append(Block(code[0].strip(), linked=block.linked, parent=block.parent))
        else:
            out.append(block)
    return out


def _may_join(last: Block, block: Block) -> bool:
    """Whether two lines are such that a sentence may run from one into the other."""
    if block.kind is not last.kind or last.heading or len(last.text) > _LONGEST_SENTENCE:
        return False
    if last.text.endswith(":") and block.text.startswith("http"):
        return True
    if is_bare_dateline(last.text) or last.text.endswith("(") or _MARK.match(block.text):
        return not is_sentence(last.text) or last.text.endswith(":")
    if BULLET.match(last.text) or is_sentence(last.text):
        return False
    if block.text[0] in "-–—":
        return True
    if BULLET.match(block.text) or rules.CLOSING_CODE.match(block.text):
        return False
    if is_date_line(last.text) or is_date_line(block.text):
        return False
    if rules.has_credit(last.text) or rules.has_credit(block.text) or _is_chrome(last.text):
        return False
    rule = rules.whole_line(block.text)
    # Words of buttons and menus may be links in a sentence: "Utama", "Instagram", "33".
    links = rule and rule.name in _LINK_WORDS and words_in(block.text) <= 2 and in_mid_sentence(last.text)
    return rule is None or bool(links)


def _is_chrome(text: str) -> bool:
    return len(text) <= _LONGEST_CHROME and rules.whole_line(text) is not None


def _goes_on(last: Block, block: Block, listing: bool) -> bool:
    """Whether `block` goes on with the sentence of `last`, in any text. listing: in a list below a colon."""
    text, count = block.text, words_in(last.text)
    if is_bare_dateline(last.text) or last.text.endswith("(") or _MARK.match(text) or text.startswith("http"):
        return True
    if text[0] in "-–—":
        return is_dateline(f"{last.text} {text}") or is_bare_dateline(f"{last.text} {text}")
    if last.text.count("“") > last.text.count("”") and "”" in text.partition("“")[0]:
        return True
    if is_dateline(text) or (listing and count < 6):
        return False
    if text[0].islower():
        return count >= 6 or (words_in(text) >= 3 and last.text[0].isupper() and not is_title_case(text))
    if count < 5 or block.linked >= 0.6 or is_title_case(last.text):
        return False
    if text.startswith(QUOTES) and last.text[-1] not in ",:":
        return False
    tail = last.text.split()[-1]
    return tail in SMALL_WORDS or tail[-1] in ",;(-" or (tail.islower() and _ends_short(text))


def _ends_short(text: str) -> bool:
    """Whether a line is only the last words of a sentence."""
    return text.endswith(".") and words_in(text) <= 6


def _is_piece(last: str, text: str, after: str, pieced: bool) -> bool:
    """Whether `text` goes on with `last` where links broke the lines, so that most unfinished lines go on.

    after: the line behind `text`. pieced: `last` was put together before, so it is no subhead.
    """
    if is_dateline(text) or (LEADS_IN.search(last) and text[0].isupper()):
        return False
    if pieced or _CONTINUED.match(text) or in_mid_sentence(last):
        return True
    fragment = words_in(text) <= 6 and not is_sentence(text)
    return fragment and bool(_CONTINUED.match(after))


def in_mid_sentence(text: str) -> bool:
    """Whether a line without an end is a sentence that was broken, not a subhead.

    It is one when a sentence ended in it before, when it is long, or when it reads like the beginning of a
    sentence: a dateline, a word that opens sentences, a comma, a verb or a small word at the end.
    """
    words = text.split()
    if len(words) > _SUBHEAD_WORDS and not is_title_case(text):
        return True
    if re.search(r"[a-z)\d\"”][.?!][\"”]? \S", text) or is_dateline(text):
        return True
    if is_title_case(text) and words[-1] not in SMALL_WORDS:
        return len(words) == 1 and (opener(words[0]) or 0.0) >= 1.5
    last = words[-1]
    if last in SMALL_WORDS or last[-1] in ",;(-":
        return True
    return (opener(words[0]) or 0.0) >= 3.0 or has_verb(text)
