"""The rest of an article from scripts and feeds, and never another article's text."""

import json
from datetime import UTC, datetime
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from test_articles_extract import PARAGRAPHS, TITLE, markup, read
from test_articles_fetch import answer, serving

from newscast.articles.links import find_links
from newscast.articles.read import read_article
from newscast.errors import ExtractError, FetchError
from newscast.tables import Source

LEDE = PARAGRAPHS[0]
HTML_BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS).replace("para pelajar", "<b>para</b> pelajar")
OTHER = (
    "Panen raya padi berlangsung di sawah kecamatan sebelah sejak Senin pagi dengan hasil yang baik.",
    "Petani di sana memakai bibit baru yang tahan hama dan tidak membutuhkan banyak air pada musim kering.",
    "Harga gabah di tingkat petani naik menjadi tujuh ribu rupiah per kilogram menurut dinas pertanian.",
)


def script(data: Any, attributes: str = 'type="application/json"', before: str = "", after: str = "") -> str:
    return f"<script {attributes}>{before}{json.dumps(data)}{after}</script>"


def fusion(title: str, paragraphs: tuple[str, ...]) -> str:
    pieces = [{"type": "text", "content": text} for text in paragraphs]
    content = {
        "headlines": {"basic": title},
        "content_elements": [*pieces, {"type": "image", "content": "x"}],
    }
    return script(content, "", "window.Fusion=window.Fusion||{};Fusion.globalContent=", ";Fusion.x={}")


HOLDING = {
    "json-ld": script(
        {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)},
        'type="application/ld+json"',
    ),
    "json-ld of html, escaped": script(
        {"@graph": [{"@type": "NewsArticle", "articleBody": escape(HTML_BODY)}]},
        'type="application/ld+json"',
    ),
    "fusion": fusion(TITLE, PARAGRAPHS),
    "next": script({"props": {"pageProps": {"post": {"title": TITLE, "body": HTML_BODY}}}}),
    "state": script({"detail": {"judul": TITLE, "isi": HTML_BODY}}, "", "window.__STATE__ = "),
    "parsed": script(
        json.dumps({"article": {"title": TITLE, "content": HTML_BODY}}), "", "window.D = JSON.parse(", ")"
    ),
    "pushed": script(
        [1, f'2a:["$","x",{json.dumps({"title": TITLE, "body": HTML_BODY})}]'], "", "f.push(", ")"
    ),
    "editor": script({"blocks": [{"type": "paragraph", "data": {"text": text}} for text in PARAGRAPHS]}),
}


@pytest.mark.parametrize("name", HOLDING)
@pytest.mark.parametrize("shown", [(LEDE,), (LEDE, "Lanjutkan membaca di aplikasi kami untuk berita ini.")])
def test_a_script_holds_the_rest(name: str, shown: tuple[str, ...]) -> None:
    article = read(markup(*shown, more=HOLDING[name]))
    assert [p.text for p in article.paragraphs] == list(PARAGRAPHS)


def test_a_locked_page_whose_script_holds_all_is_no_paywall() -> None:
    data = {
        "@type": "NewsArticle",
        "isAccessibleForFree": False,
        "headline": TITLE,
        "articleBody": HTML_BODY,
    }
    page = markup(LEDE, more=script(data, 'type="application/ld+json"'))
    assert [p.text for p in read(page).paragraphs] == list(PARAGRAPHS)


@pytest.mark.parametrize("title", ["Panen Raya di Kecamatan Sebelah", TITLE, ""])
def test_a_script_that_holds_another_article_is_left_alone(title: str) -> None:
    page = markup(*PARAGRAPHS, more=fusion(title, OTHER * 4))
    assert [p.text for p in read(page).paragraphs] == list(PARAGRAPHS)


def test_a_page_that_shows_little_does_not_take_another_article() -> None:
    with pytest.raises(ExtractError):
        read(markup("Halo semua.", more=fusion("Panen Raya di Kecamatan Sebelah", OTHER)))


@pytest.mark.parametrize("broken", ["Fusion.globalContent={", "x = [[" * 20_000, 'a = {"b": ' * 20_000])
def test_broken_scripts_do_no_harm(broken: str) -> None:
    page = markup(*PARAGRAPHS, more=f"<script>{broken}{' ' * 200}</script>")
    assert [p.text for p in read(page).paragraphs] == list(PARAGRAPHS)


def feed(base: str) -> bytes:
    return f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
    <item><title>{TITLE}</title><link>{base}/a</link><pubDate>Tue, 05 Mar 2024 10:00:00 +0700</pubDate>
    <content:encoded><![CDATA[{HTML_BODY}]]></content:encoded></item>
    <item><title>Pendek</title><link>{base}/b</link><description>{LEDE}</description></item>
    </channel></rss>""".encode()


@pytest.mark.parametrize("status", [200, 403, 404])
def test_the_feed_has_what_the_page_refuses_or_cuts(status: int) -> None:
    def handle(to: BaseHTTPRequestHandler) -> None:
        base = f"http://{to.headers['Host']}"
        page = feed(base) if to.path == "/rss" else markup(LEDE).encode()
        answer(to, page, 200 if to.path == "/rss" else status)

    with serving(handle) as (base, _):
        links = find_links(Source(feed=f"{base}/rss", allow_private=True), Path()).links
        assert [bool(link.spare) for link in links] == [True, False]
        article = read_article(links[0].url, spare=links[0].spare).article
        assert article.url == f"{base}/a"
        if status != 200:
            with pytest.raises(FetchError):
                read_article(links[1].url, spare=links[1].spare)
    assert (article.title, [p.text for p in article.paragraphs]) == (TITLE, list(PARAGRAPHS))
    if status != 200:
        assert article.published == datetime(2024, 3, 5, 3, tzinfo=UTC)


def test_a_saved_page_is_told_its_address(tmp_path: Path) -> None:
    page = tmp_path / "simpanan.html"
    page.write_text(markup(*PARAGRAPHS, head='<link rel="canonical" href="https://lain.example/x">'), "utf-8")
    assert read_article(str(page)).article.url == "https://lain.example/x"
    told = read_article(str(page), address="https://m.kabar.example/air?utm_source=a").article
    assert told.url == "https://www.kabar.example/air"
    page = tmp_path / "teks.txt"
    page.write_text("\n".join([TITLE, *PARAGRAPHS]), "utf-8")
    assert (
        read_article(str(page), address="https://kabar.example/air").article.url
        == "https://kabar.example/air"
    )
