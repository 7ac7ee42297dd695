"""Seconds of speech a second, what newscast costs beside the bare model, its memory, what the cache saves."""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from bench import fresh

from newscast.model import Line
from newscast.speech.engines.kokoro import token_runs
from newscast.speech.speak import speak
from newscast.speech.voices import builtin_folder, fingerprint, load, shelf

#: Processor time, which other work on the machine changes less than the clock's.
FLOORS = {
    "kokoro, audio seconds a second of one core": 0.85,
    "kokoro, newscast's work beside the bare model's": 0.92,
    "kokoro, episodes at once in 4 GB of memory": 2.8,
    "espeak, audio seconds a second of one core": 200.0,
    "cache, audio seconds a second of one core": 600.0,
}
RATIOS = {"kokoro, newscast's work beside the bare model's", "kokoro, episodes at once in 4 GB of memory"}

_IPA = (
    "kemənterˈian pərtanˈian məŋumˈumkan hˈarɡa bərˈas tˈurun lˈima pərsˈen.",
    "pənurˈunan ˈitu tərdʒˈadi sətəlˈah panˈen rˈaja di dʒˈawa tˈimur.",
    "sədʒˈumlah pədˈaɡaŋ di pˈasar ˈinduk məmbənˈarkan kˈabar ˈitu.",
    "mərˈeka bərhˈarap hˈarɡa tətˈap stabˈil sampaɪ ˈaxir tˈahun.",
)
LINES = [Line(ipa, ipa, ipa) for ipa in _IPA]
#: Two as long as the longest sentences of the news: side by side they take the most memory.
LONG_LINES = [Line(ipa, ipa, ipa) for ipa in (" ".join(_IPA), " ".join(reversed(_IPA)))]


@cache
def _kokoro() -> Any:
    return load(shelf(builtin_folder())["id_ID-sari"])


def _bare() -> None:
    """The same lines by the model alone, as many at once."""
    engine = _kokoro()
    runs = [run for line in LINES for run in token_runs(line)]
    with ThreadPoolExecutor(engine.at_once) as pool:
        list(pool.map(engine._run, runs))


def _best(action: Callable[[], object], rounds: int) -> float:
    """The least processor seconds: other work on the machine only adds to them."""
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        action()
        spent.append(time.process_time() - began)
    return min(spent)


def speak_long_lines() -> None:
    speak(LONG_LINES, shelf(builtin_folder())["id_ID-sari"], None)


def measure() -> dict[str, float]:
    """The figures of FLOORS."""
    voices = shelf(builtin_folder())
    kokoro, espeak = voices["id_ID-sari"], voices["id_ID-espeak"]
    _bare()  # warm
    bare = _best(_bare, 3)
    ours = _best(lambda: speak(LINES, kokoro, None), 3)
    mark = fingerprint(kokoro)  # the pipeline takes it once an episode: it reads all the weights
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spoken = sum(clip.duration for clip in speak(LINES, kokoro, folder, voice_fingerprint=mark))
        cached = _best(lambda: speak(LINES, kokoro, folder, voice_fingerprint=mark), 10)
    espeak_spoken = sum(clip.duration for clip in speak(LINES, espeak, None))
    _, gigabytes = fresh.run(speak_long_lines)
    return {
        "kokoro, audio seconds a second of one core": spoken / ours,
        "kokoro, newscast's work beside the bare model's": bare / ours,
        "kokoro, episodes at once in 4 GB of memory": 4 / gigabytes,
        "espeak, audio seconds a second of one core": espeak_spoken
        / _best(lambda: speak(LINES, espeak, None), 10),
        "cache, audio seconds a second of one core": spoken / cached,
    }
