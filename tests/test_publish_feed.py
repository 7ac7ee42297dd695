"""The feed as clients read it: feedparser, podcastparser and plain XML; hostile text; directories' limits."""

import io
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import editions
import feedparser
import podcastparser
import pytest
from editions import commit
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from newscast.model import Chapter, Episode
from newscast.plain import plain, shorten
from newscast.publish import feed
from newscast.publish.feed import write_feed
from newscast.publish.release import publish
from newscast.publish.words import DISCLOSURE, SHOW_DISCLOSURE

SHOW = editions.SHOW
NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def stored(title: str = "Pasar terapung kembali ramai", **changes: Any) -> Episode:
    episode = editions.episode(title, **changes)
    return replace(episode, media=(replace(episode.sound, file=f"{episode.slug}.mp3"),))


def channel_of(data: bytes) -> etree._Element:
    channel = etree.fromstring(data).find("channel")
    assert channel is not None
    return channel


def texts(element: etree._Element, path: str) -> list[str]:
    found = element.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [str(text) for text in found]


def test_the_channel_says_all_that_directories_ask_for() -> None:
    channel = channel_of(write_feed(SHOW, [stored()], "cover-12345678.jpg"))
    expected = {
        "title/text()": "Kabar Sungai",
        "link/text()": "https://radio.test/kabar/",
        "description/text()": f"{SHOW.description}\n\n{SHOW_DISCLOSURE}",
        "language/text()": "id",
        "generator/text()": "newscast",
        "lastBuildDate/text()": "Tue, 05 Mar 2024 06:00:00 +0700",
        "image/url/text()": "https://radio.test/kabar/cover-12345678.jpg",
        "atom:link[@rel='self'][@type='application/rss+xml']/@href": "https://radio.test/kabar/feed.xml",
        "itunes:image/@href": "https://radio.test/kabar/cover-12345678.jpg",
        "itunes:author/text()": "Redaksi Kabar Sungai",
        "itunes:owner/itunes:email/text()": "redaksi@radio.test",
        "itunes:category[@text='News']/itunes:category/@text": "Daily News",
        "itunes:explicit/text()": "false",
        "itunes:type/text()": "episodic",
        "podcast:guid/text()": SHOW.guid,
        "podcast:locked[@owner='redaksi@radio.test']/text()": "yes",
        "podcast:person/text()": "Redaksi Kabar Sungai",
        "podcast:txt[@purpose='ai-content']/text()": "true",
        "podcast:medium/text()": "podcast",
    }
    assert {path: texts(channel, path) for path in expected} == {k: [v] for k, v in expected.items()}


def test_an_item_says_all_that_clients_need() -> None:
    base = "https://radio.test/kabar/episodes/2024-03-05-pasar-terapung-kembali-ramai/"
    (item,) = channel_of(write_feed(SHOW, [stored()], "cover.jpg")).findall("item")
    expected = {
        "title/text()": "Pasar terapung kembali ramai",
        "link/text()": base + "index.html",
        "guid[@isPermaLink='false']/text()": stored().guid,
        "pubDate/text()": "Tue, 05 Mar 2024 06:00:00 +0700",
        "enclosure[@type='audio/mpeg']/@url": base + "pasar-terapung-kembali-ramai.mp3",
        "enclosure/@length": str(len(editions.mp3())),
        "itunes:duration/text()": "2",
        "itunes:explicit/text()": "false",
        "itunes:episodeType/text()": "full",
        "podcast:transcript[@type='text/vtt'][@language='id']/@url": base + "transcript.vtt",
        "podcast:chapters[@type='application/json+chapters']/@url": base + "chapters.json",
        "description/text()": (
            "Para pedagang kembali mendayung. Pembeli datang sejak subuh.\n\n"
            "00:00 Pembuka\n00:01 Pasar terapung kembali ramai\n\n"
            f"Artikel: https://koran.test/pasar?a=1&b=2\n\n{DISCLOSURE}"
        ),
    }
    assert {path: texts(item, path) for path in expected} == {k: [v] for k, v in expected.items()}
    (content,) = texts(item, "content:encoded/text()")
    page = etree.HTML(content)
    assert texts(page, "//a/@href") == ["https://koran.test/pasar?a=1&b=2"]
    assert texts(page, "//li/text()") == ["00:00 Pembuka", "00:01 Pasar terapung kembali ramai"]


def test_feedparser_and_podcastparser_agree(tmp_path: Path) -> None:
    show = editions.show(tmp_path)
    first = commit(show.root, editions.episode("Berita pertama"), editions.mp3())
    when = datetime(2024, 3, 6, 6, 0, tzinfo=editions.WIB)
    second = commit(show.root, editions.episode("Berita kedua", published=when), editions.mp3())
    data = publish(show, editions.NOW).feed.read_bytes()

    parsed = feedparser.parse(data)
    assert not parsed.bozo and parsed.feed.title == "Kabar Sungai"
    assert [entry.id for entry in parsed.entries] == [second.guid, first.guid]
    assert [entry.guidislink for entry in parsed.entries] == [False, False]
    assert parsed.entries[0].published_parsed[:5] == (2024, 3, 5, 23, 0)
    assert [int(entry.enclosures[0].length) for entry in parsed.entries] == [first.sound.length] * 2

    podcast = podcastparser.parse("https://radio.test/kabar/feed.xml", io.BytesIO(data))
    assert podcast["type"] == "episodic" and podcast["language"] == "id"
    assert podcast["cover_url"].startswith("https://radio.test/kabar/cover-")
    for item, episode in zip(podcast["episodes"], (second, first), strict=True):
        assert item["guid"] == episode.guid and item["title"] == episode.title
        assert item["published"] == episode.published.timestamp()
        assert item["total_time"] == 2 and not item["explicit"]
        assert item["enclosures"][0]["file_size"] == episode.sound.length


@pytest.mark.parametrize(
    ("title", "heard"),
    [
        ("Harga &amp; Upah", "Harga & Upah"),
        ("a ]]> b <b>tebal</b>", "a ]]> b <b>tebal</b>"),
        ("satu\x00dua\x0btiga\x1b[31m", "satudua tiga[31m"),
        ("Emoji 🌊 dan 👩🏽‍🚒", "Emoji 🌊 dan 👩🏽‍🚒"),
        ("kanan \u202eirik\u202c", "kanan \u202eirik\u202c"),
        ("  baris\r\nbaru\u2028lagi ", "baris baru lagi"),
        ("\ud800\ufffe\uffff\U0001ffff bukan huruf", "bukan huruf"),
        ("Rupiah &euro;&nbsp;&#8220;kuat&#8221;", "Rupiah € “kuat”"),
        ("&lt;script&gt;", "<script>"),
        ("R&D, Q&A, ?a=1&copy=2", "R&D, Q&A, ?a=1&copy=2"),
    ],
)
def test_hostile_titles(title: str, heard: str) -> None:
    data = write_feed(SHOW, [stored(title, summary=title, chapters=(Chapter(0, 2, title),))], "cover.jpg")
    assert channel_of(data).findtext("item/title") == heard
    podcast = podcastparser.parse("https://radio.test/kabar/feed.xml", io.BytesIO(data))
    assert podcast["episodes"][0]["title"] == heard


@settings(max_examples=60)
@given(st.text(), st.text())
def test_whatever_the_text_the_feed_is_well_formed(title: str, summary: str) -> None:
    show = replace(
        SHOW, title=title or "x", author=summary or "x", copyright=title, email=title, guid=summary
    )
    chapters = (Chapter(0, 1, title), Chapter(1, 2, summary, summary))
    news = stored(
        title, summary=summary, chapters=chapters, sources=(f"https://koran.test/{title}",), guid=summary
    )
    data = write_feed(show, [news], "cover.jpg")
    assert data.startswith(b"<?xml")
    strict = ElementTree.fromstring(data)  # expat: another parser than the one that wrote it
    assert (strict.findtext("channel/item/title") or "") == shorten(plain(title), 255)
    description = strict.findtext("channel/item/description") or ""
    assert description.startswith(shorten(plain(summary), 4000)[:1])
    assert description.endswith(DISCLOSURE)


@pytest.mark.parametrize("filler", ["kata ", "k" * 5000, "é" * 3000, "🌊 "])
def test_long_texts_keep_to_the_limits(filler: str) -> None:
    chapters = tuple(Chapter(n, n + 1, f"Bab ke-{n} yang judulnya cukup panjang") for n in range(200))
    show = replace(SHOW, description=(filler * 4000)[:4000], title=(filler * 300)[:400])
    channel = channel_of(
        write_feed(show, [stored("Judul " + filler * 90, summary=filler * 900, chapters=chapters)], "c.jpg")
    )
    for path in ("description", "item/description"):
        text = channel.findtext(path) or ""
        assert 1500 < len(text.encode()) <= 4000 and text.endswith("suara buatan komputer.")
    assert "00:00 Bab ke-0" in (channel.findtext("item/description") or "")
    for path in ("title", "item/title"):
        assert len(channel.findtext(path) or "") <= 255


def test_dates_are_english_and_of_the_episodes_own_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    monkeypatch.setenv("TZ", "America/New_York")
    dates = {
        datetime(2024, 5, 20, 6, 0, tzinfo=SHOW.zone): "Mon, 20 May 2024 06:00:00 +0700",
        datetime(2024, 8, 17, 0, 30, tzinfo=timezone(timedelta(hours=9))): "Sat, 17 Aug 2024 00:30:00 +0900",
        datetime(2024, 12, 1, 23, 0, tzinfo=UTC): "Sun, 01 Dec 2024 23:00:00 +0000",
    }
    for when, written in dates.items():
        channel = channel_of(write_feed(SHOW, [stored(published=when)], "c.jpg"))
        assert channel.findtext("item/pubDate") == channel.findtext("lastBuildDate") == written


def test_addresses_are_ascii_and_strange_links_are_left_out() -> None:
    show = replace(SHOW, url="https://radio.test/k%C3%A9/", copyright="©")
    item = channel_of(write_feed(show, [stored(sources=("javascript:alert(1)",))], "c.jpg")).find("item")
    assert item is not None
    enclosure = item.find("enclosure")
    assert enclosure is not None and enclosure.get("url", "").isascii()
    assert enclosure.get("url", "").startswith("https://radio.test/k%C3%A9/episodes/")
    assert b"javascript" not in etree.tostring(item)


def test_a_show_without_episodes_cover_or_owner_still_has_a_feed() -> None:
    data = write_feed(replace(SHOW, email="", guid="", explicit=True), [], "")
    channel = channel_of(data)
    assert channel.find("item") is None and channel.find("lastBuildDate") is None
    assert texts(channel, "itunes:owner | itunes:image | image") == []
    assert texts(channel, "podcast:locked/@owner") == []
    assert texts(channel, "itunes:explicit/text()") == ["true"]
    assert not feedparser.parse(data).bozo
    assert podcastparser.parse("https://radio.test/f", io.BytesIO(data))["episodes"] == []


def test_the_same_makes_the_same_bytes() -> None:
    assert write_feed(SHOW, [stored()], "c.jpg") == write_feed(SHOW, [stored()], "c.jpg")


def test_a_feed_too_big_for_directories_goes_without_html(monkeypatch: pytest.MonkeyPatch) -> None:
    start = datetime(2024, 3, 5, tzinfo=editions.WIB)
    news = [stored(f"Berita {n}", published=start - timedelta(days=n)) for n in range(50)]
    full = write_feed(SHOW, news, "c.jpg")
    monkeypatch.setattr(feed, "MAX_BYTES", len(full) - 1)
    data = write_feed(SHOW, news, "c.jpg")
    assert b"<content:encoded" in full and b"<content:encoded" not in data and len(data) < len(full)
    assert len(channel_of(data).findall("item")) == 50, "no episode is lost"
