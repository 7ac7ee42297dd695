"""A picture -> a small JPEG for the inside of an MP3."""

import warnings
from io import BytesIO

from PIL import Image

from newscast.errors import AudioError

#: Pixels; sharp on a phone's lock screen, and small in every episode.
THUMBNAIL = 600
#: Pixels of a picture in an episode's tags.
PICTURE = 1400


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
    """A JPEG of THUMBNAIL pixels of a cover."""
    small = Image.open(BytesIO(image)).resize((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
