"""A text -> what its own header says of it (front matter, or lines such as `Judul: ...`), and the rest.

---                                 Judul: Panen Raya            Title: Panen Raya
title: Panen Raya                   Tanggal: 3 Mei 2024          Date: 2024-05-03
date: 2024-05-03                    Sumber: kabar.example
---                                 Isi: Petani ...
"""

import re
import tomllib
from datetime import date, datetime, tzinfo
from typing import Any

import yaml

from newscast.articles.address import canonical
from newscast.articles.dates import find_stamp, is_believable
from newscast.articles.extraction.metadata import Metadata
from newscast.articles.extraction.tree import plain_line

_KEYS = {
    "title": "title judul headline head tajuk",
    "published": "date tanggal tgl waktu published published_at publishdate pubdate datetime terbit tayang",
    "authors": "author authors penulis oleh reporter wartawan by",
    "url": "url link tautan permalink canonical canonical_url source_url alamat",
    "site": "site media sumber source publisher penerbit situs",
    "section": "category kategori section kanal rubrik",
    "image": "image gambar foto cover",
    "body": "isi konten content teks text body berita artikel",
}
_NAMES = {name: key for key, names in _KEYS.items() for name in names.split()}
_FENCED = re.compile(r"\ufeff?\s*(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n\1[ \t]*(?:\n|$)", re.S)
_LINE = re.compile(r"[ \t]*[*#>-]{0,3}[ \t]*\**(\w[\w ]{0,20}?)\**[ \t]*:[ \t]*\**[ \t]*(.*?)[ \t*]*$")
#: `Judul berita`, `Tanggal terbit`: what such names are followed by.
_FURTHER = re.compile(r"\s+(?:berita|artikel|terbit|tayang|publikasi|rilis)$")


def read_header(text: str, zone: tzinfo) -> tuple[Metadata, int]:
    """What the header says, and how many characters of `text` it takes. zone: of times that name none."""
    if (found := _FENCED.match(text)) and (fields := _fenced(found[1], found[2])):
        return _metadata(fields, zone), found.end()
    fields, length = _lines(text)
    # A line alone may be the beginning of an article: "Sumber: Antara", "Foto: ...".
    if "title" in fields or len(fields.keys() & {"published", "url", "site"}) > 1:
        return _metadata(fields, zone), length
    return Metadata(), 0


def _fenced(fence: str, inside: str) -> dict[str, Any]:
    """Front matter: YAML, whose values are taken as they are written, or TOML; {} when it is neither."""
    try:
        loaded = tomllib.loads(inside) if fence == "+++" else yaml.load(inside, Loader=yaml.BaseLoader)
    except (ValueError, yaml.YAMLError, RecursionError):
        return {}
    fields: dict[str, Any] = {}
    for name, value in loaded.items() if isinstance(loaded, dict) else ():
        if (key := _NAMES.get(str(name).casefold())) and key != "body":
            fields.setdefault(key, value)
    return fields


def _lines(text: str) -> tuple[dict[str, Any], int]:
    """Lines at the top that name what they hold; the first other line ends them, and so does `Isi:`."""
    fields: dict[str, Any] = {}
    at = 0
    for line in text[:20_000].splitlines(keepends=True):
        bare = line.strip().lstrip("\ufeff")
        found = _LINE.match(bare)
        key = _NAMES.get(_FURTHER.sub("", found[1].casefold())) if found else None
        if key == "body" and fields:
            return fields, at + line.index(":") + 1
        if bare and (not found or not key or key in ("body", *fields)):
            break
        if found and key:
            fields[key] = found[2]
        at += len(line)
    return fields, at


def _metadata(fields: dict[str, Any], zone: tzinfo) -> Metadata:
    url = _text(fields.get("url"))
    site = _text(fields.get("site"))
    if not url and site.startswith(("http://", "https://")):
        url, site = site, ""
    return Metadata(
        title=plain_line(_text(fields.get("title"))),
        published=_moment(fields.get("published"), zone),
        authors=_authors(fields.get("authors")),
        site=plain_line(site),
        section=plain_line(_text(fields.get("section"))),
        url=canonical(url) if url.startswith(("http://", "https://")) else "",
        image=image if (image := _text(fields.get("image"))).startswith("http") else "",
    )


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _authors(value: Any) -> tuple[str, ...]:
    people = value if isinstance(value, list) else [value]
    return tuple(line for person in people if (line := plain_line(_text(person))) and len(line) < 80)


def _moment(value: Any, zone: tzinfo) -> datetime | None:
    """A date of TOML, or as it was written; None for one that no article has."""
    written = value.isoformat() if isinstance(value, date) else _text(value)
    moment = find_stamp(written) if written else None
    when = moment.aware(zone) if moment else None
    return when if when and is_believable(when) else None
