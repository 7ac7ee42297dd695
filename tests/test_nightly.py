"""What a night does with what it finds, and what it says of what is gone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from editions import commit, episode, mp3, show

from newscast.errors import LockedError
from newscast.memory.books import locked
from newscast.nightly import night
from newscast.publish import store

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
