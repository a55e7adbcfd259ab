"""From an address or a change to the picture: what a wall loads, how soon it is to be seen."""

import gzip
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, Response

from bench.player_parts.house import SIZE, House, cdp
from bench.player_parts.watching import BOUNDARY, WATCH, until
from bench.table import Figure, say

KB = 1024
MOST_SCRIPTS, MOST_FONTS = 80, 250
MOST_WARM, MOST_COLD = 400, 1200
MOST_DROP, MOST_BESIDE = 50, 100
"""ms; a scene's first frame is so near its boundary at most."""
SOON = 2000


def first_scenes(browser: Browser, house: House, times: int) -> Iterator[Figure]:
    """A wall that was never here, and the same again with all that it keeps."""
    say(f"{times} cold starts, {times} warm ones")
    cold, warm = [], []
    sizes: dict[str, int] = {}
    for _ in range(times):
        context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
        context.add_init_script(WATCH)
        page = context.new_page()
        sizes.clear()
        page.on("response", lambda response: _weigh(response, sizes))
        # The process that will show the wall is the one that is throttled.
        page.goto(f"{house.server.url}/healthz")
        cdp(page, slow=True)
        page.goto(house.wall)
        cold.append(_first(page))
        until(page, "!!navigator.serviceWorker.controller")
        page.wait_for_timeout(SOON)
        for _ in range(2):  # Chromium keeps compiled code from the second start on
            page.reload()
            warm.append(_first(page))
            page.wait_for_timeout(SOON / 2)
        context.close()
    scripts = sum(size for path, size in sizes.items() if path.endswith(".js"))
    fonts = sum(size for path, size in sizes.items() if path.endswith(".woff2"))
    yield Figure("JavaScript for the wall, gzip", scripts / KB, "KB", MOST_SCRIPTS)
    yield Figure("fonts that the demo's wall loads", fonts / KB, "KB", MOST_FONTS)
    yield Figure("first scene painted, cold", min(cold), "ms", MOST_COLD)
    yield Figure("first scene painted, warm", min(warm), "ms", MOST_WARM)


def changes_painted(browser: Browser, house: House, times: int) -> Iterator[Figure]:
    """Put on show and withdrawn, on a wall that is throttled."""
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{house.server.url}/healthz")
    cdp(page, slow=True)
    page.goto(house.wall)
    _first(page)
    beside, soon, drops = [], [], []
    for number in range(1, times + 1):
        say(f"put on show and withdrawn, {number} of {times}")
        quote_id, took, late = _put_on_show(page, house)
        soon.append(took)
        beside.append(late)
        drops.append(_drop(page, house, quote_id))
    context.close()
    yield Figure("a drop: received to painted", min(drops), "ms", MOST_DROP)
    yield Figure("a put on show: after the next boundary", max(beside), "ms", MOST_BESIDE)
    yield Figure("a put on show: received to painted", min(soon), "ms")


def _weigh(response: Response, sizes: dict[str, int]) -> None:
    path = response.url.partition("?")[0]
    # What the worker fetches once more was weighed when the page did.
    if path in sizes or response.from_service_worker:
        return
    if response.ok and path.endswith(".js"):
        sizes[path] = len(gzip.compress(response.body(), 9))
    elif response.ok and path.endswith(".woff2"):
        sizes[path] = len(response.body())


def _first(page: Page) -> float:
    return float(until(page, "window.bench?.first"))


def _put_on_show(page: Page, house: House) -> tuple[int, float, float]:
    """Its id; ms from when it was received to its first frame, and from the next boundary. News has
    the stage at once, so the latter is below zero."""
    boundary = _next_boundary(page)
    before = page.evaluate("bench.changed.length")
    page.evaluate("bench.received = []")
    quote_id = house.publish()
    until(page, f"bench.changed.length > {before}")
    received, shown = page.evaluate(f"[bench.received[0], bench.changed[{before}]]")
    page.wait_for_timeout(SOON)
    return quote_id, shown - received, shown - boundary


def _next_boundary(page: Page) -> float:
    """One that is not just about to come."""
    while True:
        boundary, now = page.evaluate(f"async () => [await ({BOUNDARY})(), performance.now()]")
        if boundary - now > SOON:
            return float(boundary)
        page.wait_for_timeout(SOON)


def _drop(page: Page, house: House, quote_id: int) -> float:
    page.evaluate(
        "() => { bench.received = []; bench.gone = null;"
        " bench.leaving = [...document.querySelectorAll('.layer')].at(-1); }"
    )
    house.withdraw(quote_id)
    until(page, "bench.gone")
    return float(page.evaluate("bench.gone - bench.received[0]"))
