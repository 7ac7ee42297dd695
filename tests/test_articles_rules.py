"""Every rule of rules.tsv by what it leaves out of invented lines; one whose removal changes none is dead."""

from pathlib import Path

import pytest

from newscast.articles.blocks import Block
from newscast.articles.cleaning import rules
from newscast.articles.cleaning.reflow import reflow
from newscast.articles.cleaning.rules import Rule

FILE = Path(__file__).parent / "readings" / "cleaning_rules.tsv"
ROWS = [row.split("\t") for row in FILE.read_text("utf-8").splitlines() if not row.startswith("#")]
CUTS, LINES = [row for row in ROWS if len(row) == 3], [row for row in ROWS if len(row) == 2]


@pytest.mark.parametrize(("name", "text", "stays"), CUTS, ids=[row[1] for row in CUTS])
def test_a_cut_takes_out_what_is_glued_on_and_says_by_which_rule(name: str, text: str, stays: str) -> None:
    (line,) = reflow([Block(text)])
    assert (line.text, line.rule) == (stays, "")
    assert [piece.rule for piece in line.cut] == [name]


@pytest.mark.parametrize(("name", "text"), LINES, ids=[row[1] for row in LINES])
def test_a_line_of_the_site_falls_under_its_rule(name: str, text: str) -> None:
    rule = rules.whole_line(text)
    assert rule is not None and rule.name == name


def left(table: list[Rule], text: str) -> tuple[str, str, str]:
    """What stays of a text, and the action and name of the rule that takes the whole of it."""
    for rule in table:
        if rule.action == "cut":
            text = " ".join(rule.pattern.sub(" ", text).split())
    whole = next((rule for rule in table if rule.action != "cut" and rule.pattern.search(text)), None)
    return (text, whole.action, whole.name) if whole else (text, "", "")


def test_no_rule_is_dead() -> None:
    table = list(rules.table())
    texts = [row[1] for row in ROWS]
    told = [left(table, text) for text in texts]
    dead = [
        f"{rule.action} {rule.name}: {rule.pattern.pattern[:80]}"
        for n, rule in enumerate(table)
        if all(
            left(table[:n] + table[n + 1 :], text) == before for text, before in zip(texts, told, strict=True)
        )
    ]
    assert not dead, "\n".join(dead)
