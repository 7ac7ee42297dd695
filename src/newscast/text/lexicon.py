"""lexicon.tsv -> Lexicon: what is said for a word or phrase just as it is written.

A row is `written TAB spoken [TAB pronunciation] [TAB reason]`; lines that begin with # are comments.
An empty `spoken` means that the words stay as written, which also keeps every rule off them.
A pronunciation is IPA, for the engines that are fed with it.

Longest match first. A row matches as it is written, and one that begins with a small letter also
with a capital there, as at the start of a sentence. The rows of a show win over ours.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from newscast.errors import ShowError
from newscast.show import Show

OURS = Path(__file__).with_name("lexicon.tsv")

#: What text is made of: words of letters (with inner apostrophes), runs of digits, single other characters.
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|\W|_")

_UNSPEAKABLE = re.compile(r"[^\w\s.,?!;:'-]|[\d_]")


class Row(Struct, frozen=True):
    """One line of a lexicon. spoken: words without hyphens, which no rule would change again."""

    written: str
    spoken: str
    pronunciation: str = ""
    reason: str = ""


class Lexicon(Struct, frozen=True):
    """The rows of one or more files, ready to be looked up.

    rows: by `written`, as it must be found in the text.
    lengths: of the rows that begin with a token, by that token in lower case, longest first.
    pronunciations: IPA by spoken word or phrase in lower case.
    """

    rows: Mapping[str, Row]
    lengths: Mapping[str, tuple[int, ...]]
    pronunciations: Mapping[str, str]

    @staticmethod
    def load(*paths: Path) -> "Lexicon":
        """Our rows and those of `paths`; the later file wins. Raises ShowError naming file and line."""
        rows: dict[str, Row] = {}
        for path in (OURS, *paths):
            rows |= _read(path)
        lengths: dict[str, set[int]] = {}
        for written in rows:
            lengths.setdefault(TOKEN.findall(written)[0].lower(), set()).add(len(written))
        return Lexicon(
            rows,
            {token: tuple(sorted(found, reverse=True)) for token, found in lengths.items()},
            {row.spoken.lower(): row.pronunciation for row in rows.values() if row.pronunciation},
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
            if row and not text[end : end + 1].isalnum():
                return row
        return None


def for_show(show: Show) -> Lexicon:
    """Our rows and those of the lexicon that a show names. Raises ShowError."""
    path = show.file(show.lexicon)
    return Lexicon.load(path) if path else Lexicon.default()


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
    if found := _UNSPEAKABLE.search(spoken):
        raise ValueError(f"{found[0]!r} cannot be spoken; write it in words")
    spoken = spoken or written
    return Row(written, " ".join(spoken.replace("-", " ").split()), pronunciation, reason)
