"""Proof of play: what a wall says that it has shown, held to bounds; a wall may lie.

It comes in batches of a player's own queue, numbered upwards: one that was taken already counts no
more. No field can hold customers' words: of an item there is its number alone.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

MOST_ROWS = 400
"""Of each kind in one batch; a player sends 150."""
OLDEST = timedelta(days=40)
HOUR = timedelta(hours=1)
HOUR_MS = 3_600_000
LARGEST = 2**31 - 1
_QUEUE = re.compile(r"[\w-]{1,32}", re.ASCII)
_SCENE = re.compile(r"[a-z][a-z_]{0,29}")
_ITEM = re.compile(r"[a-z]{1,2}\d{1,18}")

Key = TypeVar("Key")
Shown = tuple[int, int]
"""How often, and how many seconds."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was shown: hour and scene, and day and item, both of UTC → how often and how long."""

    queue: str
    number: int
    scenes: Mapping[tuple[datetime, str], Shown]
    items: Mapping[tuple[date, str], Shown]


def read_batch(said: object, *, at: datetime) -> Batch | None:
    """A batch as a heartbeat holds it; None where there is none. Rows that make no sense are left
    out: the batch counts as taken all the same, or it would come again for ever."""
    fields: Mapping[str, Any] = said if isinstance(said, dict) else {}
    queue, number = fields.get("queue"), fields.get("batch")
    if not isinstance(queue, str) or not _QUEUE.fullmatch(queue):
        return None
    if not isinstance(number, int) or not _whole(number, LARGEST):
        return None
    scenes = _rows(fields.get("scenes"), _SCENE, 3600, at, lambda hour: hour)
    items = _rows(fields.get("items"), _ITEM, 86_400, at, datetime.date)
    return Batch(queue, number, scenes, items)


def _rows(
    said: object, named: re.Pattern[str], most: int, at: datetime, key: Callable[[datetime], Key]
) -> dict[tuple[Key, str], Shown]:
    rows: dict[tuple[Key, str], Shown] = {}
    for row in said[:MOST_ROWS] if isinstance(said, list) else ():
        if not isinstance(row, list) or len(row) != 4:
            continue
        hour, name, times, seconds = row
        moment = _hour(hour, at)
        if moment is None or not isinstance(name, str) or not named.fullmatch(name):
            continue
        if _whole(times, most) and _whole(seconds, most):
            had = rows.get((key(moment), name), (0, 0))
            rows[key(moment), name] = (
                min(had[0] + times, most), min(had[1] + seconds, most),
            )  # fmt: skip
    return rows


def _hour(said: object, at: datetime) -> datetime | None:
    """An hour that may be meant: not much older than walls remember, and not to come."""
    if not _whole(said, 2**53) or said % HOUR_MS:  # type: ignore[operator]  # a number by now
        return None
    try:
        moment = datetime.fromtimestamp(said / 1000, UTC)  # type: ignore[operator]  # the same
    except (OverflowError, ValueError, OSError):
        return None
    return moment if at - OLDEST <= moment <= at + HOUR else None


def _whole(said: object, most: int) -> bool:
    # A bool is an int to Python.
    return type(said) is int and 0 <= said <= most
