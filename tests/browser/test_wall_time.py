"""The time on a wall is the server's, whatever its device believes; walls keep step by it alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from time import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House
from tests.browser.test_player_scenes import address  # noqa: F401 - a fixture
from tests.browser.wall_content import feed, programme, quote
from tests.patience import PATIENCE, eventually

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY_MS = 86_400_000
HOUR = 3600
"""Seconds. However long a page takes to load, its time has not come so far."""
# Timers may fire a little early: the stage waits as much longer (static/wall/stage.js).
LATE_MS = 5
SECOND_MS = 1000
STALE_MS = 900_000
"""What hangs is no longer news (static/wall/cycle.js)."""
FADED_MS = 1000
"""What left is gone."""
# How a scene is told from others. Of so few answers no score is shown: a calm page says why.
SIGNS = {"quote": ".scene.quote", "mosaic": ".scene.mosaic", "nps": ".scene.calm"}
# The wall's own clock can be asked, and how sure its answers have made it.
LISTEN = """addEventListener("DOMContentLoaded", async () => {
  const main = document.querySelector("script[type=module]")?.src;
  if (!main) return;
  const own = Object.values(await import(main));
  const { ServerClock } = own.find(({ ServerClock }) => ServerClock);
  const { now, correct } = ServerClock.prototype;
  window.doubts = [];
  ServerClock.prototype.now = function () { window.clock = this; return now.call(this); };
  ServerClock.prototype.correct = function (said, asked, told) {
    window.doubts.push((told - asked) / 2);
    return correct.call(this, said, asked, told);
  };
});"""
# What `shows` gives for these moments, from what the wall has stored.
SCHEDULE = """async (moments) => {
  const main = document.querySelector("script[type=module]").src;
  const { shows } = Object.values(await import(main)).find(({ shows }) => shows);
  const { state } = await new Promise((give, fail) => {
    const opening = indexedDB.open("wall");
    opening.onerror = fail;
    opening.onsuccess = () => {
      const asked = opening.result.transaction("state").objectStore("state").get("wall");
      asked.onsuccess = () => { opening.result.close(); give(asked.result); };
    };
  });
  return moments.map((now) => {
    const { scene, startedAt, endsAt, item } = shows(state.programme, state.feeds, now, state);
    return { scene, startedAt, endsAt, text: item.pieces?.[0].text.slice(0, 20) ?? "" };
  });
}"""

# When clocks change in Stockholm, and what they say just before and then.
CLOCKS = [
    ("2026-10-25T01:00:00+00:00", "02:59", "02:00"),
    ("2026-03-29T01:00:00+00:00", "01:59", "03:00"),
]
BOTH = [{"scene": "quote", "feed": "quotes", "count": 2}]
# When scenes of a minute end, and what they say.
BOUNDARIES = """async ({ programme, feeds, now }) => {
  const { shows } = await import("/static/wall/shows.js");
  const found = [];
  for (let at = now; at < now + 60_000; at = found.at(-1)[0]) {
    const { endsAt, item } = shows(programme, feeds, at, { contact: at });
    found.push([endsAt, item.pieces[0].text]);
  }
  return found;
}"""


@pytest.fixture
def walls(house: House, browser: Browser) -> Iterator[list[Page]]:
    """Two walls of one screen's link; the device of the second starts in 1970."""
    house.gate.lead_to(house.now.port)
    contexts = [browser.new_context(viewport={"width": 640, "height": 360}) for _ in range(2)]
    pages = []
    for context, starts in zip(contexts, (None, 0), strict=True):
        context.clock.install(time=starts)
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.goto(house.link)
        heard = "() => window.doubts?.length > 0 && window.clock?.isSure"
        page.wait_for_function(heard, timeout=1000 * PATIENCE)
        pages.append(page)
    yield pages
    for context in contexts:
        context.close()


def off(wall: Page) -> float:
    """By how much the wall's clock is wrong, beyond what asking it takes, ms."""
    before = time() * 1000
    told = float(wall.evaluate("clock.now()"))
    after = time() * 1000
    return max(0.0, before - told, told - after)


def doubt(wall: Page) -> float:
    """How wrong it may be: no answer tells more than half its way there and back."""
    return float(wall.evaluate("Math.min(...doubts)")) + 2


def frame_is_right(wall: Page) -> bool:
    now = datetime.now(UTC).astimezone(STOCKHOLM)
    return f"{now:%H:%M}" in wall.locator(".frame-clock").inner_text()


def test_a_device_without_a_clock_shows_the_server_s_time(walls: list[Page]) -> None:
    for wall in walls:
        assert off(wall) <= doubt(wall)
        eventually(lambda: frame_is_right(wall))  # noqa: B023 - asked within its turn
    assert walls[1].evaluate("new Date().getFullYear()") == 1970


def test_a_device_whose_clock_is_set_back_a_day_keeps_the_server_s_time(walls: list[Page]) -> None:
    wall = walls[0]
    heard = wall.evaluate("doubts.length")
    wall.clock.set_system_time(time() - DAY_MS / 1000)
    assert off(wall) <= doubt(wall)
    eventually(lambda: wall.evaluate("doubts.length") > heard)
    wall.evaluate("doubts = doubts.slice(-1)")
    eventually(lambda: off(wall) <= doubt(wall))
    eventually(lambda: frame_is_right(wall))


def test_walls_change_together_with_no_message_between_them(
    house: House, walls: list[Page]
) -> None:
    house.gate.shut()
    now = int(time() * 1000)
    moments = [now + 1500 * step for step in range(600)]
    first, second = (wall.evaluate(SCHEDULE, moments) for wall in walls)
    assert first == second
    assert len({show["startedAt"] for show in first}) > 10, "no scene ever changes"
    for wall in walls:
        changes_at_its_boundary(wall)


def changes_at_its_boundary(wall: Page) -> None:
    """Time goes by hand; what counts is the moment by the wall's own clock. It begins with the same
    scene at every hour: the figures, which did not hang before the leap to them."""
    for scene in ("mosaic", "nps"):
        leaps_to(wall, scene)
    for _ in range(2):
        now = int(wall.evaluate("clock.now()"))
        show = scheduled(wall, now)
        wall.clock.run_for(show["endsAt"] - now - 1)
        before = scheduled(wall, show["endsAt"] - 1)
        expect(wall.locator(".layer")).to_have_count(1)
        hangs(wall, before)
        wall.clock.run_for(1 + LATE_MS)
        after = scheduled(wall, show["endsAt"])
        assert (after["scene"], after["text"]) != (before["scene"], before["text"])
        hangs(wall, after)
        assert wall.evaluate("clock.now()") == show["endsAt"] + LATE_MS
        wall.clock.run_for(FADED_MS)


def leaps_to(wall: Page, scene: str) -> None:
    """Into a turn of such a scene, when nothing is news any more. What was being drawn before the
    leap comes first: then a timer starts late, and only for this one time."""
    now = int(wall.evaluate("clock.now()"))
    moments = [now + STALE_MS + SECOND_MS * step for step in range(300)]
    show = next(show for show in wall.evaluate(SCHEDULE, moments) if show["scene"] == scene)
    moment = show["startedAt"] + SECOND_MS
    wall.clock.pause_at(wall.evaluate("(at) => (Date.now() + at - clock.now()) / 1000", moment))
    drawn = wall.locator(".layer:last-child").locator(SIGNS[scene])

    def is_there() -> bool:
        if drawn.count() > 0:
            return True
        wall.clock.run_for(LATE_MS)
        return False

    eventually(is_there)
    hangs(wall, show)
    wall.clock.run_for(FADED_MS)


def hangs(wall: Page, show: dict[str, Any]) -> None:
    layer = wall.locator(".layer").last
    expect(layer.locator(SIGNS[show["scene"]])).to_contain_text(show["text"])
    expect(layer).to_have_css("opacity", "1")  # it is drawn, and has come


def scheduled(wall: Page, now: int) -> dict[str, Any]:
    show: dict[str, Any] = wall.evaluate(SCHEDULE, [now])[0]
    return show


@pytest.mark.parametrize("clocks", CLOCKS)
def test_when_the_clocks_change_scenes_keep_their_boundaries(
    browser: Browser,
    address: str,  # noqa: F811
    clocks: tuple[str, str, str],
) -> None:
    change, before, after = clocks
    turn = int(datetime.fromisoformat(change).timestamp() * 1000)
    context = browser.new_context(viewport={"width": 640, "height": 360})
    page = context.new_page()
    page.clock.install(time=turn / 1000 - HOUR)
    page.goto(address)
    page.wait_for_function("() => window.ready")
    page.clock.pause_at(turn / 1000 - 30)
    quotes = [quote(said, id=said, published_at=turn - 2 * DAY_MS) for said in ("One.", "Two.")]
    made = {"programme": programme("quote", "quotes", playlist=BOTH), "now": turn - 30_000}
    made["feeds"] = {"quotes": feed("quotes", *quotes)}
    page.evaluate("(made) => hang(made)", {**made, "runs": True})
    boundaries = page.evaluate(BOUNDARIES, made)
    assert boundaries[0][0] < turn < boundaries[-1][0]
    for ends, said in boundaries:
        page.clock.run_for(ends - 1 - page.evaluate("Date.now()"))
        expect(page.locator(".layer")).to_have_count(1)  # none is being drawn
        expect(page.locator("blockquote")).to_have_text(said)
        now = page.evaluate("Date.now()")
        expect(page.locator(".frame-clock")).to_contain_text(before if now < turn else after)
        page.clock.run_for(1 + LATE_MS)
        expect(page.locator("blockquote").last).not_to_have_text(said)
        expect(page.locator(".layer")).to_have_count(1)  # it has come, and its time is set
    context.close()
