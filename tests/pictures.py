"""Pictures that tests make."""

import io

from PIL import Image

from signage.core.pictures import Redrawn, redraw


def file_of(
    kind: str = "PNG",
    *,
    size: tuple[int, int] = (40, 30),
    colour: str = "#008080",
    **options: object,
) -> bytes:
    """A file with a picture of one colour."""
    made = io.BytesIO()
    mode = "RGBA" if len(colour) > len("#rrggbb") else "RGB"
    Image.new(mode, size, colour).save(made, kind, **options)
    return made.getvalue()


def drawn() -> Redrawn:
    """A picture as it is kept."""
    return redraw(file_of())
