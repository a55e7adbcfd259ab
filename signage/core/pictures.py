"""Pictures as they come from people: drawn anew, so that nothing but the picture is kept.

What is kept has no metadata (a place, a name, a thumbnail of what was cut away) and no byte that
the person sent. Only formats of dots are read: SVG is a document that can hold scripts.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from signage.errors import Invalid, Problem
from signage.words import N_

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LARGEST_FILE = 10 * 1024 * 1024
MOST_DOTS = 50_000_000
"""A small file can hold a picture that fills the memory."""
LONGEST_SIDE = 2160
"""Dots; a wall of 4K shows a picture on half of it."""
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A picture as WebP; digest: of its bytes, which is its name."""

    digest: str
    width: int
    height: int
    data: bytes


def redraw(
    sent: bytes,
    *,
    longest_side: int = LONGEST_SIDE,
    formats: tuple[str, ...] = FORMATS,
    most_dots: int = MOST_DOTS,
) -> Redrawn:
    """A file as a picture of at most `longest_side` dots; raises Invalid for what is none, is too
    large, or comes in another format."""
    if len(sent) > LARGEST_FILE:
        text = N_("The picture is larger than {most} MB. Send a smaller one.")
        raise Invalid([Problem("too-large", text, "picture", {"most": LARGEST_FILE // 1024**2})])
    picture = _read(sent, longest_side, formats, most_dots)
    drawn = io.BytesIO()
    picture.save(drawn, "WEBP", quality=QUALITY, method=4)
    data = drawn.getvalue()
    return Redrawn(hashlib.sha256(data).hexdigest(), picture.width, picture.height, data)


def _read(sent: bytes, longest_side: int, formats: tuple[str, ...], most_dots: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(sent), formats=formats) as opened:
                if opened.width * opened.height > most_dots:
                    raise Image.DecompressionBombError
                # JPEG can be read at a fraction of its size.
                opened.draft("RGB", (longest_side, longest_side))
                picture = ImageOps.exif_transpose(opened)
                picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
                return picture.convert(
                    "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
                )
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        text = N_("The picture has more than {most} million dots. Send a smaller one.")
        most = {"most": most_dots // 1_000_000}
        raise Invalid([Problem("too-many-dots", text, "picture", most)]) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        # Pillow's readers of broken files raise any of these.
        text = N_("This is no picture that can be read. Send a JPEG, PNG, WebP or GIF.")
        raise Invalid([Problem("no-picture", text, "picture")]) from None
