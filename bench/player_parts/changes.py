"""Thousands of scene changes on the real stage with the demo's content, its clock speeded up."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from bench.player_parts.house import SIZE, House, cdp, metrics
from bench.player_parts.watching import STATE, until
from bench.table import Figure, say

LEAST_SMOOTH = 95
MOST_GROWTH = 1.05
LONG = 50
FADE = 440
"""ms, with what is before and after it."""
BREATH = 2000
FEW = 8
"""Changes before anything is counted: faces are read, code is compiled."""

DRIVE = f"""async () => {{
  const main = document.querySelector("script[type=module]").src;
  const {{ Stage }} = await import(new URL("stage.js", main));
  const {{ shows }} = await import(new URL("shows.js", main));
  const english = JSON.parse(document.getElementById("wall-config").textContent).words;
  const state = await ({STATE})();
  const begun = state.contact;
  let now = begun;
  const around = {{ now: () => now, english, address: location.host, locale: "en" }};
  const stage = new Stage(document.getElementById("stage"), around);
  await stage.update(state);
  await stage.start();
  dispatchEvent(new Event("wall:painted"));  // as the player says it, or the page is loaded anew
  window.bench = {{ long: 0, smooth: 0, frames: 0 }};
  new PerformanceObserver((list) => {{ bench.long += list.getEntries().length; }})
    .observe({{ type: "longtask" }});
  const counted = (ms) => new Promise((give) => {{
    let [begun, last] = [0, 0];
    requestAnimationFrame(function next(at) {{
      begun ||= at;
      if (last) bench.smooth += at - last <= 1000 / 55;
      last = at;
      if (at - begun < ms) return requestAnimationFrame(next);
      bench.frames += (at - begun) * 0.06;
      give();
    }});
  }});
  window.change = async (times, fade) => {{
    for (let n = 0; n < times; n++) {{
      now = (shows(state.programme, state.feeds, now, state).endsAt ?? now + 60_000) + 5;
      state.contact = now;
      await stage.update(state);
      if (fade) await counted(fade);
    }}
    return stage.errors;
  }};
  window.rest = async () => {{
    state.contact = now = begun;
    await stage.update(state);
  }};
}}"""
"""window.change(times, ms of watching each fade) → scenes that could not be drawn; window.rest():
back to the first moment, whose scene is the same each time."""

AT_REST = "document.querySelectorAll('.layer').length === 1 && !document.getAnimations().length"


def long_tasks_and_frames(
    browser: Browser, house: House, changes: int, fades: int
) -> Iterator[Figure]:
    """Throttled."""
    say(f"{changes} scene changes, {fades} fades watched")
    with _stage(browser, house, slow=True) as (page, _):
        _change(page, FEW)
        page.wait_for_timeout(BREATH)
        page.evaluate("bench.long = 0")
        browser.start_tracing(page=page, categories=["toplevel"])
        _change(page, changes)
        own = _long_by_processor(browser.stop_tracing())
        page.wait_for_timeout(BREATH)
        yield Figure(
            f"tasks over {LONG} ms in {changes} changes", page.evaluate("bench.long"), "", 0
        )
        yield Figure("of them by their own processor time", own)
        _change(page, fades, FADE)
        told = page.evaluate("bench")
        share = 100 * told["smooth"] / told["frames"]
        yield Figure(f"frames at 55 fps in {fades} fades", share, "%", at_least=LEAST_SMOOTH)


def growth(browser: Browser, house: House, few: int, many: int) -> Iterator[Figure]:
    """What is left in memory. Without the throttle, which changes none of it."""
    say(f"{many:,} scene changes")
    with _stage(browser, house, slow=False) as (page, line):
        _change(page, few)
        early = _left(page, line)
        _change(page, many - few)
        late = _left(page, line)
    name = f"{many:,} changes / {few:,}:"
    for what, key in (
        ("heap", "JSHeapUsedSize"),
        ("DOM nodes", "Nodes"),
        ("listeners", "JSEventListeners"),
    ):
        yield Figure(f"{name} {what}", late[key] / max(1, early[key]), "×", MOST_GROWTH)
    yield Figure(f"heap after {many:,} changes", late["JSHeapUsedSize"] / 2**20, "MB")


def growth_of_code(browser: Browser, house: House, few: int, many: int) -> Iterator[Figure]:
    """The same in a Chromium as it comes, which also keeps code that it made quicker."""
    heap, *_ = growth(browser, house, few, many)
    yield Figure("the same heap without the kiosk's flags", heap.value, "×")


@contextmanager
def _stage(browser: Browser, house: House, *, slow: bool) -> Iterator[tuple[Page, CDPSession]]:
    """The wall's own page, whose stage is told the time."""
    context = browser.new_context(viewport=SIZE, service_workers="block")  # type: ignore[arg-type]
    _bring_content(context, house)
    page = context.new_page()
    page.route(
        "**/wall/main.js", lambda route: route.fulfill(content_type="text/javascript", body="")
    )
    page.goto(house.wall)
    line = cdp(page, slow=slow)
    line.send("Performance.enable")
    page.evaluate(DRIVE)
    yield page, line
    context.close()


def _bring_content(context: BrowserContext, house: House) -> None:
    """A real player asks for it and stores it."""
    page = context.new_page()
    page.goto(house.wall)
    page.get_by_text("live", exact=True).wait_for()
    page.wait_for_timeout(500)
    page.close()


def _change(page: Page, times: int, fade: int = 0) -> None:
    errors = page.evaluate("([times, fade]) => change(times, fade)", [times, fade])
    if errors:
        raise RuntimeError(f"{errors} scenes could not be drawn")


def _left(page: Page, line: CDPSession) -> dict[str, Any]:
    """On one and the same scene, come to from one and the same, or its nodes, and what Chromium did
    not yet let go of, would be compared with another's."""
    page.evaluate("rest().then(() => change(1)).then(rest)")
    until(page, AT_REST)
    page.wait_for_timeout(BREATH)
    for _ in range(3):
        line.send("HeapProfiler.collectGarbage")
    return metrics(line)


def _long_by_processor(trace: bytes) -> int:
    """Tasks of pages' main threads that took more than LONG ms of a processor, whatever else the
    machine did meanwhile."""
    events = json.loads(trace)["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    return sum(
        event.get("tdur", 0) > LONG * 1000
        for event in events
        if event["name"].endswith("RunTask") and (event["pid"], event["tid"]) in mains
    )
