"""The doctor: a healthy show has no problem, and each thing broken on purpose is named."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import editions
import pytest
from editions import commit
from msgspec.structs import replace
from PIL import Image

from newscast.publish.check import check
from newscast.publish.doctor import Problem
from newscast.publish.release import publish
from newscast.publish.store import folder
from newscast.show import Show

NOW = datetime(2024, 3, 10, tzinfo=UTC)


@pytest.fixture
def show(tmp_path: Path) -> Show:
    show = editions.show(tmp_path)
    for title in ("Berita satu", "Berita dua"):
        commit(show.root, editions.episode(title), editions.mp3())
    publish(show, editions.NOW)
    return show


def errors(problems: list[Problem]) -> list[str]:
    return [f"{problem.where}: {problem.message}" for problem in problems if problem.severity == "error"]


def test_a_healthy_show_has_no_problem(show: Show) -> None:
    assert check(show, NOW) == []


def test_checking_changes_nothing(show: Show) -> None:
    before = {path: path.stat().st_mtime_ns for path in show.folder.rglob("*")}
    check(show, NOW)
    assert {path: path.stat().st_mtime_ns for path in show.folder.rglob("*")} == before


def test_a_show_not_begun_has_no_errors(tmp_path: Path) -> None:
    assert check(editions.show(tmp_path), NOW) == []


def damage(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


HOME = "episodes/2024-03-05-berita-satu"
BREAKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "MP3 gone": (lambda root: (root / HOME / "2024-03-05-berita-satu.mp3").unlink(), "the MP3 is gone"),
    "enclosure gone": (lambda root: (root / HOME / "2024-03-05-berita-satu.mp3").unlink(), "is not there"),
    "MP3 cut": (lambda root: _cut(root / HOME / "2024-03-05-berita-satu.mp3"), "bytes, not"),
    "MP3 changed": (lambda root: _flip(root / HOME / "2024-03-05-berita-satu.mp3"), "its bytes have changed"),
    "no MP3": (lambda root: (root / HOME / "2024-03-05-berita-satu.mp3").write_bytes(b"x" * 900), "no MP3"),
    "duration": (
        lambda root: _in(root, HOME, "episode.json", b'"duration": 2.0', b'"duration": 9.0'),
        "plays 2.0",
    ),
    "cues": (lambda root: _in(root, HOME, "episode.json", b'"start": 1.1', b'"start": 0.2'), "cues overlap"),
    "manifest": (lambda root: (root / HOME / "episode.json").write_text("{"), "is no manifest"),
    "transcript": (lambda root: (root / HOME / "transcript.vtt").unlink(), "transcript.vtt: missing"),
    "chapters": (lambda root: (root / HOME / "chapters.json").write_text("{}"), "not as the manifest says"),
    "no feed": (lambda root: (root / "feed.xml").unlink(), "there is no feed"),
    "feed cut": (lambda root: _cut(root / "feed.xml"), "not well-formed"),
    "feed of another kind": (lambda root: (root / "feed.xml").write_text("<html/>"), "it is no RSS"),
    "length": (lambda root: _in(root, "", "feed.xml", b' length="', b' length="1'), "its enclosure has"),
    "date": (lambda root: _in(root, "", "feed.xml", b"05 Mar", b"05 Maret"), "is not as RFC 2822"),
    "language": (
        lambda root: _in(root, "", "feed.xml", b"language", b"bahasa"),
        "the channel has no language",
    ),
    "no guid": (lambda root: _in(root, "", "feed.xml", b"guid", b"id"), "no guid"),
    "order": (lambda root: _first(root, b"Tue, 05 Mar", b"Mon, 04 Mar"), "newest first"),
    "same guid": (lambda root: _one_guid(root), "is also that of"),
}


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _flip(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def _in(root: Path, home: str, name: str, old: bytes, new: bytes) -> None:
    damage(root / home / name, old, new)


def _first(root: Path, old: bytes, new: bytes) -> None:
    path = root / "feed.xml"
    head, item, rest = path.read_bytes().split(b"<item>", 2)
    path.write_bytes(b"<item>".join((head, item.replace(old, new), rest)))


def _one_guid(root: Path) -> None:
    one, two = (editions.episode(title).guid.encode() for title in ("Berita satu", "Berita dua"))
    damage(root / HOME / "episode.json", one, two)


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_is_named(show: Show, name: str) -> None:
    broken, message = BREAKS[name]
    broken(show.root)
    found = errors(check(show, NOW))
    assert any(message in line for line in found), found
    assert all("\n" not in line for line in found)


def test_what_the_night_mends_is_well_again(show: Show) -> None:
    (show.root / HOME / "transcript.vtt").unlink()
    (show.root / "feed.xml").unlink()
    publish(show, editions.NOW)
    assert check(show, NOW) == []


SETTINGS: list[tuple[dict[str, object], str]] = [
    ({"url": "https://example.org/kabar"}, "url is still https://example.org/kabar"),
    ({"url": "http://radio.test/kabar"}, "not https"),
    ({"guid": ""}, "no guid of its own"),
    ({"email": ""}, "no e-mail"),
    ({"category": ("news",)}, "no category 'news'"),
    ({"category": ("News", "Daily news")}, "no category 'News > Daily news'"),
    ({"cover": ""}, "has no cover"),
]


@pytest.mark.parametrize(("change", "message"), SETTINGS, ids=[message for _, message in SETTINGS])
def test_settings_worth_a_warning(show: Show, change: dict[str, object], message: str) -> None:
    changed = replace(show, **change)
    publish(changed, editions.NOW)
    (problem,) = check(changed, NOW)
    assert problem.severity == "warning" and message in problem.message and problem.hint


def test_the_guid_to_paste_is_the_feeds_own(show: Show) -> None:
    (problem, *_) = check(replace(show, guid=""), NOW)
    assert replace(show, guid="").podcast_guid in problem.hint
    assert errors(check(replace(show, guid="not-a-uuid"), NOW)) == ["show.toml: guid 'not-a-uuid' is no UUID"]


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (Image.new("RGB", (1400, 1000)), "not square but 1400 x 1000"),
        (Image.new("RGB", (600, 600)), "600 pixels wide, not 1400 to 3000"),
        (Image.new("RGBA", (1400, 1400)), "is RGBA, not plain RGB"),
    ],
)
def test_a_cover_that_directories_refuse(show: Show, image: Image.Image, message: str) -> None:
    image.save(show.folder / "cover.jpg", format="PNG")
    (problem,) = check(show, NOW)
    assert problem.severity == "error" and message in problem.message


def test_a_cover_that_is_no_picture(show: Show) -> None:
    for data in (b"\xff\xd8\xff not really", b"GIF89a"):
        (show.folder / "cover.jpg").write_bytes(data)
        message = f"show.toml: {show.folder}/cover.jpg is not a JPEG or PNG that can be read"
        assert errors(check(show, NOW)) == [message]


def test_the_future_strays_and_an_old_feed_are_warnings(show: Show) -> None:
    (show.root / "episodes" / "lain").mkdir()
    home = folder(show.root, commit(show.root, editions.episode("Berita tiga"), editions.mp3()))
    found = [problem.message for problem in check(show, datetime(2024, 3, 1, tzinfo=UTC))]
    assert sum("future" in message for message in found) == 3
    assert any("no episode.json" in message for message in found)
    assert "1 of the 3 newest episodes are not in it" in found
    publish(replace(show, title="Nama lama"), editions.NOW)
    assert "not up to date with the episodes and show.toml" in [p.message for p in check(show, NOW)]
    assert home.is_dir()
