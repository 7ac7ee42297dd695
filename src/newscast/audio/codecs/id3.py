"""Tags -> the bytes of an ID3v2.3 tag, its chapters in time order.

mutagen renders each frame; the tag is put together here, because mutagen's own save sorts frames by
size, and players that trust the order then show chapters out of time. Sources: id3v2.3.0 and
id3v2-chapters-1.0 (id3.org).
"""

import string
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from mutagen import MutagenError, id3

from newscast.audio.codecs.encoder import Said, Tags
from newscast.errors import AudioError

#: ISO 639-2 for Indonesian.
LANGUAGE = "ind"
#: The first byte offset of a chapter when there is none, so that players use its time.
NO_OFFSET = 0xFFFFFFFF


def render(tags: Tags) -> bytes:
    """The whole tag, to be put before the first MPEG frame; the same tags give the same bytes."""
    body = b"".join(_frame(frame) for frame in _frames(tags))
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))  # "synchsafe": 7 bits a byte
    return b"ID3\x03\x00\x00" + size + body


def _frame(frame: id3.Frame) -> bytes:
    """One frame as ID3v2.3: a tag of only this frame, without the tag's own ten bytes."""
    alone, out = id3.ID3(), BytesIO()
    alone.add(frame)
    alone.save(out, v1=0, v2_version=3, padding=lambda _: 0)
    return out.getvalue()[10:]


def _frames(tags: Tags) -> Iterator[id3.Frame]:
    yield _text(id3.TIT2, tags.title)
    yield _text(id3.TPE1, tags.artist)
    yield _text(id3.TALB, tags.album)
    # What ID3v2.4 says in TDRC, v2.3 says in three; mutagen and FFmpeg read them as the one date.
    yield _text(id3.TYER, f"{tags.published:%Y}")
    yield _text(id3.TDAT, f"{tags.published:%d%m}")
    yield _text(id3.TIME, f"{tags.published:%H%M}")
    yield _text(id3.TCON, "Podcast")
    yield _text(id3.TLAN, LANGUAGE)
    if tags.summary:
        yield id3.COMM(encoding=id3.Encoding.UTF16, lang=LANGUAGE, desc="", text=[tags.summary])
    if tags.url:
        yield id3.WOAS(url=_ascii(tags.url))
    yield from _chapters(tags)
    # Many players show the first picture, whatever its kind.
    if tags.picture:
        yield _picture(tags.picture, id3.PictureType.COVER_FRONT, "episode")
    if tags.cover:
        kind = id3.PictureType.ILLUSTRATION if tags.picture else id3.PictureType.COVER_FRONT
        yield _picture(tags.cover, kind, "show" if tags.picture else "")
    if tags.transcript:
        yield id3.USLT(encoding=id3.Encoding.UTF16, lang=LANGUAGE, desc="", text=tags.transcript)


def _chapters(tags: Tags) -> Iterator[id3.Frame]:
    """One ordered table of contents, then the chapters in its order. Times in whole milliseconds."""
    if not tags.chapters:
        return
    names = [f"ch{number}" for number in range(len(tags.chapters))]
    yield id3.CTOC(
        element_id="toc", flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED, child_element_ids=names
    )
    for name, chapter in zip(names, tags.chapters, strict=True):
        inside = [_text(id3.TIT2, chapter.title)]
        if chapter.url:
            inside.append(id3.WXXX(encoding=id3.Encoding.LATIN1, desc="", url=_ascii(chapter.url)))
        if picture := tags.pictures.get(chapter.image):
            inside.append(_picture(picture, id3.PictureType.ILLUSTRATION, ""))
        yield id3.CHAP(
            element_id=name,
            start_time=int(chapter.start * 1000),
            end_time=int(chapter.end * 1000),
            start_offset=NO_OFFSET,
            end_offset=NO_OFFSET,
            sub_frames=inside,
        )


def _ascii(url: str) -> str:
    """The URL with what is not ASCII percent-encoded: ID3 has only Latin-1 for addresses."""
    return quote(url, safe=string.punctuation)


def _text(frame: type[id3.TextFrame], text: str) -> id3.Frame:
    return frame(encoding=id3.Encoding.UTF16, text=[text])


def _picture(data: bytes, kind: int, description: str) -> id3.Frame:
    return id3.APIC(encoding=id3.Encoding.LATIN1, mime="image/jpeg", type=kind, desc=description, data=data)


def read_back(path: Path) -> Said:
    """What a file's tag says, its chapters in the order in which they lie there. Raises AudioError."""
    try:
        tag = id3.ID3(path)
    except (MutagenError, OSError) as error:
        raise AudioError(f"the tag of {path.name} cannot be read: {error}") from error
    return Said(
        title=str(tag.get("TIT2", "")),
        transcript="".join(frame.text for frame in tag.getall("USLT")),
        chapters=tuple((c.start_time / 1000, str(c.sub_frames.get("TIT2", ""))) for c in tag.getall("CHAP")),
    )
