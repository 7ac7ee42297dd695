"""Scripts, clips and ears for the tests of audio."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from fakes import Tone, pitch

from newscast.audio.codecs.decode import stream
from newscast.audio.mix import Mix
from newscast.audio.music import load_music, seconds
from newscast.audio.timeline import lay_out, sample_count
from newscast.audio.voice import survey
from newscast.model import Audio, Ends, Line, Script, Section, Timeline
from newscast.show import Show
from newscast.tables import Sound

EXAMPLES = Path(__file__).parents[1] / "examples"
#: Seconds at a cue's edges that an ear cannot place better: an MPEG granule is 13 ms.
EDGE = 0.013


def line(text: str, ends: Ends = Ends.SENTENCE) -> Line:
    return Line(text, text, "", ends)


def script(*sections: tuple[str, ...]) -> Script:
    """A script of sections, each given as its lines' texts."""
    return Script(
        guid="4f0e",
        title="Pasar terapung – ramai lagi",
        summary="Pedagang kembali ke sungai.",
        published=datetime(2024, 3, 5, 5, 30, tzinfo=UTC),
        sources=("https://example.org/pasar",),
        sections=tuple(
            Section(
                f"Bagian {number}",
                tuple(line(text, Ends.SECTION if text == texts[-1] else Ends.SENTENCE) for text in texts),
                url=f"https://example.org/{number}",
            )
            for number, texts in enumerate(sections, 1)
        ),
    )


NEWS = script(
    ("Inilah Kabar Ringkas.",),
    ("Pasar terapung ramai lagi.", "Para pedagang kembali ke sungai sejak subuh.", "Harga sayur turun."),
    ("Demikian Kabar Ringkas.",),
)


def show(**sound: object) -> Show:
    """The example show, with other [audio]."""
    return Show(
        id="kabar-ringkas",
        title="Kabar Ringkas",
        description="Berita.",
        url="https://example.org/",
        author="Redaksi",
        cover="cover.jpg",
        audio=Sound(**sound),  # type: ignore[arg-type]
        folder=EXAMPLES,
    )


def hear(path: Path, channels: int = 1) -> Audio:
    """A sound file, decoded to its last sample; of two channels their mean."""
    pieces = list(stream(path, channels))
    return Audio(np.concatenate([piece.mean(axis=0) for piece, _ in pieces]), pieces[0][1])


def counts(clips: list[Audio]) -> list[int]:
    return [sample_count(clip) for clip in clips]


def mixed(script: Script, clips: list[Audio], show: Show) -> tuple[Audio, Timeline]:
    """The sound of a script before it is mastered."""
    music, sound = load_music(show), show.audio
    seen = survey(script.lines, clips, {})
    times = (seconds(piece) for piece in (music.intro, music.outro, music.sting))
    timeline = lay_out(script, seen.counts, sound, *times)
    samples = np.concatenate(list(Mix(script, timeline, clips, seen, music, sound)), axis=1)
    return Audio(samples.mean(axis=0), 44_100), timeline


def speak(script: Script) -> list[Audio]:
    tone = Tone()
    return [tone.synthesize(line) for line in script.lines]


def strength(sound: Audio, start: float, end: float) -> float:
    """Root mean square between two times in seconds; 0 where there is nothing."""
    piece = sound.samples[max(0, round(start * sound.sample_rate)) : max(0, round(end * sound.sample_rate))]
    return float(np.sqrt(np.mean(piece.astype(np.float64) ** 2))) if len(piece) else 0.0


def heard_pitch(sound: Audio, start: float, end: float) -> float:
    """Hz of the strongest tone between two times."""
    piece = sound.samples[round(start * sound.sample_rate) : round(end * sound.sample_rate)]
    spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), 1 << 17))
    return float(spectrum.argmax()) * sound.sample_rate / (1 << 17)


def misheard(sound: Audio, timeline: Timeline, spoken: list[str]) -> list[str]:
    """Listen for every cue: its own pitch inside it, sound right within its edges, silence right without."""
    faults = []
    for cue, words in zip(timeline.cues, spoken, strict=True):
        heard = heard_pitch(sound, cue.start, cue.end)
        if abs(heard - pitch(words)) > 5:
            faults.append(f"{cue.text}: {heard:.0f} Hz, not {pitch(words):.0f}")
        loud = strength(sound, cue.start + 0.05, cue.end - 0.05)
        inside = ((cue.start, cue.start + EDGE), (cue.end - EDGE, cue.end))
        faults += [f"{cue.text}: silent at {a:.3f}" for a, b in inside if strength(sound, a, b) < loud / 2]
        outside = ((cue.start - 2 * EDGE, cue.start - EDGE), (cue.end + EDGE, cue.end + 2 * EDGE))
        faults += [f"{cue.text}: sound at {a:.3f}" for a, b in outside if strength(sound, a, b) > loud / 30]
    return faults
