"""Nothing flashes: frame by frame through a change of scenes, and through a start."""

from io import BytesIO

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Page

from tests.browser.test_player_scenes import address, wall  # noqa: F401 - fixtures
from tests.browser.wall_content import NOW, feed, programme, quote

QUOTES = [quote("One short thing."), quote("Quite another thing to say.", id="q2")]
FRAMES_MS = (0, 60, 150, 250, 350, 449, 600, 750, 900, 1190)
# Every animation stands at the same moment after the change, whatever the machine does.
STAND = """(at) => {
  for (const each of document.getAnimations()) { each.pause(); each.currentTime = at; }
}"""


def brightness(page: Page) -> float:
    """The mean of all pixels, 0 to 255."""
    picture = Image.open(BytesIO(page.screenshot(animations="allow")))
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
