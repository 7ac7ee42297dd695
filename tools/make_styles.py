"""Published Kokoro styles -> the style tables of our voices, the same bytes every time.

    npm pack kokoro-js@1.2.1 && tar xf kokoro-js-1.2.1.tgz
    .venv/bin/python tools/make_styles.py package/voices

Each style is 510 rows (one for each length of the text) of 256 floats (128 of timbre, 128 of prosody).
kokoro-js is Apache-2.0. Without Indonesian styles, the nearest are those of languages that, like it, have
five clear vowels, a trilled r, unaspirated p t k and a stress on the last syllable but one. Of a dozen that
were tried, Whisper understood ef_dora (a woman) and em_alex (a man), both Spanish, best; with a fifth of a
Portuguese voice it understands them as well, and ours is nobody's in particular.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np

VOICES = Path(__file__).parents[1] / "voices"
RECIPES = {
    "id_ID-sari": {"ef_dora": 0.8, "pf_dora": 0.2},
    "id_ID-bayu": {"em_alex": 0.8, "pm_alex": 0.2},
}


def blend(recipe: dict[str, float], styles: Path) -> bytes:
    """Little-endian float16, shape (510, 256)."""
    tables = [
        share * np.fromfile(styles / f"{name}.bin", "<f4").astype(np.float64)
        for name, share in recipe.items()
    ]
    return np.sum(tables, axis=0).astype("<f2").tobytes()


def main(styles: Path) -> None:
    for voice, recipe in RECIPES.items():
        data = blend(recipe, styles)
        (VOICES / voice / "style.f16").write_bytes(data)
        print(
            f'{voice}: name = "style.f16", size = {len(data)}, sha256 = "{hashlib.sha256(data).hexdigest()}"'
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
