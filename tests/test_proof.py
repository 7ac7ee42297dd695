"""A producer's page of an article: all of it is there, nothing of it runs, nothing is fetched."""

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import av
import numpy as np
import pytest
from broadcast import show as example
from fakes import Tone
from lxml import html
from msgspec.structs import replace

from newscast import pipeline, proof
from newscast.articles.blocks import Dropped
from newscast.articles.page import Read
from newscast.audio.timeline import lay_out
from newscast.model import Article, Kind, Line, Paragraph, Script
from newscast.show import Show
from newscast.tables import Wording
from newscast.text.lexicon import for_show
from newscast.text.script import unknown_names

HOSTILE = "<script src=//jahat.example/a.js></script><img src=x onerror=alert(1)>"
READ = Read(
    Article(
        title=f"Jembatan {HOSTILE} Dibuka",
        paragraphs=(
            Paragraph("Jembatan di hulu dibuka lagi pagi ini. Warga menyambut Sjarifoeddin di sana."),
            Paragraph("* * *"),
            Paragraph(f"Kata {HOSTILE} kepala desa", Kind.SUBHEAD),
            Paragraph("Biayanya Rp4,7 miliar."),
        ),
        published=datetime(2026, 8, 13, 22, 30, tzinfo=UTC),
        url='https://kabar.example/"><script>alert(2)</script>',
    ),
    (
        Dropped("Beranda Olahraga", "menu", 0),
        Dropped(f"Baca juga: {HOSTILE}", "related link", 1),
        Dropped("Anak-anak pulang sekolah lewat jembatan itu sejak hari ini.", "teaser", 3),
        *(Dropped(f"Tag {n}", "end: tags", 4) for n in range(5)),
    ),
)


@pytest.fixture
def show() -> Show:
    return example()


def parse(page: bytes) -> html.HtmlElement:
    root = html.document_fromstring(page.decode())
    assert isinstance(root, html.HtmlElement)
    return root


def script(show: Show, read: Read = READ) -> Script:
    return pipeline.write(
        pipeline.task_of(read.article, datetime(2026, 8, 14, tzinfo=UTC)), show, for_show(show)
    )


def test_everything_is_there_and_in_its_place(show: Show) -> None:
    said = script(show)
    page = parse(proof.page(READ, said, show, unknown_names(said, for_show(show))))
    written = [one.text_content().strip() for one in page.find_class("written")]
    assert written == [line.text for line in said.lines]
    assert [one.text_content() for one in page.find_class("spoken")] == [line.spoken for line in said.lines]
    assert page.findtext(".//h1") == READ.article.title
    assert "Jumat, 14 Agustus 2026, 05.30 WIB" in page.text_content()
    assert [mark.text for mark in page.iter("mark")] == ["Sjarifoeddin"] * 2
    text = page.text_content()
    places = [
        text.index(sign)
        for sign in ("Beranda", "hulu dibuka", "Baca juga", "kepala desa", "Anak-anak", "empat koma", "Tag 0")
    ]
    assert places == sorted(places), "what was dropped stands where it stood"
    assert "mungkin milik penulis" in page.find_class("missed")[0].text_content()
    assert "5 potong" in page.xpath("string(//summary)") and "Tag 4" in text


def test_hostile_text_is_only_text_and_nothing_is_fetched(show: Show) -> None:
    page = parse(proof.page(READ, script(show), show))
    assert not list(page.iter("script", "img", "link", "iframe", "a"))
    attributes = {(name, value) for one in page.xpath("//*") for name, value in one.attrib.items()}
    assert not [pair for pair in attributes if pair[0].startswith("on") or pair[0] in ("src", "href")]
    assert "url(" not in page.xpath("string(//style)") and "@import" not in page.xpath("string(//style)")
    assert HOSTILE in page.text_content()


def test_each_line_has_a_player_of_its_own(show: Show) -> None:
    said, tone = script(show), Tone()
    page = parse(proof.page(READ, said, show, (), list(map(tone.synthesize, said.lines))))
    for line, place, source in _players(page, said):
        mp3 = base64.b64decode(source.removeprefix("data:audio/mpeg;base64,"))
        with av.open(BytesIO(mp3), "r") as sound:
            samples = np.concatenate([frame.to_ndarray() for frame in sound.decode(audio=0)], axis=1)
        assert samples.shape[1] / 44_100 == pytest.approx(tone.synthesize(line).duration, abs=0.1)
        assert np.abs(samples).max() > 0.2
        assert place == f"Baris {said.lines.index(line) + 1}"
    with pytest.raises(ValueError, match="clips"):
        proof.page(READ, said, show, (), [tone.synthesize(said.lines[0])])


def _players(page: html.HtmlElement, said: Script) -> Iterator[tuple[Line, str, str]]:
    players = page.xpath("//audio")
    assert len(players) == len(said.lines)
    for line, one in zip(said.lines, players, strict=True):
        yield line, one.get("aria-label"), one.get("src")


def test_a_text_without_title_date_or_wording_has_a_page(show: Show) -> None:
    bare = Read(Article(title="Halo", titled=False, paragraphs=(Paragraph("Halo semua."),)), ())
    silent = replace(show, script=Wording(greeting="", headline="", sign_off=""))
    page = proof.page(bare, script(silent, bare), silent).decode()
    assert re.search("tanpa tanggal", page) and page.count("Halo semua.") == 2


def test_how_long_it_lasts_counts_words_pauses_and_speed(show: Show) -> None:
    said = script(show)
    usual = proof.expected_seconds(said, show)
    words = sum(len(line.spoken.split()) for line in said.lines)
    pauses = lay_out(said, [0] * len(said.lines), show.audio).duration
    assert 100 < 60 * words / (usual - pauses) < 180, "a newsreader's pace"
    quick = replace(show, voice=replace(show.voice, speed=1.25))
    assert proof.expected_seconds(said, quick) - pauses == pytest.approx((usual - pauses) / 1.25, abs=0.1)
    assert pauses > 5
