"""The bench of the desk tells what it measured, and misses its target where it should."""

from bench import desk
from bench.desk_parts.keys import Taken


def test_figures_name_database_and_size_and_hold_the_target() -> None:
    told = desk._figures("sqlite", {100: Taken(20.0, 40.0), 10_000: Taken(30.0, 120.0)})

    assert [(each.name, each.value, each.missed) for each in told] == [
        ("sqlite, 100 waiting: key to next quote, p95", 40.0, False),
        ("sqlite, 100 waiting: the same, median", 20.0, False),
        ("sqlite, 10,000 waiting: key to next quote, p95", 120.0, True),
        ("sqlite, 10,000 waiting: the same, median", 30.0, False),
        ("sqlite: 10,000 / 100 waiting, p95", 3.0, False),
    ]
