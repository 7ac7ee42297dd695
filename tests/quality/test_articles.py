"""How many articles of the corpus come out whole: title, day, every word of the author's and none else's.

articles.jsonl is ours, invented. An item has an `id`, the `kind` of article or fault, the `form` (txt, html,
md), the `input`, and what is `expected`: `paragraphs`, with the `title` and the beginning of the `date` (ISO
8601) where the input tells them, or why it is `refused`. With `left_out`, one more paragraph says, with that
word, what is not read out. Words are compared in their order; how they are set (case, quotes, dashes, marks
at their edges, bullets, paragraphs) is not.
"""

import hashlib
import json
import re
import unicodedata
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from typing import Any

from newscast.articles.read import read_article
from newscast.errors import ArticleError
from newscast.model import Article

CORPUS = Path(__file__).with_name("articles.jsonl")

#: The corpus that these floors are of, and the share that is right, of all and of each form.
#: Floors may only rise; a changed corpus means new floors, said in CHANGELOG.
DIGEST = "98ebf1dc70a54837e0f58a16f206feecf32605ebbd3741eabf1c86f5d78dc5f5"
FLOORS = {"all": 0.99, "txt": 0.98, "html": 0.98, "md": 1.0}

Item = dict[str, Any]

_QUOTES_AND_DASHES = str.maketrans("“”„«»″‘’`´′‐‑‒–—−", '""""""\'\'\'\'\'------')
_BULLET = re.compile(r"^(?:[•●▪■◦*·+-]|\(?(?:\d{1,2}|[a-h])[.)])\s+(?=\S)")
_GLUED = re.compile(r"(?<=[^\W\d_])([,;:])(?=[^\W\d_])")


def words(paragraph: str) -> list[str]:
    """The words of a paragraph in one spelling; what is no word (a dash, an emoji) is left out."""
    shown = "".join(c for c in paragraph if unicodedata.category(c) != "Cf" and c not in "\ufe0e\ufe0f")
    text = unicodedata.normalize("NFKC", shown).translate(_QUOTES_AND_DASHES).strip()
    tokens = _GLUED.sub(r"\1 ", _BULLET.sub("", text, count=1)).casefold().split()
    return [word for token in tokens if (word := re.sub(r"^[\W_]+|[\W_]+$", "", token))]


def difference(want: list[str], got: list[str]) -> str:
    """Where two texts first part: "lost ...", "gained ..." or, when they are the same, ""."""
    for tag, a, b, c, d in SequenceMatcher(None, want, got, autojunk=False).get_opcodes():
        if tag != "equal":
            told = [f"lost '{' '.join(want[a:b][:12])}'"] * (a < b) + [
                f"gained '{' '.join(got[c:d][:12])}'"
            ] * (c < d)
            return f"{', '.join(told)} after '{' '.join(want[max(0, a - 4) : a])}'"
    return ""


def article_of(path: Path) -> Article:
    """The article in a file; raises ArticleError when there is none."""
    return read_article(str(path)).article


def fault(item: Item, folder: Path) -> str:
    """What is wrong with what comes out of an item, or ""."""
    expected, path = item["expected"], folder / f"artikel.{item['form']}"
    path.write_bytes(item["input"].encode())
    try:
        article = article_of(path)
    except ArticleError as error:
        return "" if "refused" in expected else f"refused: {error.message}"
    if "refused" in expected:
        return f"accepted as '{article.title}', but is {expected['refused']}"
    if "title" in expected and words(expected["title"]) != words(article.title):
        return f"title '{article.title}', not '{expected['title']}'"
    when = article.published.isoformat() if article.published else "none"
    if not when.startswith(expected.get("date", "")):
        return f"date {when}, not {expected['date']}"
    want = [words(text) for text in expected["paragraphs"]]
    got = [words(paragraph.text) for paragraph in article.paragraphs]
    if notice := item.get("left_out"):
        told = [paragraph for paragraph in got if notice in paragraph and paragraph not in want]
        if len(told) != 1:
            return f"{len(told)} paragraphs, not one, say that the {notice} is left out"
        got.remove(told[0])
    return difference([*chain(*want)], [*chain(*got)])


def test_articles_come_out_whole(tmp_path: Path) -> None:
    items: list[Item] = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").split("\n") if line]
    faults = [fault(item, tmp_path) for item in items]
    report = [f"{it['id']} ({it['kind']}): {wrong}" for it, wrong in zip(items, faults, strict=True) if wrong]
    low = []
    for form, floor in FLOORS.items():
        of_form = [not wrong for it, wrong in zip(items, faults, strict=True) if form in ("all", it["form"])]
        if sum(of_form) < floor * len(of_form):
            low.append(f"{form}: {sum(of_form)} of {len(of_form)} are right, fewer than {floor:.3f}")
    assert not low, "\n".join([*low, *report])


def test_floors_are_of_this_corpus() -> None:
    assert hashlib.sha256(CORPUS.read_bytes()).hexdigest() == DIGEST
