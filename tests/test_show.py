"""show.toml is read strictly, and says what is wrong."""

import pickle
from pathlib import Path
from typing import get_args

import pytest

from newscast import tables
from newscast.errors import FetchError, LockedError, NewscastError, ShowError
from newscast.model import GUID_NAMESPACE, Article, Paragraph, digest
from newscast.show import load, podcast_guid

EXAMPLE = Path(__file__).parents[1] / "examples" / "show.toml"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "show.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_example_is_a_show() -> None:
    show = load(EXAMPLE)
    assert show.folder == EXAMPLE.parent
    assert show.root == EXAMPLE.parent / "../output" / show.id
    assert show.podcast_guid == podcast_guid(show.address + "feed.xml")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("title = ", "titel = "), "titel"),
        (('title = "Kabar Ringkas"', "title = 7"), "title"),
        (('id = "kabar-ringkas"', 'id = "Kabar Ringkas"'), "small letters, digits and hyphens - at `\\$.id`"),
        (('url = "https://', 'url = "ftp://'), "an address that begins with https:// - at `\\$.url`"),
        (('id = "kabar-ringkas"', 'folder = "x"'), "folder"),
        (("[audio]", "[audio]\nsentence_pause = 99"), "sentence_pause"),
        (('inbox = "inbox"', 'inbox = "inbox"\nurl = "https://a.example/"'), "exactly one"),
        (('timezone = "WIB"', 'timezone = "CET"'), "timezone"),
        (("[voice]", "[voice"), "TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    text = EXAMPLE.read_text("utf-8")
    assert change[0] in text
    with pytest.raises(ShowError, match=says):
        load(written(tmp_path, text.replace(*change)))


def test_a_show_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ShowError) as caught:
        load(tmp_path / "show.toml")
    assert caught.value.hint == "newscast init"


def test_podcast_guid_is_as_the_namespace_says() -> None:
    # The worked example of the podcast namespace's documentation.
    assert podcast_guid("https://podnews.net/rss/") == podcast_guid("podnews.net/rss")
    assert podcast_guid("podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"


def test_errors_survive_pickling() -> None:
    error = pickle.loads(pickle.dumps(FetchError("no answer", "try again")))
    assert isinstance(error, FetchError) and (error.message, error.hint) == ("no answer", "try again")
    assert issubclass(LockedError, NewscastError)


def test_guid_is_for_good() -> None:
    """A new namespace or key would offer listeners every old episode again."""
    assert str(GUID_NAMESPACE) == "7d9f3c52-4c1b-5b0e-9a55-6f0e6d5b7a11"
    article = Article(title="A", paragraphs=(Paragraph("B."),), url="https://a.example/b")
    assert article.guid == "d2e78187-0bd3-545c-881a-cf90c4f954fe"
    without = Article(title="A", paragraphs=(Paragraph("B."),))
    assert without.guid != Article(title="A", paragraphs=(Paragraph("C."),)).guid


def test_digest_tells_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_no_pattern_is_told_as_one() -> None:
    """Every pattern of a key has a description that stands in its place."""
    source = Path(tables.__file__).read_text("utf-8")
    assert source.count("pattern=") == len(tables.PATTERNS)
    assert all(get_args(kind)[1].description for kind in tables.PATTERNS)
