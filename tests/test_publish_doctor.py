"""The doctor of feeds: ours is healthy, what is broken is named with its rule; and what must not change."""

import editions
import pytest
from msgspec.structs import replace

from newscast.errors import PublishError
from newscast.publish.against import compare
from newscast.publish.doctor import Severity, examine
from newscast.publish.feed import write_feed

NEWS = [
    replace((one := editions.episode(f"Berita {n}")), media=(replace(one.sound, file=f"berita-{n}.mp3"),))
    for n in range(3)
]
FEED = write_feed(editions.SHOW, NEWS, "cover.jpg").decode()

BREAKS = [
    ("<?xml", " <?xml", "RSS 2.0", "first bytes"),
    ("<rss", "<!DOCTYPE rss>\n<rss", "PSP-1", "DOCTYPE"),
    ("<language>id</language>", "", "Apple", "no language"),
    ('text="Daily News"', 'text="Daily news"', "Apple", "no category is 'News > Daily news'"),
    ("cover.jpg", "cover.webp", "Apple", "not named .jpg or .png"),
    ("<itunes:explicit>false", "<itunes:explicit>no", "Apple", "itunes:explicit is 'no'"),
    (editions.SHOW.guid, "kabar", "Podcasting 2.0", "is no UUID"),
    ("Tue, 05 Mar", "Mon, 05 Mar", "RSS 2.0", "RFC 2822"),
    ("Tue, 05 Mar", "Sel, 05 Maret", "RSS 2.0", "RFC 2822"),
    ('isPermaLink="false"', "", "RSS 2.0", "its guid is no address"),
    ("<itunes:duration>2<", "<itunes:duration>dua<", "Apple", "neither seconds"),
    ('type="audio/mpeg"', 'type="audio/mp3"', "Apple", "of type 'audio/mp3'"),
    ("episodes/2024-03-05-berita-0/berita-0.mp3", "episodes/bérita.mp3", "RSS 2.0", "in ASCII"),
    ("berita-0/berita-0.mp3", "berita-1/berita-1.mp3", "Apple", "2 items have the enclosure"),
    ('type="text/vtt"', 'type="text/x"', "Podcasting 2.0", "transcript"),
    ("<title>Berita 0", "<title>" + "x" * 300, "Apple", "more than 255"),
    ("<description>Para", "<description>" + "x" * 5000, "Apple", "more than 4000"),
    ("</rss>", "", "RSS 2.0", "not well-formed"),
]


def test_our_own_feed_is_healthy() -> None:
    assert list(examine(FEED.encode())) == []


@pytest.mark.parametrize(("old", "new", "rule", "message"), BREAKS, ids=[row[3] for row in BREAKS])
def test_what_is_broken_is_named_with_its_rule(old: str, new: str, rule: str, message: str) -> None:
    assert old in FEED
    found = list(examine(FEED.replace(old, new).encode()))
    assert any(one.rule == rule and message in one.message for one in found), found


def test_what_must_never_change() -> None:
    assert list(compare([FEED.encode()], [FEED.encode()], "feed.xml")) == []
    dated = FEED.replace("06:00:00 +0700</pubDate>", "07:00:00 +0700</pubDate>", 1)
    guid = FEED.replace(NEWS[0].guid, "f" * 32)
    gone = write_feed(editions.SHOW, NEWS[:2], "cover.jpg").decode()
    moved = FEED.replace("berita-2/berita-2.mp3", "berita-2/berita-2-12345678.mp3")
    other = FEED.replace(editions.SHOW.guid, "5f7fc367-9a4b-5be4-a175-26f72b3e0308")
    for changed, severity, message in (
        (dated, Severity.ERROR, "Berita 0: its date has moved"),
        (guid, Severity.ERROR, f"Berita 0: its guid is now {'f' * 32}"),
        (gone, Severity.WARNING, "Berita 2: it is gone"),
        (moved, Severity.WARNING, "Berita 2: its sound is now at"),
        (other, Severity.ERROR, f"the show's podcast:guid was {editions.SHOW.guid}"),
    ):
        (problem,) = compare([FEED.encode()], [changed.encode()], "feed.xml")
        assert problem.severity is severity and message in problem.message and problem.hint
    halves = [write_feed(editions.SHOW, part, "cover.jpg") for part in (NEWS[:1], NEWS[1:])]
    assert list(compare([FEED.encode()], halves, "feed.xml")) == [], "an archive counts too"
    with pytest.raises(PublishError, match="no RSS"):
        list(compare([b"<html/>"], [FEED.encode()], "feed.xml"))
