"""What a night decides, whose episode an article is, and what the ledger remembers."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import editions
import pytest
from msgspec.structs import replace

from newscast.articles.links import Link
from newscast.errors import ArticleError, PublishError
from newscast.memory import hold, identity, ledger
from newscast.memory.books import Books
from newscast.memory.ledger import Action, Candidate, Entry, Known, Ledger, State, decide, key_of
from newscast.model import Article, Chapter, Cue, Episode, Paragraph
from newscast.tables import Night, Source

NOW = datetime(2026, 8, 14, 5, 30, tzinfo=UTC)
FEED, INBOX = Source(feed="https://koran.test/rss", limit=2), Source(inbox="inbox")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def of(
    source: Source, url: str, published: datetime | None = None, stamp: tuple[int, int] = (0, 0)
) -> Candidate:
    link = Link(url, url, published)
    return Candidate(key_of(ledger.name_of(source, link)), link, source, stamp)


PAGE = of(FEED, "https://koran.test/a")
FILE = of(INBOX, "inbox/a.txt", stamp=(5, 5))


def entry(state: State, ago: timedelta, attempts: int = 0) -> Entry:
    return Entry(state=state, guid="g", at=NOW - ago, attempts=attempts)


def known(one: Candidate, stamp: tuple[int, int]) -> dict[str, Known]:
    return {one.key: Known(name="a", stamp=stamp, reason="a video")}


@pytest.mark.parametrize(
    ("one", "before", "stamp", "action", "why"),
    [
        (PAGE, None, (0, 0), Action.MAKE, "new"),
        (PAGE, entry(State.MADE, HOUR), (0, 0), Action.LOOK, "published less than 48h ago"),
        (PAGE, entry(State.MADE, 3 * DAY), (0, 0), Action.LEAVE, "out"),
        (PAGE, entry(State.HELD, 3 * DAY), (0, 0), Action.LEAVE, "held"),
        (PAGE, entry(State.SKIPPED, DAY), (0, 0), Action.LEAVE, "skipped: a video"),
        (PAGE, entry(State.SKIPPED, 7 * DAY), (0, 0), Action.MAKE, "looked at again"),
        (PAGE, entry(State.FAILED, timedelta(minutes=10), 1), (0, 0), Action.LEAVE, "tried again later"),
        (PAGE, entry(State.FAILED, HOUR, 1), (0, 0), Action.MAKE, "failed before"),
        (PAGE, entry(State.FAILED, HOUR, 4), (0, 0), Action.LEAVE, "tried again later"),
        (PAGE, entry(State.ASIDE, 30 * DAY, 5), (0, 0), Action.LEAVE, "set aside"),
        (PAGE, entry(State.REMOVED, 30 * DAY), (0, 0), Action.LEAVE, "removed"),
        (PAGE, entry(State.UNFINISHED, HOUR, 1), (0, 0), Action.MAKE, "newscast ended"),
        (PAGE, entry(State.RESTORED, HOUR), (0, 0), Action.MAKE, "restored"),
        (FILE, entry(State.MADE, HOUR), (5, 5), Action.LEAVE, "out"),
        (FILE, entry(State.MADE, 90 * DAY), (4, 5), Action.LOOK, "its file has changed"),
        (FILE, entry(State.SKIPPED, HOUR), (4, 5), Action.MAKE, "looked at again"),
        (FILE, entry(State.ASIDE, HOUR), (4, 5), Action.MAKE, "its file has changed"),
        (FILE, entry(State.REMOVED, HOUR), (4, 5), Action.LEAVE, "removed"),
    ],
)
def test_what_a_night_does_with_a_link(
    one: Candidate, before: Entry | None, stamp: tuple[int, int], action: Action, why: str
) -> None:
    entries = {one.key: before} if before else {}
    (decision,) = decide([one], Ledger(entries), known(one, stamp), Night(), NOW)
    assert decision.action is action and why in decision.why


def test_the_limit_counts_what_is_new_and_the_oldest_is_made_first() -> None:
    pages = [of(FEED, f"https://koran.test/{n}", NOW - n * HOUR) for n in range(5)]
    out = Ledger({pages[0].key: entry(State.MADE, 9 * DAY)})

    def made(night: Night) -> list[str]:
        decisions = decide(pages, out, {}, night, NOW)
        return [d.candidate.link.url[-1] for d in decisions if d.action is Action.MAKE]

    assert made(Night()) == ["2", "1"], "the newest two of those that are not out"
    assert made(Night(catch_up=True)) == ["4", "3", "2", "1"]
    assert made(Night(max_age="90m")) == ["1"]
    assert made(Night(since=date(2026, 8, 15))) == []


def test_patterns_choose_and_what_ended_newscast_comes_last() -> None:
    source = Source(feed="https://koran.test/rss", include=("ekonomi",), exclude=("/video/",))
    urls = ("https://koran.test/ekonomi/a", "https://koran.test/ekonomi/video/b", "https://koran.test/bola/c")
    pages = [of(source, url) for url in urls]
    actions = {d.candidate.link.url: d for d in decide(pages, Ledger({}), {}, Night(), NOW)}
    assert [actions[url].action for url in urls] == [Action.MAKE, Action.LEAVE, Action.LEAVE]
    assert "'/video/'" in actions[urls[1]].why and "include" in actions[urls[2]].why
    first, second = of(FEED, "https://koran.test/a", NOW - DAY), of(FEED, "https://koran.test/b", NOW)
    urgent = of(Source(url="https://koran.test/c", priority=1), "https://koran.test/c")
    failed = Ledger({first.key: entry(State.UNFINISHED, HOUR, 1)})
    order = decide([first, second, urgent], failed, {}, Night(), NOW)
    assert [d.candidate.link.url[-1] for d in order] == ["c", "b", "a"]


def test_one_article_of_two_sources_or_spellings_is_decided_once() -> None:
    twins = [of(FEED, "https://koran.test/a"), of(FEED, "https://m.koran.test/a/?utm_source=x#top")]
    other = of(Source(url="https://www.koran.test/a"), "https://www.koran.test/a?utm_medium=y")
    assert len(decide([*twins[:1], *twins[:1]], Ledger({}), {}, Night(), NOW)) == 1
    assert twins[1].key == other.key


def text(*paragraphs: str, title: str = "Harga Beras Turun", day: int = 14) -> Article:
    return Article(
        title=title,
        paragraphs=tuple(Paragraph(p) for p in paragraphs),
        published=datetime(2026, 8, day, 5, tzinfo=UTC),
    )


BODY = " ".join(f"kalimat nomor {n} berisi kabar dari pasar {n * 7} di kota" for n in range(12))
OTHER = " ".join(f"warga desa {n * 3} membangun jembatan baru sepanjang {n} meter" for n in range(12))


def read_out(article: Article) -> Episode:
    texts = [article.title, *(paragraph.text for paragraph in article.paragraphs)]
    cues = tuple(Cue(n + 1.0, n + 1.9, said) for n, said in enumerate(texts))
    chapters = (Chapter(0.0, 99.0, article.title),)
    made = editions.episode(article.title, guid=article.guid, cues=cues, chapters=chapters)
    return replace(made, published=article.published)


def guid(
    article: Article, known: str = "", *out: Episode, inbox: bool = True, name: str = "inbox:inbox/a.txt"
) -> str:
    episodes = {episode.guid: episode for episode in out}
    return identity.guid_of(article, name, known, episodes.get, inbox=inbox)


def test_a_file_is_its_name_whatever_is_corrected_in_it() -> None:
    first = text(BODY)
    out = read_out(first)
    corrected = text(BODY.replace("kabar", "berita"), title="Harga Beras Naik", day=15)
    assert guid(corrected, out.guid, out) == out.guid
    assert guid(text(OTHER, title="Jembatan Baru", day=16), out.guid, out) != out.guid, "a reused name"


def test_two_texts_of_one_title_and_day_never_share_an_episode() -> None:
    out = read_out(text(BODY))
    assert guid(text(BODY), "", out) == out.guid, "what an older newscast published is taken over"
    assert guid(text(OTHER), "", out) not in ("", out.guid)
    with pytest.raises(ArticleError, match="another text of that title and day is out") as caught:
        guid(text(OTHER), "", out, inbox=False, name="")
    assert "--as 2026-08-14-harga-beras-turun" in caught.value.hint
    with pytest.raises(ArticleError, match="another text"):
        guid(text(OTHER), out.guid, out, inbox=False, name="")  # title and day are no name of one's own
    assert guid(text(BODY.replace("nomor 3", "nomor tiga")), "", out, inbox=False, name="") == out.guid


def test_a_text_whose_address_is_read_now_keeps_the_guid_it_was_published_under() -> None:
    out = replace(read_out(text(BODY)), sources=())
    named = replace(text(BODY), url="https://koran.test/beras")
    assert guid(named, "", out) == out.guid
    assert guid(replace(named, paragraphs=text(OTHER).paragraphs), "", out) == named.guid
    assert guid(named) == named.guid


def test_twins_say_the_same_and_forecasts_do_not() -> None:
    first = text(BODY)
    assert identity.are_twins(text(BODY, title="Beras Kini Murah"), read_out(first))
    assert not identity.are_twins(text(BODY.replace("14", "15").replace("21", "22")), read_out(first))
    assert not identity.are_twins(text(OTHER), read_out(first))


def test_sketches_tell_about_how_alike_texts_are() -> None:
    whole = [f"{n} kata {n * n} lain" for n in range(400)]
    for share in (0.2, 0.5, 0.8):
        cut = int(len(whole) * share)
        one = identity.shingles(" ".join(whole))
        two = identity.shingles(" ".join([*whole[:cut], *(f"beda {n}" for n in range(cut, 400))]))
        near = identity.likeness_of_sketches(identity.sketch(one), identity.sketch(two))
        assert near == pytest.approx(len(one & two) / len(one | two), abs=0.15)


def test_the_ledger_comes_back_as_it_went_and_tells_nothing_of_what_is_not_out(tmp_path: Path) -> None:
    secret = "https://koran.test/rahasia"
    saved = Ledger({key_of(secret): entry(State.REMOVED, HOUR), key_of("b"): entry(State.FAILED, DAY, 2)})
    ledger.save(tmp_path, saved)
    loaded = ledger.load(tmp_path)
    assert loaded and loaded.entries == saved.entries
    assert b"rahasia" not in (tmp_path / ledger.LEDGER).read_bytes()
    before = (tmp_path / ledger.LEDGER).stat().st_mtime_ns
    ledger.save(tmp_path, saved)
    assert (tmp_path / ledger.LEDGER).stat().st_mtime_ns == before
    (tmp_path / ledger.LEDGER).write_text('{"schema":1,"entr')
    assert ledger.load(tmp_path) is None
    (tmp_path / ledger.LEDGER).write_text('{"schema":2,"entries":{}}')
    with pytest.raises(PublishError, match="newer newscast"):
        ledger.load(tmp_path)


def test_a_lost_ledger_is_rebuilt_from_the_manifests(tmp_path: Path) -> None:
    show = editions.show(tmp_path)
    stored = editions.commit(show.root, editions.episode(keys=(key_of("inbox:inbox/a.txt"),)), editions.mp3())
    books = Books(show).refresh()
    for name in ("inbox:inbox/a.txt", stored.sources[0], f"{stored.sources[0]}&utm_source=x"):
        assert books.ledger.entries[key_of(name)].guid == stored.guid
    before = (show.root / ledger.LEDGER).read_bytes()
    (show.root / ledger.LEDGER).unlink()
    Books(show).refresh()
    assert (show.root / ledger.LEDGER).read_bytes() == before


def test_what_is_held_is_whole_or_not_there(tmp_path: Path) -> None:
    show = editions.show(tmp_path)
    held = hold.Held(episode=editions.episode(), until=NOW)
    hold.put(show, held, [editions.mp3()])
    assert hold.read(show, held.episode.guid) == held and hold.everything(show) == [held]
    (file,) = hold.sounds(show, held)
    assert isinstance(file, Path) and file.read_bytes() == editions.mp3()
    hold.put(show, replace(held, until=None), [editions.mp3()])
    assert hold.read(show, held.episode.guid) == replace(held, until=None)
    (show.work / "held" / held.episode.guid / "0").write_bytes(b"cut")
    assert hold.read(show, held.episode.guid) is None
    hold.forget(show, held.episode.guid)
    assert hold.everything(show) == []
