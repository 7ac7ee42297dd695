"""How fast an episode is mixed, mastered, encoded, tagged and listened to, and in how much memory.

Processor time hardly changes with other work on the machine; against what FFmpeg takes to encode and
decode the same once, it hardly changes with the machine. Where there is no ffmpeg, that figure is left out.
"""

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import fresh

from newscast.audio import episode
from newscast.model import Audio, Clips, Line, Script, Section
from newscast.show import Show
from newscast.tables import Sound

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fakes import Tone  # noqa: E402

SPEED = "seconds of a 10-minute episode per second"
AGAINST = "of the time of ffmpeg's encoding and decoding"
SHORT, LONG = "5-minute episodes in a GB of memory", "GB less for 3 hours than 5 minutes and 60 MB"
#: Processor time; 1 is as fast as FFmpeg, and 0.38 leaves a whole `make` below three times its time.
FLOORS = {SPEED: 60.0, AGAINST: 0.38, SHORT: 6.0, LONG: 0.0}


def measure() -> dict[str, float]:
    """The figures of FLOORS."""
    (seconds, duration, theirs), _ = fresh.run(ten_minutes)
    _, small = fresh.run(five_minutes)
    _, large = fresh.run(three_hours)
    figures = {SPEED: duration / seconds, SHORT: 1 / small, LONG: small + 0.06 - large}
    if theirs is None:
        print(f"audio      {AGAINST}: left out, for there is no ffmpeg")
        figures[AGAINST] = FLOORS[AGAINST]
    else:
        figures[AGAINST] = theirs / seconds
    return figures


def ten_minutes() -> tuple[float, float, float | None]:
    """Seconds of processor time that a 10-minute episode took, its length, and what FFmpeg takes."""
    with TemporaryDirectory() as folder:
        took, made = _timed(lambda: produce(138, Path(folder)))
        return took, made.timeline.duration, _ffmpeg(made.files[0])


def five_minutes() -> float:
    """Its length in seconds."""
    with TemporaryDirectory() as folder:
        return produce(69, Path(folder)).timeline.duration


def three_hours() -> float:
    """Its length in seconds."""
    with TemporaryDirectory() as folder:
        return produce(2500, Path(folder)).timeline.duration


def produce(count: int, folder: Path) -> episode.Produced:
    """An episode of so many lines, spoken when they are asked for."""
    texts = [f"Kalimat nomor {n} yang panjangnya seperti kalimat berita pada umumnya." for n in range(count)]
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
    return episode.produce(script, Clips(partial(_say, line) for line in lines), show, folder)


def _say(line: Line) -> Audio:
    return Tone().synthesize(line)


def _timed(work: Callable[[], episode.Produced]) -> tuple[float, episode.Produced]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def _ffmpeg(mp3: Path) -> float | None:
    """Seconds of processor time to encode the same sound to the same and to decode it; None without."""
    if not shutil.which("ffmpeg"):
        return None
    run = partial(subprocess.run, check=True, cwd=mp3.parent)
    quiet = ["ffmpeg", "-nostdin", "-v", "error"]
    run([*quiet, "-i", mp3.name, "a.wav"])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run([*quiet, "-i", "a.wav", "-c:a", "libmp3lame", "-b:a", "96k", "a.mp3"])
    run([*quiet, "-i", "a.mp3", "-f", "null", "-"])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
