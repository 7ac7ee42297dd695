"""cover.jpg -> bytes that podcast directories take, and a thumbnail for the inside of an MP3.

Apple asks for a square JPEG or PNG of 1400 to 3000 pixels, RGB, without transparency, whose file
extension is its real type.
"""

import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image

from newscast.errors import AudioError, ShowError

SMALLEST, LARGEST = 1400, 3000
MOST_BYTES = 20_000_000
#: Pixels; sharp on a phone's lock screen, and small in every episode.
THUMBNAIL = 600
#: Pixels of a picture in an episode's tags.
PICTURE = 1400
EXTENSIONS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",)}


def read(path: Path) -> bytes:
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


def picture(image: bytes) -> bytes:
    """A JPEG of at most PICTURE pixels a side of any picture that Pillow reads, for an episode's tags.

    Raises AudioError.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            found = Image.open(BytesIO(image))
            found.thumbnail((PICTURE, PICTURE), Image.Resampling.LANCZOS)
            out = BytesIO()
            found.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as error:
        raise AudioError("the episode's picture cannot be read", "use a JPEG or PNG") from error
    return out.getvalue()


def thumbnail(image: bytes) -> bytes:
    """A JPEG of THUMBNAIL pixels of an image that `read` gave."""
    small = Image.open(BytesIO(image)).resize((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
