"""Episodes on the disk: where they go, what stays, and what is whole whatever happens."""

import hashlib
import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import editions
import pytest
from editions import commit
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from newscast.errors import PublishError
from newscast.files import write_whole
from newscast.publish import store
from newscast.publish.manifests import Head, read, shelf
from newscast.publish.store import episodes, find, folder, slugify, sweep

KEEP = timedelta(days=7)


def heads(root: Path) -> tuple[Head, ...]:
    """Of all episodes."""
    return shelf(root).heads


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file's bytes and time of change."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Harga Beras Naik 5%", "harga-beras-naik-5"),
        ("Salat Jum'at di Masjid Raya", "salat-jumat-di-masjid-raya"),
        ("Café & Résumé", "cafe-resume"),
        ("中文标题", "episode"),
        ("", "episode"),
        ("CON", "episode-con"),
        ("../../etc/passwd", "etc-passwd"),
        ("kata " * 30, "kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata-kata"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_slug_is_a_safe_file_name(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.text(max_size=120))
def test_every_slug_is_safe_and_its_own_slug(title: str) -> None:
    slug = slugify(title)
    assert 1 <= len(slug) <= 60
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-") and not slug.endswith("-") and "--" not in slug
    assert slugify(slug) == slug


def test_an_episode_comes_back_as_it_went(tmp_path: Path) -> None:
    stored = commit(tmp_path, editions.episode(), editions.mp3())
    home = tmp_path / "episodes" / "2024-03-05-pasar-terapung-kembali-ramai"
    assert folder(tmp_path, stored) == home
    assert sorted(path.name for path in home.iterdir()) == [
        "2024-03-05-pasar-terapung-kembali-ramai.mp3",
        "chapters.json",
        "episode.json",
        "transcript.json",
        "transcript.srt",
        "transcript.vtt",
    ]
    assert (home / stored.sound.file).read_bytes() == editions.mp3()
    assert episodes(tmp_path) == [stored]
    assert find(tmp_path, stored.guid) == stored
    assert find(tmp_path, "another") is None


def test_the_folder_has_the_day_of_the_episodes_own_zone(tmp_path: Path) -> None:
    early = datetime(2024, 3, 5, 1, 0, tzinfo=timezone(timedelta(hours=9)))  # still 4 March in UTC
    stored = commit(tmp_path, editions.episode(published=early), editions.mp3())
    assert folder(tmp_path, episodes(tmp_path)[0]).name.startswith("2024-03-05-")
    assert stored.published.utcoffset() == timedelta(hours=9)


def test_the_same_again_touches_nothing(tmp_path: Path) -> None:
    commit(tmp_path, editions.episode(), editions.mp3())
    before = snapshot(tmp_path)
    commit(tmp_path, editions.episode(), editions.mp3())
    assert snapshot(tmp_path) == before


def test_new_audio_gets_a_new_name_and_keeps_guid_date_and_folder(tmp_path: Path) -> None:
    first = commit(tmp_path, editions.episode(), editions.mp3())
    louder = editions.mp3(2.0, 880.0)
    later = first.published + timedelta(days=3)
    changed = editions.episode(audio=louder, published=later, slug="lain", summary="Ralat.")
    second = commit(tmp_path, changed, louder)
    assert second.sound.file == f"2024-03-05-pasar-terapung-kembali-ramai-{second.sound.sha256[:8]}.mp3"
    assert (second.guid, second.published, second.slug) == (first.guid, first.published, first.slug)
    assert episodes(tmp_path) == [second] and second.summary == "Ralat."
    home = folder(tmp_path, second)
    assert (home / first.sound.file).read_bytes() == editions.mp3(), "the feed that is out still names it"
    sweep(tmp_path, heads(tmp_path), editions.NOW + KEEP - timedelta(seconds=1), KEEP)
    assert (home / first.sound.file).is_file() and (home / "transcript.vtt").is_file(), "for a while"
    sweep(tmp_path, heads(tmp_path), editions.NOW + KEEP, KEEP)
    version = second.sound.sha256[:8]
    assert sorted(path.name for path in home.iterdir()) == [
        second.sound.file,
        f"chapters-{version}.json",
        "episode.json",
        *(f"transcript-{version}.{format}" for format in ("json", "srt", "vtt")),
    ]
    third = commit(tmp_path, editions.episode(), editions.mp3())
    assert third.sound.file not in {first.sound.file, second.sound.file}, "a URL never gets other bytes"


def test_a_corrected_text_keeps_its_audio(tmp_path: Path) -> None:
    first = commit(tmp_path, editions.episode(), editions.mp3())
    second = commit(tmp_path, editions.episode(summary="Ringkasan baru."), editions.mp3())
    assert second == replace(first, summary="Ringkasan baru.")


def test_two_episodes_of_one_name_live_side_by_side(tmp_path: Path) -> None:
    names = [commit(tmp_path, editions.episode(guid=guid), editions.mp3()).slug for guid in "abc"]
    base = "pasar-terapung-kembali-ramai"
    assert names == [base, f"{base}-2", f"{base}-3"]
    assert [episode.guid for episode in episodes(tmp_path)] == ["a", "b", "c"]


def test_the_newest_comes_first(tmp_path: Path) -> None:
    for hour, guid in ((6, "b"), (9, "c"), (6, "a")):
        when = datetime(2024, 3, 5, hour, tzinfo=editions.WIB)
        commit(tmp_path, editions.episode(guid=guid, published=when), editions.mp3())
    assert [episode.guid for episode in episodes(tmp_path)] == ["c", "a", "b"]


def test_a_folder_without_manifest_is_no_episode(tmp_path: Path) -> None:
    stored = commit(tmp_path, editions.episode(), editions.mp3())
    (folder(tmp_path, stored) / "episode.json").unlink()
    assert episodes(tmp_path) == []
    assert commit(tmp_path, editions.episode(), editions.mp3()).slug.endswith("-2")


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff", b'{"guid": 1}', b"[]"])
def test_a_broken_manifest_is_named(tmp_path: Path, damage: bytes) -> None:
    path = folder(tmp_path, commit(tmp_path, editions.episode(), editions.mp3())) / "episode.json"
    path.write_bytes(damage)
    other = commit(tmp_path, editions.episode("Yang lain"), editions.mp3())
    with pytest.raises(PublishError, match=r"episode\.json"):
        read(tmp_path, path.parent.name)
    assert [broken.folder for broken in shelf(tmp_path).broken] == [path.parent.name]
    assert episodes(tmp_path) == [other], "one broken manifest is not in the way of the others"


def test_a_renamed_folder_or_newer_schema_is_refused(tmp_path: Path) -> None:
    home = folder(tmp_path, commit(tmp_path, editions.episode(), editions.mp3()))
    moved = home.rename(home.with_name("2024-03-05-lain"))
    with pytest.raises(PublishError, match="should be named 2024-03-05-pasar"):
        read(tmp_path, moved.name)
    home = moved.rename(home)
    manifest = home / "episode.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"schema": 2', b'"schema": 3'))
    with pytest.raises(PublishError, match="schema 3"):
        read(tmp_path, home.name)


def test_misuse_is_a_value_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sha256"):
        commit(tmp_path, editions.episode(), b"other")
    with pytest.raises(ValueError, match="zone"):
        commit(tmp_path, editions.episode(published=datetime(2024, 3, 5)), editions.mp3())


def test_writing_the_same_bytes_leaves_a_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    assert write_whole(path, b"one")
    before = path.stat().st_mtime_ns
    assert not write_whole(path, b"one") and path.stat().st_mtime_ns == before
    assert write_whole(path, b"two") and path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["file"]
    assert path.stat().st_mode & 0o444 == 0o444 & ~_umask(), "a web server must be able to read it"


def test_a_file_where_a_folder_should_be_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "root").write_text("a file")
    with pytest.raises(PublishError) as caught:
        commit(tmp_path / "root", editions.episode(), editions.mp3())
    assert "root" in caught.value.message and "\n" not in caught.value.message


class Refusals:
    """Makes the disk refuse from the n-th operation on, by the interpreter's own audit events."""

    EVENTS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir")

    def __init__(self) -> None:
        self.left = -1
        self.lasting = False
        sys.addaudithook(self)  # for good, but idle while `left` is negative

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.left < 0 or event not in self.EVENTS:
            return
        if self.left == 0:
            self.left = 0 if self.lasting else -1
            raise OSError(28, "No space left on device", "disk")
        self.left -= 1


@pytest.fixture(scope="module")
def refusals() -> Iterator[Refusals]:
    hook = Refusals()
    yield hook
    hook.left = -1


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("known", [False, True], ids=["new", "changed"])
def test_a_disk_that_refuses_leaves_what_was_there(
    tmp_path: Path, refusals: Refusals, known: bool, lasting: bool
) -> None:
    other = editions.mp3(2.0, 880.0)
    changed = editions.episode("Episode lama" if known else "Episode baru", other)
    for operation in range(100):
        root = tmp_path / str(operation)
        kept = commit(root, editions.episode("Episode lama"), editions.mp3())
        before = snapshot(root)
        refusals.left, refusals.lasting = operation, lasting
        try:
            commit(root, changed, other)
        except PublishError as error:
            assert "no space left" in error.message
        unused, refusals.left = refusals.left > 0, -1
        if unused:
            break
        for name in before:
            assert name.endswith("episode.json") or snapshot(root)[name] == before[name]
        assert kept.guid in {episode.guid for episode in episodes(root)}
        for episode in episodes(root):
            assert len((folder(root, episode) / episode.sound.file).read_bytes()) == episode.sound.length
        commit(root, changed, other)
        assert len(episodes(root)) == (1 if known else 2)
        sweep(root, heads(root), editions.NOW, KEEP)
        assert not list(root.rglob(".*"))
    assert operation > 6, "the disk did refuse"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_full_disk_half_way_through_the_mp3(tmp_path: Path) -> None:
    import resource
    import signal

    kept = commit(tmp_path, editions.episode(), editions.mp3())
    before = snapshot(tmp_path)
    other = editions.mp3(2.0, 880.0)
    child = os.fork()
    if child == 0:  # no file may grow past half the MP3: the write itself fails, as on a full disk
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(other) // 2, len(other) // 2))
        try:
            commit(tmp_path, editions.episode(audio=other), other)
        except PublishError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert snapshot(tmp_path) == before and episodes(tmp_path) == [kept]


def test_sweep_removes_leftovers_and_nothing_else(tmp_path: Path) -> None:
    commit(tmp_path, editions.episode(), editions.mp3())
    (tmp_path / "feed.xml").write_text("feed")
    (tmp_path / "mine.mp3").write_text("not ours")
    before = snapshot(tmp_path)
    draft = tmp_path / "episodes" / ".2024-03-06-x.99.tmp"
    draft.mkdir()
    (draft / "x.mp3").write_bytes(b"half")
    (tmp_path / ".feed.xml.99.tmp").write_bytes(b"half")
    sweep(tmp_path, heads(tmp_path), editions.NOW, KEEP)
    assert snapshot(tmp_path) == before


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_derived_files_follow_from_the_manifest_alone(tmp_path: Path) -> None:
    stored = commit(tmp_path, editions.episode(), editions.mp3())
    for name, data in store.derived(episodes(tmp_path)[0]).items():
        assert (folder(tmp_path, stored) / name).read_bytes() == data


def test_what_an_older_newscast_published_is_taken_over_as_it_is(tmp_path: Path) -> None:
    home = tmp_path / "episodes" / "2026-08-14-harga-beras"
    home.mkdir(parents=True)
    manifest = """{"guid": "g", "slug": "harga-beras", "title": "Harga beras", "summary": "Turun.",
        "published": "2026-08-14T06:00:00+07:00", "duration": 2.0, "audio": "harga-beras-0a1b2c3d.mp3",
        "length": %d, "sha256": "%s", "inputs": "i", "voice": "id_ID-sari", "guests": ["id_ID-bayu"],
        "url": "https://koran.test/a", "cues": [{"start": 0.1, "end": 1.9, "text": "Turun."}],
        "chapters": [{"start": 0.0, "end": 2.0, "title": "Isi", "url": ""}], "schema": 1}"""
    sound = editions.mp3()
    (home / "episode.json").write_text(manifest % (len(sound), hashlib.sha256(sound).hexdigest()))
    (home / "harga-beras-0a1b2c3d.mp3").write_bytes(sound)
    (home / "transcript.vtt").write_text("as a page that is open still asks for it")
    (old,) = episodes(tmp_path)
    assert (old.guid, old.sound.file, old.url) == ("g", "harga-beras-0a1b2c3d.mp3", "https://koran.test/a")
    assert old.published == datetime(2026, 8, 14, 6, tzinfo=editions.WIB)
    assert old.voices == ("id_ID-sari", "id_ID-bayu")
    sweep(tmp_path, heads(tmp_path), editions.NOW, KEEP)
    assert sorted(p.name for p in home.iterdir()) == [
        "episode.json",
        "harga-beras-0a1b2c3d.mp3",
        "transcript.vtt",
    ]
    other = editions.mp3(2.0, 880.0)
    new = commit(tmp_path, editions.episode(guid="g", audio=other), other)
    assert (new.slug, new.published, new.schema) == (old.slug, old.published, 2)
    assert old.sound.file in {gone.file for gone in new.superseded}


def test_heads_are_remembered_and_a_changed_manifest_is_read_anew(tmp_path: Path) -> None:
    cache = tmp_path / "work" / "heads"
    stored = commit(tmp_path, editions.episode(), editions.mp3())
    (first,) = shelf(tmp_path, cache).heads
    assert (first.guid, first.sound) == (stored.guid, stored.sound)
    (again,) = shelf(tmp_path, cache).heads
    assert again == first and again.published.utcoffset() == timedelta(hours=7), "the zone is its day's"
    cache.write_bytes(b"damaged")
    assert shelf(tmp_path, cache).heads == (first,)
    store.rewrite(tmp_path, replace(stored, title="Judul lain"))
    assert [head.title for head in shelf(tmp_path, cache).heads] == ["Judul lain"]
    home = folder(tmp_path, stored)
    home.rename(home.with_name(".away"))
    assert shelf(tmp_path, cache).heads == ()
