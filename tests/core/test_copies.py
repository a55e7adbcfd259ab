from datetime import UTC, datetime, timedelta

import pytest

from signage.core.copies import SILENCE, UNWRITTEN, Copy, copy_of, had_from

NOW = datetime(2026, 4, 16, 13, 40, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("seen_at", "expected"),
    [
        (NOW, Copy("waiting", NOW, NOW + 72 * HOUR)),
        (NOW - SILENCE, Copy("offline", NOW - SILENCE, NOW - SILENCE + 72 * HOUR)),
        (NOW - 71 * HOUR, Copy("offline", NOW - 71 * HOUR, NOW + HOUR)),
        (NOW - 72 * HOUR, Copy("died", NOW)),
        (NOW - 90 * HOUR, Copy("died", NOW - 18 * HOUR)),
    ],
)
def test_what_is_not_confirmed_ends_with_its_lease(seen_at: datetime, expected: Copy) -> None:
    assert copy_of(None, seen_at, at=NOW, lease_hours=72) == expected


def test_what_is_confirmed_is_so_whatever_came_after() -> None:
    confirmed = Copy("confirmed", NOW - 80 * HOUR)
    assert copy_of(NOW - 80 * HOUR, NOW - 80 * HOUR, at=NOW, lease_hours=72) == confirmed


def test_what_has_no_lease_never_dies() -> None:
    long_ago = NOW - 900 * HOUR
    assert copy_of(None, long_ago, at=NOW, lease_hours=None) == Copy("offline", long_ago)


def test_who_had_a_copy_was_in_contact_while_it_hung_and_within_a_lease() -> None:
    assert had_from(NOW - HOUR, NOW, lease_hours=72) == NOW - HOUR - UNWRITTEN
    assert had_from(NOW - 900 * HOUR, NOW, lease_hours=72) == NOW - 72 * HOUR
