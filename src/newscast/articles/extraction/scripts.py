"""The scripts of a page -> texts of articles they hold: JSON-LD, Fusion, Next and other data as JSON."""

import html as entities
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from lxml import html

from newscast.articles.extraction.tree import plain_line

#: Where a script gives data a name, `Fusion.globalContent = {`, or hands it on, `JSON.parse("{`, `push([1,"`.
_NAMED = re.compile(
    r"(?:[\w$.\]\"']{2,60}\s*=\s*|\b(?:parse|push)\(\s*)(?=\{\s*\"|\[\s*[\[{\"\d]|\"\s*[\[{])"
)
#: What is looked at: bytes of a script, names in it, values in all. An article is among the first.
_LONGEST = 3_000_000
_NAMES = 30
_VALUES = 30_000
#: A text is at least so many characters; less is a teaser.
_LEAST = 150
_BODY = (
    "articleBody body content content_elements text html isi konten fulltext story paragraphs blocks".split()
)
_TITLE = "headline title headlines judul name".split()
#: Mark-up that was escaped once too often.
_ESCAPED = re.compile(r"&lt;(?:p|br|div|h[1-6]|li|strong|a)\b", re.I)
_PIECES = ("text", "paragraph", "p", "header", "heading", "list", "quote", "blockquote", "")


class Held(msgspec.Struct, frozen=True):
    """A text with its title ("" if none), as plain text or as HTML."""

    title: str
    body: str

    @property
    def marked_up(self) -> bool:
        """Whether its body is HTML."""
        return bool(re.search(r"<(?:p|br|div|h[1-6]|li|strong|a)\b", self.body, re.I))


def held_texts(root: html.HtmlElement) -> Iterator[Held]:
    """Every text in the scripts that is long enough to be an article's, at most _VALUES values in."""
    waiting = [value for script in root.iter("script") for value in _data(script)]
    for node in islice(_nodes(waiting), _VALUES):
        for key in _BODY if isinstance(node, dict) else ():
            body = _body(node.get(key))
            if len(body) >= _LEAST:
                title = next((t for name in _TITLE if (t := _title(node.get(name)))), "")
                yield Held(title, body)


def _data(script: html.HtmlElement) -> Iterator[Any]:
    """The JSON in a script: all of it, or behind a name; also where it is written as a string."""
    text = (script.text or "")[:_LONGEST].strip()
    if len(text) < _LEAST:
        return
    if "json" in (script.get("type") or ""):
        starts = iter([0])
    else:
        starts = (found.end() for found in islice(_NAMED.finditer(text), _NAMES))
    after = 0
    for start in starts:
        if start >= after:
            value, after = _decoded(text, start)
            quoted = [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]
            inside = (_decoded(v, found.start())[0] for v in quoted if (found := re.search(r"[\[{]", v)))
            yield from (v for v in (value, *inside) if isinstance(v, dict | list))


def _decoded(text: str, start: int) -> tuple[Any, int]:
    """The JSON value at `start` and where it ends; None and `start` when there is none."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start


def _nodes(waiting: list[Any]) -> Iterator[Any]:
    """Every list and object, the outer ones first."""
    at = 0
    while at < len(waiting):
        node = waiting[at]
        at += 1
        yield node
        inner = node.values() if isinstance(node, dict) else node
        waiting += [value for value in inner if isinstance(value, dict | list)]


def _body(value: Any) -> str:
    """The text in a value: a string, or pieces of an editor each in an element of its own."""
    if isinstance(value, str):
        return entities.unescape(value) if _ESCAPED.search(value) else value
    if not isinstance(value, list):
        return ""
    return "\n".join(filter(None, map(_piece, value[:2000])))


def _piece(piece: Any) -> str:
    if isinstance(piece, str):
        return f"<p>{piece}</p>"
    if not isinstance(piece, dict) or str(piece.get("type", "")) not in _PIECES:
        return ""
    if isinstance(items := piece.get("items"), list):
        return f"<ul>{''.join(f'<li>{_inner(item)}</li>' for item in items)}</ul>"
    tag = "h2" if str(piece.get("type")).startswith("head") else "p"
    return f"<{tag}>{text}</{tag}>" if (text := _inner(piece)) else ""


def _inner(piece: Any) -> str:
    if not isinstance(piece, dict):
        return piece if isinstance(piece, str) else ""
    data = piece.get("data")
    return next(
        (
            value
            for value in (
                piece.get("content"),
                piece.get("text"),
                data.get("text") if isinstance(data, dict) else "",
            )
            if isinstance(value, str)
        ),
        "",
    )


def _title(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("basic") or value.get("rendered")
    return plain_line(value) if isinstance(value, str) else ""
