"""Two players at a slot's beginning: both change over in the same moment, between two scenes."""

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_player_scenes import address  # noqa: F401 - a fixture
from tests.browser.wall_content import feed, programme, quote

BEGINS = int(datetime(2026, 12, 4, 11, tzinfo=UTC).timestamp() * 1000)
LATE_MS = 5
"""In which a scene that is over has left at the latest."""
DAY_MS = 86_400_000
HOUR = 3600
"""Seconds. However long a page takes to load, its time has not come so far."""
# When scenes end around the slot's beginning, and what they say.
SCENES = """async ({ programme, feeds, now }) => {
  const { shows } = await import("/static/wall/shows.js");
  const found = [];
  for (let at = now; at < now + 100_000; at = found.at(-1).ends) {
    const { endsAt, item } = shows(programme, feeds, at, { contact: at });
    found.push({ ends: endsAt, said: item.pieces[0].text });
  }
  return found;
}"""


def made() -> dict[str, Any]:
    """Two playlists of quotes; the second hangs from eleven."""
    # Of a length that no minute is a multiple of: the slot begins within a scene.
    old = {"published_at": BEGINS - 9 * DAY_MS, "words": 40}
    entries = [{"scene": "quote", "feed": "late", "count": 1}]
    slot = {"playlist": "1", "days": [4], "from": "11:00", "to": "12:00", "priority": 0}
    return {
        "programme": programme(
            "quote", "early", timezone="UTC", playlists={"1": entries}, slots=[slot], holidays={}
        ),
        "feeds": {
            "early": feed("quotes", *(quote(f"Early {n}.", id=f"q{n}", **old) for n in (1, 2))),
            "late": feed("quotes", *(quote(f"Late {n}.", id=f"q{n}", **old) for n in (3, 4))),
        },
        "now": BEGINS - 30_000,
        "runs": True,
    }


def test_two_players_change_over_in_the_same_moment_between_two_scenes(
    browser: Browser,
    address: str,  # noqa: F811
) -> None:
    """The second is started while the last scene before the slot still hangs on."""
    contexts = [browser.new_context(viewport={"width": 640, "height": 360}) for _ in range(2)]
    one, other = (context.new_page() for context in contexts)
    told = made()
    begin(one, address, told, told["now"])
    scenes = one.evaluate(SCENES, told)
    change = next(n for n, scene in enumerate(scenes) if scene["said"].startswith("Late"))
    assert scenes[change - 1]["ends"] > BEGINS, "the slot begins within a scene"

    for n, scene in enumerate(scenes[: change + 2]):
        if n == change - 1:
            begin(other, address, told, max(BEGINS, scenes[n - 1]["ends"]))
        for page in (one, other) if n >= change - 1 else (one,):
            page.clock.run_for(scene["ends"] - 1 - page.evaluate("Date.now()"))
            hangs(page, scene["said"])
            page.clock.run_for(1 + LATE_MS)
            hangs(page, scenes[n + 1]["said"])
    for context in contexts:
        context.close()


def hangs(page: Page, said: str) -> None:
    """It hangs, and is no longer on its way: what follows is timed from then on."""
    expect(page.locator("blockquote")).to_have_text([said])
    expect(page.locator(".layer")).to_have_count(1)


def begin(page: Page, address: str, told: dict[str, Any], now: int) -> None:  # noqa: F811
    """A player that is switched on at `now`; its time goes on by hand alone."""
    page.clock.install(time=now / 1000 - HOUR)
    page.goto(address)
    page.wait_for_function("() => window.ready")
    page.clock.pause_at(now / 1000)
    page.evaluate("(told) => hang(told)", {**told, "now": now})
