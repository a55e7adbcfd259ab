"""What walls take of a processor: all processes of their Chromium, without the throttle."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep

from playwright.sync_api import Browser, Page

from bench.player_parts.house import SIZE, House
from bench.player_parts.mirror import install, mirror
from bench.player_parts.watching import WATCH, until
from bench.table import Figure, say

MOST_IDLE, MOST_RATIO = 1.0, 0.5
OVER = 3.0
"""Seconds after a change of scenes until nothing of it moves."""
WINDOW = 3.0
SETTLE = 5.0


def processor(
    browsers: list[Browser], house: House, seconds: float, windows: int
) -> Iterator[Figure]:
    """Ours, an empty page and MagicMirror's, each in a Chromium of its own, at the same time."""
    ours, empty, theirs = browsers
    wall = _open(ours, house.wall, WATCH)
    _open(empty, "about:blank")
    until(wall, "window.bench?.first")
    yield from _idle(wall, ours, empty, windows)
    if why := install():
        say(f"not measured against MagicMirror²: {why}")
        return
    with ExitStack() as ending:
        page = _open(theirs, ending.enter_context(mirror()))
        page.locator(".newsfeed-title, .newsfeed .title").first.wait_for(timeout=60_000)
        sleep(SETTLE)
        say(f"{seconds:.0f} s of our playlist beside MagicMirror²'s page")
        used = _used({"ours": ours, "theirs": theirs}, seconds)
    yield Figure(
        "CPU over a playlist, ours / MagicMirror²'s page",
        used["ours"] / used["theirs"],
        "×",
        MOST_RATIO,
    )
    yield Figure("CPU over a playlist, ours", used["ours"] * 100, "%")
    yield Figure("CPU of MagicMirror²'s page", used["theirs"] * 100, "%")


def _idle(wall: Page, ours: Browser, empty: Browser, windows: int) -> Iterator[Figure]:
    """Between two changes of scenes."""
    found: list[dict[str, float]] = []
    for _ in range(windows * 10):
        if len(found) == windows:
            break
        scenes = wall.evaluate("bench.changed.length")
        until(wall, f"bench.changed.length > {scenes}")
        sleep(OVER)
        scenes = wall.evaluate("bench.changed.length")
        used = _used({"ours": ours, "empty": empty}, WINDOW)
        if wall.evaluate("bench.changed.length") == scenes:
            found.append(used)
    means = {name: 100 * sum(used[name] for used in found) / len(found) for name in found[0]}
    yield Figure("CPU of an idle scene", means["ours"], "%", MOST_IDLE)
    yield Figure("CPU of Chromium with an empty page", means["empty"], "%")


def _open(browser: Browser, url: str, script: str = "") -> Page:
    page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
    page.add_init_script(script)
    page.goto(url)
    return page


def _used(browsers: Mapping[str, Browser], seconds: float) -> dict[str, float]:
    """The share of a core that each takes for so long."""
    processes = {name: _processes(browser) for name, browser in browsers.items()}
    before = {name: _spent(ids) for name, ids in processes.items()}
    began = monotonic()
    sleep(seconds)
    took = monotonic() - began
    return {name: (_spent(ids) - before[name]) / 1e9 / took for name, ids in processes.items()}


def _processes(browser: Browser) -> list[int]:
    line = browser.new_browser_cdp_session()
    told = line.send("SystemInfo.getProcessInfo")["processInfo"]
    line.detach()
    return [each["id"] for each in told]


def _spent(processes: list[int]) -> int:
    """Nanoseconds so far."""
    return sum(
        int((task / "schedstat").read_text("ascii").split()[0])
        for process in processes
        for task in list(Path(f"/proc/{process}/task").iterdir())
    )
