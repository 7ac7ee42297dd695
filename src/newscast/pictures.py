"""A show's cover -> its bytes, judged once for all who use it: tags, feed, pages, `check`.

Apple asks for a square JPEG or PNG of 1400 to 3000 pixels, RGB, without transparency, whose file
extension is its real type.
"""

import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image

from newscast.errors import ShowError

SMALLEST, LARGEST = 1400, 3000
MOST_BYTES = 20_000_000
EXTENSIONS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",)}


def read_cover(path: Path) -> bytes:
    """The file's bytes, found to be what directories take. Raises ShowError that says what to mend."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ShowError(f"{path} is too big for a cover", "keep it below 1 MB")
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its size is checked below
            image = Image.open(BytesIO(data), formats=tuple(EXTENSIONS))
    except (OSError, Image.DecompressionBombError) as error:  # Pillow's own error is an OSError
        raise ShowError(f"{path} is not a JPEG or PNG that can be read", "save it as JPEG") from error
    wrong = _wrong(image, path)
    if not wrong:
        try:
            image.load()
        except (OSError, SyntaxError, ValueError):
            wrong = "is damaged"
    if wrong:
        raise ShowError(f"{path} {wrong}", "save it as a square RGB JPEG of 3000 x 3000 pixels")
    return data


def _wrong(image: Image.Image, path: Path) -> str:
    width, height = image.size
    if width != height:
        return f"is not square but {width} x {height} pixels"
    if not SMALLEST <= width <= LARGEST:
        return f"is {width} pixels wide, not {SMALLEST} to {LARGEST}"
    if image.mode != "RGB" or "transparency" in image.info:
        return f"is {image.mode}, not plain RGB"
    if path.suffix.lower() not in EXTENSIONS[str(image.format)]:
        return f"is really a {image.format}"
    return ""
