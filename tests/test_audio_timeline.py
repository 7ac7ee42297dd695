"""The timeline's promises, for any script and clips; and the mix and the MP3 keep them."""

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from broadcast import NEWS, counts, hear, line, mixed, script, show, speak
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newscast.audio import episode
from newscast.audio.filters import resample
from newscast.audio.timeline import FRAME, LEAD, SAMPLE_RATE, SHORTEST_CHAPTER, lay_out, sting_starts
from newscast.errors import AudioError
from newscast.model import Audio, Ends, Script, Section
from newscast.show import Show
from newscast.tables import Sound

RATES = (8000, 16_000, 22_050, 24_000, 44_100, 48_000)
seconds = st.floats(0, 3)
sounds = st.builds(Sound, sentence_pause=seconds, paragraph_pause=seconds, section_pause=seconds)


@st.composite
def readings(draw: st.DrawFn) -> tuple[Script, list[Audio]]:
    """A script of a few sections and a hum of any length and rate for each line."""
    sizes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4).filter(any))
    clips = []
    for _ in range(sum(sizes)):
        rate, length = draw(st.sampled_from(RATES)), draw(st.floats(0.05, 0.9))
        hum = 0.5 * np.sin(np.arange(int(length * rate)) / 9)
        clips.append(Audio(hum.astype(np.float32), rate))
    sections = tuple(
        Section(f"Bagian {n}", tuple(line(f"{n}-{m}", draw(st.sampled_from(Ends))) for m in range(size)))
        for n, size in enumerate(sizes)
    )
    return Script(guid="g", title="t", summary="s", published=NEWS.published, sections=sections), clips


@given(readings(), sounds, seconds, seconds)
@settings(max_examples=60, deadline=None)
def test_cues_and_chapters(
    reading: tuple[Script, list[Audio]], sound: Sound, intro: float, outro: float
) -> None:
    script, clips = reading
    timeline = lay_out(script, counts(clips), sound, intro, outro)
    cues, chapters = timeline.cues, timeline.chapters
    assert [cue.text for cue in cues] == [line.text for line in script.lines]
    assert all(cue.start < cue.end for cue in cues)
    assert all(before.end <= after.start for before, after in pairwise(cues))
    assert cues[0].start == pytest.approx(intro, abs=1 / SAMPLE_RATE)
    least = cues[-1].end + sound.section_pause + outro
    assert least - 2 / SAMPLE_RATE <= timeline.duration <= least + FRAME / SAMPLE_RATE
    assert chapters[0].start == 0 and chapters[-1].end == timeline.duration
    assert all(before.end == after.start for before, after in pairwise(chapters))
    assert len(chapters) == 1 or all(one.end - one.start >= SHORTEST_CHAPTER for one in chapters)
    rest = list(cues)
    for section in (section for section in script.sections if section.lines):
        own, rest = rest[: len(section.lines)], rest[len(section.lines) :]
        inside = [one for one in chapters if one.start <= own[0].start and own[-1].end <= one.end]
        assert len(inside) == 1, "a section is never torn"


@given(readings())
@settings(max_examples=10, deadline=None)
def test_the_decoded_files_are_as_long_as_the_timeline(reading: tuple[Script, list[Audio]]) -> None:
    script, clips = reading
    brief = show(sentence_pause=0.1, section_pause=0.2)
    with TemporaryDirectory() as folder:
        try:
            made = episode.produce(script, clips, brief, Path(folder))
        except AudioError as error:  # a hum of less than 0.4 s cannot be measured
            assert "nothing to hear" in error.message and made_of(script, clips, brief).duration < 0.9
            return
        assert hear(made.files[0]).duration == made.timeline.duration


def made_of(script: Script, clips: list[Audio], show: Show) -> Audio:
    return mixed(script, clips, show)[0]


def test_each_line_has_the_pause_it_ends_with() -> None:
    lines = (line("a", Ends.SENTENCE), line("b", Ends.PARAGRAPH), line("c", Ends.SECTION), line("d"))
    one = Script(
        guid="g", title="t", summary="s", published=NEWS.published, sections=(Section("Satu", lines),)
    )
    clips = [Audio(np.ones(4410, np.float32), 44_100)] * 4
    timeline = lay_out(
        one, counts(clips), Sound(sentence_pause=0.25, paragraph_pause=0.5, section_pause=1), 2, 3
    )
    assert [cue.start for cue in timeline.cues] == pytest.approx([2, 2.35, 2.95, 4.05])
    assert timeline.duration == pytest.approx(4.15 + 1 + 3, abs=FRAME / SAMPLE_RATE)


def test_a_chapter_begins_just_before_its_first_word() -> None:
    timeline = lay_out(NEWS, [12 * SAMPLE_RATE] * len(NEWS.lines), Sound(), 4.0)
    assert [chapter.url for chapter in timeline.chapters] == [f"https://example.org/{n}" for n in (1, 2, 3)]
    for chapter, cue in zip(timeline.chapters[1:], (timeline.cues[1], timeline.cues[4]), strict=True):
        assert chapter.start == pytest.approx(cue.start - LEAD)


def test_a_short_chapter_goes_with_the_next_and_the_last_with_the_one_before() -> None:
    names = ("Pembuka", "Harga beras", "Tanggapan", "Penutup")
    sections = tuple(Section(name, (line(name, Ends.SECTION),)) for name in names)
    one = Script(guid="g", title="t", summary="s", published=NEWS.published, sections=sections)
    timeline = lay_out(one, [SAMPLE_RATE * seconds for seconds in (4, 30, 20, 3)], Sound())
    assert [chapter.title for chapter in timeline.chapters] == ["Harga beras", "Tanggapan"]
    same = replace(one, sections=(sections[1], sections[1], *sections[2:]))
    timeline = lay_out(same, [SAMPLE_RATE * seconds for seconds in (12, 30, 20, 3)], Sound())
    assert [chapter.title for chapter in timeline.chapters] == ["Harga beras", "Tanggapan"]
    assert timeline.chapters[0].start == 0 and timeline.chapters[-1].end == timeline.duration


def test_misuse() -> None:
    with pytest.raises(ValueError):
        lay_out(NEWS, counts(speak(NEWS))[:-1], Sound())
    with pytest.raises(ValueError):
        lay_out(script(), [], Sound())


@pytest.mark.parametrize("rate", RATES)
def test_resampling_keeps_a_tone_in_place(rate: int) -> None:
    def tone(rate: int, count: int) -> np.ndarray:
        return 0.5 * np.sin(2 * np.pi * 1000 * np.arange(count) / rate)

    given = tone(rate, rate + 7).astype(np.float32)[np.newaxis]
    got = resample(given, rate, SAMPLE_RATE)[0]
    assert len(got) == round((rate + 7) * SAMPLE_RATE / rate)
    error = np.abs(got - tone(SAMPLE_RATE, len(got)))
    assert error[500:-500].max() < 1e-4


def test_a_sting_comes_before_the_sections_that_begin_with_one() -> None:
    first, *others = NEWS.sections
    stung = replace(NEWS, sections=(replace(first, sting=True), *(replace(s, sting=True) for s in others)))
    plain, sound = counts(speak(NEWS)), Sound(sting="gong.mp3")
    without, timeline = lay_out(NEWS, plain, sound, 4), lay_out(stung, plain, sound, 4, 0, 2)
    starts = sting_starts(stung, timeline.cues, sound, 2)
    assert timeline.duration == pytest.approx(without.duration + 2 * (2 + 1.3), abs=2 * FRAME / SAMPLE_RATE)
    for start, before, after in zip(starts, (0, 3), (1, 4), strict=True):
        assert start == pytest.approx(timeline.cues[before].end + 1.3)
        assert start + 2 == pytest.approx(timeline.cues[after].start - 1.3)
    assert lay_out(stung, plain, sound, 4) == without  # a show without a sting leaves no room for one


def test_one_short_line(tmp_path: Path) -> None:
    short = script(("Halo.",))
    made = episode.produce(short, speak(short), show(), tmp_path)
    assert hear(made.files[0]).duration == made.timeline.duration
