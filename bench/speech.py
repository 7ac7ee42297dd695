"""Seconds of speech a second, what newscast costs beside the bare model, and what the cache saves."""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from newscast.model import Line
from newscast.speech.kokoro import Kokoro, token_runs
from newscast.speech.speak import speak
from newscast.speech.voices import Voice, builtin_folder, load, shelf

FLOORS = {
    "kokoro, audio seconds a second": 1.4,
    "kokoro, newscast's work beside the bare model's": 0.92,
    "espeak, audio seconds a second": 250.0,
    "cache, audio seconds a second": 800.0,
}

_IPA = (
    "kemənterˈian pərtanˈian məŋumˈumkan hˈarɡa bərˈas tˈurun lˈima pərsˈen.",
    "pənurˈunan ˈitu tərdʒˈadi sətəlˈah panˈen rˈaja di dʒˈawa tˈimur.",
    "sədʒˈumlah pədˈaɡaŋ di pˈasar ˈinduk məmbənˈarkan kˈabar ˈitu.",
    "mərˈeka bərhˈarap hˈarɡa tətˈap stabˈil sampaɪ ˈaxir tˈahun.",
)
LINES = [Line(ipa, ipa, ipa) for ipa in _IPA]


@cache
def _kokoro() -> Any:
    return load(shelf(builtin_folder())["id_ID-sari"])


def shared(_voice: Voice) -> Kokoro:
    """An engine for a card: the one Kokoro of this process, so that loading is not measured."""
    engine: Kokoro = _kokoro()
    return engine


def _bare() -> None:
    """The same lines by the model alone, as many at once."""
    engine = _kokoro()
    runs = [run for line in LINES for run in token_runs(line)]
    with ThreadPoolExecutor(engine.at_once) as pool:
        list(pool.map(engine._run, runs))


def _best(action: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The least wall seconds and processor seconds: other work on the machine only adds to them."""
    times = []
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        action()
        times.append((time.perf_counter() - wall, time.process_time() - processor))
    return min(wall for wall, _ in times), min(processor for _, processor in times)


def measure() -> dict[str, float]:
    """The figures of FLOORS."""
    voices = shelf(builtin_folder())
    kokoro, espeak = replace(voices["id_ID-sari"], engine="bench.speech:shared"), voices["id_ID-espeak"]
    _bare()  # warm
    _, bare_work = _best(_bare, 3)
    wall, work = _best(lambda: speak(LINES, kokoro, None), 3)
    with tempfile.TemporaryDirectory() as folder:
        spoken = sum(clip.duration for clip in speak(LINES, kokoro, Path(folder)))
        cached_wall, _ = _best(lambda: speak(LINES, kokoro, Path(folder)), 10)
    espeak_spoken = sum(clip.duration for clip in speak(LINES, espeak, None))
    espeak_wall, _ = _best(lambda: speak(LINES, espeak, None), 5)
    return {
        "kokoro, audio seconds a second": spoken / wall,
        "kokoro, newscast's work beside the bare model's": bare_work / work,
        "espeak, audio seconds a second": espeak_spoken / espeak_wall,
        "cache, audio seconds a second": spoken / cached_wall,
    }
