"""The desk: from a key to the next quote, by how many wait; and what suggestions cost.

Targets, on SQLite and on PostgreSQL, in a real Chromium against a real `signage serve`:

- from the key that approves a quote to the next quote painted, at most 100 ms at the 95th
  percentile, with 100 and with 10,000 waiting.

Told beside them: the median, and how many times longer it takes with 10,000 waiting than with 100;
how long the machine looks at one comment (median, 99th percentile); and how many rows a second come
in and are looked at, beside how many come in alone (the product looks later, off the loop).

    .venv/bin/python bench/desk.py [--quick] [--json]
"""

from bench.desk_parts.house import desk
from bench.desk_parts.keys import Taken, key_to_next
from bench.desk_parts.suggestions import import_rate, per_comment
from bench.table import Figure, finish, options

FULL = QUICK = (100, 10_000)
ROUNDS, QUICK_ROUNDS = 60, 10
MOST_MS = 100
COMMENTS, QUICK_COMMENTS = 2_000, 300
ROWS, QUICK_ROWS = 5_000, 500
DATABASES = ("sqlite", "postgresql")


def main() -> None:
    """Measure, tell, and end with 1 where a target is missed."""
    chosen = options(__doc__, full=FULL, quick=QUICK, rounds=ROUNDS)
    rounds = min(chosen.rounds, QUICK_ROUNDS) if chosen.quick else chosen.rounds
    figures: list[Figure] = []
    for kind in DATABASES:
        taken = {size: _measured(kind, size, rounds) for size in chosen.sizes}
        figures += _figures(kind, taken)
    figures += _suggestions(chosen.quick)
    finish(figures, as_json=chosen.as_json)


def _measured(kind: str, waiting: int, rounds: int) -> Taken:
    with desk(kind, waiting) as page:
        return key_to_next(page, rounds)


def _suggestions(quick: bool) -> list[Figure]:
    middle, most = per_comment(QUICK_COMMENTS if quick else COMMENTS)
    rows = QUICK_ROWS if quick else ROWS
    without, beside = import_rate(rows, inspected=False), import_rate(rows, inspected=True)
    return [
        Figure("suggestions for a comment, median", middle, "ms"),
        Figure("suggestions for a comment, 99th percentile", most, "ms"),
        Figure("import without suggestions", without, "rows/s"),
        Figure("import until each comment was looked at", beside, "rows/s"),
        Figure("import without / with looking", without / beside, "×"),
    ]


def _figures(kind: str, taken: dict[int, Taken]) -> list[Figure]:
    few, many = taken
    told = [
        figure
        for size, each in taken.items()
        for figure in (
            Figure(f"{kind}, {size:,} waiting: key to next quote, p95", each.p95, "ms", MOST_MS),
            Figure(f"{kind}, {size:,} waiting: the same, median", each.middle, "ms"),
        )
    ]
    ratio = taken[many].p95 / taken[few].p95
    return [*told, Figure(f"{kind}: {many:,} / {few:,} waiting, p95", ratio, "×")]


if __name__ == "__main__":
    main()
