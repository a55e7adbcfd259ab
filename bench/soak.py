"""A wall for an hour of changes, restarts of its server and cuts of the network; then a look at it.

A `signage serve` with the demo's content and the real player in a real Chromium. Every few seconds
a quote goes on show or is withdrawn, now and then while the server is killed and started again or
the wall has no network. Targets: what the wall holds is what the database says, feed by feed,
within a minute of the last mishap; no withdrawn words on the page; no error of the page; no
reload; heap and DOM nodes, each the least during eight scenes, ≤ 1.2 times those after the first
tenth; scenes went on changing, at least two a minute.

Quick: 25 s, which shows that all works and says little about memory: heap and nodes are told only.
`--sizes MINUTES` for another time.

    .venv/bin/python bench/soak.py [--quick] [--json]
"""

from collections import Counter
from collections.abc import Iterator
from random import Random
from time import monotonic

from playwright.sync_api import Error

from bench.player_parts.days import Days, left
from bench.player_parts.house import SIZE, browsers, cdp, house
from bench.player_parts.watching import WATCH, until
from bench.table import Figure, finish, options, say

MINUTES = 60
QUICK = 25 / 60
MOST_GROWTH = 1.2
EARLY = 0.1
EVERY = 2.0, 8.0
"""Seconds between two changes."""
SETTLED = 60
SCENES = 8
"""During which memory is looked at."""


def main() -> None:
    """Measure, tell, and end with 1 where a target is missed."""
    chosen = options(__doc__, full=(MINUTES,), quick=(0,), rounds=1)
    seconds = 60 * (chosen.sizes[0] or QUICK)
    with house() as served, browsers(1) as (browser,):
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        page.add_init_script(WATCH)
        days = Days(served, page, Random(1))  # noqa: S311 - it must be the same again
        finish(list(_live(days, seconds, judged=not chosen.quick)), as_json=chosen.as_json)


def _live(days: Days, seconds: float, *, judged: bool) -> Iterator[Figure]:
    page = days.page
    told = Counter[str]()
    page.on("pageerror", lambda error: _note(told, error))
    page.on("load", lambda _: told.update(["load"]))
    page.goto(days.house.wall)
    until(page, "window.bench?.first")
    line = cdp(page, slow=False)
    line.send("Performance.enable")
    scenes = SCENES if judged else 1
    _pass(days, seconds * EARLY)
    early = left(page, line, scenes)
    _pass(days, seconds * (1 - EARLY))
    took = _settle(days)
    late = left(page, line, scenes)
    shown = page.evaluate("bench.changed.length")
    say(f"{days.restarts} restarts, {days.cuts} cuts, {len(days.withdrawn)} withdrawn")
    yield Figure("feeds that differ from the database", len(days.differing()), "", 0)
    yield Figure("until the last was equal", took, "s", SETTLED)
    yield Figure("withdrawn words on the page", days.still_there(), "", 0)
    yield Figure("errors of the page", told["error"], "", 0)
    yield Figure("reloads", told["load"] - 1, "", 0)
    yield Figure("scenes shown", shown, at_least=2 * seconds / 60)
    yield Figure("restarts of the server", days.restarts)
    yield Figure("times without network", days.cuts)
    most = MOST_GROWTH if judged else None
    yield Figure("heap, late / early", late[0] / early[0], "×", most)
    yield Figure("DOM nodes, late / early", late[1] / early[1], "×", most)
    yield Figure("heap", late[0] / 2**20, "MB")


def _note(told: Counter[str], error: Error) -> None:
    told.update(["error"])
    say(f"error of the page: {error}")


def _pass(days: Days, seconds: float) -> None:
    ends = monotonic() + seconds
    while (rest := ends - monotonic()) > 0:
        days.something()
        days.page.wait_for_timeout(1000 * min(rest, days.chance.uniform(*EVERY)))


def _settle(days: Days) -> float:
    """Seconds until the wall is equal; it comes back by itself, in its own time."""
    began = monotonic()
    while days.differing() and monotonic() - began < SETTLED:
        days.page.wait_for_timeout(200)
    return monotonic() - began


if __name__ == "__main__":
    main()
