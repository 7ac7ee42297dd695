"""How fast an episode is mixed, leveled, encoded, tagged and verified, and in how much memory.

The lengths of an episode that fit into a gigabyte tell whether a second copy of its sound crept in: one
takes 10.6 MB a minute.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench import fresh

from newscast.audio import episode
from newscast.model import Line, Script, Section
from newscast.show import Show, Sound

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fakes import Tone  # noqa: E402

#: Seconds of processor time, which other work on the machine hardly changes.
FLOORS = {"seconds of a 10-minute episode per second": 22.0, "minutes of episode in a GB of memory": 30.0}
RATIOS = {"minutes of episode in a GB of memory"}


def measure() -> dict[str, float]:
    """The figures of FLOORS."""
    (speed, minutes), gigabytes = fresh.run(produce)
    return dict(zip(FLOORS, (speed, minutes / gigabytes), strict=True))


def produce() -> tuple[float, float]:
    """How many times faster than it plays a 10-minute episode was made, and how many minutes it has."""
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
    start = time.process_time()
    _, timeline = episode.produce(script, clips, show)
    return timeline.duration / (time.process_time() - start), timeline.duration / 60
