"""Our voices' clips -> src/newscast/speech/sounds.npz: what each sound of the IPA is like, for align.py.

    .venv/bin/python tools/make_sounds.py say CLIPS id_ID-espeak
    .venv/bin/python tools/make_sounds.py say CLIPS id_ID-sari
    .venv/bin/python tools/make_sounds.py say CLIPS id_ID-bayu
    .venv/bin/python tools/make_sounds.py learn CLIPS
    .venv/bin/python tools/make_sounds.py judge CLIPS

`say` lets a voice say 130 lines of the project's own (a quarter of an hour for a neural one). `learn` takes
the first 90 of each: it lays each line's sounds evenly over its clip, learns a Gaussian for each sound, lays
them anew by these, and so on, six times. `judge` holds the gate against the lines, of which the last 40 of
each voice were not learned from: good ones, and ones damaged in each way, and tells how many it finds.
"""

import pickle
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from newscast.model import Audio, Line
from newscast.speech.align import Sounds, likelihoods, row_of, steps
from newscast.speech.cepstrum import HOP_SECONDS, features
from newscast.speech.judge import defect, usual_pace
from newscast.speech.trim import trim
from newscast.speech.voices import builtin_folder, load, shelf
from newscast.text.normalization.normalize import normalize
from newscast.text.pronunciation.phonemes import phonemes
from newscast.text.segment import sentences

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from test_speech_gate import SPOKEN  # noqa: E402  doubled words and numbers, which repeat themselves

LINES, LEARNED, ROUNDS = 130, 90, 6
ENOUGH = 30  # frames from which a sound is learned
LEAST_DEVIATION = 0.6  # of that of all frames: one voice says a sound more alike than all voices do

Clips = list[tuple[Line, Audio]]


def lines() -> list[Line]:
    """Of the gate's tests, of readings, and of the texts that voices were tuned on."""
    rows = [
        row.split("\t")[1]
        for file in sorted((ROOT / "tests/readings/normalize").glob("*.tsv"))
        for row in file.read_text("utf-8").splitlines()
        if "\t" in row and not row.startswith("#")
    ]
    rows = [row for row in rows if len(row) > 12 and not any(map(str.isdigit, row))]
    random.Random(5).shuffle(rows)
    texts = [
        normalize(sentence)
        for file in sorted((ROOT / "tools/tuning").glob("*.txt"))
        for paragraph in file.read_text("utf-8").splitlines()
        for sentence in sentences(paragraph.strip())
    ]
    spoken = [*list(dict.fromkeys([*SPOKEN, *rows]))[:90], *texts][:LINES]
    return [Line(row, row, phonemes(row)) for row in spoken]


def say(folder: Path, id: str) -> None:
    """Let a voice say them, without any gate."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = load(shelf(builtin_folder())[id])
    clips = [(line, trim(engine.synthesize(line))) for line in lines()]
    (folder / f"{id}.pickle").write_bytes(pickle.dumps(clips))


def clips_in(folder: Path) -> dict[str, Clips]:
    return {path.stem: pickle.loads(path.read_bytes()) for path in sorted(folder.glob("*.pickle"))}


def learn(folder: Path) -> None:
    """The Gaussians of all voices' sounds."""
    clips = [pair for voice in clips_in(folder).values() for pair in voice[:LEARNED]]
    symbols = " " + "".join(
        sorted({sign for line, _ in clips for sign in line.phonemes if sign.isalpha()} - {*"ˈˌ"})
    )
    seen = [(features(clip), row_of(line.phonemes, symbols)[0]) for line, clip in clips]
    seen = [(frames, row) for frames, row in seen if len(row) + 2 < len(frames)]
    labels = [row[np.arange(len(frames)) * len(row) // len(frames)] for frames, row in seen]
    for _ in range(ROUNDS):
        sounds = gaussians(np.concatenate([frames for frames, _ in seen]), np.concatenate(labels), symbols)
        labels = [row[way(likelihoods(frames, sounds)[:, row], row == row[0])] for frames, row in seen]
    out = ROOT / "src/newscast/speech/sounds.npz"
    np.savez(out, symbols=np.array(sounds.symbols), mean=sounds.mean, deviation=sounds.deviation)


def gaussians(frames: np.ndarray, labels: np.ndarray, symbols: str) -> Sounds:
    spread = frames.std(axis=0)
    mean, deviation = np.tile(frames.mean(axis=0), (len(symbols), 1)), np.tile(spread, (len(symbols), 1))
    for place in range(len(symbols)):
        mine = frames[labels == place]
        if len(mine) >= ENOUGH:
            mean[place], deviation[place] = mine.mean(axis=0), mine.std(axis=0)
    deviation = np.maximum(deviation, LEAST_DEVIATION * spread)
    return Sounds(symbols, mean.astype(np.float32), deviation.astype(np.float32))


def way(scores: np.ndarray, optional: np.ndarray) -> np.ndarray:
    """The state of each frame on the best way through a row."""
    best = np.full(scores.shape[1], np.float32(-1e30))
    best[:2] = scores[0, :2]
    back = []
    for frame in scores[1:]:
        ways = steps(best, optional)
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + frame
    state = len(best) - (1 if best[-1] > best[-2] else 2)
    states = [state]
    for choice in reversed(back):
        state -= int(choice[state])
        states.append(state)
    return np.array(states[::-1])


# --- how the gate does


def damaged(
    line: Line, clip: Audio, chance: np.random.Generator, sounds: Sounds
) -> Iterator[tuple[str, Audio]]:
    """A clip, spoilt in each way that a gate should find."""
    n, rate = len(clip.samples), clip.sample_rate
    time = np.arange(n) / rate
    row, ends = row_of(line.phonemes, sounds.symbols)
    states = way(likelihoods(features(clip), sounds)[:, row], row == row[0])
    last = int(np.argmax(states > ends[-2]) * HOP_SECONDS * rate)
    start = int(chance.uniform(0, 0.5) * n)
    syllable = clip.samples[start : start + int(0.22 * rate)]
    note = np.repeat(220 * 2 ** (chance.integers(0, 24, 1 + n // int(0.3 * rate)) / 12), int(0.3 * rate))[:n]
    swell = np.exp(-4 * (time % 0.3))
    sounds_of = {
        "noise": 0.1 * chance.standard_normal(n),
        "tone": 0.3 * np.sin(2 * np.pi * chance.uniform(100, 2_000) * time),
        "hum": sum(0.2 / k * np.sin(2 * np.pi * 50 * k * time) for k in range(1, 12)),
        "music": sum(0.2 / k * np.sin(2 * np.pi * np.cumsum(note * k) / rate) for k in range(1, 6)) * swell,
        "syllable": np.resize(syllable, n),
        "no last word": clip.samples[:last],
        "half": clip.samples[: n // 2] if chance.random() < 0.5 else clip.samples[n // 2 :],
        "twice": np.concatenate([clip.samples, clip.samples]),
    }
    for kind, samples in sounds_of.items():
        yield kind, trim(Audio(np.asarray(samples, np.float32), rate))


def judge(folder: Path) -> None:
    """How many of each kind are found, voice by voice; the good ones among them."""
    from newscast.speech.align import _sounds

    for id, clips in clips_in(folder).items():
        pace = usual_pace([clip for _, clip in clips], [line for line, _ in clips])
        chance, found = np.random.default_rng(1), {"good": [bool(defect(c, line, pace)) for line, c in clips]}
        for line, clip in clips:
            if len(line.spoken.split()) > 3:
                for kind, bad in damaged(line, clip, chance, _sounds()):
                    found.setdefault(kind, []).append(bool(defect(bad, line, pace)))
        print(id, *(f"{kind}: {sum(hits)} of {len(hits)}" for kind, hits in found.items()), sep="\n  ")


if __name__ == "__main__":
    task, place, *rest = sys.argv[1:]
    {"say": say, "learn": learn, "judge": judge}[task](Path(place), *rest)
