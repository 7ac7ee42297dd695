"""A page's address and a folder of site files -> what a producer knows of that one site.

The general rules read most sites; a file is for the one whose habits they cannot guess:

    # sites/kabar.example.toml, beside show.toml; it holds for www.kabar.example and m.kabar.example too
    body = "div.isi-berita"              # the element that holds the article
    drop = [".kotak-promo", "#komentar"] # elements that are not the article
    drop_text = ["^Laporan warga:"]      # lines that are not the article, as regular expressions
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from lxml import cssselect, html

from newscast.articles.blocks import Block, Dropped
from newscast.errors import ShowError


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One site file; every key may be absent. body, drop: CSS selectors. drop_text: case is ignored."""

    body: str = ""
    drop: tuple[str, ...] = ()
    drop_text: tuple[str, ...] = ()


def site_of(url: str, folder: Path | None) -> Site | None:
    """The file of the longest domain that `url` is in; None without one.

    Raises ShowError naming the file and what is wrong with it.
    """
    labels = (urlsplit(url).hostname or "").split(".")
    for first in range(len(labels) - 1 if folder else 0):
        path = Path(folder or "") / f"{'.'.join(labels[first:])}.toml"
        if path.is_file():
            return _read(path)
    return None


def narrow(root: html.HtmlElement, site: Site) -> tuple[html.HtmlElement, list[Dropped]]:
    """The element that holds the article, without those the site drops, and what these held."""
    dropped = []
    for selector in site.drop:
        for element in _select(selector, root):
            if element.getparent() is not None:
                dropped.append(Dropped(" ".join(element.text_content().split())[:200], f"site: {selector}"))
                element.drop_tree()
    bodies = _select(site.body, root) if site.body else []
    return max(bodies, key=lambda body: len(body.text_content()), default=root), dropped


def without(blocks: list[Block], site: Site) -> tuple[list[Block], list[Dropped]]:
    """The blocks but those the site's drop_text leaves out, and those."""
    kept, dropped = [], []
    for block in blocks:
        pattern = next((p for p in site.drop_text if re.search(p, block.text, re.IGNORECASE)), None)
        if pattern is None:
            kept.append(block)
        else:
            dropped.append(Dropped(block.text, f"site: {pattern}"))
    return kept, dropped


def _select(selector: str, root: html.HtmlElement) -> list[html.HtmlElement]:
    return [found for found in root.cssselect(selector) if isinstance(found, html.HtmlElement)]


def _read(path: Path) -> Site:
    try:
        site = msgspec.toml.decode(path.read_bytes(), type=Site)
        for selector in filter(None, (site.body, *site.drop)):
            cssselect.CSSSelector(selector)
        for pattern in site.drop_text:
            re.compile(pattern)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, cssselect.SelectorError, re.error) as error:
        raise ShowError(f"{path}: {error}", f"mend {path}") from error
    return site
