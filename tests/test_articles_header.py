"""What a text says of itself above its first line, and Markdown as its reader sees it."""

import time
from contextlib import suppress

import pytest

from newscast.articles.extraction.extract import document_of, extract
from newscast.articles.extraction.header import read_header
from newscast.articles.extraction.markdown import blocks_of_markdown
from newscast.articles.page import Page, Read
from newscast.calendar import WIB
from newscast.errors import ExtractError
from newscast.model import Kind

BODY = """Nelayan Teluk Jernih memasang lampu hemat di tiga puluh perahu mereka sejak Senin malam.

Ketua kelompok nelayan mengatakan lampu itu membuat mereka lebih mudah melihat jaring di laut.

Mereka berharap bantuan serupa diberikan pula kepada nelayan di teluk sebelah pada tahun depan."""
TITLE = "Nelayan Teluk Jernih Memasang Lampu Hemat"
YAML = f"""---
title: "{TITLE}"
date: 2026-03-04 07:30
author: [Tim Laut, Ratna]
url: https://kabar.example/lampu?utm_source=x
---
"""
TOML = f"""+++
title = "{TITLE}"
date = 2026-03-04T07:30:00+07:00
author = ["Tim Laut", "Ratna"]
canonical_url = "https://kabar.example/lampu"
+++
"""
LINES = f"""Judul Berita: {TITLE}
Tanggal: Rabu, 4 Maret 2026 07.30 WIB
Penulis: Tim Laut
Sumber: https://kabar.example/lampu

Isi: """


def read(text: str, media_type: str) -> Read:
    return extract(document_of(Page("", text.encode(), media_type, "")))


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
@pytest.mark.parametrize("header", [YAML, TOML, LINES], ids=["yaml", "toml", "lines"])
def test_a_header_says_what_the_text_is(header: str, media_type: str) -> None:
    got = read(header + BODY, media_type)
    article = got.article
    assert (article.title, article.url) == (TITLE, "https://kabar.example/lampu")
    assert article.published is not None
    assert article.published.isoformat() == "2026-03-04T07:30:00+07:00"
    assert article.authors[0] == "Tim Laut"
    assert [p.text for p in article.paragraphs] == BODY.split("\n\n")
    assert {d.rule for d in got.dropped if TITLE in d.text} == {"header"}


def test_the_title_is_not_said_twice() -> None:
    article = read(f"{YAML}# {TITLE}\n\n{BODY}", "text/markdown").article
    assert [p.text for p in article.paragraphs] == BODY.split("\n\n")


@pytest.mark.parametrize(
    "text",
    [
        "Sumber: Antara\nWarga lega.",
        "Foto: Warga di dermaga.\nSumber: Antara\nWarga lega.",
        "---\nbukan: [yaml\n---\nWarga lega.",
        "---\n" + "a: &a [" * 4000 + "\n---\n",
        "Kapolres: semua aman.",
        "",
    ],
)
def test_what_is_no_header_stays(text: str) -> None:
    assert read_header(text, WIB)[1] == 0


@pytest.mark.parametrize("date", ["0001-01-01", "2099-01-01", "0000-00-00 00:00:00", "[1, 2]", "besok"])
def test_an_odd_date_is_none(date: str) -> None:
    told, _ = read_header(f"---\ntitle: Judul\ndate: {date}\n---\n", WIB)
    assert (told.title, told.published) == ("Judul", None)


MARKDOWN = """Warga **menanam** [bakau](https://kabar.example "judul tautan") di *tepi*
teluk.[^1]

- [x] bibit
- [ ] ajir

| Bulan | Bibit |
|---|---|
| Mei | 300 |

```sh
rm -rf /
```

![Foto teluk](a.jpg "Teluk")

    Alinea yang menjorok ke dalam.

<div><iframe src="x"></iframe><!-- catatan --><b>Tebal</b> sekali.</div>

[^1]: Menurut data desa.
"""


def test_markdown_is_read_as_its_reader_sees_it() -> None:
    seen = [b for b in blocks_of_markdown(MARKDOWN) if not b.rule]
    assert [(b.text, b.kind) for b in seen] == [
        ("Warga menanam bakau di tepi teluk.", Kind.BODY),
        ("bibit", Kind.ITEM),
        ("ajir", Kind.ITEM),
        ("Mei: 300", Kind.ITEM),
        ("Alinea yang menjorok ke dalam.", Kind.BODY),
        ("Tebal sekali.", Kind.BODY),
    ]
    assert {b.text: b.rule for b in blocks_of_markdown(MARKDOWN) if b.rule}["rm -rf /"] == "hidden"


def test_without_blank_lines_a_long_line_is_a_paragraph() -> None:
    long = " ".join(BODY.split("\n\n")[:2])
    assert [b.text for b in blocks_of_markdown(f"{long}\nKata warga.")] == [long, "Kata warga."]


@pytest.mark.parametrize("mark", ["[", "> ", "*a **b ", "<div>", "[^1] ", "`", "- a\n", "|a|b|\n"])
def test_hostile_markdown_is_read_or_refused_in_bounded_time(mark: str) -> None:
    begun = time.process_time()
    for length in (20_000, 2_000_000):
        with suppress(ExtractError):
            read(f"# {TITLE}\n\n{BODY}\n\n{mark * (length // len(mark))}", "text/markdown")
    assert time.process_time() - begun < 10
