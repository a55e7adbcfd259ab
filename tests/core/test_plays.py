"""What walls say that they have shown."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from signage.core.plays import MOST_ROWS, Batch, read_batch

AT = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)
HOUR = datetime(2026, 4, 14, 7, tzinfo=UTC)


def ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


SAID: dict[str, Any] = {
    "queue": "57ea8204e688d769",
    "batch": 3,
    "scenes": [[ms(HOUR), "quote", 12, 170], [ms(HOUR), "nps", 1, 20]],
    "items": [[ms(HOUR.replace(hour=0)), "q12", 2, 28]],
}


def test_a_batch_is_read() -> None:
    assert read_batch(SAID, at=AT) == Batch(
        "57ea8204e688d769", 3, {(HOUR, "quote"): (12, 170), (HOUR, "nps"): (1, 20)},
        {(date(2026, 4, 14), "q12"): (2, 28)},
    )  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        None, 7, [], {}, {**SAID, "queue": ""}, {**SAID, "queue": "a b"},
        {**SAID, "queue": "q" * 33},
        {**SAID, "batch": "3"}, {**SAID, "batch": True}, {**SAID, "batch": -1},
        {**SAID, "batch": 2**40},
    ],
)  # fmt: skip
def test_what_is_no_batch_is_none(said: object) -> None:
    assert read_batch(said, at=AT) is None


@pytest.mark.parametrize(
    "row",
    [
        7, [], [ms(HOUR), "quote", 1], [ms(HOUR) + 1, "quote", 1, 1], [None, "quote", 1, 1],
        [ms(HOUR), "Quote one", 1, 1], [ms(HOUR), 7, 1, 1], [ms(HOUR), "quote", 1.5, 1],
        [ms(HOUR), "quote", 1, 3601], [ms(HOUR), "quote", -1, 1],
        [ms(HOUR + timedelta(hours=2)), "quote", 1, 1],
        [ms(HOUR - timedelta(days=41)), "quote", 1, 1],
        [2**60, "quote", 1, 1],
    ],
)  # fmt: skip
def test_a_row_that_makes_no_sense_is_left_out_and_the_batch_counts(row: object) -> None:
    batch = read_batch({**SAID, "scenes": [row, SAID["scenes"][0]]}, at=AT)
    assert batch is not None
    assert batch.scenes == {(HOUR, "quote"): (12, 170)}


def test_a_wall_that_lies_stays_within_bounds() -> None:
    rows = [[ms(HOUR), "quote", 3000, 3000]] * 2 * MOST_ROWS
    items = [[ms(HOUR.replace(hour=0)), "an order number", 1, 1]]
    batch = read_batch({**SAID, "scenes": rows, "items": items}, at=AT)
    assert batch == Batch(SAID["queue"], 3, {(HOUR, "quote"): (3600, 3600)}, {})
