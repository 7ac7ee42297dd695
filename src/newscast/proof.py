"""Read + Script -> proof.html: an article as it will be said beside as it was written, for its producer.

One page without network: what was dropped stands in its place, and each line has a player once it is spoken.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from jinja2 import Environment, StrictUndefined

from newscast.articles.blocks import Dropped
from newscast.articles.left_out import lost_sentences, share_kept
from newscast.articles.page import Read
from newscast.audio.codecs.encoder import Tags
from newscast.audio.codecs.mp3 import Mp3
from newscast.audio.filters import resample
from newscast.audio.timeline import SAMPLE_RATE, lay_out
from newscast.calendar import day
from newscast.model import Article, Audio, Ends, Line, Script
from newscast.publish.words import length
from newscast.show import Show
from newscast.speech.judge import usual_seconds

#: Bits a second of a line: enough to hear a wrong syllable, and 0.6 MB a minute in the page.
_BITRATE = 64_000


class Row(msgspec.Struct, frozen=True):
    """What stands in one place of the page: lines of the script, or pieces that were dropped by one rule.

    missed: whether the pieces may have been the author's.
    """

    lines: tuple[tuple[int, Line], ...] = ()
    dropped: tuple[Dropped, ...] = ()
    missed: bool = False


def expected_seconds(script: Script, show: Show) -> float:
    """How long an episode will last, before it is spoken: words at a newsreader's pace and the show's pauses.

    Jingles are not counted.
    """
    counts = [round(usual_seconds(line) / show.voice.speed * SAMPLE_RATE) for line in script.lines]
    return lay_out(script, counts, show.audio).duration if counts else 0.0


def page(
    read: Read, script: Script, show: Show, unknown: Sequence[str] = (), clips: Sequence[Audio] = ()
) -> bytes:
    """HTML, UTF-8. unknown: names to be marked. clips: one a line of the script, or none.

    Raises ValueError for another number of clips, AudioError for one that cannot be encoded.
    """
    if clips and len(clips) != len(script.lines):
        raise ValueError(f"{len(script.lines)} lines and {len(clips)} clips")
    published, seconds = read.article.published, expected_seconds(script, show)
    local = published.astimezone(show.zone) if published else None
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["marked"] = lambda text: _marked(text, unknown)
    source = (Path(__file__).parent / "proof.html").read_text("utf-8")
    return (
        environment.from_string(source)
        .render(
            article=read.article,
            when=f"{day(local)}, {local:%H.%M} {show.timezone}" if local else "",
            show=show,
            length=length(seconds),
            kept=round(100 * share_kept(read)),
            unknown=unknown,
            rows=list(rows(read, script, show)),
            sounds=[_data_url(clip, line, script) for clip, line in zip(clips, script.lines, strict=False)],
        )
        .encode()
    )


def rows(read: Read, script: Script, show: Show) -> Iterator[Row]:
    """All lines of the script in order, a row a paragraph, and what was dropped between them."""
    lost = set(lost_sentences(read))
    waiting = list(read.dropped)

    def dropped(until: int) -> Iterator[Row]:
        pieces = [piece for piece in waiting if piece.at <= until]
        waiting[:] = [piece for piece in waiting if piece.at > until]
        for (_, missed), group in groupby(pieces, key=lambda piece: (piece.rule, piece in lost)):
            yield Row(dropped=tuple(group), missed=missed)

    for place, lines in _by_paragraph(read.article, script, show):
        yield from dropped(place)
        yield Row(lines=lines)
    yield from dropped(len(read.article.paragraphs))


def _by_paragraph(
    article: Article, script: Script, show: Show
) -> Iterator[tuple[int, tuple[tuple[int, Line], ...]]]:
    """The lines of each paragraph, numbered from 1, and how many of the article's paragraphs stand before.

    -1 for what the show says first. A paragraph of mere symbols has no lines, and is passed over.
    """
    heads = bool(show.script.greeting) + bool(article.titled and show.script.headline)
    place, group = 0, list[tuple[int, Line]]()
    for number, line in enumerate(script.lines, 1):
        group.append((number, line))
        if line.ends not in (Ends.PARAGRAPH, Ends.SECTION):
            continue
        if heads:
            heads -= 1
            yield -1, tuple(group)
        else:
            first = group[0][1].text
            here = (n for n, p in enumerate(article.paragraphs[place:], place) if first in p.text)
            found = next(here, place)
            yield found, tuple(group)
            place = min(found + 1, len(article.paragraphs))
        group = []


def _marked(text: str, unknown: Sequence[str]) -> list[tuple[str, bool]]:
    """A text in pieces, and whether each is a name that no dictionary knows."""
    if not unknown:
        return [(text, False)]
    names = "|".join(map(re.escape, sorted(unknown, key=len, reverse=True)))
    pieces = re.split(rf"(?<!\w)({names})(?!\w)", text)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]


def _data_url(clip: Audio, line: Line, script: Script) -> str:
    tags = Tags(title=line.text, artist="", album=script.title, published=script.published)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "line.mp3"
        Mp3(_BITRATE).write([resample(clip.samples[None], clip.sample_rate, SAMPLE_RATE)], path, tags)
        return "data:audio/mpeg;base64," + b64encode(path.read_bytes()).decode()
