"""What a reader of a page sees and a listener should hear: tables, lists, notes, links, lines, embeds."""

import pytest
from lxml import html

from newscast.articles.blocks import Block
from newscast.articles.extraction.neighbors import TEASER
from newscast.articles.extraction.tables import MAX_ROWS, read_table
from newscast.articles.extraction.tree import blocks_of, parse
from newscast.model import Kind

LONG = (
    "Petani di lereng gunung menanam kopi arabika sejak awal musim hujan tahun lalu bersama keluarga mereka."
)
ALSO = "Hasil panen pertama dijual ke koperasi desa dengan harga yang lebih baik daripada harga tengkulak."


def blocks(body: str) -> list[Block]:
    return blocks_of(parse(f"<html><body>{body}</body></html>"))


def table(*rows: str, head: str = "", attributes: str = "") -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row.split('|'))}</tr>" for row in rows)
    top = f"<tr>{''.join(f'<th>{c}</th>' for c in head.split('|'))}</tr>" if head else ""
    return f"<table {attributes}>{top}{cells}</table>"


SPANNED = """<table><tr><td rowspan=2>Rakit</td><td>pagi</td><td>5</td></tr>
<tr><td>sore</td><td>7</td></tr></table>"""


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        (table("Pagi|06.10 WITA", "Sore|18.20 WITA"), ["Pagi: 06.10 WITA", "Sore: 18.20 WITA"]),
        (table("Kopi|Rp90.000", head="Barang|Harga"), ["Kopi: Rp90.000"]),
        (
            table("Wage|2 ekor|7 juta", "Pahing|3 ekor|9 juta", head="Pasar|Sapi|Omzet"),
            ["Wage: Sapi 2 ekor, Omzet 7 juta", "Pahing: Sapi 3 ekor, Omzet 9 juta"],
        ),
        (
            table("Kelas|Putra|Putri", "Tujuh|12|14", "Delapan|11|15"),
            ["Tujuh: Putra 12, Putri 14", "Delapan: Putra 11, Putri 15"],
        ),
        (
            table("1|Wiji|88", "2|Ratna|86", head="No.|Nama|Nilai"),
            ["1. Wiji: Nilai 88", "2. Ratna: Nilai 86"],
        ),
        (table("2025|120 ton", "2026|240 ton"), ["2025: 120 ton", "2026: 240 ton"]),
        (table("Hulu:|tinggi", "Hilir:|-", "Muara:|rendah"), ["Hulu: tinggi", "Hilir", "Muara: rendah"]),
        (table("<img>Rawa FC|12", "<img>Hulu FC|9"), ["Rawa FC: 12", "Hulu FC: 9"]),
        (table("Kapal|Jam (WIB)", "Pagi|06.10", "Sore|18.20"), ["Pagi: 06.10", "Sore: 18.20"]),
        (
            table("Tempat|Balai desa", "Hari|4 Maret", "Jam|09.00"),
            ["Tempat: Balai desa", "Hari: 4 Maret", "Jam: 09.00"],
        ),
        (table("a|b", "c|d").replace("<tr>", "<caption>Jadwal</caption><tr>", 1), ["Jadwal", "a: b", "c: d"]),
        (SPANNED, ["Rakit: pagi, 5", "Rakit: sore, 7"]),
        (table("A<br>B|satu", "C|<p>dua</p><p>tiga</p>"), ["A, B: satu", "C: dua, tiga"]),
    ],
)
def test_a_small_table_is_said_row_by_row(markup: str, lines: list[str]) -> None:
    told = [b for b in blocks(f"<p>{LONG}</p>{markup}<p>{ALSO}</p>") if b.kind is Kind.ITEM]
    assert [b.text for b in told] == lines


def test_the_header_that_is_not_said_is_told() -> None:
    first = next(b for b in blocks(table("Kopi|Rp90.000", head="Barang|Harga")) if b.kind is Kind.ITEM)
    assert [(d.text, d.rule) for d in first.cut] == [("Barang, Harga", "header of a table")]


@pytest.mark.parametrize(
    "markup",
    [
        table(f"{LONG} {ALSO}|iklan", f"{ALSO} {LONG}|iklan"),
        table("foto", "keterangan"),
        table("kiri|kanan"),
        table(f"<h2>Judul</h2><p>{LONG}</p>|x", "a|b"),
        table(table("a|b", "c|d") + "|x", "y|z"),
        table("a|b", "c|d", attributes='role="presentation"'),
        table("|", "|"),
        table("<img>Warga menanam bakau di pantai utara|<img>Bibit bakau dari koperasi", "a|b"),
    ],
)
def test_a_table_that_lays_out_the_page_is_no_table(markup: str) -> None:
    element = html.fragment_fromstring(markup)
    assert read_table(element) is None


LARGE = table(*(f"Regu {n}|{n}.30|{n} poin" for n in range(MAX_ROWS + 1)), head="Regu|Waktu|Poin")


@pytest.mark.parametrize(
    "markup", [LARGE, f'<figure class="wp-block-table">{LARGE}</figure>', f"<div><div>{LARGE}</div></div>"]
)
def test_a_table_too_large_is_announced_where_it_stood(markup: str) -> None:
    texts = [b.text for b in blocks(f"<div><p>{LONG}</p>{markup}<p>{ALSO}</p></div>")]
    assert texts == [LONG, f"Tabel berisi {MAX_ROWS + 1} baris tidak dibacakan.", ALSO]


def test_standings_beside_the_article_are_not_announced() -> None:
    page = f'<div><p>{LONG}</p><p>{ALSO}</p></div><div><div class="x"><h3>Klasemen</h3>{LARGE}</div></div>'
    found = blocks(page)
    assert [b.rule for b in found if b.text.startswith("Regu")] == ["table"]
    assert not any(b.text.startswith("Tabel") for b in found)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Air surut kemarin<sup>1</sup>, kata warga.", "Air surut kemarin, kata warga."),
        ('Air surut.<sup><a href="#c1">[1]</a></sup> Warga lega.', "Air surut. Warga lega."),
        ('Air <a href="#c2">[2]</a>surut di <a href="#peta">hilir</a>.', "Air surut di hilir."),
        ("Sawah seluas 12 km<sup>2</sup> kering.", "Sawah seluas 12 km² kering."),
        ("Ada 10<sup>6</sup> benih sejak 2024<sup>3</sup>.", "Ada 10 pangkat 6 benih sejak 2024."),
        ("Lomba ke-1<sup>st</sup> di CO<sub>2</sub>.", "Lomba ke-1st di CO2."),
        ("Hasilnya naik<sup>*</sup> tahun ini.", "Hasilnya naik tahun ini."),
    ],
)
def test_the_mark_of_a_footnote_is_not_said_and_an_exponent_is(written: str, text: str) -> None:
    assert [b.text for b in blocks(f"<p>{written}</p>")] == [text]


@pytest.mark.parametrize(
    ("rows", "columns", "said"),
    [(9, 5, True), (10, 5, False), (2, 6, False), (MAX_ROWS, 4, True), (MAX_ROWS + 1, 2, False)],
)
def test_a_table_is_too_large_by_rows_columns_or_cells(rows: int, columns: int, said: bool) -> None:
    markup = table(*("|".join([f"R{n}", *["a"] * (columns - 1)]) for n in range(rows)))
    told = read_table(html.fragment_fromstring(markup))
    assert told is not None
    assert bool(told.lines) is said


def test_a_footnote_is_not_the_article() -> None:
    found = blocks(f"<p>{LONG}<sup>1</sup></p><p><sup>1</sup> Data sementara dinas pertanian.</p>")
    assert [b.rule for b in found] == ["", "footnote"]
    found = blocks(f'<p>{LONG}</p><ol><li id="fn:1">Data sementara. <a href="#r1">↩</a></li></ol>')
    assert [b.rule for b in found] == ["", "footnote"]


def test_terms_and_lines_are_parts_of_a_list() -> None:
    found = blocks("<dl><dt>Syarat</dt><dd>Warga desa</dd></dl><p>Pukul 7<br>Pukul 9</p>")
    assert [(b.text, b.kind) for b in found] == [
        ("Syarat", Kind.ITEM),
        ("Warga desa", Kind.ITEM),
        ("Pukul 7", Kind.BODY),
        ("Pukul 9", Kind.BODY),
    ]


def test_a_sentence_that_is_one_link_is_no_link_and_a_teaser_is() -> None:
    linked = f'<p><a href="/a"><b>{ALSO}</b></a></p>'
    assert [b.linked for b in blocks(f"<p>{LONG}</p>{linked}<p>{LONG}</p>")] == [0.0, 0.0, 0.0]
    card = f'<div><a href="/b">Panen Kopi Raya di Lereng Utara</a><p><a href="/b">{ALSO}</a></p></div>'
    assert [b.linked for b in blocks(f"<p>{LONG}</p>{card}{card}")] == [0.0, 1.0, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("name", ["twitter-tweet", "instagram-media", "tiktok-embed"])
def test_a_post_of_a_network_is_not_the_article(name: str) -> None:
    post = f'<blockquote class="{name}"><p>{ALSO} {LONG} {ALSO}</p>&mdash; Warga (@warga)</blockquote>'
    assert [b.rule for b in blocks(f"<p>{LONG}</p>{post}")] == ["", "embedded post"]


def test_what_is_hidden_is_left_out_unless_it_is_the_article() -> None:
    found = blocks(f'<p>{LONG}</p><p>{ALSO}</p><div style="display: none">Muat ulang halaman</div>')
    assert found[-1].rule == "hidden"
    assert [b.rule for b in blocks(f'<div style="display:none"><p>{LONG}</p><p>{ALSO}</p></div>')] == ["", ""]


CARD = (
    '<div class="x"><h3><a href="/{n}">Kabar Lain dari Desa ke-{n}</a></h3>{when}'
    "<div><p>Warga desa ke-{n} menanam bakau di tepi pantai sejak Senin pagi bersama pelajar.</p></div></div>"
)


@pytest.mark.parametrize("when", ["", "<span>24/6/2025 14:08</span>", "<div>sekitar 2 jam lalu</div>"])
def test_cards_of_other_articles_are_not_the_article(when: str) -> None:
    cards = "".join(CARD.format(n=n, when=when) for n in range(2, 6))
    body = "".join(f"<p>{text} Begitu kata warga ke-{n}.</p>" for n, text in enumerate((LONG, ALSO) * 3))
    found = blocks(f"<div>{body}</div><h4>Berita Lain</h4>{cards}")
    assert {b.rule for b in found[:6]} == {""}
    assert {b.rule for b in found[7:]} == {TEASER}


def test_a_card_within_the_article_is_not_the_article() -> None:
    card = '<article><a href="/x"><h4>Kabar Lain dari Hulu</h4></a><p>Airnya jernih lagi.</p></article>'
    found = blocks(f"<article><p>{LONG}</p>{card}<p>{ALSO}</p></article>")
    assert [b.rule for b in found] == ["", *["<article> in an article"] * 2, ""]


def test_items_with_linked_names_are_the_article() -> None:
    items = "".join(CARD.format(n=n, when="") for n in range(2, 9))
    assert {b.rule for b in blocks(f"<div><p>{LONG}</p></div>{items}")} == {""}


def test_a_link_between_two_paragraphs_makes_no_card() -> None:
    also = '<p><a href="/a">Panen Kopi Raya di Lereng Utara</a></p>'
    assert TEASER not in {
        b.rule for b in blocks(f"<div>{f'<p>{LONG}</p>{also}<p>{ALSO}</p>{also}' * 4}</div>")
    }


def test_cards_beside_an_element_of_several_paragraphs_are_not_the_article() -> None:
    cards = "".join(CARD.format(n=n, when="") for n in range(2, 15))
    found = blocks(f"<div><p>{LONG}</p><p>{ALSO}</p><p>{LONG} Begitu.</p></div>{cards}")
    assert {b.rule for b in found[:3]} == {""}
    assert {b.rule for b in found[3:]} == {TEASER}


@pytest.mark.parametrize("marked", ['role="navigation"', 'role="region"', 'class="sidebar"', "hidden"])
def test_what_says_it_is_not_the_article_is_believed(marked: str) -> None:
    found = blocks(f"<div><p>{LONG}</p><p>{ALSO}</p></div><div {marked}><p>Paling banyak dibaca</p></div>")
    assert found[-1].rule and not found[0].rule


@pytest.mark.parametrize("marked", ['class="side-article"', 'class="author" itemprop="articleBody"'])
def test_an_article_with_a_suspect_name_is_the_article(marked: str) -> None:
    beside = "".join(f"<section><p>{LONG} Begitu kata warga ke-{n}.</p></section>" for n in range(9))
    assert not blocks(f"<div {marked}><p>{ALSO}</p></div>{beside}")[0].rule
