"""An episode, a list of episodes -> the bytes of a page.

Pages link to each other by relative paths, so the folder may be read from a disk or any static server; only
what leaves a page, as for a preview in a chat, is an absolute address. No page holds a script or a style of
its own, so a strict Content-Security-Policy (`default-src 'self'`) holds.
"""

import hashlib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from newscast.calendar import day, month
from newscast.model import Cue, Episode
from newscast.plain import plain, shorten
from newscast.publish import words
from newscast.publish.item import address
from newscast.publish.manifests import Head
from newscast.publish.store import FEED, PAGE, transcript_of
from newscast.show import Show

ASSETS = "assets"
EMBED, OEMBED = "embed.html", "oembed.json"
#: Pixels of the small player in another page.
EMBED_SIZE = (600, 190)
#: What opens a feed in an app; {feed} is its address, {bare} without the scheme, {quoted} as a parameter.
_APPS = {
    "Apple Podcasts": "podcast://{bare}",
    "Pocket Casts": "pktc://subscribe/{bare}",
    "Overcast": "overcast://x-callback-url/add?url={quoted}",
    "AntennaPod": "https://antennapod.org/deeplink/subscribe?url={quoted}",
    "gpodder.net": "https://gpodder.net/subscribe?url={quoted}",
}
_LINKS = {
    "apple": "Apple Podcasts",
    "spotify": "Spotify",
    "youtube": "YouTube",
    "amazon": "Amazon Music",
}


class Look(msgspec.Struct, frozen=True):
    """What all pages share. cover, small: file names of the picture and of a small one, or ""."""

    show: Show
    cover: str
    small: str


def assets(show: Show) -> dict[str, bytes]:
    """Style, script and QR code by their path below the root; another content, another name."""
    folder = Path(__file__).parent / "templates"
    found = {name: (folder / name).read_bytes() for name in ("style.css", "player.js")}
    code = BytesIO()
    segno.make(show.address + FEED, error="m").save(code, kind="svg", scale=4, border=2, xmldecl=False)
    found["qr.svg"] = code.getvalue()
    named = {}
    for name, data in found.items():
        stem, _, end = name.partition(".")
        named[f"{ASSETS}/{stem}-{hashlib.sha256(data).hexdigest()[:8]}.{end}"] = data
    return named


def episode_page(look: Look, episode: Episode, newer: Head | None, older: Head | None) -> bytes:
    """The page of one episode, between its neighbors in time."""
    return render(
        "episode.html",
        look,
        up="../../",
        episode=episode,
        newer=newer,
        older=older,
        transcript=_transcript(episode, look.show),
        captions=transcript_of(episode),
        picture=episode.image if episode.image and not words.web(episode.image) else "",
        here=address(look.show, episode, PAGE),
        sound=address(look.show, episode, episode.sound.file),
        linked=_linked_data(look.show, episode),
    )


def embed_page(look: Look, episode: Episode) -> bytes:
    """A small player for an iframe in another page."""
    here = address(look.show, episode, PAGE)
    parts = _environment().get_template("parts.html").module
    buttons = parts.buttons()  # type: ignore[attr-defined]
    captions = transcript_of(episode)
    return render(EMBED, look, up="../../", episode=episode, here=here, captions=captions, buttons=buttons)


def oembed(look: Look, episode: Episode) -> bytes:
    """What oEmbed 1.0 tells a page that wants to show the player."""
    show, (width, height) = look.show, EMBED_SIZE
    source = escape(address(show, episode, EMBED))
    title = plain(episode.title)
    frame = (
        f'<iframe src="{source}" title="{escape(title)}" width="{width}" height="{height}"'
        ' loading="lazy" allow="clipboard-write; web-share"></iframe>'
    )
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": plain(show.author),
        "provider_name": plain(show.title),
        "provider_url": show.address,
        "html": frame,
        "width": width,
        "height": height,
    }
    if look.cover:
        told |= {"thumbnail_url": show.address + look.small, "thumbnail_width": 352, "thumbnail_height": 352}
    return msgspec.json.encode(told) + b"\n"


def subscriptions(show: Show) -> list[tuple[str, str]]:
    """Names and links of apps and services in which the show can be heard."""
    feed = show.address + FEED
    told = {"feed": feed, "bare": feed.partition("://")[2], "quoted": quote(feed, safe="")}
    named = {_LINKS[name]: getattr(show.links, name) for name in _LINKS if getattr(show.links, name)}
    return list(({name: link.format(**told) for name, link in _APPS.items()} | named).items())


def render(template: str, look: Look, **values: Any) -> bytes:
    """A page of a template, with what all pages share."""
    names = _names(look.show)
    about = {"show": look.show, "cover": look.cover, "small": look.small, "assets": names}
    page = _environment().get_template(template)
    return page.render(about, disclosure=words.SHOW_DISCLOSURE, **values).encode()


def asset(show: Show, stem: str) -> str:
    """The path of an asset below the root, by the first part of its name."""
    return _names(show)[stem]


def _names(show: Show) -> dict[str, str]:
    return _cached_names(show.address, show.language)


@cache
def _cached_names(address: str, language: str) -> dict[str, str]:
    show = Show(id="x", title="x", description="x", url=address, author="x", language=language)
    return {Path(name).name.partition("-")[0]: name for name in assets(show)}


def paragraphs(episode: Episode, show: Show) -> list[list[Cue]]:
    """The transcript as paragraphs, which begin with a chapter or after more silence than a sentence's."""
    gap = (show.audio.sentence_pause + show.audio.paragraph_pause) / 2
    starts = iter(sorted(chapter.start for chapter in episode.chapters))
    following = next(starts, float("inf"))
    found: list[list[Cue]] = []
    for cue in episode.cues:
        chapter = False
        while following <= cue.start:
            chapter, following = True, next(starts, float("inf"))
        if chapter or not found or cue.start - found[-1][-1].end >= gap:
            found.append([])
        found[-1].append(cue)
    return found


def _transcript(episode: Episode, show: Show) -> Markup:
    """The paragraphs as HTML; each line can be played."""
    texts = (" ".join(map(_line, paragraph)) for paragraph in paragraphs(episode, show))
    return Markup("\n".join(f"<p>{text}</p>" for text in texts))


def _line(cue: Cue) -> str:
    text = escape(plain(cue.text))
    return f'<span data-start="{cue.start:.2f}" data-end="{cue.end:.2f}">{text}</span>'


def _linked_data(show: Show, episode: Episode) -> Markup:
    """The episode as schema.org's PodcastEpisode (JSON-LD), for search engines."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "url": address(show, episode, PAGE),
        "name": plain(episode.title),
        "datePublished": episode.published.isoformat(),
        "description": shorten(plain(episode.summary), 500),
        "inLanguage": show.language,
        "timeRequired": f"PT{max(1, round(episode.duration))}S",
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": address(show, episode, episode.sound.file),
            "encodingFormat": episode.sound.mime,
        },
        "partOfSeries": {"@type": "PodcastSeries", "name": plain(show.title), "url": show.address},
    }
    if episode.updated:
        told["dateModified"] = episode.updated.isoformat()
    if based := [words.web(source) for source in episode.sources if words.web(source)]:
        told["isBasedOn"] = based
    text = msgspec.json.encode(told).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        plain=plain,
        shorten=shorten,
        web=words.web,
        stamp=words.stamp,
        day=day,
        month=month,
        length=words.length,
    )
    return environment
