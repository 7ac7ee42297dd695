"""Blocks as they were scraped -> whole lines: what is glued on is cut, what was broken is joined."""

import re
from collections.abc import Sequence

import msgspec

from newscast.articles.blocks import Block, Dropped
from newscast.articles.cleaning import rules
from newscast.articles.cleaning.dateline import is_bare_dateline, is_dateline
from newscast.articles.cleaning.shape import BULLET, QUOTES, is_sentence, is_title_case, words_in
from newscast.articles.dates import is_date_line
from newscast.model import Kind

_GLUED = re.compile(r"(?<=[a-z]{3}[.?!])(?=[A-Z][a-z]+ )(?!(?:Com|Co|Id|Net|Org)\b)")
_JOINING = re.compile(
    r"(?:\b(?:di|ke|dari|dan|yang|oleh|dengan|kata|ujar|pada|untuk|dalam|adalah|serta|atau|bahwa|akan|"
    r"para|tentang|antara|kepada|terhadap|sebagai|tidak|telah|sudah)|[,;(-])$"
)
#: No rule cuts anything out of a line without one of these.
_CUTTABLE = re.compile(
    r"[\[(:*>»…■□#]|\.\.\.|[A-Z]{3} [A-Z| ]{3,}$|"
    r"(?i:adverti|scroll|juga|pula|selengkapnya|membaca|read more|ini |\.com|\.id|/)"
)
#: How a line starts that goes on with the one before, and how many of them show that links broke the text.
_CONTINUED = re.compile(r"[,;)]|\.(?:\s|$)|[a-z]+ [a-z]+ ")
_BROKEN = 3


def reflow(blocks: Sequence[Block]) -> list[Block]:
    """Whole lines of `blocks`; each knows what was cut out of it."""
    return _apart(_joined(_with_text(list(map(_trimmed, blocks)))))


def _trimmed(block: Block) -> Block:
    """`block` without what is glued to it."""
    if block.rule:
        return block
    text = _GLUED.sub(" ", block.text)
    cut: list[Dropped] = []
    for rule in rules.cuts() if _CUTTABLE.search(text) else ():
        if found := [match[0].strip() for match in rule.pattern.finditer(text)]:
            cut += [Dropped(piece, rule.name) for piece in found]
            text = rule.pattern.sub(" ", text).strip()
    return msgspec.structs.replace(block, text=re.sub(r"\s+", " ", text), cut=(*block.cut, *cut))


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
    broken = sum(bool(_CONTINUED.match(block.text)) for block in blocks) >= _BROKEN
    out: list[Block] = []
    listing = False
    for block in blocks:
        last = out[-1] if out else None
        if last and not last.rule and not block.rule and _goes_on(last, block, listing, broken):
            out[-1] = last = _join(last, block)
            # What was joined may itself be the rest of the line before: "kepada" + "Kabar.com" + ", Minggu."
            if len(out) > 1 and not out[-2].rule and _goes_on(out[-2], last, listing, broken):
                out[-2:] = [_join(out[-2], last)]
        else:
            out.append(block)
        listing = out[-1].text.endswith(":") or (listing and not is_sentence(out[-1].text))
    return out


def _apart(blocks: list[Block]) -> list[Block]:
    """A closing code behind the last sentence becomes a line of its own."""
    out: list[Block] = []
    for block in blocks:
        code = rules.CLOSING_CODE.search(block.text) if not block.rule else None
        if code and code.start() > 0:
            out.append(msgspec.structs.replace(block, text=block.text[: code.start()].rstrip()))
            out.append(msgspec.structs.replace(block, text=code[0].strip(), kind=Kind.BODY, cut=()))
        else:
            out.append(block)
    return out


def _goes_on(last: Block, block: Block, listing: bool, broken: bool) -> bool:
    """Whether `block` goes on with the sentence of `last`.

    listing: they stand in a list below a colon. broken: the text has many lines that start in mid-sentence,
    as when the words of links were put on lines of their own.
    """
    text, count = block.text, words_in(last.text)
    if block.kind is not last.kind or last.heading:
        return False
    if is_bare_dateline(last.text) or last.text.endswith("("):
        return True
    if text[0] in "-–—" and is_dateline(f"{last.text} {text}"):
        return True
    if BULLET.match(text) or BULLET.match(last.text) or is_sentence(last.text):
        return False
    if re.match(r"[,;)]|\.(?:\s|$)", text):
        return True
    if is_date_line(last.text) or is_dateline(text) or (listing and count < 6):
        return False
    if rules.CLOSING_CODE.match(text) or rules.whole_line(last.text) or rules.whole_line(text):
        return False
    if text[0].islower():
        return count >= 6 or (words_in(text) >= 3 and last.text[0].isupper() and not is_title_case(text))
    if count < 5 or block.linked >= 0.6 or is_title_case(last.text):
        return False
    if text.startswith(QUOTES) and last.text[-1] not in ",:":
        return False
    in_mid_sentence = last.text[-1].islower() and last.text.split()[-1][0].islower()
    return (
        broken
        or bool(_JOINING.search(last.text))
        or (in_mid_sentence and text.endswith(".") and words_in(text) <= 6)
    )
