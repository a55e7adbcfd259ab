"""How long customers' words hang. The player lets go of them by itself (static/wall/taking.js),
held together by tests/vectors/expiry.json."""

from collections.abc import Iterable

SHORTEST, LONGEST = 1, 1000
"""Days."""


def days_of(default: int, touchpoint: int | None, tags: Iterable[int]) -> int:
    """Days for one quote: by its tags, of several the shortest; else by its touchpoint; else as all
    others."""
    by_tag = min(tags, default=None)
    if by_tag is not None:
        return by_tag
    return default if touchpoint is None else touchpoint


def has_ended(expires_at: int | None, *, now: int) -> bool:
    """Whether a wall lets go of the words; both in ms since 1970. None hangs until it is taken
    down."""
    return expires_at is not None and now >= expires_at
