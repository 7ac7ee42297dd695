"""Segmenting: golden paragraphs, nothing lost, linear time."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscast.text.segment import sentences

READINGS = Path(__file__).parent / "readings"
SPLIT = " | "


def rows(name: str) -> list[list[str]]:
    lines = (READINGS / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("golden", [row[0] for row in rows("segment_sentences.tsv")])
def test_sentences(golden: str) -> None:
    assert SPLIT.join(sentences(golden.replace(SPLIT, " "))) == golden


@pytest.mark.parametrize(("scraped", "golden"), rows("segment_glued.tsv"))
def test_glued_sentences(scraped: str, golden: str) -> None:
    assert SPLIT.join(sentences(scraped)) == golden


@pytest.mark.parametrize(("today", "right"), rows("segment_wrong.tsv"))
def test_known_to_be_wrong(today: str, right: str) -> None:
    assert today != right
    assert SPLIT.join(sentences(right.replace(SPLIT, " "))) == today, "mended? move it to the golden rows"


PIECES = st.sampled_from(
    [
        *"abAZ09.?!…\"'“”()[]-,; \u00a0\n",
        "Warga ",
        "rusak",
        "S.H. ",
        "dr. ",
        "No. 5",
        "dll. ",
        "10.00",
        "a.n.",
        ".com",
    ]
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_nothing_is_lost(paragraph: str) -> None:
    found = sentences(paragraph)
    assert "".join("".join(found).split()) == "".join(paragraph.split())
    assert all(sentence == sentence.strip() != "" for sentence in found)


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(["Warga datang.", "Benarkah?", '"Ya," katanya.', "Pukul 10.00.", "dll."]), min_size=1
    )
)
def test_joined_with_spaces_they_are_the_paragraph_again(parts: list[str]) -> None:
    paragraph = " ".join(parts)
    assert " ".join(sentences(paragraph)) == paragraph


@pytest.mark.parametrize("unit", [".", ". ", "a.", "1.", "A. ", '."', ".(", "?!", "Aa.Bb", "x", '. "'])
def test_time_grows_with_length_alone(unit: str) -> None:
    began = time.process_time()
    sentences(unit * (200_000 // len(unit)))
    assert time.process_time() - began < 3
