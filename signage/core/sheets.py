"""Cells that a spreadsheet takes as text."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may read a cell's beginning as a formula by, the wide forms too."""


def cell(value: object) -> str:
    """A value as a cell: an apostrophe in front keeps what could be a formula from being one.
    Blanks in front are looked behind, as some programs do."""
    text = "" if value is None else str(value)
    risky = text.startswith(_FORMULA) or text.lstrip(" \u00a0").startswith(_FORMULA)
    return f"'{text}" if risky and not isinstance(value, int) else text
