"""Golden pages: invented articles in the mark-up of real families of sites, and what must come of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from newscast.articles.read import read_article

PAGES = sorted((Path(__file__).parent / "fixtures" / "articles").glob("*.html"))


def gold(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_gives_its_article_and_nothing_else(path: Path) -> None:
    article, want = read_article(str(path)).article, gold(path)
    assert article.title == want["title"]
    assert [[p.kind.value, p.text] for p in article.paragraphs] == want["paragraphs"]
    assert article.published is not None
    assert article.published.isoformat() == want["published"]
    assert article.url == want["url"]
    assert list(article.authors) == want["authors"]
