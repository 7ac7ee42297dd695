"""The default voice -> processor seconds for a second of sound, with this or another ONNX Runtime.

    .venv/bin/python tools/measure_runtime.py
    .venv/bin/pip install --no-deps --target /tmp/ort onnxruntime==1.24.4
    PYTHONPATH=/tmp/ort .venv/bin/python tools/measure_runtime.py

One thread, five lines of 26 s in all, the processor's time and not the clock's: so other work on the machine
disturbs it little. Run each version twice, in turn.

Measured on 2026-11-27 (AVX2, no VNNI): 1.32.0 0.54 and 0.56; 1.24.4 1.14; 1.22.1 1.04; 1.20.1 0.92 (the
older ones once each). A model that ONNX Runtime saved optimized speaks no quicker (0.54, 0.57, the very same
samples) and loads in 0.3 s rather than 0.6, but only on the kind of machine that saved it: not taken. Lines
in batches: the model takes one line at a time, its first dimension is fixed at 1; lines side by side on
threads of their own are what we do.
"""

import sys
import time
from pathlib import Path

import onnxruntime

from newscast.model import Line
from newscast.speech.voices import builtin_folder, load, shelf
from newscast.text.pronunciation.phonemes import phonemes

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from test_speech_gate import SPOKEN

if __name__ == "__main__":
    engine = load(shelf(builtin_folder())["id_ID-sari"])
    lines = [Line(spoken, spoken, phonemes(spoken)) for spoken in SPOKEN[-6:-1]]
    engine.synthesize(lines[0])
    begun = time.process_time()
    seconds = sum(engine.synthesize(line).duration for line in lines)
    print(
        f"onnxruntime {onnxruntime.__version__}: {(time.process_time() - begun) / seconds:.2f} for a second"
    )
