"""lexicon.tsv -> Lexicon: what is said for a word or phrase just as it is written.

A row is `written TAB spoken [TAB pronunciation] [TAB reason]`; lines that begin with # are comments.
`spoken` is one of three:

    words       say      these are said
    (spell)     spell    the letters are named, and digits one by one: HYBE is ha yé bé é
    (word)      word     the letters are read together, as any word is: HYBE is Hybe

An empty `spoken` means that the words stay as written, which also keeps every rule off them.
A pronunciation is IPA, for the engines that are fed with it.

Longest match first. A row matches as it is written, and one that begins with a small letter also
with a capital there, as at the start of a sentence. The rows of a show win over ours. What a row says
is final: no row and no rule reads it again, nor where a text says the same by itself (with
`Prabowo TAB Prabowo Subianto`, a text's own Prabowo Subianto stays).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from newscast.errors import ShowError
from newscast.show import Show
from newscast.text.letters import LETTERS
from newscast.text.normalization.numbers import DIGITS

OURS = Path(__file__).with_name("lexicon.tsv")

#: What text is made of: words of letters (with inner apostrophes), runs of digits, single other characters.
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|\W|_")

_UNSPEAKABLE = re.compile(r"[^\w\s.,?!;:'-]|[\d_]")
_SPELL, _WORD = "(spell)", "(word)"
#: What a rule might change though no row begins there: capitals behind the first letter, a letter alone.
_OPEN_TO_RULES = re.compile(r"[^\W\d_]+[A-Z]|\b[A-Za-z]\b")


class Row(Struct, frozen=True):
    """One line of a lexicon. spoken: words without hyphens, which no rule would change again."""

    written: str
    spoken: str
    pronunciation: str = ""
    reason: str = ""


class Lexicon(Struct, frozen=True):
    """The rows of one or more files, ready to be looked up.

    rows: by `written`, as it must be found in the text; also what is said, where it would be read again.
    lengths: of the rows that begin with a token, by that token in lower case, longest first.
    pronunciations: IPA by spoken word or phrase in lower case.
    capitals: the words of the rows that are written in capitals.
    """

    rows: Mapping[str, Row]
    lengths: Mapping[str, tuple[int, ...]]
    pronunciations: Mapping[str, str]
    capitals: frozenset[str] = frozenset()

    @staticmethod
    def load(*paths: Path) -> "Lexicon":
        """Our rows and those of `paths`; the later file wins. Raises ShowError naming file and line."""
        rows: dict[str, Row] = {}
        for path in (OURS, *paths):
            rows |= _read(path)
        first_tokens = {TOKEN.findall(written)[0].lower() for written in rows}
        rows = {row.spoken: Row(row.spoken, row.spoken) for row in _read_again(rows, first_tokens)} | rows
        lengths: dict[str, set[int]] = {}
        for written in rows:
            lengths.setdefault(TOKEN.findall(written)[0].lower(), set()).add(len(written))
        return Lexicon(
            rows,
            {token: tuple(sorted(found, reverse=True)) for token, found in lengths.items()},
            {row.spoken.lower(): row.pronunciation for row in rows.values() if row.pronunciation},
            frozenset(token for written in rows for token in TOKEN.findall(written) if token.isupper()),
        )

    @staticmethod
    @cache
    def default() -> "Lexicon":
        """Our own rows alone."""
        return Lexicon.load()

    def find(self, text: str, start: int, token: str) -> Row | None:
        """The longest row that is written at `start`, where `token` (in lower case) begins."""
        for length in self.lengths.get(token, ()):
            end = start + length
            there = text[start:end]
            row = self.rows.get(there) or self.rows.get(there[0].lower() + there[1:])
            if row and not (there[-1].isalnum() and text[end : end + 1].isalnum()):
                return row
        return None


def for_show(show: Show) -> Lexicon:
    """Our rows and those of the lexicon that a show names. Raises ShowError."""
    path = show.file(show.lexicon)
    return Lexicon.load(path) if path else Lexicon.default()


def _read_again(rows: Mapping[str, Row], first_tokens: set[str]) -> Iterator[Row]:
    """The rows whose spoken words a row or a rule would change, if a text said them by itself."""
    for row in rows.values():
        tokens = TOKEN.findall(row.spoken.lower())
        if not first_tokens.isdisjoint(tokens) or _OPEN_TO_RULES.search(row.spoken):
            yield row


def _read(path: Path) -> dict[str, Row]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise ShowError(f"the lexicon {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ShowError(f"the lexicon {path} is not UTF-8", "save it as UTF-8") from error
    rows: dict[str, Row] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            row = _row(line)
            if row.written in rows:
                raise ValueError(f"{row.written!r} is there already")
        except ValueError as error:
            raise ShowError(
                f"{path}, line {number}: {error}", "written TAB spoken TAB pronunciation"
            ) from None
        rows[row.written] = row
    return rows


def _row(line: str) -> Row:
    written, *rest = (column.strip() for column in unicodedata.normalize("NFC", line).split("\t"))
    if not rest or len(rest) > 3:
        raise ValueError("a row has two to four columns with tabs between them")
    spoken, pronunciation, reason = (*rest, "", "")[:3]
    if not written:
        raise ValueError("nothing is written before the tab")
    spoken = _spoken(written, spoken)
    if found := _UNSPEAKABLE.search(spoken):
        raise ValueError(f"{found[0]!r} cannot be spoken; write it in words")
    return Row(written, " ".join(spoken.replace("-", " ").split()), pronunciation, reason)


def _spoken(written: str, spoken: str) -> str:
    """What is said, by the three modes."""
    if spoken == _SPELL:
        names = LETTERS | dict(zip("0123456789", DIGITS, strict=True))
        return " ".join(names.get(c, c) for c in written.lower() if c.isalnum())
    if spoken == _WORD:
        return " ".join(word.capitalize() if word.isupper() else word for word in written.split())
    return spoken or written
