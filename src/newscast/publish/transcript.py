"""Cues and chapters -> WebVTT, SubRip and JSON transcripts, and Podcasting 2.0 chapters JSON."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from newscast.model import Chapter, Cue
from newscast.plain import plain, shorten
from newscast.publish.words import web

#: Characters of a chapter's title that clients show.
CHAPTER_TITLE = 45


def vtt(captions: Sequence[Cue]) -> str:
    """WebVTT (W3C), for podcast:transcript and <track>."""
    blocks = [f"{_time(one.start)} --> {_time(one.end)}\n{_escaped(one.text)}" for one in captions]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def srt(captions: Sequence[Cue]) -> str:
    """SubRip, which some apps and video editors read."""
    blocks = [
        f"{number}\n{_time(one.start)} --> {_time(one.end)}\n".replace(".", ",") + f"{one.text}\n"
        for number, one in enumerate(captions, 1)
    ]
    return "\n".join(blocks)


def transcript_json(captions: Sequence[Cue]) -> str:
    """The JSON transcript of the Podcasting 2.0 namespace, 1.0.0."""
    segments = [
        {"startTime": round(one.start, 3), "endTime": round(one.end, 3), "body": one.text.replace("\n", " ")}
        for one in captions
    ]
    return msgspec.json.encode({"version": "1.0.0", "segments": segments}).decode() + "\n"


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


@lru_cache(1000)
def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _escaped(text: str) -> str:
    # `>` too: a bare --> would begin another cue.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
