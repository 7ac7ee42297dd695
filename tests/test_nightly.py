"""What a night does with what it finds, and what it says of what is gone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from editions import commit, episode, mp3, show
from msgspec.structs import replace

from newscast.errors import LockedError
from newscast.memory.books import locked
from newscast.nightly import night
from newscast.publish import store
from newscast.tables import Publish

NOW = datetime(2026, 8, 14, 5, 30, tzinfo=UTC)


def test_an_episode_without_its_audio_is_told_of(tmp_path: Path) -> None:
    folder = show(tmp_path)
    kept, lost = (commit(folder.root, episode(title), mp3()) for title in ("Sungai surut", "Air naik lagi"))
    (store.folder(folder.root, lost) / lost.sound.file).unlink()
    report = night(folder, clock=lambda: NOW)
    assert [outcome.source for outcome in report.outcomes] == [lost.url or lost.title] and report.failed
    feed = (folder.root / "feed.xml").read_text("utf-8")
    assert kept.guid in feed and lost.guid not in feed


def test_the_lock_lets_in_one_and_goes_with_its_holder(tmp_path: Path) -> None:
    folder = show(tmp_path)
    with locked(folder), pytest.raises(LockedError), locked(folder, patience=0):
        pass
    with locked(folder):
        pass


def test_a_night_ends_with_what_is_out_where_listeners_are(tmp_path: Path) -> None:
    folder = show(tmp_path, publish=Publish(to="www", public_check=False))
    kept = commit(folder.root, episode("Sungai surut"), mp3())
    assert not night(folder, clock=lambda: NOW).failed
    assert kept.guid in (tmp_path / "www" / "feed.xml").read_text("utf-8")
    (tmp_path / "berkas").write_text("a file where a folder should be")
    there = night(replace(folder, publish=Publish(to="berkas")), clock=lambda: NOW)
    assert there.failed and "berkas" in there.outcomes[-1].error
