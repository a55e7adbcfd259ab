"""Fleets of simulated screens against a real `signage serve`, as `signage simulate` makes them.

Each screen is a real websocket that speaks the whole protocol. The server has one core; the screens
live in processes of their own on the others, and what they cost is told, since it is part of each
moment at which "the last screen" has something. An urgent notice is hung by a program with a token:
the time runs from the request on, and ends when the last screen paints it. Then the server is
killed while one is on, and started again: every screen comes back by itself, with full jitter;
when half of them are there another urgent notice is hung, so it meets screens that are back, on
their way and away.

Targets, for any number of screens:

- a takeover reaches the last screen within 1 s, and ends everywhere within 1 s;
- the page of all screens takes at most twice as long as that of 100, asked in turns;
- an idle screen, heartbeats included, costs at most 40 KB of the server's memory and 200 µs of its
  core a second: 5,000 fit into 200 MB and one core;
- after a kill all are back and equal within 30 s of the restarted server taking requests, none was
  refused for good, and all hold both notices; the second one reaches those that are connected when
  it is hung within 1 s.

Quick: 500 screens alone, fewer takeovers, a few seconds of idleness.

    .venv/bin/python bench/fleet.py [--quick] [--json]
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.fanout_parts.processes import GENERATOR, pin
from bench.fleet_parts.house import House
from bench.fleet_parts.measures import bring_in, idle, pages, return_of, takeovers
from bench.table import Figure, finish, options, say
from signage.open_files import many_files

FULL = (500, 2_000, 5_000)
QUICK = (500,)
BASE = 100
"""Screens of the house whose page is compared with."""
ROUNDS, QUICK_ROUNDS = 10, 3


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of each: takeovers, seconds of idleness, looks at the page."""

    rounds: int
    idle: float
    pages: int


def main() -> None:
    """Measure, tell, and end with 1 where a target is missed."""
    chosen = options(__doc__, full=FULL, quick=QUICK, rounds=ROUNDS)
    if many_files() < max(chosen.sizes) + 200:
        say("this user may not open enough files for so many screens (ulimit -n)")
    pin(GENERATOR)
    plan = Plan(chosen.rounds, 30.0, 20)
    if chosen.quick:
        plan = Plan(min(chosen.rounds, QUICK_ROUNDS), 3.0, 8)
    figures = []
    for figure in measure(chosen.sizes, plan, BASE):
        # Told at once: whatever comes later, what was found is found.
        say(f"  {figure.name} {figure.value:,.3g} {figure.unit}")
        figures.append(figure)
    finish(figures, as_json=chosen.as_json)


def measure(sizes: tuple[int, ...], plan: Plan, base: int) -> Iterator[Figure]:
    """Everything, of one size after the other."""
    with _house(base) as few:
        few.crowd.open()
        for screens in sizes:
            say(f"{screens:,} simulated screens")
            with _house(screens) as house:
                yield from of_one(house, few, plan)


def of_one(house: House, few: House, plan: Plan) -> Iterator[Figure]:
    """Everything of one fleet; `few` is the one whose page is compared with."""
    yield from bring_in(house, plan.idle / 2)
    yield from takeovers(house, plan.rounds)
    yield from idle(house, plan.idle)
    yield from pages(few, house, plan.pages)
    yield from return_of(house)


@contextmanager
def _house(screens: int) -> Iterator[House]:
    with TemporaryDirectory(prefix="bench-fleet-") as folder, House(Path(folder), screens) as house:
        yield house


if __name__ == "__main__":
    main()
