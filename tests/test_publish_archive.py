"""Feeds of many episodes: an RFC 5005 reader sees all, archives keep their bytes, and little is made anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import editions
import pytest
from editions import commit
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from newscast.errors import ShowError
from newscast.model import Correction, EpisodeKind, Media
from newscast.publish import store
from newscast.publish.archive import Document, documents, numbers, runs
from newscast.publish.manifests import Head, shelf
from newscast.publish.release import publish
from newscast.show import Show, load
from newscast.tables import Feed

NAMES = {"atom": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
START = datetime(2024, 1, 1, 6, tzinfo=editions.WIB)


def head(number: int, when: datetime, updated: datetime | None = None) -> Head:
    return Head(
        folder=f"{when.date()}-{number}",
        stamp=(number, 0),
        guid=str(number),
        kind=EpisodeKind.ARTICLE,
        title=f"Berita {number}",
        summary="",
        published=when,
        updated=updated,
        duration=1.0,
        media=(Media(file="a.mp3", length=1, sha256=""),),
        voices=(),
        sources=(),
        keys=(),
        superseded=(),
    )


def newest_first(heads: Sequence[Head]) -> list[Head]:
    return sorted(heads, key=lambda one: (-one.published.timestamp(), one.guid))


def guids(document: Document) -> list[str]:
    return [one.guid for one in document.heads]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 200), max_size=120), st.integers(1, 40))
def test_whenever_episodes_come_none_is_lost_and_archives_stay(days: list[int], items: int) -> None:
    heads: list[Head] = []
    before: dict[str, list[str]] = {}
    for number, day in enumerate(sorted(days)):
        heads.append(head(number, START + timedelta(days=day, minutes=number)))
        *archives, feed = documents(newest_first(heads), items)
        assert guids(feed) == [one.guid for one in newest_first(heads)[:items]]
        assert {guid for each in (*archives, feed) for guid in guids(each)} == {one.guid for one in heads}
        chain = [document.previous for document in (*archives, feed)]
        assert chain == ["", *(document.file for document in archives)]
        now = {document.file: guids(document) for document in archives}
        assert {file: now[file] for file in before} == before, "an archive that is out never changes"
        before = now


def test_an_old_episode_that_is_corrected_is_in_the_feed_again() -> None:
    heads = [head(n, START + timedelta(days=n)) for n in range(100)]
    heads[3] = head(3, heads[3].published, updated=START + timedelta(days=99, hours=1))
    *archives, feed = documents(newest_first(heads), 20)
    assert guids(feed) == [str(n) for n in (*range(99, 79, -1), 3)]
    assert any("3" in guids(document) for document in archives)
    later = [*heads, *(head(n, START + timedelta(days=n)) for n in range(100, 130))]
    assert "3" not in guids(documents(newest_first(later), 20)[-1])


def test_months_are_cut_from_their_first_episode_on() -> None:
    heads = newest_first([head(n, START + timedelta(hours=9 * n)) for n in range(100)])
    names = [(run.name, len(run.heads)) for run in runs(heads, 40)]
    assert names == [("2024-01", 40), ("2024-01-2", 40), ("2024-01-3", 2), ("2024-02", 18)]
    assert numbers(heads)["99"] == 100


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """Twelve episodes over four months, and a feed of four."""
    show = editions.show(tmp_path, feed_items=4)
    for n in range(12):
        when = START + timedelta(days=9 * n)
        commit(show.root, editions.episode(f"Berita {n}", published=when), editions.mp3())
    publish(show, editions.NOW)
    return show


def follow(show: Show) -> dict[str, bytes]:
    """The documents that a reader of RFC 5005 gets, from feed.xml backwards."""
    found = {}
    name = "feed.xml"
    while name:
        found[name] = (show.root / name).read_bytes()
        channel = etree.fromstring(found[name]).find("channel")
        assert channel is not None
        link = {str(each.get("rel")): str(each.get("href")) for each in channel.findall("atom:link", NAMES)}
        assert link["self"] == show.address + name
        assert (channel.find("fh:archive", NAMES) is not None) == (name != "feed.xml")
        assert link.get("current", link["self"]) == show.address + "feed.xml"
        name = link.get("prev-archive", "").removeprefix(show.address)
    return found


def test_a_reader_that_follows_the_archives_sees_all(show: Show) -> None:
    found = follow(show)
    seen = [guid.text for data in found.values() for guid in etree.fromstring(data).iter("guid")]
    assert set(seen) == {one.guid for one in shelf(show.root).heads} and len(set(seen)) == 12
    archives = sorted(path.relative_to(show.root).as_posix() for path in show.root.glob("archive/*.xml"))
    assert archives == sorted(set(found) - {"feed.xml"})


def test_one_more_episode_changes_no_archive_and_few_pages(show: Show) -> None:
    before = follow(show)
    new = editions.episode("Berita baru", published=START + timedelta(days=110))
    home = store.folder(show.root, commit(show.root, new, editions.mp3()))
    written = publish(show, editions.NOW).written
    after = follow(show)
    assert {name: after[name] for name in before if name != "feed.xml"} == {
        name: data for name, data in before.items() if name != "feed.xml"
    }
    pages = {path.parent.name for path in written if path.parent.parent.name == "episodes"}
    assert pages == {home.name, shelf(show.root).heads[1].folder}, "its own and its neighbor's"


def test_what_is_removed_leaves_archive_pages_and_neighbors(show: Show) -> None:
    import shutil

    gone = shelf(show.root).heads[-1]
    shutil.rmtree(show.root / "episodes" / gone.folder)
    publish(show, editions.NOW)
    assert gone.guid.encode() not in b"".join(follow(show).values())
    pages = "".join(path.read_text("utf-8") for path in show.root.rglob("*.html"))
    assert gone.folder not in pages


def test_a_lost_memory_costs_time_and_changes_nothing(show: Show) -> None:
    before = {path: path.stat().st_mtime_ns for path in show.root.rglob("*")}
    (show.work / "published").write_bytes(b"\xff")
    assert publish(show, editions.NOW).written == ()
    assert {path: path.stat().st_mtime_ns for path in show.root.rglob("*")} == before


def test_nothing_new_reads_no_manifest(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a manifest was read")

    monkeypatch.setattr("newscast.publish.manifests._decode", refuse)
    assert publish(show, editions.NOW).written == ()
    with pytest.raises(AssertionError, match="was read"):
        publish(replace(show, title="Nama lain"), editions.NOW)


def test_what_the_feed_says_beyond_the_show(tmp_path: Path) -> None:
    told = Feed(hub="https://hub.test/", block=True, season="year", trailer="2024-01-02-perkenalan")
    show = editions.show(tmp_path, feed=told, moved_to="https://baru.test/kabar")
    commit(show.root, editions.episode("Perkenalan", published=START + timedelta(days=1)), editions.mp3())
    other = editions.mp3(2.0, 880.0)
    episode = editions.episode("Berita", published=START + timedelta(days=2))
    small = Media(file="", mime="audio/ogg", length=len(other), sha256=_sha(other), bitrate=24_000)
    at = START + timedelta(days=3)
    fixed = (Correction(at, "Diperbaiki 4 Januari 2024, 06.00 WIB."),)
    episode = replace(episode, media=(*episode.media, small), updated=at, corrections=fixed)
    store.commit(show.root, episode, [editions.mp3(), other], None, editions.NOW)
    data = publish(show, editions.NOW).feed.read_text("utf-8")
    for words in (
        '<atom:link href="https://hub.test/" rel="hub"/>',
        "<itunes:block>Yes</itunes:block>",
        "<itunes:new-feed-url>https://baru.test/kabar/feed.xml</itunes:new-feed-url>",
        "<itunes:season>2024</itunes:season>",
        "<itunes:episode>2</itunes:episode>",
        "<itunes:episodeType>trailer</itunes:episodeType>",
        "<podcast:trailer pubdate=",
        '<podcast:alternateEnclosure type="audio/ogg"',
        "Diperbaiki 4 Januari 2024, 06.00 WIB.",
        "<atom:updated>2024-01-04T06:00:00+07:00</atom:updated>",
        "<lastBuildDate>Thu, 04 Jan 2024 06:00:00 +0700</lastBuildDate>",
    ):
        assert words in data, words


def test_a_private_feed_lies_where_nobody_finds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """id = "kabar"\ntitle = "Kabar"\ndescription = "Berita."\nurl = "https://radio.test/kabar"
author = "Redaksi"\n[feed]\nkey_env = "KABAR_KEY"\n"""
    (tmp_path / "show.toml").write_text(text)
    with pytest.raises(ShowError, match="KABAR_KEY"):
        load(tmp_path / "show.toml")
    monkeypatch.setenv("KABAR_KEY", "satu dua tiga empat")
    show = load(tmp_path / "show.toml")
    commit(show.root, editions.episode(), editions.mp3())
    data = publish(show, editions.NOW).feed.read_text()
    secret = show.root.name
    assert len(secret) == 32 and "satu" not in data and "<itunes:block>Yes" in data
    assert [path.name for path in (tmp_path / "output" / "kabar").iterdir()] == [secret]
    enclosure = etree.fromstring(data.encode()).find("channel/item/enclosure")
    assert enclosure is not None
    assert str(enclosure.get("url")).startswith(f"https://radio.test/kabar/{secret}/episodes/")
    monkeypatch.setenv("KABAR_KEY", "lima enam tujuh delapan")
    with pytest.raises(ShowError, match="another key") as caught:
        load(tmp_path / "show.toml")
    assert secret in caught.value.hint


def _sha(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()
