"""Nothing flashes: frame by frame through a change of scenes, and through a start."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.house import House, is_live
from tests.browser.test_player_scenes import address, wall  # noqa: F401 - fixtures
from tests.browser.wall_content import NOW, feed, programme, quote
from tests.patience import eventually

QUOTES = [quote("One short thing."), quote("Quite another thing to say.", id="q2")]
FRAMES_MS = (0, 60, 150, 250, 350, 449, 600, 750, 900, 1190)
# Every animation stands at the same moment after the change, whatever the machine does.
STAND = """(at) => {
  for (const each of document.getAnimations()) { each.pause(); each.currentTime = at; }
}"""

BRIGHTEST_INK = 45.0
"""No scene in ink is as bright, and no page without its styles as dark."""
GROUND = "%2311141b"
"""What is there before the first start is as dark as the page that comes."""


def brightness(page: Page) -> float:
    return mean(page.screenshot(animations="allow"))


def mean(image: bytes) -> float:
    """Of all pixels, 0 to 255."""
    picture = Image.open(BytesIO(image))
    return float(ImageStat.Stat(picture.convert("L")).mean[0])


@pytest.mark.parametrize("theme", ["ink", "paper"])
def test_a_change_of_scenes_is_never_brighter_than_the_scenes(wall: Page, theme: str) -> None:  # noqa: F811
    wall.set_viewport_size({"width": 960, "height": 540})
    made = {
        "programme": programme("quote", "quotes", theme=theme, motion=True),
        "feeds": {"quotes": feed("quotes", QUOTES[0])}, "now": NOW,
    }  # fmt: skip
    wall.evaluate("(made) => window.hang(made)", made)
    wall.evaluate(STAND, 5000)
    before = brightness(wall)
    # No timer of the page fires from here on: what leaves is still there to be looked at.
    wall.clock.install()
    wall.clock.pause_at(10**12)
    feeds = {"quotes": {**feed("quotes", QUOTES[1]), "rev": 2}}
    wall.evaluate("(made) => void window.change(made)", {**made, "feeds": feeds})
    seen = []
    for at in FRAMES_MS:
        wall.clock.run_for(50)
        wall.evaluate(STAND, at)
        seen.append(brightness(wall))
    wall.clock.run_for(2000)
    wall.evaluate(STAND, 5000)
    after = brightness(wall)
    ground = {"ink": 20.0, "paper": 241.0}[theme]
    assert max(seen) <= max(before, after, ground) + 1.0, seen


@contextmanager
def filmed(page: Page) -> Iterator[tuple[CDPSession, list[float]]]:
    """The brightness of every frame that is painted."""
    chrome = page.context.new_cdp_session(page)
    frames: list[float] = []

    def painted(frame: dict[str, object]) -> None:
        frames.append(mean(b64decode(str(frame["data"]))))
        chrome.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    chrome.on("Page.screencastFrame", painted)
    chrome.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    yield chrome, frames
    # What was painted is told while the page is spoken to.
    eventually(lambda: len(frames) > 2, pause=lambda s: page.wait_for_timeout(1000 * s))
    assert max(frames) <= BRIGHTEST_INK, frames


def test_neither_a_start_nor_a_fresh_start_flashes(house: House, browser: Browser) -> None:
    """Every frame that is painted, first without anything kept, then from what the worker keeps."""
    context = browser.new_context(viewport={"width": 640, "height": 360})
    page = house.open_wall(context)
    with filmed(page) as (chrome, _):
        chrome.send("Network.enable")
        for is_cold in (True, False):
            chrome.send("Network.setCacheDisabled", {"cacheDisabled": is_cold})
            chrome.send("Network.setBypassServiceWorker", {"bypass": is_cold})
            page.reload()
            is_live(page)
    context.close()


def test_a_screen_s_first_start_at_noon_does_not_flash(house: House, browser: Browser) -> None:
    """An ink screen's, before anything has told its browser that it is one."""
    context = browser.new_context(viewport={"width": 640, "height": 360}, timezone_id="UTC")
    context.clock.set_fixed_time("2026-04-14T12:00:00Z")
    page = context.new_page()
    page.goto(f"data:text/html,<body style='background:{GROUND}'>")
    house.gate.lead_to(house.now.port)
    with filmed(page):
        page.goto(house.link)
        is_live(page)
    context.close()
