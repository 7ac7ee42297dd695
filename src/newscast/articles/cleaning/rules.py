"""A line of an Indonesian news page -> what it is there for: the rules of rules.tsv and a few that need more.

No pattern nests one unbounded repetition in another, so none backtracks badly; lines are judged only up to
a length that no chrome has.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_PIECES = {
    "{look}": r"(?:baca|simak|lihat|tonton|saksikan|dengarkan|cek|klik|intip|nonton)",
    "{also}": r"(?:juga|pula|selengkapnya|lebih lanjut|selanjutnya|berikutnya|lainnya)",
    "{channels}": (
        r"(?:google ?news|whats ?app|\bwa\b|telegram|line today|aplikasi|newsletter|google play|play ?store|"
        r"app ?store|you ?tube|instagram|facebook|twitter|tik ?tok|threads|breaking news|e-?paper|notifikasi|"
        r"berita (?:terkini|terbaru|pilihan|lainnya|menarik|terhangat|update|up to date)|konten menarik|"
        r"update (?:terbaru|terkini)|artikel (?:lainnya|lain|menarik)|(?:di|lewat|klik|"
        r"melalui) (?:link|tautan|sini)|disini|kanal|"
        r"channel|saluran|berlangganan|langganan|update (?:berita|informasi)|situs (?:resmi )?kami|"
        r"info(?:rmasi)? (?:terkini|terbaru|menarik)|"
        r"(?:berita|kabar|artikel|konten|update)\b.{0,80}\b[\w-]+\.(?:com|co\.id|id)\b)"
    ),
    "^^": r"^\W*",
    "$$": r"[^\w.?!\"”’]*$",
}


class Rule(NamedTuple):
    """One line of rules.tsv. action: cut, end, label or drop."""

    action: str
    name: str
    pattern: re.Pattern[str]


#: Initials of writer and editor, "(mea/mea)", behind the last sentence or alone. It ends the article.
CLOSING_CODE = re.compile(
    r"(?:(?<=[.!?\"”’'…)])|^)\s*[(\[]\s*(?:[a-z]{1,8}\d{0,2}(?:\s*[/|-]\s*[a-z0-9.]{1,12}){1,3}|[a-z]{2,4}|"
    r"[A-Z]{1,2}-\d{1,2}|[A-Z]{2,4}(?:/[A-Za-z]{1,12}){0,2}|[A-Z][A-Za-z]{1,11}/[A-Za-z]{1,10}(?:-\d{1,2})?|"
    r"[A-Z][a-z]{1,3}|[Aa]ntara|ANTARA|R-?\d{1,3})\s*[)\]]\s*[.*]{0,3}$"
    r"|^[a-z]{2,3}(?:/[a-z]{2,4}){1,4}(?:\s*\([^()]{2,60}\))?$"
    r"|\*{2,5}\s*\([^()]{2,40}\)\.?$|\(\*{1,5}[^()]{0,40}\)\.?$|^\((?:[A-Z][\w.' -]{1,40}/?){1,4}\s?\)$"
)

_AGENCIES = (
    r"(?:antara foto|getty images|shutterstock|istockphoto|pixabay|freepik|unsplash|pexels|afp photo|"
    r"ap photo)"
)
#: Words that only a picture's line has: who took it. A short line with them is a caption.
_CREDIT = re.compile(
    r"\((?:foto|photo|dok\b|dokumentasi|doc\b|istimewa|ist\b|reuters|afp|ap/|epa|xinhua|antara/|antaranews|"
    r"thinkstock|image by|image:|photo by|picture by|gambar:|sumber:|grafis:|screenshot|"
    r"tangkapan layar|youtube|instagram|twitter|facebook|ig/|bpmi|biro pers|"
    rf"{_AGENCIES}|[\w.]+\.(?:com|id)/|"
    r"(?!\d|[^()/]*\d[\d.]|(?-i:[A-Z]\w{1,9}(?:/[A-Z]\w{1,9})+\)\.\s*$))[\w. ]{2,30}/[\w. ]{2,40})"
    r"[^()]{0,120}\)?[\s.]*$"
    r"|\(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)\s?\.?\s?\([^()]{2,60}\)\.?$"
    r"|(?:^|[.\s(|/])(?:foto|photo|sumber (?:foto|gambar)|image|gambar|ilustrasi|kredit foto|credit|photo by)"
    r"\s*:\s*[^:]{2,90}$"
    r"|(?:foto|gambar)\s?:\s?[^:]{2,60}$|^(?:sumber|keterangan) (?:gambar|foto)\s*[,:]"
    r"|^(?:foto|photo|ilustrasi|gambar|infografis|grafis)\s*[:/|.-]\s"
    r"|^dok\.\s?[^.]{2,50}$|^dokumentasi[ :/][^.]{2,50}$"
    r"|^ilustrasi(?: (?!itu|ini|yang|oleh|buku|karya|dibuat)\w+){1,6}\W*$"
    r"|^[\w-]{3,30}\.(?:com|co\.id|id|net)/[a-z][\w .'-]{2,40}$"
    r"|[©ⓒ]\s?[^.]{1,90}(?:\.\w{2,4}[^.]{0,60})?$"
    rf"|{_AGENCIES}(?:[/ ][\w. @/-]{{0,60}})?\)?\.?$"
    r"|(?-i:(?:^|[.)] )[A-Z]{3,}(?:[ -][A-Z]{2,}){0,3}/[A-Z][\w.' -]{2,40}(?:/\w{1,6})?)\.?$"
    r"|(?:^|\s)[-–—] (?:bbc(?: \w+)?|reuters|afp|ap|epa|getty|xinhua)$"
    r"|\w/(?:antara|reuters|afp|xinhua|dok\w*|istimewa|detikcom|detik\.com|tempo|kompas|ist)\)?\.?$",
    re.IGNORECASE,
)
#: No line has a credit without one of these; looking for them first is ten times faster.
_MAY_CREDIT = re.compile(
    r"[(/:©ⓒ]|[-–—] \w[\w ]{1,12}$|"
    r"^(?:foto|photo|image|ilustrasi|gambar|infografis|grafis|dok|sumber|keterangan)|"
    rf"{_AGENCIES}",
    re.IGNORECASE,
)
#: A line that surely is of a picture, so that the bracket at its end is no writer's.
PICTURE = re.compile(rf"^(?:foto|photo|ilustrasi|gambar|dok)\b|{_AGENCIES}", re.IGNORECASE)
#: Names of writer and editor behind the last sentence: "... kata dia.(Budi Santosa/Dwi Laksmi)".
CLOSING_NAMES = re.compile(
    r"(?<=[.!?\"”’])\s*\((?:[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3})"
    r"(?:\s?[/,&]\s?[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3})*\)$"
)


@cache
def table() -> tuple[Rule, ...]:
    """The rules in the order in which they are tried."""
    rows = files("newscast.articles.cleaning").joinpath("rules.tsv").read_text("utf-8").splitlines()
    return tuple(_rule(row) for row in rows if row and not row.startswith("#"))


def _rule(row: str) -> Rule:
    action, name, pattern = row.split("\t")
    for piece, meaning in _PIECES.items():
        pattern = pattern.replace(piece, meaning)
    return Rule(action, name, re.compile(pattern, re.IGNORECASE))


@cache
def cuts() -> tuple[Rule, ...]:
    """The rules that take something out of a line."""
    return tuple(rule for rule in table() if rule.action == "cut")


@cache
def _lines() -> tuple[Rule, ...]:
    return tuple(rule for rule in table() if rule.action != "cut")


@lru_cache(maxsize=4096)
def has_credit(text: str) -> bool:
    """Whether a line says who took a picture."""
    return bool(_MAY_CREDIT.search(text) and _CREDIT.search(text))


@lru_cache(maxsize=4096)
def closing_code(text: str) -> re.Match[str] | None:
    """The initials of writer and editor behind the last sentence or alone; None without them."""
    if text[-1:] not in ")].*" and len(text) > 40:
        return None
    return CLOSING_CODE.search(text)


@lru_cache(maxsize=4096)
def whole_line(text: str) -> Rule | None:
    """The rule by which all of `text` is not the article's; None when none says so."""
    return next((rule for rule in _lines() if rule.pattern.search(text)), None)


#: Where a site speaks of itself: no sentence in the middle of a paragraph is taken out without it.
_SELF = re.compile(
    r"\b(?:kami|di ?sini|ponsel(?:mu| anda)|"
    r"(?:berita|update|info(?:rmasi)?|kabar|konten|artikel) (?:\w+ )?"
    r"(?:terkini|terbaru|pilihan|lainnya|menarik|terupdate)|google news|whats ?app channel|"
    r"halaman (?:selanjutnya|berikut(?:nya)?)|"
    r"(?:saluran|channel|kanal|grup) (?:whats ?app|telegram|youtube))\b",
    re.IGNORECASE,
)
#: What a site offers, where it is not an article's matter: only beside a sentence that asks for something.
_OFFERS = re.compile(
    r"(?i)\b(?:(?:berita|kabar|update|info\w*) (?:\w+ )?"
    r"(?:terbaru|terkini|terpilih|pilihan|menarik|terpercaya)|"
    r"aplikasi|whats ?app|telegram|klik|tautan|link|https?://\S+|channel|saluran|ponsel|notifikasi|langganan)"
)
_SELLS = frozenset(("follow us", "syndication", "copyright", "disclaimer", "next page"))
#: Also behind "di sini", which an advertisement leaves without a full stop.
_SENTENCE_END = re.compile(r"(?:[.!?…][\"”’)]*|\bdi sini)\s+(?=[A-Z\"“(])")


def without_promotion(text: str) -> tuple[str, list[tuple[str, str]]]:
    """A paragraph without the sentences by which its site asks for something, and these with their rules.

    Beside such a sentence another one that names what the site offers belongs to it.
    """
    ends = [end.end() for end in _SENTENCE_END.finditer(text)]
    if not ends or not _SELF.search(text):
        return text, []
    pairs = zip([0, *ends], [*ends, len(text)], strict=True)
    sentences = [sentence for start, end in pairs if (sentence := text[start:end].strip())]
    names = [_sells(sentence) for sentence in sentences]
    for order in (range(1, len(names)), range(len(names) - 2, -1, -1)):
        for n in order:
            beside = names[n - 1] if order.step > 0 else names[n + 1]
            if beside and not names[n] and len(sentences[n]) < 160 and _OFFERS.search(sentences[n]):
                names[n] = beside
    if not any(names):
        return text, []
    kept = " ".join(sentence for sentence, name in zip(sentences, names, strict=True) if not name)
    return kept, [(sentence, name) for sentence, name in zip(sentences, names, strict=True) if name]


def _sells(sentence: str) -> str:
    """The rule under which a sentence speaks for the site, or ""."""
    rule = whole_line(sentence) if len(sentence) < 400 and _SELF.search(sentence) else None
    return rule.name if rule and rule.name in _SELLS else ""
