"""Many stories, one programme: what it says, how long it lasts, and that no story is cut."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from broadcast import show as example
from editions import WIB
from msgspec.structs import replace
from test_e2e import OTHER, assert_feed_whole, run, write
from test_e2e import folder as folder

from newscast.model import Article, EpisodeKind, Paragraph
from newscast.text.bulletin import write_bulletin
from newscast.text.lexicon import Lexicon

NOW = datetime(2026, 8, 14, 5, 30, tzinfo=WIB)


def story(number: int) -> Article:
    return Article(
        title=f"Jembatan Ke-{number} Dibuka",
        paragraphs=(Paragraph("Jembatan dibuka pagi ini."), Paragraph("Warga senang sekali.")),
        url=f"https://koran.test/{number}",
        image=f"https://koran.test/{number}.jpg",
    )


def test_headlines_come_first_and_each_story_is_a_chapter() -> None:
    stories = [story(1), story(2)]
    script = write_bulletin(stories, example(), "Kabar Pagi", NOW, Lexicon.default(), guid="g")
    assert [section.title for section in script.sections] == [
        "Pembuka",
        "Jembatan Ke-1 Dibuka",
        "Jembatan Ke-2 Dibuka",
        "Penutup",
    ]
    opening, first, second, closing = script.sections
    assert [line.text for line in opening.lines][-2:] == ["Jembatan Ke-1 Dibuka.", "Jembatan Ke-2 Dibuka."]
    assert (first.url, first.image, first.sting) == (stories[0].url, stories[0].image, True)
    assert len(second.lines) == 3 and not closing.sting
    assert script.sources == (stories[0].url, stories[1].url) and script.url == ""
    short = write_bulletin(stories, example(), "Kabar", NOW, Lexicon.default(), guid="g", lede=True)
    assert [len(section.lines) for section in short.sections][1:3] == [2, 2]
    quiet = replace(example(), script=replace(example().script, headlines=""))
    assert (
        "Jembatan" not in write_bulletin(stories, quiet, "K", NOW, Lexicon.default(), guid="g").lines[0].text
    )


@dataclass
class Stories:
    folder: Path
    names: list[str]


@pytest.fixture
def stories(folder: Path) -> Stories:
    names = []
    for number in range(2, 8):
        text = OTHER.replace("tiga kecamatan", f"{number} kecamatan").replace("12 ton", f"{number * 5} ton")
        more = (f"Camat ke-{n} menyebut hasil panen naik {n * number} persen.\n" for n in range(number))
        text += "\n".join(more)
        names.append(write(folder, f"{number}.txt", f"Panen Raya di Wilayah {number}", text).name)
    return Stories(folder, names)


def manifest(folder: Path) -> dict[str, object]:
    (path,) = folder.glob("output/uji/episodes/*/episode.json")
    told: dict[str, object] = json.loads(path.read_text())
    return told


def test_a_bulletin_fills_to_the_clock_and_tells_what_it_left_out(stories: Stories) -> None:
    done = run(stories.folder, "bulletin", *stories.names, "tiada.txt", "--name", "pagi", "--max", "1:30")
    told = manifest(stories.folder)
    assert told["kind"] == EpisodeKind.BULLETIN
    assert isinstance(told["duration"], float) and 65 < told["duration"] <= 90
    titles = {chapter["title"] for chapter in told["chapters"]}  # type: ignore[attr-defined]
    left = [line for line in stories.names if f"Wilayah {line[0]}" not in " ".join(titles)]
    assert left and all(f"does not fit: Panen Raya di Wilayah {name[0]}" in done.stderr for name in left)
    assert "tiada.txt" in done.stderr and assert_feed_whole(stories.folder) == 1
    said = [cue["text"] for cue in told["cues"]]  # type: ignore[attr-defined]
    for name in set(stories.names) - set(left):
        assert sum("Camat" in text for text in said) >= int(name[0]), "no story is cut"


def test_the_same_edition_again_corrects_it(stories: Stories) -> None:
    run(stories.folder, "bulletin", *stories.names[:3])
    first = manifest(stories.folder)
    clips = len(list((stories.folder / ".newscast").rglob("clips/*/*")))
    again = run(stories.folder, "bulletin", *stories.names[:3])
    assert "kept" in again.stderr and manifest(stories.folder) == first
    path = stories.folder / stories.names[0]
    path.write_text(path.read_text().replace("10 ton", "11 ton"))
    assert "corrected" in run(stories.folder, "bulletin", *stories.names[:3]).stderr
    second = manifest(stories.folder)
    assert (second["guid"], second["published"]) == (first["guid"], first["published"])
    assert len(list((stories.folder / ".newscast").rglob("clips/*/*"))) == clips + 1
    assert "no story fits" in run(stories.folder, "bulletin", *stories.names, "--max", "0:05", code=1).stderr


def test_a_removed_bulletin_stays_removed(stories: Stories) -> None:
    run(stories.folder, "bulletin", *stories.names[:2])
    guid = str(manifest(stories.folder)["guid"])
    run(stories.folder, "remove", guid)
    assert "removed" in run(stories.folder, "bulletin", *stories.names[:2]).stderr
    assert assert_feed_whole(stories.folder) == 0
