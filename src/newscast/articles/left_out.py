"""What was read -> what of it was left out, in words for its producer."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from newscast.articles.blocks import Dropped
from newscast.articles.cleaning.shape import is_prose, is_sentence, words_in
from newscast.articles.page import Read
from newscast.model import Paragraph

#: Rules that a site's own words name: nobody misses what they leave out.
_SURE = frozenset(
    "ad marker|address|caption|comments|cookie notice|copyright|credits|date|dateline|embed marker|follow us|"
    "embedded post|footnote|footnote mark|hashtags|menu|read also|related link|related headline|reporter|"
    "syndication|tags|title|video teaser|above the title".split("|")
)
#: How many pieces above the first paragraph may have been its beginning: those directly below the title.
_BELOW_TITLE = 3
#: So many pieces in a row under one rule are told as one.
_MANY = 4


def share_kept(read: Read) -> float:
    """How much of the source's words the article is, 0 to 1."""
    kept = sum(words_in(paragraph.text) for paragraph in read.article.paragraphs)
    return kept / max(1, kept + sum(words_in(piece.text) for piece in read.dropped))


def lost_sentences(read: Read) -> tuple[Dropped, ...]:
    """Dropped pieces that may be the author's: sentences between paragraphs, or right below the title."""
    last = len(read.article.paragraphs)
    below = [piece for piece in read.dropped if piece.at == 0][-_BELOW_TITLE:]
    between = [piece for piece in read.dropped if 0 < piece.at < last]
    return tuple(piece for piece in (*below, *between) if _may_be_missed(piece))


def _may_be_missed(piece: Dropped) -> bool:
    rule = piece.rule.removeprefix("label: ").removeprefix("end: ")
    return rule not in _SURE and is_prose(piece.text) and is_sentence(piece.text)


def notice(read: Read, source: str) -> str:
    """What to tell whoever makes an episode of it: "" when no sentence seems to be missing."""
    if count := len(lost_sentences(read)):
        many = "sentence" if count == 1 else "sentences"
        return f"{count} {many} left out: newscast script {source} --explain"
    return ""


def explained(read: Read) -> Iterator[str]:
    """The whole source in order: "kept", or "dropped" and the rule; many under one rule are one line."""
    for paragraph, pieces in _in_order(read):
        for rule, group in groupby(pieces, key=lambda piece: piece.rule):
            yield from _told(rule, [piece.text for piece in group])
        if paragraph:
            yield f"kept     {paragraph.text}"


def _in_order(read: Read) -> Iterator[tuple[Paragraph | None, Iterable[Dropped]]]:
    """Each paragraph with what was dropped before it, and at last what was dropped behind all."""
    for place, paragraph in enumerate([*read.article.paragraphs, None]):
        yield paragraph, [piece for piece in read.dropped if piece.at == place]


def _told(rule: str, texts: list[str]) -> Iterator[str]:
    if len(texts) < _MANY:
        yield from (f"dropped  {rule}: {text}" for text in texts)
    else:
        yield f"dropped  {rule}: {len(texts)} lines, from {texts[0][:60]!r} to {texts[-1][:60]!r}"
