"""When a message that was not taken is sent again."""

from datetime import timedelta

WAITS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
"""After the first try, the second, and so on; after the last of them it is given up."""
TRIES = len(WAITS) + 1


def wait_after(tries: int) -> timedelta | None:
    """How long until the next try after so many; None: there is none."""
    return WAITS[tries - 1] if tries < TRIES else None
