"""Show and heads of its episodes -> the pieces that are published: pages, transcripts, lists, search.

A page of an episode depends on its manifest and its neighbors, a list on the heads in it; each piece is made
anew only when one of these changed.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import msgspec

from newscast.plain import plain
from newscast.publish import store
from newscast.publish.archive import ARCHIVE, Run, runs
from newscast.publish.manifests import Head, read
from newscast.publish.pages import (
    EMBED,
    OEMBED,
    Look,
    asset,
    embed_page,
    episode_page,
    oembed,
    render,
    subscriptions,
)
from newscast.publish.pieces import File, Piece, key
from newscast.publish.store import PAGE
from newscast.publish.words import web

#: Episodes on the show's page, and on a page of a month.
NEWEST, LISTED = 30, 60
#: For sites that show the player under an article: articles.json, and one file for each month.
ARTICLES = "articles.json"


def episode_pieces(look: Look, heads: Sequence[Head], base: bytes) -> Iterator[Piece]:
    """The folder of each episode: pages, transcript, chapters. base: key of all that they have in common."""
    for place, head in enumerate(heads):
        newer = heads[place - 1] if place else None
        older = heads[place + 1] if place + 1 < len(heads) else None
        near = [(one.folder, one.title) if one else None for one in (newer, older)]
        home = f"episodes/{head.folder}"

        def make(
            home: str = home, head: Head = head, newer: Head | None = newer, older: Head | None = older
        ) -> Iterator[File]:
            episode = read(look.show.root, head.folder)
            for name, data in store.derived(episode).items():
                yield f"{home}/{name}", data
            yield f"{home}/{EMBED}", embed_page(look, episode)
            yield f"{home}/{OEMBED}", oembed(look, episode)
            yield f"{home}/{PAGE}", episode_page(look, episode, newer, older)

        yield Piece(home, key(base, head.stamp, near), make)


def list_pieces(look: Look, heads: Sequence[Head], base: bytes) -> Iterator[Piece]:
    """The pages that list episodes by months, what is searched in them, and the show's own page."""
    found = runs(heads, LISTED)
    months = runs(heads, max(1, len(heads)))
    for place, run in enumerate(found):
        older = found[place - 1].name if place else ""
        newer = found[place + 1].name if place + 1 < len(found) else ""
        page = _listing(look, run, newer, older)
        yield _piece(f"{ARCHIVE}/{run.name}.html", key(base, _stamps(run.heads), newer, older), page)
    for run in months:
        stamps = key(base, _stamps(run.heads))
        yield _piece(f"{ARCHIVE}/{run.name}.js", stamps, partial(_titles, run))
        yield _piece(f"{ARCHIVE}/{run.name}.json", stamps, partial(_articles, look, run.heads))
    names = [run.name for run in reversed(months)]
    newest = heads[:NEWEST]
    yield _piece(ARTICLES, key(base, _stamps(newest), names), lambda: _articles(look, newest, names))

    def index() -> bytes:
        apps, qr = subscriptions(look.show), asset(look.show, "qr")
        return render("show.html", look, up="", heads=newest, months=names, apps=apps, qr=qr)

    yield _piece(PAGE, key(base, _stamps(newest), names), index)


def listed(heads: Sequence[Head]) -> set[str]:
    """The names of all files that list_pieces makes below the folder of archives."""
    pages = {f"{ARCHIVE}/{run.name}.html" for run in runs(heads, LISTED)}
    months = [run.name for run in runs(heads, max(1, len(heads)))]
    return pages | {f"{ARCHIVE}/{name}.{end}" for name in months for end in ("js", "json")}


def _piece(name: str, key: bytes, make: Callable[[], bytes]) -> Piece:
    return Piece(name, key, lambda: [(name, make())])


def _stamps(heads: Sequence[Head]) -> list[tuple[int, int]]:
    return [head.stamp for head in heads]


def _listing(look: Look, run: Run, newer: str, older: str) -> Callable[[], bytes]:
    return lambda: render("month.html", look, up="../", run=run, newer=newer, older=older)


def _titles(run: Run) -> bytes:
    """What the search of the show's page loads: a script, which pages on a disk may load too."""
    titles = [(head.folder, plain(head.title)) for head in run.heads]
    name = msgspec.json.encode(run.name).decode()
    return f"newscast({name}, {msgspec.json.encode(titles).decode()});\n".encode()


def _articles(look: Look, heads: Sequence[Head], months: Sequence[str] | None = None) -> bytes:
    """The address of each article and where it can be heard. months: names of the files with more."""
    base = look.show.address + "episodes/"
    rows = {
        web(source): {
            "audio": f"{base}{head.folder}/{head.sound.file}",
            "page": f"{base}{head.folder}/{PAGE}",
            "embed": f"{base}{head.folder}/{EMBED}",
            "seconds": max(1, round(head.duration)),
        }
        for head in reversed(heads)
        for source in head.sources
        if web(source)
    }
    told: dict[str, object] = {"show": look.show.address, "articles": rows}
    if months is not None:
        told["months"] = [f"{look.show.address}{ARCHIVE}/{name}.json" for name in months]
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"
