"""The wall in a real Chromium: what it loads, how soon it shows, how smooth it is, what it takes.

A `signage serve` with the demo's content, in a Chromium that runs scripts as a kiosk's does; the
page's main thread is throttled 4× but where memory and processor time are counted. Targets:
JavaScript ≤ 80 KB by gzip, Socket.IO included; fonts ≤ 250 KB; first scene wholly there ≤ 400 ms
with a warm cache and ≤ 1.2 s with a cold one; a withdrawal received → painted ≤ 50 ms; what was put
on show, at the next boundary at the latest (within 100 ms of it); no task over 50 ms in 200 scene
changes; 95 % of the frames of cross-fades at 55 fps or better, where a frame that never came
counts; heap and DOM nodes after 5,000 changes ≤ 1.05 times those after 500; an idle scene ≤ 1 % of
a core, and a playlist ≤ 0.5 times MagicMirror²'s page in the same run, that one in a Chromium as it
comes.

Of times the best of a few counts, since a machine that is busy with other things only lengthens
them. "Of them by their own processor time" tells which long tasks were the page's own doing.
Processor time is that of all processes of a Chromium without a graphics chip; an empty page's is
told beside it. MagicMirror² is brought by npm, for this program alone; where that cannot be, it is
said.

Quick: one start, fewer changes, 100 against 50 for memory, a shorter playlist.

    .venv/bin/python bench/player.py [--quick] [--json]
"""

from collections.abc import Iterator

from playwright.sync_api import Browser

from bench.player_parts.changes import growth, growth_of_code, long_tasks_and_frames
from bench.player_parts.house import House, browsers, house
from bench.player_parts.painting import changes_painted, first_scenes
from bench.player_parts.processor import processor
from bench.table import Figure, finish, options, say

FULL = (500, 5_000)
QUICK = (50, 100)
ROUNDS = 5


def main() -> None:
    """Measure, tell, and end with 1 where a target is missed."""
    chosen = options(__doc__, full=FULL, quick=QUICK, rounds=ROUNDS)
    found = []
    with house() as served, browsers(3) as opened:
        measure = _quick if chosen.quick else _full
        for figure in measure(opened, served, chosen.sizes, chosen.rounds):
            say(f"  {figure.name} {figure.value:,.3g} {figure.unit}")
            found.append(figure)
    finish(found, as_json=chosen.as_json)


def _full(
    opened: list[Browser], served: House, sizes: tuple[int, ...], rounds: int
) -> Iterator[Figure]:
    first = opened[0]
    yield from first_scenes(first, served, rounds)
    yield from changes_painted(first, served, rounds)
    yield from long_tasks_and_frames(first, served, 200, 40)
    yield from growth(first, served, *sizes)
    yield from growth_of_code(opened[1], served, *sizes)
    yield from processor(opened, served, 120, 5)


def _quick(
    opened: list[Browser], served: House, sizes: tuple[int, ...], rounds: int
) -> Iterator[Figure]:
    first = opened[0]
    yield from first_scenes(first, served, min(rounds, 1))
    yield from changes_painted(first, served, min(rounds, 1))
    yield from long_tasks_and_frames(first, served, 20, 6)
    yield from growth(first, served, *sizes)
    yield from processor(opened, served, 8, 1)


if __name__ == "__main__":
    main()
