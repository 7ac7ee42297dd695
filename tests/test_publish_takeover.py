"""A show of another host is taken over: what apps know of it stays as it was."""

from pathlib import Path

import editions
import feedparser
import pytest
import site_server
from editions import commit
from msgspec.structs import replace
from typer.testing import CliRunner

from newscast.cli.main import app
from newscast.errors import PublishError
from newscast.publish import takeover
from newscast.publish.release import publish
from newscast.show import Show

TOML = """id = "baru"
title = "Kabar Baru"
description = "Berita."
url = "https://baru.test/"
author = "Redaksi"
"""


@pytest.fixture
def old(tmp_path: Path) -> Show:
    """A show of twelve episodes, of which four are in its feed and the others in archives."""
    return editions.show(tmp_path / "old", feed_items=4)


def told(data: bytes) -> list[tuple[str, str, tuple[int, ...], str]]:
    entries = feedparser.parse(data).entries
    return [(one.id, one.title, tuple(one.published_parsed), one.enclosures[0].length) for one in entries]


def test_guids_dates_titles_and_sound_stay(
    old: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site_server.files(old.root) as url:
        old = replace(old, url=url)
        for n in range(12):
            when = editions.NOW.replace(day=1, hour=n)
            commit(old.root, editions.episode(f"Berita <{n}> & lain", published=when), editions.mp3())
        publish(old, editions.NOW)
        new = tmp_path / "new"
        new.mkdir()
        (new / "show.toml").write_text(TOML)
        monkeypatch.chdir(new)
        run = CliRunner().invoke(app, ["import", f"{url}feed.xml", "--limit", "100"])
        assert run.exit_code == 0 and run.stdout.count("taken") == 12
        assert old.guid in run.stderr, "the show's own guid is told of"
        again = CliRunner().invoke(app, ["import", f"{url}feed.xml"])
        assert "0 taken over, 12 were here" in again.stderr
        check = CliRunner().invoke(app, ["check", "--against", f"{url}feed.xml"])
        assert "its date has moved" not in check.stdout and "it is gone" not in check.stdout
        assert f"podcast:guid was {old.guid}" in check.stdout
    theirs, ours = (old.root / "feed.xml").read_bytes(), (new / "output" / "baru" / "feed.xml").read_bytes()
    assert told(ours)[:4] == told(theirs)
    sounds = list((new / "output").rglob("*.mp3"))
    assert len(sounds) == 12 and all(path.read_bytes() == editions.mp3() for path in sounds)
    assert b"podcast:transcript" not in ours, "what nobody wrote down is not invented"
    assert b"Pembuka" in ours, "chapters come along"


def test_what_a_strange_feed_tells() -> None:
    feed = b"""<rss><channel><item><title>A &amp;amp; B</title>
    <description>&lt;p&gt;Satu &lt;b&gt;dua&lt;/b&gt;&lt;/p&gt;</description>
    <pubDate>Tue, 05 Mar 2024 06:00:00 GMT</pubDate>
    <enclosure url="https://a.test/x.m4a?y=1" type="audio/x-m4a" length="9"/></item>
    <item><title>no sound</title></item></channel></rss>"""
    (item,) = takeover.items([feed])
    assert (item.guid, item.title, item.summary) == ("https://a.test/x.m4a?y=1", "A & B", "Satu dua")
    assert item.mime == "audio/mp4" and item.duration == 0
    with pytest.raises(PublishError, match="no RSS"):
        list(takeover.items([b"<html/>"]))
    with pytest.raises(PublishError, match="no date"):
        list(takeover.items([feed.replace(b"05 Mar", b"5 Maret")]))
    with pytest.raises(PublishError, match="cannot be read"):
        takeover.documents("/no/such/feed.xml")
