"""Feeds, sitemaps and inboxes -> links; broken and hostile ones -> one FetchError in bounded time."""

import os
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given as given_text
from hypothesis import strategies as st
from test_articles_fetch import answer, serving

from newscast.articles.address import same_site
from newscast.articles.dates import find_stamp
from newscast.articles.links import Found, Link, canonical, find_links
from newscast.calendar import WIB
from newscast.errors import FetchError
from newscast.tables import Source

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar</title>
<item><title>Lama &amp; usang</title><link>https://www.kabar.example/read/1/lama?utm_source=rss</link>
  <pubDate>Mon, 04 Mar 2024 10:00:00 +0700</pubDate></item>
<item><title><![CDATA[<b>Baru</b>]]></title><link>/read/2/baru</link>
  <pubDate>Tue, 05 Mar 2024 10:00:00 +0700</pubDate></item>
<item><title>Baru, di ponsel</title><link>https://m.kabar.example/amp/read/1/lama</link></item>
<item><title>Berkas</title><link>file:///etc/passwd</link></item><item><title>Tanpa tautan</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://kabar.example/"><entry><title>Satu</title>
<link rel="self" href="/api/1"/><link rel="alternate" href="read/1"/>
<updated>2024-03-05T03:00:00Z</updated></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "items": [
{"id": 7, "url": "https://kabar.example/read/7", "title": "Tujuh",
 "date_published": "2024-03-05T10:00:00+07:00"}]}"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://kabar.example/read/9</loc><news:news>
<news:publication_date>2024-03-05T10:00:00+07:00</news:publication_date>
<news:title>Sembilan</news:title></news:news></url></urlset>"""
WHEN = datetime(2024, 3, 5, 3, tzinfo=UTC)


def given(text: str | bytes, media_type: str = "application/xml") -> Found:
    body = text.encode() if isinstance(text, str) else text
    with serving(lambda to: answer(to, body, Content_Type=media_type)) as (base, _):
        got = find_links(Source(feed=base + "/feed", allow_private=True, limit=1), Path())
        links = (Link(link.url.replace(base, ""), link.title, link.published) for link in got.links)
        return msgspec.structs.replace(got, links=tuple(links))


def found(text: str | bytes, media_type: str = "application/xml") -> list[Link]:
    return list(given(text, media_type).links)


def test_rss_is_read_newest_first_and_each_article_once() -> None:
    links = found(RSS)
    assert [link.url for link in links] == [
        "/read/2/baru",
        "https://www.kabar.example/read/1/lama?utm_source=rss",
    ]
    assert [link.title for link in links] == ["Baru", "Lama & usang"]
    assert links[0].published == WHEN


def test_what_leads_nowhere_is_counted() -> None:
    got = given(RSS)
    assert (got.items, got.unaddressed, len(got.links)) == (5, 2, 2)
    assert given("<rss><channel></channel></rss>") == Found((), 0)


@pytest.mark.parametrize(
    ("date", "noted"),
    [
        ("0001-01-01T00:00:00+07:00", False),
        ("0000-00-00 00:00:00", False),
        ("Mon, 01 Jan 0001 00:00:00 +0700", False),
        ("Fri, 31 Dec 9999 23:59:59 GMT", False),
        ("Thu, 01 Jan 1970 00:00:00 GMT", True),
        ("Thu, 01 Jan 2099 07:00:00 +0700", True),
    ],
)
def test_a_date_that_no_article_has_is_not_believed_and_harms_nobody(date: str, noted: bool) -> None:
    got = given(RSS.replace("Tue, 05 Mar 2024 10:00:00 +0700", date))
    assert [link.published for link in got.links if link.title == "Baru"] == [None]
    assert [link.title for link in got.links] == ["Lama & usang", "Baru"]
    assert bool(got.notes) is noted
    assert all("not believed" in note for note in got.notes)


@given_text(st.text(max_size=40) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,3}[-/. ][0-9]{1,4}.{0,20}"))
def test_no_date_is_an_accident(text: str) -> None:
    moment = find_stamp(text)
    when = moment.aware(WIB) if moment else None
    assert when is None or 1899 < when.astimezone(UTC).year < 2201


def test_an_address_is_written_in_letters_that_may_be_shown() -> None:
    got = found(JSON.replace("/read/7", "/read/7\\u001b[31m satu"))
    assert [link.url for link in got] == ["https://kabar.example/read/7%1B[31m%20satu"]


@pytest.mark.parametrize(
    ("text", "url", "title"),
    [
        (ATOM, "https://kabar.example/read/1", "Satu"),
        (JSON, "https://kabar.example/read/7", "Tujuh"),
        (SITEMAP, "https://kabar.example/read/9", "Sembilan"),
    ],
    ids=["atom", "json", "sitemap"],
)
def test_other_forms(text: str, url: str, title: str) -> None:
    assert found(text) == [Link(url, title, WHEN)]


def test_the_newest_sitemaps_of_an_index_are_opened() -> None:
    def handle(to: BaseHTTPRequestHandler) -> None:
        index = f"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>
        http://{to.headers["Host"]}/news.xml</loc></sitemap></sitemapindex>"""
        answer(to, (SITEMAP if to.path == "/news.xml" else index).encode())

    with serving(handle) as (base, _):
        links = find_links(Source(feed=base, allow_private=True), Path()).links
    assert [link.title for link in links] == ["Sembilan"]


def test_a_sitemap_that_is_missing_does_not_hide_the_others() -> None:
    def handle(to: BaseHTTPRequestHandler) -> None:
        base = f"http://{to.headers['Host']}"
        index = f"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>
        <loc>{base}/tiada.xml</loc></sitemap><sitemap><loc>{base}/news.xml</loc></sitemap></sitemapindex>"""
        if to.path == "/tiada.xml":
            answer(to, status=404)
        else:
            answer(to, (SITEMAP if to.path == "/news.xml" else index).encode())

    with serving(handle) as (base, _):
        got = find_links(Source(feed=base, allow_private=True), Path())
    assert [link.title for link in got.links] == ["Sembilan"]
    assert [note.rpartition("/")[2] for note in got.notes] == ["tiada.xml answers 404"]


def lol() -> str:
    names = "abcdefghij"
    bombs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    return f'<!DOCTYPE r [<!ENTITY a "ha">{bombs}]>{RSS.partition("?>")[2]}'.replace("Lama", "&j;&nbsp;Lama")


HOSTILE = {
    "entities": lol(),
    "unclosed": RSS.replace("</item>", ""),
    "controls": RSS + "\0\1<",
    "cdata": "<rss><channel>" + "<item><title><![CDATA[" * 50_000,
    "deep": "<rss>" * 400_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_read_as_far_as_it_goes(text: str) -> None:
    begun = time.process_time()
    assert all("ha" * 20 not in link.title for link in found(text))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text",
    ["", "<html><body>Bukan umpan.</body></html>", '{"items": 7}', "[" * 100_000, "<urlset", "\x89PNG\r\n"],
)
def test_what_is_no_feed_is_one_error(text: str) -> None:
    with pytest.raises(FetchError, match="is not a"):
        found(text)


def test_a_feed_of_loopback_needs_leave() -> None:
    with (
        serving(lambda to: answer(to, RSS.encode())) as (base, seen),
        pytest.raises(FetchError, match="public"),
    ):
        find_links(Source(feed=base), Path())
    assert not seen


def test_an_inbox_gives_its_texts_newest_first(tmp_path: Path) -> None:
    inbox = tmp_path / "masuk"
    inbox.mkdir()
    for age, name in enumerate(["b.html", "a.txt", "c.md", ".d.txt", "e.pdf", "f.txt~"]):
        (inbox / name).write_text("isi", "utf-8")
        os.utime(inbox / name, (1_700_000_000 - age, 1_700_000_000 - age))
    (inbox / os.fsdecode(b"salah\xff.txt")).write_text("isi", "utf-8")
    got = find_links(Source(inbox="masuk", limit=1), tmp_path)
    links = got.links
    assert len(got.notes) == 1 and "salah?.txt" in got.notes[0] and "rename" in got.notes[0]
    assert [Path(link.url).name for link in links] == ["b.html", "a.txt", "c.md"]
    assert links[0].published == datetime.fromtimestamp(1_700_000_000, UTC)
    with pytest.raises(FetchError, match="there is no inbox"):
        find_links(Source(inbox="tiada"), tmp_path)


def test_one_address_is_its_own_link() -> None:
    assert find_links(Source(url="https://kabar.example/x"), Path()) == Found(
        (Link("https://kabar.example/x", "", None),), 1
    )


@pytest.mark.parametrize(
    ("twin", "plain"),
    [
        ("http://www.kabar.example/read/1/?utm_source=a&fbclid=b#atas", "https://www.kabar.example/read/1"),
        ("https://m.kabar.example/read/1", "https://www.kabar.example/read/1"),
        ("https://www.kabar.example/amp/read/1", "https://www.kabar.example/read/1"),
        ("https://news.kabar.example/read/1/amp", "https://news.kabar.example/read/1"),
        ("https://news.kabar.example/read/1?page=all", "https://news.kabar.example/read/1"),
        ("https://www-kabar-example.cdn.ampproject.org/c/s/www.kabar.example/amp/read/1", "https://www.kabar.example/read/1"),
        ("https://kabar.example/baca.php?id=7&ref=beranda", "https://kabar.example/baca.php?id=7"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("/tmp/berita.txt", "/tmp/berita.txt"),
        ("http://[::1", "http://[::1"),
        ("https://a.example/amp/ ?", "https://a.example/"),
    ],
)  # fmt: skip
def test_twins_have_one_canonical_address(twin: str, plain: str) -> None:
    assert canonical(twin) == plain


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://bola.kompas.com/a", "https://www.kompas.com/b", True),
        ("https://a.blogspot.com/x", "https://b.blogspot.com/x", False),
        ("https://kabar.biz.id/x", "https://lain.biz.id/x", False),
        ("https://a.go.id/x", "https://b.go.id/x", False),
        ("http://127.0.0.1/x", "http://127.0.0.1:80/y", True),
        ("/tmp/a", "/tmp/a", False),
    ],
)
def test_a_site_is_what_one_owner_registers(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


@given_text(st.text(max_size=60), st.sampled_from(["", "http://", "https://m.", "https://a.example/amp/"]))
def test_canonical_never_fails_and_is_settled(text: str, start: str) -> None:
    once = canonical(start + text)
    assert canonical(once) == once
