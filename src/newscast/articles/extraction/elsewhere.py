"""What a page shows of its article, and texts found elsewhere -> the fullest of them.

Many pages show a beginning and hold the rest in a script or in their feed; some scripts hold another article.
"""

import html as entities
import re
from collections.abc import Iterable

from lxml import html

from newscast.articles.blocks import Block, Cleaned
from newscast.articles.cleaning.clean import clean
from newscast.articles.cleaning.shape import WORD, is_sentence, words_in
from newscast.articles.extraction.neighbors import TEASER
from newscast.articles.extraction.plaintext import blocks_of_text
from newscast.articles.extraction.scripts import Held
from newscast.articles.extraction.tree import blocks_of, parse
from newscast.model import Paragraph

#: How many times as much another text must hold: what our rules left out on purpose is seldom a fifth.
_MORE = 1.3
#: A text that may not be the same article is only taken for one that was hardly read: fewer words than this,
#: or less than this share of the prose on the page.
_FEW = 40
_HALF = 0.5
#: Words of a paragraph that two articles do not share by chance.
_TELLING = 8


def fullest(
    cleaned: Cleaned, others: Iterable[Held], title: str, blocks: list[Block], root: html.HtmlElement
) -> tuple[Cleaned, bool]:
    """The article as read from `blocks`, or more of it from elsewhere; whether it was from elsewhere.

    others: texts of scripts and feeds. Where the page was hardly read, trafilatura reads `root` again.
    """
    count = _count(cleaned.paragraphs)
    for held in others:
        if words_in(re.sub(r"<[^<>]*>", " ", held.body)) > _MORE * count and _is_same(held, title, cleaned):
            found = _cleaned(held, title)
            if _count(found.paragraphs) > _MORE * count:
                return found, True
    if count < max(_FEW, _HALF * _prose_in(blocks)):
        import trafilatura  # takes longer to load than most pages to read

        again = trafilatura.extract(root, include_comments=False, include_tables=False, favor_recall=True)
        found = clean(blocks_of_text(again or ""), title, marked_up=False)
        if _count(found.paragraphs) > 1.5 * count:
            return found, False
    return cleaned, False


def _is_same(held: Held, title: str, shown: Cleaned) -> bool:
    """Whether a text is of the article that the page shows: it says its beginning and half of the rest, or it
    is called the same and nothing speaks against it."""
    text = _plain(entities.unescape(re.sub(r"<[^<>]*>", " ", held.body)))
    telling = [p for p in (_plain(p.text) for p in shown.paragraphs) if words_in(p) >= _TELLING]
    found = [paragraph for paragraph in telling if paragraph in text]
    if found and found[0] == telling[0] and 2 * words_in(" ".join(found)) >= words_in(" ".join(telling)):
        return True
    same_title = bool(held.title) and _plain(held.title) == _plain(title)
    return same_title and (bool(found) or _count(shown.paragraphs) < _FEW)


def _cleaned(held: Held, title: str) -> Cleaned:
    if held.marked_up:
        return clean(blocks_of(parse(f"<html><body>{held.body}</body></html>")), title)
    return clean(blocks_of_text(entities.unescape(held.body)), title, marked_up=False)


def _prose_in(blocks: list[Block]) -> int:
    """Words of all that looks like prose, wherever on the page, but for teasers."""
    own = (b for b in blocks if b.rule != TEASER and b.linked < 0.3 and len(b.text) > 80)
    counts = (words_in(b.text) for b in own if is_sentence(b.text))
    return sum(count for count in counts if count >= 12)


def _count(paragraphs: Iterable[Paragraph]) -> int:
    return sum(words_in(p.text) for p in paragraphs)


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))
