"""Where the files that are not Python lie: inside the wheel, or at the top of a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def place(name: str) -> Path:
    """The folder `templates`, `static` or `kiosk`."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
