"""Transcripts, chapters and pages: what readers and browsers get."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import editions
import pytest
from editions import commit
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from msgspec.structs import replace
from PIL import Image

from newscast.calendar import day
from newscast.errors import ShowError
from newscast.model import Chapter, Cue
from newscast.plain import plain, shorten
from newscast.publish import words
from newscast.publish.captions import captions
from newscast.publish.pages import Look, episode_page
from newscast.publish.release import publish
from newscast.publish.store import folder
from newscast.publish.transcript import chapters_json, srt, transcript_json, vtt

TIMING = re.compile(r"(\d\d+):(\d\d):(\d\d)\.(\d{3}) --> (\d\d+):(\d\d):(\d\d)\.(\d{3})")


def read_vtt(text: str) -> Iterator[Cue]:
    """A strict reader of the WebVTT we write: header, blank line, timing, one or two lines of text."""
    header, *blocks = text.rstrip("\n").split("\n\n")
    assert header == "WEBVTT"
    for block in blocks:
        timing, *lines = block.split("\n")
        found = TIMING.fullmatch(timing)
        assert found, timing
        assert 1 <= len(lines) <= 2
        h, m, s, ms, h2, m2, s2, ms2 = map(int, found.groups())
        line = "\n".join(lines)
        assert "-->" not in line and "<" not in line
        yield Cue(
            h * 3600 + m * 60 + s + ms / 1000,
            h2 * 3600 + m2 * 60 + s2 + ms2 / 1000,
            line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
        )


def test_a_transcript_escapes_and_splits() -> None:
    long = "Perahu-perahu memenuhi tepian sungai sejak subuh, " * 5
    cues = [Cue(0.5, 2.0, "A --> B & <C>"), Cue(3599.9996, 3610.0, long)]
    first, *found = read_vtt(vtt(captions(cues)))
    assert first == Cue(0.5, 2.0, "A --> B & <C>")
    assert found[0].start == 3600.0 and found[-1].end == 3610.0
    assert " ".join(one.text.replace("\n", " ") for one in found) == long.strip()
    assert all(one.text.endswith(",") for one in found), "it is cut where the voice pauses"


words_said = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), min_size=1, max_size=60)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(words_said.map(" ".join), st.floats(0.01, 40), st.floats(0, 2)), max_size=8))
def test_a_transcript_loses_nothing_and_keeps_order(lines: list[tuple[str, float, float]]) -> None:
    cues, clock = [], 0.0
    for text, length, pause in lines:
        cues.append(Cue(clock, clock + length, text))
        clock += length + pause
    shown = captions(cues)
    said = "".join("".join(plain(cue.text).split()) for cue in cues)
    assert "".join("".join(one.text.split()) for one in shown) == said
    times = [time for one in shown for time in (one.start, one.end)]
    assert times == sorted(times)
    assert all(len(line) <= 42 for one in shown for line in one.text.split("\n"))
    assert all(one.text.count("\n") < 2 for one in shown)


news = st.lists(
    st.sampled_from(["beras", "naik,", "pemerintah", "di", "bertanggungjawab"]), min_size=1, max_size=60
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(news.map(" ".join), st.floats(0.05, 0.12)), min_size=1, max_size=10))
def test_captions_of_news_can_be_read(lines: list[tuple[str, float]]) -> None:
    """At 8 to 20 characters a second, as newsreaders speak."""
    cues, clock = [], 0.0
    for said, pace in lines:
        cues.append(Cue(clock, clock + pace * len(said), said))
        clock = cues[-1].end + 0.35
    shown = captions(cues)
    assert all(one.end - one.start <= 7.001 for one in shown)
    short = [one.text for one in shown if one.end - one.start < 0.999]
    assert all(len(text) < 20 for text in short) and len(short) <= len(cues)


def test_all_transcripts_tell_the_same() -> None:
    cues = [Cue(0.5, 2.0, "Satu & dua."), Cue(2.5, 12.0, "Tiga empat lima, " * 8)]
    shown = captions(cues)
    segments = json.loads(transcript_json(shown))["segments"]
    assert [s["body"] for s in segments] == [one.text.replace("\n", " ") for one in shown]
    assert srt(shown).startswith("1\n00:00:00,500 --> 00:00:02,000\nSatu & dua.\n\n2\n")
    assert srt(shown).count(" --> ") == vtt(shown).count(" --> ") == len(shown) > 2


def test_chapters_are_as_the_namespace_wants_them() -> None:
    chapters = (
        Chapter(0.0004, 3.2, "Pembuka"),
        Chapter(
            3.2,
            60.1234,
            "Harga “beras” & \\ \x00 naik 5% di seluruh provinsi sejak awal bulan",
            "https://a.test/1",
        ),
        Chapter(60.1234, 61, "Penutup", "ftp://a.test"),
        Chapter(60.1234, 61, "Kembar"),
    )
    assert json.loads(chapters_json(chapters)) == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0, "title": "Pembuka"},
            {
                "startTime": 3.2,
                "title": "Harga “beras” & \\ naik 5% di seluruh…",
                "url": "https://a.test/1",
            },
            {"startTime": 60.123, "title": "Penutup"},
        ],
    }


@pytest.mark.parametrize(
    ("seconds", "stamp", "length"),
    [
        (0, "00:00", "1 detik"),
        (45.4, "00:45", "45 detik"),
        (59.6, "00:59", "1 menit"),
        (605, "10:05", "10 menit"),
        (3600, "1:00:00", "1 jam"),
        (3905, "1:05:05", "1 jam 5 menit"),
    ],
)
def test_times_in_words(seconds: float, stamp: str, length: str) -> None:
    assert (words.stamp(seconds), words.length(seconds)) == (stamp, length)


def test_days_are_indonesian() -> None:
    assert day(datetime(2020, 5, 21, tzinfo=editions.WIB)) == "Kamis, 21 Mei 2020"
    assert day(datetime(2024, 12, 1, tzinfo=editions.WIB)) == "Minggu, 1 Desember 2024"


@given(st.text(), st.integers(2, 60))
def test_clip_keeps_to_its_size(text: str, size: int) -> None:
    short = shorten(text, size)
    assert len(short) <= size and (short == text or short.endswith("…"))


def links(root: Path, page: Path) -> list[Path]:
    """What a page refers to by a relative path."""
    tree = html.fromstring(page.read_text("utf-8"))
    found: Any = tree.xpath("//@href | //@src")
    relative = [str(url).split("#")[0] for url in found if "://" not in str(url)]
    return [(page.parent / unquote(url)).resolve() for url in relative if url]


def test_every_link_leads_somewhere(tmp_path: Path) -> None:
    show = editions.show(tmp_path)
    for title in ("Satu", "Dua & <tiga>"):
        commit(show.root, editions.episode(title), editions.mp3())
    publish(show, editions.NOW)
    pages = sorted(show.root.rglob("*.html"))
    assert len(pages) == 6, "two episodes and their small players, their month, the show"
    for page in pages:
        found = links(show.root, page)
        assert len(found) >= 3 and all(path.is_file() for path in found)


def test_a_page_shows_its_episode_and_nothing_runs() -> None:
    title = '<script>alert("x")</script> & "Kabar"'
    cues = (
        Cue(0.0, 1.0, "Kalimat satu."),
        Cue(1.35, 2.0, "Kalimat <dua>."),
        Cue(2.8, 3.5, "Paragraf baru."),
        Cue(3.8, 4.0, "Bab baru."),
    )
    chapters = (Chapter(0, 3.6, "Pembuka"), Chapter(3.6, 4, title[:45]))
    episode = editions.episode(title, cues=cues, chapters=chapters, sources=("javascript:alert(1)",))
    episode = replace(episode, media=(replace(episode.sound, file="a.mp3"),))
    page = episode_page(Look(editions.SHOW, "cover.jpg", "small.jpg"), episode, None, None)
    home = folder(editions.SHOW.root, episode).relative_to(editions.SHOW.root)
    tree = html.fromstring(page.decode())
    assert tree.get("lang") == "id"
    assert tree.xpath("string(//h1)") == title
    paragraphs: Any = tree.xpath("//section//p[not(@hidden)]")
    said = [etree.tostring(p, method="text", encoding="unicode").strip() for p in paragraphs]
    assert said == ["Kalimat satu. Kalimat <dua>.", "Paragraf baru.", "Bab baru."]
    scripts: Any = tree.xpath("//script[not(@src)]")
    (linked,) = scripts
    assert linked.get("type") == "application/ld+json" and "<" not in linked.text
    assert json.loads(linked.text)["name"] == title
    assert tree.xpath("//style | //@style | //@*[starts-with(name(), 'on')]") == [], "a strict CSP holds"
    assert tree.xpath("//a[starts-with(@href, 'javascript')]") == []
    assert tree.xpath("//link[@rel='alternate']/@href") == ["../../feed.xml", "oembed.json"]
    assert tree.xpath("//meta[@property='og:audio']/@content") == [
        f"https://radio.test/kabar/{home.as_posix()}/a.mp3"
    ]


def test_publishing_again_touches_nothing(tmp_path: Path) -> None:
    show = editions.show(tmp_path)
    commit(show.root, editions.episode(), editions.mp3())
    first = publish(show, editions.NOW)
    assert {path.name for path in first.written} >= {"feed.xml", "index.html"}
    before = {path: path.stat().st_mtime_ns for path in show.root.rglob("*")}
    assert publish(show, editions.NOW).written == ()
    assert {path: path.stat().st_mtime_ns for path in show.root.rglob("*")} == before


def test_new_art_means_a_new_name(tmp_path: Path) -> None:
    show = editions.show(tmp_path)
    publish(show, editions.NOW)
    (old,) = show.root.glob("cover-????????.jpg")
    (tmp_path / "cover.jpg").write_bytes(old.read_bytes() + b"\0")
    publish(show, editions.NOW)
    (new,) = show.root.glob("cover-????????.jpg")
    assert new != old and new.name in (show.root / "feed.xml").read_text()


def test_a_cover_is_named_by_what_it_is(tmp_path: Path) -> None:
    show = editions.show(tmp_path)
    Image.new("RGB", (1400, 1400), "navy").save(tmp_path / "cover.png")
    show = replace(show, cover="cover.png")
    publish(show, editions.NOW)
    (good,) = show.root.glob("cover-????????.???")
    assert good.suffix == ".png"
    for wrong in (b"<svg/>", b"\x89PNG\r\n\x1a\nrest", good.read_bytes()[:900]):
        (tmp_path / "cover.png").write_bytes(wrong)
        with pytest.raises(ShowError, match=r"cover\.png"):
            publish(show, editions.NOW)
        assert good.is_file(), "what is damaged takes no good one's place"
    assert publish(replace(show, cover=""), editions.NOW).episodes == 0


def test_an_episode_whose_mp3_is_gone_or_cut_is_left_out(tmp_path: Path) -> None:
    show = editions.show(tmp_path)
    lost = commit(show.root, editions.episode("Hilang"), editions.mp3())
    commit(show.root, editions.episode("Ada"), editions.mp3())
    path = folder(show.root, lost) / lost.sound.file
    path.write_bytes(path.read_bytes()[:-1])
    published = publish(show, editions.NOW)
    assert published.missing == (lost,) and published.episodes == 1
    assert lost.guid not in published.feed.read_text()
    commit(show.root, editions.episode("Hilang"), editions.mp3())
    assert publish(show, editions.NOW).missing == ()


def test_lost_derived_files_come_back(tmp_path: Path) -> None:
    show = editions.show(tmp_path)
    home = folder(show.root, commit(show.root, editions.episode(), editions.mp3()))
    publish(show, editions.NOW)
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    for name in ("transcript.vtt", "transcript.srt", "chapters.json", "index.html"):
        (home / name).unlink()
    publish(show, editions.NOW)
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before
