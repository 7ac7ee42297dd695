"""show.py, docs/show.md and examples/show.toml tell of the same keys."""

import re
import sys
from pathlib import Path

import pytest

from newscast.show import parse

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import show_table  # noqa: E402

EXAMPLE = (ROOT / "examples" / "show.toml").read_text("utf-8")
HEAD = re.compile(r"(?:# )?(\[+\w+\]+)")
KEY = re.compile(r"(?:# )?(\w+) = ")


def test_the_table_is_of_this_show() -> None:
    assert show_table.PATH.read_text("utf-8") == show_table.document(), "run python tools/show_table.py"


@pytest.mark.parametrize(("title", "struct"), list(show_table.tables()), ids=lambda value: str(value))
def test_every_key_has_a_meaning(title: str, struct: type) -> None:
    _, meanings = show_table.explained(struct)
    assert not [key.name for key in show_table.keys(struct) if not meanings[key.name]]


def test_the_example_shows_every_key() -> None:
    shown: dict[str, set[str]] = {"At the top": set()}
    table = "At the top"
    for line in EXAMPLE.splitlines():
        if head := HEAD.match(line):
            table = head[1]
        elif key := KEY.match(line):
            shown.setdefault(table, set()).add(key[1])
    assert shown == {
        title: {key.name for key in show_table.keys(struct)} for title, struct in show_table.tables()
    }


def test_what_the_example_only_comments_on_is_right_too() -> None:
    text = re.sub(r"(?m)^# (?=\w+ = |\[)", "", EXAMPLE)
    assert text != EXAMPLE
    assert len(parse(text.encode(), ROOT / "examples" / "show.toml").sources) > 1
