"""Draw examples/cover.jpg: `python tools/make_cover.py`.

The wave of a voice over the name of the show, readable when it is a centimeter wide. The letters are
Pillow's own, so the picture needs no font file.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = 3000
SHARP = 2  # drawn so many times larger and scaled down, for smooth edges
INK, PAPER, RED, GOLD = "#12203A", "#F7F1E5", "#E4473B", "#F2B84B"
MARGIN = 330
#: Heights of the wave's bars, as parts of the tallest.
WAVE = (0.16, 0.30, 0.52, 0.34, 0.72, 1.0, 0.64, 0.86, 0.46, 0.58, 0.26, 0.14)


def bar(draw: ImageDraw.ImageDraw, left: float, top: float, right: float, bottom: float, color: str) -> None:
    radius = min(right - left, bottom - top) / 2
    box = [SHARP * edge for edge in (left, top, right, bottom)]
    draw.rounded_rectangle(box, radius * SHARP, fill=color)


def cover() -> Image.Image:
    image = Image.new("RGB", (SIZE * SHARP, SIZE * SHARP), INK)
    draw = ImageDraw.Draw(image)
    middle, tallest, thick = 850, 960, 92
    step = (SIZE - 2 * MARGIN - thick) / (len(WAVE) - 1)
    for number, height in enumerate(WAVE):
        left, half = MARGIN + number * step, height * tallest / 2
        color = GOLD if number == WAVE.index(1.0) else RED
        bar(draw, left, middle - half, left + thick, middle + half, color)
    for row, line in enumerate(("Kabar", "Ringkas")):
        font = ImageFont.load_default(672 * SHARP)
        at = ((MARGIN - 58) * SHARP, (2020 + 600 * row) * SHARP)
        draw.text(at, line, PAPER, font, anchor="ls", stroke_width=9 * SHARP, stroke_fill=PAPER)
    return image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    target = Path(__file__).parent.parent / "examples" / "cover.jpg"
    cover().save(target, "JPEG", quality=88, optimize=True, progressive=False)
    print(target, target.stat().st_size)
