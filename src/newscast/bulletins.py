"""Many articles -> one episode of one edition of one day: fetched here, made anywhere, committed here."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid5

import msgspec
from msgspec.structs import replace

from newscast import pipeline
from newscast.articles import left_out
from newscast.articles.page import Read
from newscast.audio.episode import duration
from newscast.build import PATIENCE, Job, Outcome, clear_away, commit, find, read_one, stays_away
from newscast.errors import ArticleError
from newscast.memory.books import Books, locked
from newscast.memory.ledger import key_of
from newscast.model import GUID_NAMESPACE, Article, Episode, Progress, Script
from newscast.pipeline import Loaded, Task
from newscast.show import Show


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One bulletin of a day. name: there is one of that name a day. most: seconds it may last, 0 for any.

    lede: read only the first paragraph of each story.
    """

    name: str
    title: str
    most: float = 0.0
    lede: bool = False


#: Letters that our voices say in a second, pauses included (130 words a minute).
_LETTERS_A_SECOND = 14.0
#: What is estimated to be longer than allowed by this factor is not spoken to find out.
_SLACK = 1.25


def make(
    jobs: Sequence[Job],
    edition: Edition,
    loaded: Loaded,
    books: Books,
    now: datetime,
    on_line: Progress | None = None,
) -> Outcome:
    """Fetch articles, make them into one episode and commit it; publishing is the caller's.

    A story that cannot be had, or does not fit, is left out and told of. Raises NewscastError.
    """
    show = loaded.show
    read, notes = _read_all(jobs, show)
    name = f"bulletin:{edition.name}/{now:%Y-%m-%d}"
    guid = str(uuid5(GUID_NAMESPACE, f"{show.id}\n{name}"))
    with locked(show, f"making/{guid[:2]}", PATIENCE):
        with locked(show):
            if barred := stays_away(edition.title, edition.title, guid, books.refresh()):
                return barred
            previous = find(guid, books, show)
        task = _task(read, edition, guid, name, previous, now)
        if edition.most:
            whole, task = task, fitting(task, loaded, edition.most, on_line)
            chosen = (task.article, *task.others)
            notes += [
                f"left out, for it does not fit: {article.title}"
                for article in (whole.article, *whole.others)
                if article not in chosen
            ]
        made = pipeline.make(task, loaded, on_line=on_line)
        made = replace(made, note="; ".join(filter(None, [*notes, made.note])))
        paragraphs = tuple(p for article in (task.article, *task.others) for p in article.paragraphs)
        whole_read = Read(Article(title=edition.title, paragraphs=paragraphs))  # notes tell what was left out
        try:
            with locked(show):
                subject = Job(source=edition.title, name=name)
                return commit(subject, whole_read, made, books.refresh(), show, now)
        finally:
            clear_away(made)


def _read_all(jobs: Sequence[Job], show: Show) -> tuple[list[Read], list[str]]:
    """What can be had of the articles, and what is to be told of the others. Raises ArticleError."""
    read, notes = list[Read](), list[str]()
    for job in jobs:
        try:
            read.append(read_one(job, show))
            notes += filter(None, [left_out.notice(read[-1], job.source)])
        except ArticleError as error:
            notes.append(f"left out: {error}")
    if not read:
        raise ArticleError(f"none of the articles could be read; {'; '.join(notes)}")
    return read, notes


def _task(
    read: Sequence[Read], edition: Edition, guid: str, name: str, previous: Episode | None, now: datetime
) -> Task:
    return Task(
        article=read[0].article,
        others=tuple(one.article for one in read[1:]),
        title=edition.title,
        lede=edition.lede,
        guid=guid,
        published=previous.published if previous else now,
        keys=(key_of(name),),
        previous=previous,
    )


def fitting(task: Task, loaded: Loaded, most: float, on_line: Progress | None = None) -> Task:
    """The bulletin with as many of its articles, in their order, as last no longer than `most` seconds.

    None is cut. An article that cannot fit by its words is not spoken; of the others it is measured how
    long they last, and the clips are kept. Raises VoiceError, SynthesisError, ArticleError if none fits.
    """
    chosen: list[Article] = []
    for article in (task.article, *task.others):
        tried = _with_articles(task, [*chosen, article])
        script = pipeline.write(tried, loaded.show, loaded.lexicon)
        if _estimated(script) > most * _SLACK:
            continue
        clips = pipeline.speak_lines(script.lines, loaded.cast, loaded.fingerprints, loaded.show, on_line)
        if duration(script, clips, loaded.show, loaded.music) <= most:
            chosen.append(article)
    if not chosen:
        raise ArticleError(f"no story fits into {most:.0f} seconds", "give it a longer --max")
    return _with_articles(task, chosen)


def _with_articles(task: Task, articles: Sequence[Article]) -> Task:
    return replace(task, article=articles[0], others=tuple(articles[1:]))


def _estimated(script: Script) -> float:
    """About how many seconds a script lasts, by the letters that are said."""
    return sum(len(line.spoken) for line in script.lines) / _LETTERS_A_SECOND
