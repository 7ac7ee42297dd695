"""A show's title -> its first cover: the wave of a voice over the title, readable a centimeter wide.

The letters are Pillow's own, so the picture needs no font file. examples/cover.jpg is what
draw_cover("Kabar Ringkas") gives.
"""

from io import BytesIO
from itertools import combinations, pairwise

from PIL import Image, ImageDraw, ImageFont

SIZE = 3000  # pixels; the most that directories take
_SHARP = 2  # drawn so many times larger and scaled down, for smooth edges
_INK, _PAPER, _RED, _GOLD = "#12203A", "#F7F1E5", "#E4473B", "#F2B84B"
_MARGIN = 330
#: Heights of the wave's bars, as parts of the tallest.
_WAVE = (0.16, 0.30, 0.52, 0.34, 0.72, 1.0, 0.64, 0.86, 0.46, 0.58, 0.26, 0.14)
_MOST_ROWS = 4
_LETTERS = 672  # pixels, for a short title


def draw_cover(title: str) -> bytes:
    """A square JPEG of 3000 pixels, RGB; the same bytes for the same title and Pillow."""
    image = Image.new("RGB", (SIZE * _SHARP, SIZE * _SHARP), _INK)
    draw = ImageDraw.Draw(image)
    middle, tallest, thick = 850, 960, 92
    step = (SIZE - 2 * _MARGIN - thick) / (len(_WAVE) - 1)
    for number, height in enumerate(_WAVE):
        left, half = _MARGIN + number * step, height * tallest / 2
        box = [_SHARP * edge for edge in (left, middle - half, left + thick, middle + half)]
        color = _GOLD if number == _WAVE.index(1.0) else _RED
        draw.rounded_rectangle(box, thick / 2 * _SHARP, fill=color)
    rows, letters = _set(title)
    font = ImageFont.load_default(letters * _SHARP)
    for row, text in enumerate(rows):
        baseline = 2640 - 0.9 * letters * (len(rows) - 1 - row)
        # Letters stand a little to the right of where they begin, more so the larger they are.
        at = ((_MARGIN - 0.086 * letters) * _SHARP, baseline * _SHARP)
        stroke = letters * 9 * _SHARP // _LETTERS
        draw.text(at, text, _PAPER, font, anchor="ls", stroke_width=stroke, stroke_fill=_PAPER)
    file = BytesIO()
    small = image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    small.save(file, "JPEG", quality=88, optimize=True, progressive=False)
    return file.getvalue()


def _set(title: str) -> tuple[list[str], int]:
    """The title in rows, and the height of its letters in pixels: the largest that fit."""
    words = title.split() or ["…"]
    font = ImageFont.load_default(100)
    best: tuple[int, list[str]] = (0, [])
    for count in range(1, min(len(words), _MOST_ROWS) + 1):
        for cuts in combinations(range(1, len(words)), count - 1):
            edges = [0, *cuts, len(words)]
            rows = [" ".join(words[a:b]) for a, b in pairwise(edges)]
            widest = max(font.getlength(row) for row in rows)
            letters = min(_LETTERS, (SIZE - 2 * _MARGIN) * 100 / widest, 1300 / (0.9 * count))
            best = max(best, (int(letters), rows))
    return best[1], best[0]
