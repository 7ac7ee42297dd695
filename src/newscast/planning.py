"""Show and ledger -> Plan: its sources are asked, and it is decided what to do with all that they give."""

from datetime import datetime

import msgspec

from newscast.articles.fetching.reach import shown
from newscast.articles.links import find_links
from newscast.build import Job
from newscast.errors import NewscastError
from newscast.memory.books import Books, locked
from newscast.memory.ledger import (
    Action,
    Candidate,
    Decision,
    candidate,
    decide,
    name_of,
)
from newscast.show import Show
from newscast.tables import Source, span


class SourceReport(msgspec.Struct, frozen=True, kw_only=True):
    """What one source gave: entries, how many are new, beyond its limit, and without an address.

    warnings: what its producer should look into. error, hint: why it gave nothing.
    """

    source: str
    found: int = 0
    new: int = 0
    beyond: int = 0
    unaddressed: int = 0
    warnings: tuple[str, ...] = ()
    error: str = ""
    hint: str = ""


class Plan(msgspec.Struct, frozen=True):
    """What a night would do, and why."""

    sources: tuple[SourceReport, ...]
    decisions: tuple[Decision, ...]


def plan(show: Show, now: datetime) -> Plan:
    """What a night would do now, without doing it. Raises PublishError."""
    books = Books(show)
    with locked(show):
        books.refresh()
    return planned(show, books, now)


def planned(show: Show, books: Books, now: datetime) -> Plan:
    """Ask every source, and decide on all that they give; one that cannot be asked is told of."""
    reports: list[SourceReport] = []
    candidates: list[Candidate] = []
    for source in show.sources:
        given, report = _ask(source, show, now)
        candidates += given
        reports.append(report)
    with locked(show):
        books.refresh()
    decisions = decide(candidates, books.ledger, books.known, show.night, now)
    counted = []
    for source, report in zip(show.sources, reports, strict=True):
        mine = [decision for decision in decisions if decision.candidate.source == source]
        new = sum(decision.action is Action.MAKE for decision in mine)
        beyond = sum(decision.why.startswith("beyond") for decision in mine)
        counted.append(msgspec.structs.replace(report, new=new, beyond=beyond))
    return Plan(tuple(counted), tuple(decisions))


def _ask(source: Source, show: Show, now: datetime) -> tuple[list[Candidate], SourceReport]:
    name = shown(source.feed or source.inbox or source.url)
    try:
        found = find_links(source, show.folder, cache=show.work / "pages")
        warnings = list(found.notes)
        if found.unaddressed:
            warnings.append(f"{found.unaddressed} of {found.items} entries have no address")
        if not found.links and not source.inbox:
            warnings.append("it gave nothing")
        dates = [link.published for link in found.links if link.published]
        if source.expect and (not dates or now - max(dates) > span(source.expect)):
            newest = f"its newest is of {max(dates):%d.%m.%Y %H:%M}" if dates else "it gave nothing dated"
            warnings.append(f"{newest}, and something of the last {source.expect} was expected")
        report = SourceReport(
            source=name, found=found.items, unaddressed=found.unaddressed, warnings=tuple(warnings)
        )
        return [candidate(source, link) for link in found.links], report
    except NewscastError as error:
        return [], SourceReport(source=name, error=error.message, hint=error.hint)
    except Exception as error:  # noqa: BLE001 - one odd source must not cost the night
        message = f"{type(error).__name__}: {error}"
        return [], SourceReport(source=name, error=message, hint="report this bug")


def job_of(decision: Decision) -> Job:
    """What is to be done for a link."""
    one = decision.candidate
    return Job(
        source=one.link.url,
        name=name_of(one.source, one.link),
        private=one.source.allow_private or bool(one.source.inbox),
        robots=one.source.robots,
        stamp=one.stamp,
        spare=one.link.spare,
    )
