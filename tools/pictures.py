"""Takes the README's pictures from the running demo, into docs/pictures. Run it by `make pictures`.

The wall is a pure function of its clock, so a scene is not waited for: the moment at which it hangs
is looked up with the wall's own `shows`, and the wall is told that it is that moment.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, WebSocketRoute, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE_MS = 20_000
SETTLED_MS = 3_500
"""The cross-fade is over and lines are drawn."""


@dataclass(frozen=True, slots=True)
class Wall:
    """One picture of a wall; `wanted` is JavaScript that says whether an `item` is the one."""

    name: str
    scene: str
    theme: str
    wanted: str = "true"
    size: tuple[int, int] = (1920, 1080)


@dataclass(frozen=True, slots=True)
class Desk:
    """One picture of a page of the desk."""

    name: str
    path: str
    review: bool = False
    """The first comment that is found is reviewed."""


WALLS = (
    Wall("wall-quote", "quote", "ink", "item.language === 'en' && item.band === 'promoter'"),
    Wall("wall-improvement", "improvement", "paper", "item.did.includes('search')"),
    Wall("wall-nps", "nps", "ink"),
    Wall("wall-touchpoints", "touchpoints", "paper"),
    Wall("wall-mosaic", "mosaic", "ink"),
    Wall("wall-portrait", "quote", "paper", "item.pieces[0].text?.includes('grey')", (1080, 1920)),
)
DESKS = (
    Desk("desk-review", "/desk/find?q=olav&state=waiting", review=True),
    Desk("desk-wall", "/desk/wall"),
    Desk("desk-find", "/desk/find"),
    Desk("desk-screens", "/desk/screens"),
    Desk("desk-measurement", "/desk/measurement"),
)

DRAWN = {"nps": "metric", "touchpoints": "stops"}
"""Scene → the class of its element, where that is another."""

# The first moment from now on, ms, at which the wanted scene begins; null when none does.
FIND = """async (scene) => {
  const { Store } = await import("/static/wall/store.js");
  const { cycleLength, shows } = await import("/static/wall/shows.js");
  const { state } = await new Store(location.hash.slice(1)).load();
  const { programme, feeds, contact } = state;
  if (!programme) return null;
  const fits = (item) => WANTED;
  const end = contact + 2 * cycleLength(programme, feeds);
  for (let at = contact; at < end; ) {
    const show = shows(programme, feeds, at, { contact });
    if (show.scene === scene && !show.fresh && show.startedAt >= contact && fits(show.item))
      return show.startedAt;
    at = show.endsAt ?? end;
  }
  return null;
}"""


@dataclass(slots=True)
class Demo:
    """A running demo: where its wall and its desk are, and how to add screens to it."""

    environment: dict[str, str]
    process: "subprocess.Popen[str]"
    links: list[str] = field(default_factory=list)

    def screen(self, theme: str) -> str:
        """The link of a new screen."""
        command = ("-m", "signage", "screen", "add", "Canteen", "--site", "Solna, floor 4")
        told = subprocess.run(
            [sys.executable, *command, "--theme", theme],
            env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return told.stdout.strip()

    @property
    def desk(self) -> str:
        """The one-time link to the desk."""
        return next(link for link in self.links if "/link/" in link)


@contextmanager
def demo() -> Iterator[Demo]:
    """The demo on a free port, with data of its own that go with it."""
    with TemporaryDirectory(prefix="pictures-") as folder:
        environment = {
            **os.environ, "SIGNAGE_DATA": folder, "SIGNAGE_PORT": str(free_port()), "LC_ALL": "en",
        }  # fmt: skip
        command = [sys.executable, "-u", "-m", "signage", "demo", "--every", "0"]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            running = Demo(environment, process)
            try:
                wait_until_ready(running)
                yield running
            finally:
                process.terminate()


def wait_until_ready(running: Demo) -> None:
    """Back when the demo has told its links; raises RuntimeError when it ended instead."""
    for line in running.process.stdout or ():
        running.links += re.findall(r"http\S+", line)
        if "Ready" in line:
            return
    raise RuntimeError("the demo ended before it was ready")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def take_wall(browser: Browser, link: str, wall: Wall) -> None:
    """The wall at a moment at which the wanted scene has hung for a while."""
    with fresh_page(browser, wall.size) as page:
        opened(page, link)
        begins = page.evaluate(FIND.replace("WANTED", wall.wanted), wall.scene)
    if begins is None:
        raise RuntimeError(f"{wall.name}: no such scene in the playlist's cycle")
    with fresh_page(browser, wall.size) as page:
        page.route_web_socket(
            re.compile("/socket.io/"), lambda line: shift_clock(line, begins + 1000)
        )
        opened(page, link)
        drawn = DRAWN.get(wall.scene, wall.scene)
        page.locator(f".scene.{drawn}").wait_for(timeout=PATIENCE_MS)
        save(page, wall.name)


@contextmanager
def fresh_page(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    """A page that remembers nothing of the ones before it."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    yield context.new_page()
    context.close()


def opened(page: Page, link: str) -> Page:
    """The page of a wall that has heard from its server and shows something."""
    page.goto(link)
    page.locator(".scene").first.wait_for(timeout=PATIENCE_MS)
    page.get_by_text("live", exact=True).wait_for(timeout=PATIENCE_MS)
    return page


def shift_clock(line: WebSocketRoute, wanted: int) -> None:
    """Let the server's clock say `wanted` (ms) in its first answer, and go on from there."""
    server = line.connect_to_server()
    ahead: list[int] = []

    def answer(message: str | bytes) -> None:
        text = message if isinstance(message, str) else message.decode()
        if found := re.search(r'"now":(\d+)', text):
            ahead[:] = ahead or [wanted - int(found[1])]
            text = text.replace(found[0], f'"now":{int(found[1]) + ahead[0]}', 1)
        line.send(text)

    server.on_message(answer)


def take_desks(browser: Browser, link: str) -> None:
    """The desk's pages, signed in as a person would be."""
    with fresh_page(browser, (1440, 900)) as page:
        page.goto(link)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/desk/review**", timeout=PATIENCE_MS)
        home = page.url.partition("/desk/")[0]
        for desk in DESKS:
            page.goto(home + desk.path)
            if desk.review:
                page.locator(".again a").last.click()
                page.locator("#words").wait_for(timeout=PATIENCE_MS)
            save(page, desk.name)


def save(page: Page, name: str) -> None:
    """Write one picture and say so."""
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(SETTLED_MS)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    print(f"{path.name}  {path.stat().st_size // 1024} KB")


def chromium() -> str:
    """The system's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("Chromium is not installed: run tools/system chromium")


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        take_desks(browser, running.desk)
        for wall in WALLS:
            take_wall(browser, running.screen(wall.theme), wall)
        browser.close()


if __name__ == "__main__":
    main()
