"""Programs that bench/fanout.py starts and measures; each is told "say N" and broadcasts N."""

from typing import Any


def message(n: int) -> dict[str, Any]:
    """The message as every server sends it: 600 bytes with its packet, its number at the end."""
    return {"feed": "quotes", "words": "x" * 545, "n": 1_000_000 + n}
