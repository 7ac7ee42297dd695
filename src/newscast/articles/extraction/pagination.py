"""A page of an article -> where the rest of it stands: one address with all of it, or pages."""

import re
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from lxml import html

#: All that a link to the whole article says; "Lihat semua berita" is a link to others, and stays one.
_ALL = re.compile(
    r"(?i)^\W*(?:tampilkan semua|lihat semua(?: halaman)?|show all|all|semua(?: halaman)?|single page|"
    r"baca semua|view all|halaman penuh|full page|satu halaman)\W*$"
)
#: All that a link to a page of the article says; a headline behind "Selanjutnya:" is another article.
_NEXT = re.compile(
    r"(?i)^\W*(?:halaman (?:selanjutnya|berikutnya|berikut)|selanjutnya|berikutnya|next(?: page)?|"
    r"lanjut(?:kan)?(?: membaca)?|baca halaman (?:selanjutnya|berikutnya).*|\d{1,2})\W*$"
)
#: Parameters of an address that number its pages, or ask for all of them.
_PARAMETERS = ("page", "p", "hal", "halaman", "pg", "single", "showpage", "show", "view")
#: A page number at the end of a path: /2, /page/2, /halaman/2.html. The first page has none and nobody writes
#: twenty, so that a year or an id of an article is no page.
_PART = re.compile(r"/(?:page/|halaman/|hal/)?([2-9]|1\d)(?:\.html?)?/?$")
#: Pages read of one article at the most.
MOST = 12


def following(root: html.HtmlElement, url: str) -> tuple[str, list[str]]:
    """(address of the whole article or "", addresses of its further pages in order).

    Only links that differ from `url` in nothing but a page number count; a "next article" does not.
    """
    whole = ""
    pages: dict[int, str] = {}
    for link in root.iter("a", "link"):
        href = link.get("href") or ""
        text = link.text_content().strip() if link.tag == "a" else ""
        if not href or len(text) > 60 or (link.tag == "link" and link.get("rel") != "next"):
            continue
        try:
            target = urldefrag(urljoin(url, href.strip()))[0]
            number = _page_number(target, url)
        except ValueError:
            continue
        if number == 0 and (_ALL.match(text) or "=all" in target.lower()):
            whole = whole or target
        elif number > 1 and (_NEXT.match(text) or link.tag == "link" or not text):
            pages.setdefault(number, target)
    return whole, [pages[n] for n in sorted(pages)][:MOST]


def _page_number(target: str, url: str) -> int:
    """Which page of the article at `url` is at `target`: 0 for all of it on one, -1 for none."""
    there, here = urlsplit(target), urlsplit(url)
    if there.netloc.lower() != here.netloc.lower() or there.scheme not in ("http", "https"):
        return -1
    base, path = _PART.sub("", here.path).rstrip("/"), there.path.rstrip("/")
    query = {k.lower(): v.lower() for k, v in parse_qsl(there.query)}
    rest = {k: v for k, v in query.items() if k not in _PARAMETERS}
    if rest != {k.lower(): v.lower() for k, v in parse_qsl(here.query) if k.lower() not in _PARAMETERS}:
        return -1
    if path in (base, here.path.rstrip("/")):
        told = [v for k, v in query.items() if k in _PARAMETERS]
        if told in (["all"], ["full"]) or query.get("single") in ("1", "true"):
            return 0
        return int(told[0]) if len(told) == 1 and told[0].isdigit() and len(told[0]) <= 2 else -1
    if path == f"{base}/all":
        return 0
    part = _PART.search(path)
    return int(part[1]) if part and base and path[: part.start()] == base else -1
