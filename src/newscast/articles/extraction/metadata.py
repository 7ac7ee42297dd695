"""A page's tree -> what it says of itself: title, time, authors, site, picture; and of which type it is.

JSON-LD first, then OpenGraph and other <meta>, then what a reader sees; htmldate when all else is silent.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from lxml import html

from newscast.articles.address import canonical, same_site, site_of
from newscast.articles.blocks import Block
from newscast.articles.extraction.published import find_published
from newscast.articles.extraction.tree import plain_line

#: Types of schema.org that are articles: NewsArticle and its kinds, BlogPosting, SocialMediaPosting.
_ARTICLE = re.compile(
    r"(?:News|Analysis|Opinion|Report|Background|Review|Blog|Live|Social|Tech|Satirical)?\w*(?:Article|"
    r"Posting|BlogPost)$"
)
#: Names of <meta> that tell when, those that are of one article before those that may be of the page.
_PUBLISHED = """
    article:published_time datepublished publishdate pubdate content_publisheddate dtk:publishdate
    og:published_time published_time article:published publish-date publish_date publication_date
    cxenseparse:recs:publishtime date.issued dc.date.issued dc.date parsely-pub-date sailthru.date date
""".split()
_WORDS = re.compile(r"\w+")


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a page declares. types: of its JSON-LD and og:type. doubted: a date that no article has."""

    title: str = ""
    subtitle: str = ""
    published: datetime | None = None
    doubted: str = ""
    authors: tuple[str, ...] = ()
    site: str = ""
    section: str = ""
    image: str = ""
    language: str = ""
    url: str = ""
    types: frozenset[str] = frozenset()
    free: bool = True


def read_metadata(root: html.HtmlElement, blocks: list[Block], url: str, zone: tzinfo) -> Metadata:
    """All that the page says of itself. url: where it was fetched, or "". zone: of times that name none."""
    linked = list(_json_ld(root))
    article = next((node for node in linked if _types(node) and any(map(_ARTICLE.match, _types(node)))), {})
    meta = _meta(root)
    address = _address(root, meta, article, url)
    title = _title(root, blocks, meta, article)
    declared = [_string(article.get("datePublished")), *(meta[name] for name in _PUBLISHED if name in meta)]
    when = find_published(root, blocks, declared, title, address, zone)
    types = {name for node in linked for name in _types(node)} | {f"og:{meta.get('og:type', '').lower()}"}
    return Metadata(
        title=title,
        subtitle=plain_line(_string(article.get("alternativeHeadline"))),
        published=when.published,
        doubted=when.doubted,
        authors=_authors(article, meta),
        site=plain_line(meta.get("og:site_name") or _name(article.get("publisher")) or site_of(address)),
        section=plain_line(_string(article.get("articleSection")) or meta.get("article:section", "")),
        image=_image(article, meta, address),
        language=(root.get("lang") or root.get("xml:lang") or meta.get("language", ""))[:2].lower(),
        url=address,
        types=frozenset(types),
        free=str(article.get("isAccessibleForFree", True)).lower() not in ("false", "no", "0"),
    )


def _json_ld(root: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """All objects of the page's JSON-LD, graphs and lists opened; broken scripts are passed over."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = (
            re.sub(r"^\s*<!\[CDATA\[|\]\]>\s*$|^\s*<!--|-->\s*$", "", script.text or "").strip().rstrip(";")
        )
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [found]
        for _ in range(200):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                yield node
                waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type", "")
    return [str(k) for k in kind] if isinstance(kind, list) else [str(kind)]


def _meta(root: html.HtmlElement) -> dict[str, str]:
    """Names of <meta> in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        content = tag.get("content")
        if content and content.strip():
            for key in ("property", "name", "itemprop"):
                if name := tag.get(key):
                    found.setdefault(name.lower(), content)
    return found


def _address(root: html.HtmlElement, meta: dict[str, str], article: dict[str, Any], url: str) -> str:
    """The canonical address; a page may name one only on its own site."""
    named = [link.get("href", "") for link in root.iter("link") if link.get("rel") == "canonical"]
    for candidate in (*named, meta.get("og:url", ""), _string(article.get("url"))):
        try:
            whole = urljoin(url, candidate.strip()) if candidate.strip() else ""
            path = urlsplit(whole).path
        except ValueError:
            continue
        if whole.startswith("http") and len(path) > 1 and (not url or same_site(whole, url)):
            return canonical(whole)
    return canonical(url)


def _title(root: html.HtmlElement, blocks: list[Block], meta: dict[str, str], article: dict[str, Any]) -> str:
    """The headline a reader sees: of all headings the one most like what the page declares as its title."""
    top = root.findtext(".//head/title") or root.findtext(".//title") or ""
    given = (_string(article.get("headline")), meta.get("og:title", ""), top, meta.get("twitter:title", ""))
    declared = [line for line in map(plain_line, given) if line]
    first = [plain_line(h.text_content()) for h in root.iter("h1")]
    heads = first + [plain_line(b.text) for b in blocks if b.heading and b.text not in first]
    known = [set(_WORDS.findall(line.casefold())) for line in declared]
    best, like = "", 0.0
    for rank, head in enumerate(heads[:60]):
        score = max((_likeness(head, words) for words in known), default=0.0) - 0.001 * rank
        if score > like:
            best, like = head, score
    if like > 0.6:
        return best
    if len(first) == 1 and len(first[0].split()) >= 4:
        return first[0]
    if not declared:
        return (first or [""])[0]
    rights = " ".join(block.text for block in blocks if "©" in block.text)[:500]
    owner = " ".join((meta.get("og:site_name", ""), _name(article.get("publisher")), rights))
    return _unbranded(declared[0], site_of(meta.get("og:url", "")), owner)


def _likeness(head: str, declared: set[str]) -> float:
    """How like a heading is to the words of a declared title, 0 to 1; a brand of four words is forgiven.

    A heading of one word is like none: else any "News" were.
    """
    words = set(_WORDS.findall(head.casefold()))
    shared = len(words & declared)
    return (
        shared / max(1, len(words)) * min(1.0, shared / max(1, len(declared) - 4)) if len(words) > 1 else 0.0
    )


def _unbranded(title: str, site: str, name: str) -> str:
    """Without ` - Kompas.com` or ` | merdeka.com` at its end."""
    head, dash, tail = title.rpartition(" - ")
    for mark in (" | ", " — ", " – ", " » ", " : "):
        other = title.rpartition(mark)
        if (other[1] and len(other[0]) > len(head)) or (other[1] and not dash):
            head, dash, tail = other
    if not dash or len(tail.split()) > 4:
        return title
    brand = re.sub(r"\W", "", tail.casefold())
    known = re.sub(r"\W", "", (site.split(".")[0] + name).casefold())
    named = len(brand) > 2 and (brand in known or bool(known and known in brand))
    # Nobody named as the owner: then what looks like one, behind what is long enough to be a headline.
    domain = bool(re.search(r"\.(?:com|id|co|net|org|tv)$", tail, re.I))
    if named or (domain and len(head.split()) >= 3) or (len(tail.split()) <= 3 and len(head.split()) >= 5):
        return _unbranded(head, site, name)
    return title


def _authors(article: dict[str, Any], meta: dict[str, str]) -> tuple[str, ...]:
    named = article.get("author")
    people = [_name(person) for person in (named if isinstance(named, list) else [named])]
    if not any(people):
        people = [meta.get("author") or meta.get("content_author", "")]
    lines = [plain_line(p) for p in people if p and not p.startswith("http")]
    return tuple(dict.fromkeys(line for line in lines if line and len(line) < 80))


def _image(article: dict[str, Any], meta: dict[str, str], url: str) -> str:
    for found in (meta.get("og:image", ""), _string(article.get("image")), meta.get("twitter:image", "")):
        try:
            whole = urljoin(url, found.strip()) if found else ""
        except ValueError:
            continue
        if whole.startswith("http"):
            return whole[:2000]
    return ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        return _name(value[0]) if value else ""
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _string(value: Any) -> str:
    """The string in a JSON-LD value, which may be wrapped in lists and objects."""
    if isinstance(value, list):
        return _string(value[0]) if value and not isinstance(value[0], list) else ""
    if isinstance(value, dict):
        value = value.get("url") or value.get("@value") or value.get("name")
    return value if isinstance(value, str) else ""
