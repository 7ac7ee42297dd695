"""What a night decides to make, and what it says of what is gone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from editions import commit, episode, mp3, show

from newscast.articles.links import Link
from newscast.errors import LockedError
from newscast.nightly import Job, locked, night, plan
from newscast.publish import store
from newscast.show import Source

NOW = datetime(2026, 8, 14, 5, 30, tzinfo=UTC)
FEED = Source(feed="https://berita.example/rss", limit=2)
INBOX = Source(inbox="inbox")


def link(name: str, day: int | None = None) -> Link:
    return Link(name, name, datetime(2026, 8, day, tzinfo=UTC) if day else None)


def test_what_is_out_is_left_and_the_oldest_comes_first() -> None:
    found = [(FEED, [link("https://a.example/c", 3), link("https://a.example/b", 2)])]
    assert plan(found, {"https://a.example/c"}) == [Job("https://a.example/b", private=False)]
    assert [job.source for job in plan(found, set())] == ["https://a.example/b", "https://a.example/c"]


def test_a_source_gives_at_most_its_limit_of_the_newest() -> None:
    found = [(FEED, [link("c", 3), link("b", 2), link("a", 1)])]
    assert [job.source for job in plan(found, set())] == ["b", "c"]


def test_an_article_of_two_sources_is_made_once() -> None:
    found = [(FEED, [link("x", 1)]), (INBOX, [link("x"), link("y")])]
    assert sorted(job.source for job in plan(found, set())) == ["x", "y"]


def test_only_what_the_producer_put_there_may_be_private() -> None:
    open_feed = Source(feed="http://127.0.0.1/rss", allow_private=True)
    found = [(FEED, [link("f")]), (INBOX, [link("i")]), (open_feed, [link("o")])]
    assert {job.source: job.private for job in plan(found, set())} == {"f": False, "i": True, "o": True}


def test_an_episode_without_its_audio_is_told_of(tmp_path: Path) -> None:
    folder = show(tmp_path)
    kept, lost = (commit(folder.root, episode(title), mp3()) for title in ("Sungai surut", "Air naik lagi"))
    (store.folder(folder.root, lost) / lost.sound.file).unlink()
    report = night(folder, now=NOW)
    assert [outcome.source for outcome in report.failures] == [lost.url or lost.title]
    feed = (folder.root / "feed.xml").read_text("utf-8")
    assert kept.guid in feed and lost.guid not in feed


def test_the_lock_lets_in_one_and_goes_with_its_holder(tmp_path: Path) -> None:
    folder = show(tmp_path)
    with locked(folder), pytest.raises(LockedError), locked(folder):
        pass
    with locked(folder):
        pass
