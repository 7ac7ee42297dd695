"""Published Kokoro styles -> the style tables of our voices, the same bytes every time.

    npm pack kokoro-js@1.2.1 && tar xf kokoro-js-1.2.1.tgz
    .venv/bin/python tools/make_styles.py package/voices

Each style is 510 rows (one for each length of the text) of 256 floats (128 of timbre, 128 of prosody).
kokoro-js is Apache-2.0. Of what search_styles.py tried (tuning/tried.tsv), a listener understood blends of
Spanish and Hindi styles best, at the speed that Spanish ones had. Ours are nobody's voice in particular.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np

VOICES = Path(__file__).parents[1] / "voices"
#: Shares of the styles, for the timbre and for the prosody.
Recipe = tuple[dict[str, float], dict[str, float]]
RECIPES: dict[str, Recipe] = {
    "id_ID-sari": ({"ef_dora": 0.4, "hf_beta": 0.6}, {"ef_dora": 0.3, "hf_alpha": 0.7}),
    "id_ID-bayu": ({"em_alex": 0.45, "hm_omega": 0.55}, {"em_alex": 0.45, "hm_omega": 0.55}),
}
_HALF = 128


def blend(recipe: Recipe, styles: Path) -> bytes:
    """Little-endian float16, shape (510, 256)."""
    timbre, prosody = (_mixed(shares, styles) for shares in recipe)
    return np.concatenate([timbre[:, :_HALF], prosody[:, _HALF:]], axis=1).astype("<f2").tobytes()


def _mixed(shares: dict[str, float], styles: Path) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    tables = [
        share * np.fromfile(styles / f"{name}.bin", "<f4").astype(np.float64)
        for name, share in shares.items()
    ]
    return np.sum(tables, axis=0).reshape(-1, 2 * _HALF)


def main(styles: Path) -> None:
    for voice, recipe in RECIPES.items():
        data = blend(recipe, styles)
        (VOICES / voice / "style.f16").write_bytes(data)
        print(
            f'{voice}: name = "style.f16", size = {len(data)}, sha256 = "{hashlib.sha256(data).hexdigest()}"'
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
