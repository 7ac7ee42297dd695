"""An article and what is out -> whose episode it is: the guid that it has for good, or why it may have none.

An article with an address is that address. A file of an inbox is its name. A text without either is its
title and day. Two different texts never share a guid.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import blake2b
from heapq import nsmallest
from uuid import uuid5

from msgspec.structs import replace

from newscast.errors import ArticleError
from newscast.model import GUID_NAMESPACE, Article, Episode
from newscast.publish.manifests import folder_of

#: Words in a shingle, and the share of shingles in common from which two texts are versions of one:
#: a corrected sentence of ten leaves 0.8 in common, two reports of one event by two hands under 0.2.
SHINGLE = 4
SAME = 0.6
#: Below this share a text of another title and day is another article, not a corrected one.
OTHER = 0.15
#: From this share on, two texts under two addresses are one, if their numbers are the same, too: forecasts,
#: timetables and quotations of prices are alike from day to day but for their numbers.
TWIN = 0.8
#: Sketches less alike than this are not of one text: half of a short episode may be its greeting.
NEAR = 0.3
#: Shingles that stand for a text.
SKETCH = 96
#: How far apart two addresses with the same text may be published and still be one episode.
WINDOW = timedelta(days=7)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """All runs of SHINGLE words as numbers, whatever their case and punctuation; a shorter text is one."""
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1)))
    return frozenset(int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) for run in runs)


def likeness(first: frozenset[int], second: frozenset[int]) -> float:
    """The share of the shorter text's shingles that the longer has, too, 0 to 1.

    Not Jaccard's index: greeting and sign-off of an episode are not in its article.
    """
    return len(first & second) / max(1, min(len(first), len(second)))


def sketch(words: frozenset[int]) -> frozenset[int]:
    """The smallest SKETCH shingles, which stand for all (Broder's min-wise sampling)."""
    return frozenset(nsmallest(SKETCH, words))


def likeness_of_sketches(first: frozenset[int], second: frozenset[int]) -> float:
    """About Jaccard's index of the texts of two sketches, within 0.1 nineteen times of twenty."""
    return len(sketch(first | second) & first & second) / max(1, min(SKETCH, len(first | second)))


def are_twins(article: Article, episode: Episode) -> bool:
    """Whether an episode reads the same text as an article, whatever its headline."""
    texts = (_text(article), _text_of_episode(episode))
    numbers = [frozenset(_NUMBER.findall(text)) for text in texts]
    alike = likeness(shingles(texts[0]), shingles(texts[1])) >= TWIN
    # What only the episode has is its greeting; what only the article has is news of its own.
    return alike and len(numbers[0] - numbers[1]) <= 0.05 * len(numbers[0])


def words_of_article(article: Article) -> frozenset[int]:
    """What an article says below its headline, as shingles."""
    return shingles(_text(article))


def _text(article: Article) -> str:
    return "\n".join(paragraph.text for paragraph in article.paragraphs)


def words_of_episode(episode: Episode) -> frozenset[int]:
    """What an episode says but for its headline, as shingles."""
    return shingles(_text_of_episode(episode))


def _text_of_episode(episode: Episode) -> str:
    return "\n".join(cue.text for cue in episode.cues if cue.text.rstrip(".") != episode.title)


def guid_of(
    article: Article, name: str, known: str, find: Callable[[str], Episode | None], *, inbox: bool
) -> str:
    """The guid of an article's episode.

    name: what its source knows it by. known: the guid that the name already has, "" for none. find: the
    episode of a guid, out or held. inbox: whether the name is that of a file of an inbox. Raises
    ArticleError if another text has what would be its guid.
    """
    # A text by itself is known by title and day, which another text may have, too.
    told = inbox or bool(article.url)
    if known and told and not (inbox and _is_another(article, find(known))):
        return known
    if article.url:
        # A text whose address newscast could not read at first was published by its title and day.
        before = find(replace(article, url="").guid)
        named = before and not before.sources and _alike(article, before)
        return before.guid if before and named else article.guid
    there = find(article.guid)
    if there is None or _alike(article, there):
        return article.guid
    if inbox:
        return str(uuid5(GUID_NAMESPACE, f"{name}\n{article.guid}" if known else name))
    folder = folder_of(there)
    raise ArticleError(
        f"another text of that title and day is out: {folder}",
        f"if this is a new version of it: --as {folder}; else give it a title of its own: --title",
    )


def _alike(article: Article, episode: Episode) -> bool:
    """Whether one may be a version of the other."""
    return likeness(words_of_article(article), words_of_episode(episode)) >= SAME


def _is_another(article: Article, episode: Episode | None) -> bool:
    """Whether a file was put in place of an older article under the same name, and corrects nothing.

    Then title and day are others, and hardly a shingle is left; a corrected text keeps far more.
    """
    if episode is None or article.published is None or article.title == episode.title:
        return False
    if article.published.date() == episode.published.date():
        return False
    return likeness(words_of_article(article), words_of_episode(episode)) < OTHER
