"""Audio: how much faster than it plays an episode is mixed, leveled, encoded, tagged and verified."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from newscast.audio import episode
from newscast.model import Line, Script, Section
from newscast.show import Show, Sound

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fakes import Tone  # noqa: E402

FLOORS = {"seconds of a 10-minute episode per second": 15.0}


def measure() -> dict[str, float]:
    texts = [f"Kalimat nomor {n} yang panjangnya seperti kalimat berita pada umumnya." for n in range(138)]
    lines = tuple(Line(text, text, "") for text in texts)
    sections = tuple(Section(f"Bagian {n}", lines[n : n + 23]) for n in range(0, len(lines), 23))
    script = Script(
        guid="g", title="t", summary="s", published=datetime(2024, 3, 5, tzinfo=UTC), sections=sections
    )
    show = Show(
        id="bench",
        title="t",
        description="d",
        url="https://example.org/",
        author="a",
        cover="cover.jpg",
        audio=Sound(intro="intro.mp3", outro="outro.mp3"),
        folder=ROOT / "examples",
    )
    tone = Tone()
    clips = [tone.synthesize(line) for line in lines]
    start = time.perf_counter()
    _, timeline = episode.produce(script, clips, show)
    return {next(iter(FLOORS)): timeline.duration / (time.perf_counter() - start)}
