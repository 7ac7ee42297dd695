"""Cues and chapters -> WebVTT and Podcasting 2.0 chapters JSON."""

import textwrap
from collections.abc import Iterator, Sequence

import msgspec

from newscast.model import Chapter, Cue
from newscast.plain import plain, shorten
from newscast.publish.words import web

#: Characters of one caption: two lines on a telephone.
CAPTION = 84
#: Characters of a chapter's title that clients show.
CHAPTER_TITLE = 45


def vtt(cues: Sequence[Cue]) -> str:
    """WebVTT (W3C), for podcast:transcript. A long cue becomes several captions in a row."""
    blocks = ["WEBVTT"]
    for cue in cues:
        for start, end, text in _captions(cue):
            blocks.append(f"{_time(start)} --> {_time(end)}\n{_escaped(text)}")
    return "\n\n".join(blocks) + "\n"


def chapters_json(chapters: Sequence[Chapter]) -> str:
    """JSON chapters 1.2 (Podcasting 2.0): the first at 0, ascending, titles of at most 45 characters."""
    rows: list[dict[str, float | str]] = []
    for chapter in sorted(chapters, key=lambda chapter: chapter.start):
        start = round(float(chapter.start), 3) if rows else 0.0
        if rows and start <= float(rows[-1]["startTime"]):
            continue  # no client can show two chapters that start at once
        row: dict[str, float | str] = {
            "startTime": start,
            "title": shorten(plain(chapter.title), CHAPTER_TITLE),
        }
        rows.append(row | ({"url": web(chapter.url)} if web(chapter.url) else {}))
    data = {"version": "1.2.0", "chapters": rows}
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def _captions(cue: Cue) -> Iterator[tuple[float, float, str]]:
    """The cue in pieces that fit a caption, each with its share of the time by its length."""
    text = plain(cue.text)
    pieces = textwrap.wrap(text, CAPTION, break_on_hyphens=False)
    share = max(cue.end - cue.start, 0.001) / max(1, sum(map(len, pieces)))
    start = cue.start
    for piece in pieces:
        end = start + share * len(piece)
        yield start, end, piece
        start = end


def _time(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _escaped(text: str) -> str:
    # `>` too: a bare --> would begin another cue.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
