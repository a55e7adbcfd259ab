"""A house with walls: two versions of the server, and a gate that leads to one or to none."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, expect

from signage import clock
from signage.actions import decide
from signage.actions.prefer import prefer
from signage.models import Database, Preferences
from tests import answers
from tests.browser.gate import Gate
from tests.browser.reviewing import person
from tests.patience import eventually
from tests.serving import Server, free_port

ROOT = Path(__file__).parents[2]
SAID = (
    "The lad at the till carried the sofa out for me.",
    "Twenty minutes on the telephone, and then the line was cut.",
    "The van came at the hour that was promised.",
)
# The newer player goes by what its browser says: it throws, it hangs, or it works.
NEWER = """const breaks = localStorage.getItem("breaks");
sessionStorage.setItem("tried", "1");
if (breaks === "throws") throw new RangeError("broken");
if (breaks === "hangs") await new Promise(() => undefined);
document.documentElement.dataset.player = "new";
"""
# The version that is kept; waits until there is one, and another than `old`.
KEPT = """async (old) => {
  for (let tries = 0; tries < 3000; tries += 1) {
    const found = await (await caches.open("wall-state")).match("wall-state");
    const good = (await found?.json())?.good ?? null;
    if (good !== null && good !== old) return good;
    await new Promise((next) => setTimeout(next, 20));
  }
  return null;
}"""

HANGS = ".layer:not([style*='opacity']) .scene"
"""The scene that hangs, where nothing moves: what is drawn meanwhile stands there unseen."""


@dataclass(frozen=True)
class House:
    """`now` and `newer` serve the same content; walls know only the gate."""

    gate: Gate
    now: Server
    newer: Server
    link: str
    """Of the house's one screen."""

    def open_wall(self, context: BrowserContext) -> Page:
        """A wall that is connected and whose player is kept."""
        self.gate.lead_to(self.now.port)
        page = context.new_page()
        page.goto(self.link)
        is_live(page)
        assert page.evaluate(KEPT)
        return page


def is_live(wall: Page) -> None:
    expect(wall.get_by_text("live", exact=True)).to_be_visible()


def says_yes(wall: Page, script: str, given: object = None) -> None:
    """Ask the page until its script gives something true. Playwright's own wait_for_function takes
    the promise of a no for a yes."""
    eventually(lambda: bool(wall.evaluate(script, given)))


def goes_by(wall: Page, ms: int, happens: Callable[[], bool], *, left: float = 0.25) -> None:
    """So much time goes by on the wall, again and again until it happens. In between it is left in
    peace, each time for longer: else no answer would come in time on a machine that is busy."""
    ends = time.monotonic()

    def looked() -> bool:
        nonlocal ends, left
        with suppress(Error):  # it may be in the middle of a reload
            if happens():
                return True
            if time.monotonic() > ends:
                wall.clock.fast_forward(ms)
                ends = time.monotonic() + left
                left *= 2
        return False

    eventually(looked)


@contextmanager
def house(data: Path, empty_file: Path) -> Iterator[House]:
    """Started once for many tests: none of them changes what the servers hold."""
    now, newer = (Server(data / name, free_port()) for name in ("now", "newer"))
    now.data.mkdir()
    shutil.copy(empty_file, now.data / "signage.db")
    gate = Gate()
    fill(now.database)
    link = now.wall_link().replace(now.url, gate.url)
    now.database.engine.dispose()
    newer.chosen |= another(data / "another")
    shutil.copytree(now.data, newer.data)
    now.start()
    newer.start(("-m", "tests.browser.another_version"))
    yield House(gate, now, newer, link)
    gate.shut()
    for server in (now, newer):
        server.stop()
        server.database.engine.dispose()


def fill(database: Database) -> None:
    """Quotes that hang. Nothing is running yet: it starts with them."""
    prefer(database, Preferences(grace_seconds=0), at=clock.now())
    lead = person(database, "Lead")
    for place, comment in enumerate(SAID):
        quote = answers.waiting(database, f"{place}", at=clock.now(), comment=comment)
        decide.approve(database, quote, revision=0, user_id=lead, at=clock.now())


def another(folder: Path) -> dict[str, str]:
    """The environment of a server whose player is another."""
    shutil.copytree(ROOT / "static", folder / "static")
    for name in ("signage", "templates"):
        (folder / name).symlink_to(ROOT / name)
    script = folder / "static" / "wall" / "main.js"
    script.write_text(NEWER + script.read_text("utf-8"), "utf-8")
    return {"ANOTHER_VERSION": str(folder)}
