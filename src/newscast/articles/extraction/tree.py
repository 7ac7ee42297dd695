"""HTML bytes -> a parsed tree, and the tree -> the blocks of text a reader sees, in order."""

import html as entities
import re

import ftfy
import msgspec
from lxml import etree, html

from newscast.articles.blocks import Block, Dropped, tidy
from newscast.articles.extraction.chrome import is_embedded, suspicion
from newscast.articles.extraction.neighbors import TOO_LARGE, by_neighbors
from newscast.articles.extraction.tables import Table, read_table
from newscast.articles.page import Page
from newscast.errors import ExtractError
from newscast.model import Kind
from newscast.plain import shorten

#: Never shown, or shown but never text of an article.
_HIDDEN = frozenset(
    "script style noscript template head iframe object embed svg canvas audio video select button "
    "input textarea option map math".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer "
    "h1 h2 "
    "h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_ITEMS = frozenset("li dt dd".split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: A footnote's mark in <sup>: [1], 2), *; but the exponent of a unit or a number is said.
_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[a-z])[\])]?|[*†‡]+")
_SQUARED = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|hm|ft|inci|kaki)$")
_POWER = re.compile(r"\b10$")


def plain_line(text: str) -> str:
    """`text` of metadata as one tidy line: entities escaped twice are read, tags written as text are not."""
    if "&" in text:
        text = entities.unescape(text)
    return tidy(re.sub(r"</?[a-zA-Z!][^<>]{0,300}>", " ", text[:2000]))[:500]


#: UTF-8 that was read as Windows-1252 and written again: "â€œ" for a quote, "Â" before a space.
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00e2][\u0080-\u00bf\u2010-\u2030\u20ac\u2122\u0152\u0153\u0160\u0161\u0178\u017e"
    "\u02c6\u02dc ]"
)


def decode(page: Page) -> str:
    """The characters of a page, whatever it is declared to be. Raises ExtractError for what is no text.

    UTF-8 that decodes is UTF-8, whoever says otherwise; else as declared; else Windows-1252.
    """
    content = page.content
    if not content.strip(b"\0 \t\r\n"):
        raise ExtractError("it is empty")
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return _text(content[len(mark) :].decode(name, "replace"))
    declared = re.search(rb"""charset\s*=\s*["']?\s*([\w-]{2,20})""", content[:4096], re.I)
    for name in ("utf-8", page.charset, declared[1].decode("ascii") if declared else ""):
        try:
            return _text(content.decode(name))
        except (LookupError, UnicodeError, ValueError):
            continue
    utf8 = content.decode("utf-8", "replace")
    right = sum(not c.isascii() for c in utf8) - 2 * utf8.count("\ufffd")
    return _text(utf8 if right > 0 else content.decode("cp1252", "replace"))


def _text(text: str) -> str:
    odd = sum(text.count(c) for c in "\0\1\2\3\4\5\6\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\ufffd")
    if odd * 50 > len(text):
        raise ExtractError("it is not text but a binary file")
    text = text.replace("\0", "")
    return ftfy.fix_encoding(text) if _MOJIBAKE.search(text) else text


def parse(text: str) -> html.HtmlElement:
    """The tree of an HTML page; broken mark-up is mended as browsers do, nesting is cut at 255."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ExtractError("it holds no readable HTML") from error
    return root


class _Place(msgspec.Struct, frozen=True):
    """What the elements around a text say of it. around: numbers of the suspects it lies in."""

    kind: Kind = Kind.BODY
    parent: int = 0
    around: tuple[int, ...] = ()
    link: bool = False
    bold: bool = False
    heading: int = 0


class _Walk:
    """Collects blocks while the tree is walked; text of inline elements runs on, blocks and <br> end it.

    within: for each block, the suspects it lies in. inside: the parent of each parent.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.within: list[tuple[int, ...]] = []
        self.suspects: list[str] = []
        self.inside: dict[int, int] = {}
        self.parts: list[str] = []
        self.seen = self.linked = self.bold = 0
        self.serial = 0
        self.note = False

    def say(self, text: str | None, place: _Place) -> None:
        """Go on with the block."""
        if text:
            self.parts.append(text)
            length = len(text.strip())
            self.seen += length
            self.linked += length if place.link else 0
            self.bold += length if place.bold else 0

    def end(self, place: _Place) -> None:
        """The block is over."""
        if self.seen and (text := tidy("".join(self.parts))):
            linked, bold = self.linked / self.seen, self.bold >= 0.9 * self.seen
            rule = "footnote" if self.note else ""
            self._add(Block(text, place.kind, linked, place.parent, rule, bold, place.heading), place)
        self.parts, self.seen, self.linked, self.bold, self.note = [], 0, 0, 0, False

    def _add(self, block: Block, place: _Place) -> None:
        self.blocks.append(block)
        self.within.append(place.around)

    def visit(self, element: html.HtmlElement, place: _Place) -> None:
        """Walk one element. Recursion is bounded: the parser cuts nesting at 255."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _HIDDEN or self._apart(element, tag, place):
            return
        suspect = suspicion(element, tag)
        block = tag in _BLOCKS or bool(suspect and tag != "a")
        if block:
            self.end(place)
        inner = self._inner(tag, place, suspect, block)
        self.say(element.text, inner)
        for child in element:
            self.visit(child, inner)
            self.say(child.tail, inner)
        if block:
            self.end(inner)

    def _apart(self, element: html.HtmlElement, tag: str, place: _Place) -> bool:
        """Take in an element that is not read as its parts; whether it was one."""
        if tag == "br":
            self.end(place)
            return True
        if tag == "sup" or (tag == "a" and (element.get("href") or "").startswith("#")):
            return self._raised(tidy(element.text_content()), place)
        if tag == "table" and (table := read_table(element)):
            self.end(place)
            self._tabulate(table, element, place)
            return True
        if is_embedded(element):
            self.end(place)
            if text := tidy(element.text_content()):
                self._add(Block(text, parent=place.parent, rule="embedded post"), place)
            return True
        return False

    def _raised(self, mark: str, place: _Place) -> bool:
        """Leave out the mark of a footnote, say an exponent; a block that begins with a mark is a note."""
        before = "".join(self.parts[-2:]).rstrip()
        if mark in ("2", "3") and _SQUARED.search(before):
            self.say({"2": "²", "3": "³"}[mark], place)
        elif re.fullmatch(r"[-−]?\d{1,2}", mark) and _POWER.search(before):
            self.say(f" pangkat {mark}", place)
        elif not _NOTE.fullmatch(mark):
            return False
        elif not before:
            self.note = True
        return True

    def _tabulate(self, table: Table, element: html.HtmlElement, place: _Place) -> None:
        """The rows of a table; of one too large, a sentence that says so, in the place where it stood."""
        inner = self._inner("table", place, suspicion(element, "table"), block=True)
        if table.lines:
            cut = (Dropped(table.header, "header of a table"),) if table.header else ()
            for line in table.lines:
                self._add(Block(line, Kind.ITEM, table.linked, inner.parent, cut=cut), inner)
                cut = ()
        else:
            left = Dropped(shorten(tidy(element.text_content()), 200), TOO_LARGE)
            sentence = f"Tabel berisi {table.size} baris tidak dibacakan."
            self._add(Block(sentence, linked=table.linked, parent=place.parent, cut=(left,)), inner)

    def _inner(self, tag: str, place: _Place, suspect: str, block: bool) -> _Place:
        around = place.around
        if suspect:
            around = (*around, len(self.suspects))
            self.suspects.append(suspect)
        link, bold = place.link or tag == "a", place.bold or tag in ("b", "strong")
        if not block:
            if around is place.around and link == place.link and bold == place.bold:
                return place
            return _Place(place.kind, place.parent, around, link, bold, place.heading)
        heading = int(tag[1]) if tag in _HEADINGS else 0
        in_item = tag in _ITEMS or (tag == "p" and place.kind is Kind.ITEM)
        kind = Kind.SUBHEAD if heading else Kind.ITEM if in_item else Kind.BODY
        parent = place.parent
        if tag != "p" and not heading:
            self.serial = parent = self.serial + 1
            self.inside[parent] = place.parent
        return _Place(kind, parent, around, link, bold, heading)


def blocks_of(root: html.HtmlElement) -> list[Block]:
    """The visible text of a page, block by block, in order.

    A block is marked with a rule when an element that holds it is named like chrome, and all elements so
    named hold less than a third of the page's prose: a class is a hint, where the prose is decides.
    """
    walk = _Walk()
    body = root.find("body")
    walk.visit(body if body is not None else root, _Place())
    prose = dict.fromkeys(walk.suspects, 0)
    whole = 0
    for block, within in zip(walk.blocks, walk.within, strict=True):
        length = len(block.text) if len(block.text) > 60 and block.linked < 0.5 else 0
        whole += length
        for suspect in {walk.suspects[n] for n in within}:
            prose[suspect] += length
    guilty = {suspect for suspect, length in prose.items() if length * 3 < whole or not length}
    accused = [
        block if block.rule else block.under(next((s for n in at if (s := walk.suspects[n]) in guilty), ""))
        for block, at in zip(walk.blocks, walk.within, strict=True)
    ]
    return by_neighbors(accused, walk.inside)
