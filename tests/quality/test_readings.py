"""How many sentences of the corpus are read just as a newsreader would say them.

readings.tsv is ours, invented: written TAB spoken, of all kinds of news and with several hard things in each
sentence, where a golden row has one. The right answer stands there also where it is not what is said today.
"""

import hashlib
from pathlib import Path

from newscast.text.normalization.normalize import normalize

CORPUS = Path(__file__).with_name("readings.tsv")

#: The corpus that this floor is of, and the share of its sentences that are read right.
#: Floors may only rise; a changed corpus means a new floor, said in CHANGELOG.
DIGEST = "d21eb28a1c5875ff39263781acedb6881b4f8a4109d89fde349e97f3b5e2d96d"
FLOOR = 0.99


def test_sentences_are_read_right() -> None:
    lines = CORPUS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) >= 200
    wrong = [(written, spoken, said) for written, spoken in rows if (said := normalize(written)) != spoken]
    report = [f"{written}\n  want {spoken}\n  got  {said}" for written, spoken, said in wrong]
    assert len(rows) - len(wrong) >= FLOOR * len(rows), "\n".join(report)


def test_floor_is_of_this_corpus() -> None:
    assert hashlib.sha256(CORPUS.read_bytes()).hexdigest() == DIGEST
