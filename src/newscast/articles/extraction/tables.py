"""A <table> -> what is said of it, row by row; None where it only lays the page out.

Subuh | 04.05 WIB                    ->  Subuh: 04.05 WIB
Wilayah | Jadwal     | Kuota         (the header of three columns is said before each value)
Jawa    | 1 Desember | 300           ->  Jawa: Jadwal 1 Desember, Kuota 300
"""

import re

import msgspec
from lxml import html

from newscast.articles.blocks import tidy

#: More than this nobody can follow by ear: it is announced as left out.
MAX_ROWS = 12
MAX_COLUMNS = 5
MAX_CELLS = 48
#: Words of a cell above which it is prose, and the table there to lay prose out.
_PROSE = 30
#: Words beside a picture above which they are its caption: a flag has the name of a team beside it.
_CAPTION = 4
#: What holds a layout together: another table, a heading, a picture with its text, a form.
_LAYOUT = ("table", "h1", "h2", "h3", "h4", "form", "iframe", "article", "section", "nav", "figure", "video")
_UNSAID = ("script", "style", "noscript", "template", "svg", "button", "select")
#: Cells that say "nothing here".
_EMPTY = re.compile(r"[-–—.·*]*")
#: What a second column of figures is called; any other word beside a first row is a value of its own.
_MEASURED = re.compile(
    r"(?i)(?:waktu|jam|harga|jumlah|tanggal|nilai|hasil|tarif|poin|skor|kuota|jadwal|persentase|total)\b.{0,30}"
)
_NUMBERED = re.compile(r"(?i)no\.?|nomor|#|urutan|peringkat|rank")


class Table(msgspec.Struct, frozen=True):
    """lines: its caption and rows, to be said. header: names of columns that are not said. size: rows in all.

    linked: share of its characters inside links. A table too large to follow has no lines.
    """

    lines: tuple[str, ...]
    header: str
    size: int
    linked: float


def read_table(table: html.HtmlElement) -> Table | None:
    """What a table says, or None for one that lays out a page, a list of links or nothing."""
    if (
        table.get("role") in ("presentation", "none")
        or next(table.iterdescendants(*_LAYOUT), None) is not None
    ):
        return None
    if any(words > _CAPTION for words in map(_words_below_picture, table.iterdescendants("td", "th"))):
        return None
    rows = _rows(table)
    width = max((len(row) for row in rows), default=0)
    if len(rows) < 2 or width < 2:
        return None
    if any(len(cell.split()) > _PROSE for row in rows for cell in row):
        return None
    said = sum(len(cell) for row in rows for cell in row)
    links = sum(len(tidy(_text(a))) for a in table.iterdescendants("a"))
    header = rows[0] if _has_header(table, rows) else []
    body = rows[1:] if header else rows
    if len(body) > MAX_ROWS or width > MAX_COLUMNS or len(body) * width > MAX_CELLS:
        return Table((), "", len(body), links / max(said, 1))
    names = header if width > 2 else [""] * width
    numbered = _is_numbered(header, body)
    captions = [tidy(_text(caption)) for caption in table.iterchildren("caption")]
    lines = tuple(filter(None, (*captions, *(_line(row, names, numbered) for row in body))))
    return Table(lines, ", ".join(filter(None, header)), len(body), links / max(said, 1))


def _words_below_picture(cell: html.HtmlElement) -> int:
    return len(_text(cell).split()) if next(cell.iterdescendants("img"), None) is not None else 0


def _rows(table: html.HtmlElement) -> list[list[str]]:
    """The cells of each row that says something, columns that say nothing left out; spans are filled in."""
    rows: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}  # column -> rows it still reaches down, and its text
    for line in table.iterdescendants("tr"):
        row: list[str] = []
        for cell in line.iterchildren("td", "th"):
            while len(row) in hanging:
                row.append(_let_down(hanging, len(row)))
            text = tidy(_text(cell))
            if (reach := _span(cell, "rowspan")) > 1:
                hanging[len(row)] = (reach - 1, text)
            row += [text, *[""] * (_span(cell, "colspan") - 1)]
        while len(row) in hanging:
            row.append(_let_down(hanging, len(row)))
        if any(not _EMPTY.fullmatch(cell) for cell in row):
            rows.append(row)
    used = {n for row in rows for n, cell in enumerate(row) if cell}
    return [[cell for n, cell in enumerate(row) if n in used] for row in rows]


def _let_down(hanging: dict[int, tuple[int, str]], column: int) -> str:
    left, text = hanging.pop(column)
    if left > 1:
        hanging[column] = (left - 1, text)
    return text


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name) or ""
    return min(int(value), 20) if value.isascii() and value.isdigit() and int(value) > 0 else 1


def _text(cell: html.HtmlElement) -> str:
    """What a cell shows; its lines and paragraphs are parted by a comma."""
    parts: list[str] = []

    def visit(element: html.HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in _UNSAID:
            return
        if element.tag in ("br", "p", "div", "li") and "".join(parts).strip():
            parts.append("\n")
        parts.append(element.text or "")
        for child in element:
            visit(child)
            parts.append(child.tail or "")

    visit(cell)
    return ", ".join(filter(None, (tidy(line) for line in "".join(parts).split("\n"))))


def _has_header(table: html.HtmlElement, rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: marked so, all bold, or alone without a digit."""
    first = next(table.iterdescendants("tr"))
    parent = first.getparent()
    cells = list(first.iterchildren("td", "th"))
    if parent is not None and parent.tag == "thead":
        return True
    if cells and all(cell.tag == "th" for cell in cells):
        return True
    told = [cell for cell in cells if tidy(_text(cell))]
    bold = [cell for cell in told if tidy(_text(cell)) == _bold(cell)]
    if told and len(bold) == len(told):
        return len(rows[0]) > 2 or not any(char.isdigit() for cell in rows[0] for char in cell)
    values = [any(c.isdigit() for cell in row[1:] for c in cell) for row in rows]
    names = len(rows[0]) > 2 or bool(_MEASURED.fullmatch(rows[0][1]))
    return len(rows) > 2 and names and not values[0] and all(values[1:])


def _bold(cell: html.HtmlElement) -> str:
    return tidy(" ".join(_text(b) for b in cell.iterdescendants("b", "strong")))


def _is_numbered(header: list[str], body: list[list[str]]) -> bool:
    """Whether the first column only counts the rows."""
    if header and header[0]:
        return bool(_NUMBERED.fullmatch(header[0]))
    return [row[0].rstrip(".") for row in body] == [str(n) for n in range(1, len(body) + 1)]


def _line(row: list[str], names: list[str], numbered: bool) -> str:
    """One row as it is said. names: of the columns, "" where none is said."""
    told = [
        f"{name} {cell}" if name and n > numbered else cell
        for n, (cell, name) in enumerate(zip(row, [*names, *[""] * len(row)], strict=False))
        if not _EMPTY.fullmatch(cell)
    ]
    number = f"{told.pop(0).rstrip('.')}. " if numbered and row[0] and len(told) > 1 else ""
    first, values = "".join(told[:1]).rstrip(":").rstrip(), ", ".join(told[1:])
    return f"{number}{first}: {values}" if values else number + first
