"""Golden readings, each rule's own row, and what must hold for any text at all."""

import re
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newscast.text.lexicon import Lexicon
from newscast.text.normalization import normalize as module
from newscast.text.normalization.normalize import RULES, _candidates, normalize
from newscast.text.normalization.rule import Rule

READINGS = Path(__file__).parent / "readings" / "normalize"
KNOWN_WRONG = "known_wrong.tsv"


def rows(path: Path) -> list[tuple[str, str]]:
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [(written, spoken) for written, spoken, *_ in lines]


GOLDEN = [row for path in sorted(READINGS.glob("*.tsv")) if path.name != KNOWN_WRONG for row in rows(path)]
WRONG = rows(READINGS / KNOWN_WRONG)


@pytest.mark.parametrize(("written", "spoken"), GOLDEN, ids=[written for written, _ in GOLDEN])
def test_golden_reading(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
    assert normalize(spoken) == spoken


@pytest.mark.xfail(strict=True, reason="known to be read wrong; when one is mended, move its row")
@pytest.mark.parametrize(("written", "spoken"), WRONG, ids=[written for written, _ in WRONG])
def test_known_wrong_reading(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], set[str]]:
    """The names of the rules that have a say in a text."""
    said: set[str] = set()
    ears = {rule.name: _listening(rule, said) for rule in RULES}
    monkeypatch.setattr(
        module, "_candidates", lambda *at: tuple(ears[rule.name] for rule in _candidates(*at))
    )

    def names(text: str) -> set[str]:
        said.clear()
        normalize(text)
        return set(said)

    return names


def _listening(rule: Rule, said: set[str]) -> Rule:
    def read(match: re.Match[str]) -> str | None:
        reading = rule.read(match)
        if reading is not None:
            said.add(rule.name)
        return reading

    return replace(rule, read=read)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_examples_of_a_rule_are_read_by_it(rule: Rule, speaking: Callable[[str], set[str]]) -> None:
    """What stands in `marks` in its docstring; and what stands behind "not" is left alone."""
    examples = re.findall("(not |nor )?`([^`]+)`", rule.reason)
    assert any(not refused for refused, _ in examples)
    for refused, text in examples:
        assert (rule.name in speaking(text)) is not bool(refused), text


@cache
def _rows_by_rule() -> dict[str, list[tuple[str, str]]]:
    """The golden rows in which a rule has a say, by its name."""
    found: dict[str, list[tuple[str, str]]] = {rule.name: [] for rule in RULES}
    said: set[str] = set()
    ears = {rule.name: _listening(rule, said) for rule in RULES}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_candidates", lambda *at: tuple(ears[rule.name] for rule in _candidates(*at)))
        for row in GOLDEN:
            said.clear()
            normalize(row[0])
            for name in said:
                found[name].append(row)
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_row_fails_without_the_rule(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that can be taken away and nobody hears it is dead."""
    rows = _rows_by_rule()[rule.name]
    monkeypatch.setattr(
        module, "_candidates", lambda *at: tuple(other for other in _candidates(*at) if other is not rule)
    )
    assert any(normalize(written) != spoken for written, spoken in rows)


def test_every_rule_says_why() -> None:
    assert not [rule.name for rule in RULES if len(rule.reason) < 3]
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("spoken", sorted({row.spoken for row in Lexicon.default().rows.values()}))
def test_what_the_lexicon_says_is_said_unchanged(spoken: str) -> None:
    assert normalize(spoken) == spoken


def test_words_that_do_not_change_keep_letters_and_case() -> None:
    text = "Kata Widodo, warga Dieng itu makan mi ayam di Ma'had Al Zaytun bersama Müller dan Hélène."
    assert normalize(text) == text


# What news is made of, so that the properties are tried where it hurts.
PIECES = """
17/8 ( ) Rp US$ 1.000 2,5 - – DPR AS I X IV Grup C H. B. dr. Dr No. Jl. ke- 5 pukul jam 10.00 WIB ' " ” …
% °C km / M Pasal ayat (1) huruf b UU 2023 # @ a _ x negara2 AB (19) S.H. dll. Tbk. & + = 1/2 ½ ~ Senin
Agustus Agt 2-1 kalah Paus XVI RT 02 COVID-19 G20 www.a.co.id e kPa mm2 é * '98 an yg BUMDes iPhone Ke-
<5 ± jt s.d. $ € HB Boeing 737 +62 0812-3456-7890 1234 XYZ , . ; ! ? PASAR KPK TAHAN nya -an 80 tel A.S.
[ ] { } SH Lt Kav. 2x ü ß ı İ ﬁ Ⅳ ① ² ٣ 中 ا ª µ Å 𝟙 😀 ′
""".split()
NEWS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " "]))).map(
    lambda pairs: "".join(piece + space for piece, space in pairs)
)


@settings(max_examples=400, deadline=None)
@given(NEWS | st.text())
@example("2x TAHAN737 2-1 d'1.000*")
@example("xIVا Km –")
def test_twice_is_once_and_nothing_unspeakable_is_left(text: str) -> None:
    spoken = normalize(text)
    assert normalize(spoken) == spoken
    assert not re.search(r"[^\w\s.,?!;:']|[\d_]|\s\s", spoken)
    assert spoken == spoken.strip()


@settings(max_examples=200, deadline=None)
@given(NEWS | st.text())
def test_readable_text_is_never_lost(text: str) -> None:
    readable = re.search(r"[A-Za-z0-9&%$]|(?<![+=~])[+=](?![+=~])", text)  # ===== is a line, no writing
    assert bool(normalize(text)) or not readable


STARTS = {start for rule in RULES for start in rule.starts}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.from_regex(r"[b-z]{3,9}", fullmatch=True), max_size=12))
def test_ordinary_words_come_out_in_order(words: list[str]) -> None:
    lexicon = Lexicon({}, {}, {})
    plain = [word for word in words if word not in STARTS]
    assert normalize(" ".join(plain), lexicon) == " ".join(plain)


SOUPS = [
    "1",
    ".",
    "(",
    "1.",
    "1-",
    "a.",
    "A.",
    "a2",
    "Aa",
    "'",
    "x@",
    "1/",
    "°",
    "é",
    "- ",
    ", ",
    "Rp",
    "1 ",
    "(1) ",
]
SOUPS += ["[1]", "I ", "A ", "AA ", "1:2 ", "a2 ", '" ', "1' ", "vs (1) A (1) gol "]


@pytest.mark.parametrize("unit", SOUPS)
def test_time_is_linear(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        normalize(text)
        return time.process_time() - start

    seconds(1000)
    short, long = seconds(10_000), seconds(80_000)
    assert long < 40 * max(short, 0.005), "eight times the text may not take forty times as long"
    assert long < 1, "no soup of letters and digits takes ten seconds a megabyte"
