"""HTML bytes -> a parsed tree, and the tree -> the blocks of text a reader sees, in order."""

import html as entities
import re

import msgspec
from lxml import etree, html

from newscast.articles.blocks import Block, tidy
from newscast.articles.page import Page
from newscast.errors import ExtractError
from newscast.model import Kind

#: Never shown, or shown but never text of an article.
_HIDDEN = frozenset(
    "script style noscript template head iframe object embed svg canvas audio video select button "
    "input textarea option map math".split()
)
_CHROME_TAGS = frozenset("nav footer aside figcaption form dialog menu label".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer "
    "h1 h2 "
    "h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: Words of class and id names that sites give to what surrounds an article. Matched as whole words after
#: names are cut at -, _ and capitals; a subtree is only left out when it is not most of the page's prose.
_AROUND = re.compile(
    r"\b(?:ads?|adv|advert\w*|adsense|iklan|banner|sponsor\w*|promo\w*|baca ?juga|bacajuga|lihat ?juga|"
    r"lihatjg|"
    r"link ?sisip|linksisip|sisip|inject\w*|terkait|related|relate|rekomendasi|recommend\w*|populer|popular|"
    r"terpopuler|terkini|trending|headlines?|latest|newsfeed|breadcrumbs?|share|sharing|shares|sosmed|"
    r"socials?|medsos|"
    r"komentar|comments?|disqus|tags?|tagging|topik|topics?|keywords?|author|authors|penulis|editor|"
    r"reporter|byline|"
    r"credits?|kredit|captions?|photo ?desc|copyright|sidebar|side|aside|widget|newsletter|subscribe|"
    r"langganan|"
    r"cookies?|consent|gdpr|popup|modal|overlay|toast|navbar|navigation|nav|menu|megamenu|"
    r"footer|topbar|header|skip|toolbar|follow|whatsapp|telegram|channel|instagram|twitter|tweet|facebook|"
    r"fb|tiktok|"
    r"embed|gambas|sc gambas|video|videos|player|noncontent|parallax\w*|static ?detail\w*|disclaimer|rating|"
    r"pull ?quote|quote ?old|next ?article|more ?news|other ?news|read ?more|readmore|poll\w*|kuis|quiz|"
    r"survey|feedback|"
    r"visually ?hidden|sr only|screen ?reader|print ?only|no ?print|lazy ?load ?placeholder|outbrain|"
    r"taboola|mgid|"
    r"dable|recreativ|teads|gpt|dfp)\b"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_./]+")


def plain_line(text: str) -> str:
    """`text` of metadata as one tidy line: entities escaped twice are read, tags written as text are not."""
    if "&" in text:
        text = entities.unescape(text)
    return tidy(re.sub(r"</?[a-zA-Z!][^<>]{0,300}>", " ", text[:2000]))[:500]


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
    return text.replace("\0", "")


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
    """Collects blocks while the tree is walked; text of inline elements runs on, blocks and <br> end it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.within: list[tuple[int, ...]] = []
        self.suspects: list[str] = []
        self.parts: list[str] = []
        self.seen = self.linked = self.bold = 0
        self.serial = 0

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
            self.blocks.append(Block(text, place.kind, linked, place.parent, "", bold, place.heading))
            self.within.append(place.around)
        self.parts, self.seen, self.linked, self.bold = [], 0, 0, 0

    def visit(self, element: html.HtmlElement, place: _Place) -> None:
        """Walk one element. Recursion is bounded: the parser cuts nesting at 255."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _HIDDEN:
            return
        if tag == "br":
            self.end(place)
            return
        suspicion = _suspicion(element, tag)
        block = tag in _BLOCKS or bool(suspicion and tag != "a")
        if block:
            self.end(place)
        inner = self._inner(tag, place, suspicion, block)
        self.say(element.text, inner)
        for child in element:
            self.visit(child, inner)
            self.say(child.tail, inner)
        if block:
            self.end(inner)

    def _inner(self, tag: str, place: _Place, suspicion: str, block: bool) -> _Place:
        around = place.around
        if suspicion:
            around = (*around, len(self.suspects))
            self.suspects.append(suspicion)
        link, bold = place.link or tag == "a", place.bold or tag in ("b", "strong")
        if not block:
            if around is place.around and link == place.link and bold == place.bold:
                return place
            return _Place(place.kind, place.parent, around, link, bold, place.heading)
        heading = int(tag[1]) if tag in _HEADINGS else 0
        in_item = tag == "li" or (tag == "p" and place.kind is Kind.ITEM)
        kind = Kind.SUBHEAD if heading else Kind.ITEM if in_item else Kind.BODY
        parent = place.parent
        if tag != "p" and not heading:
            self.serial = parent = self.serial + 1
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
    out = []
    for block, within in zip(walk.blocks, walk.within, strict=True):
        guilty = (walk.suspects[n] for n in within if prose[walk.suspects[n]] * 3 < whole)
        out.append(block.under(next(guilty, "")))
    return out


def _suspicion(element: html.HtmlElement, tag: str) -> str:
    """Why an element may be chrome, or ""."""
    if tag in _CHROME_TAGS:
        return f"<{tag}>"
    attributes = element.attrib
    if not attributes:
        return ""
    for key in ("class", "id"):
        if (value := attributes.get(key)) and (found := _AROUND.search(_CAMEL.sub(" ", value).lower())):
            return f"{key} {found[0]}"
    return ""
