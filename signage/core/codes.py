"""QR codes, as rows of modules that a page draws."""

import segno


def modules_of(address: str) -> list[str]:
    """Rows of 0 and 1; 1 is dark."""
    drawn = segno.make(address, error="m", micro=False)
    return ["".join("1" if module else "0" for module in row) for row in drawn.matrix]
