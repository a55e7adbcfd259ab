"""A wall without its server: it starts, and says so; new players come, broken ones go."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from signage.actions import decide
from tests.browser.conftest import moment
from tests.browser.test_main_job import WORDS, only_quote, post, publish_at_once
from tests.serving import Server

ROOT = Path(__file__).parents[2]
# The version that is kept; waits until there is one, and another than `old`.
KEPT = """async (old) => {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await (await caches.open("wall-state")).match("wall-state");
    const good = (await found?.json())?.good ?? null;
    if (good !== null && good !== old) return good;
    await new Promise((next) => setTimeout(next, 100));
  }
  return null;
}"""
ANOTHER = ("-m", "tests.browser.another_version")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What a wall's browser keeps."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    yield context
    context.close()


@pytest.fixture
def wall(server: Server, context: BrowserContext, lead_id: int) -> Page:
    """A wall with one quote, whose player is kept."""
    publish_at_once(server)
    post(server, external_id="1", comment=WORDS)
    decide.approve(server.database, only_quote(server).id, revision=0, user_id=lead_id, at=moment())
    page = context.new_page()
    page.goto(server.wall_link())
    expect(page.get_by_text("live", exact=True)).to_be_visible()
    assert page.evaluate(KEPT)
    return page


def another(tmp_path: Path, main: str) -> dict[str, str]:
    """The environment of a server whose player begins with `main`."""
    folder = tmp_path / "another"
    shutil.copytree(ROOT / "static", folder / "static")
    for name in ("signage", "templates"):
        (folder / name).symlink_to(ROOT / name)
    script = folder / "static" / "wall" / "main.js"
    script.write_text(main + script.read_text("utf-8"), "utf-8")
    return {"ANOTHER_VERSION": str(folder)}


def test_a_wall_starts_without_its_server_and_says_since_when(server: Server, wall: Page) -> None:
    server.kill()

    again = wall.context.new_page()
    address = wall.url
    wall.close()
    again.goto(address)

    expect(again.get_by_text("killen i kassan")).to_be_visible(timeout=60_000)
    expect(again.get_by_text("offline since")).to_be_visible(timeout=20_000)
    server.start()
    expect(again.get_by_text("live", exact=True)).to_be_visible(timeout=40_000)


def test_a_wall_whose_memory_was_wiped_asks_again(wall: Page) -> None:
    wall.evaluate(
        """async () => {
          for (const name of await caches.keys()) await caches.delete(name);
          for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
        }"""
    )
    wall.reload()
    expect(wall.get_by_text("killen i kassan")).to_be_visible(timeout=60_000)
    assert wall.evaluate(KEPT)


def test_a_new_player_begins_between_two_scenes(server: Server, wall: Page, tmp_path: Path) -> None:
    wall.evaluate("window.older = true")
    before = wall.evaluate(KEPT)
    server.stop()
    server.chosen |= another(tmp_path, 'document.documentElement.dataset.player = "new";')
    server.start(ANOTHER)

    expect(wall.locator("html[data-player=new]")).to_have_count(1, timeout=60_000)
    expect(wall.get_by_text("live", exact=True)).to_be_visible(timeout=20_000)
    assert wall.evaluate(KEPT, before)
    assert wall.evaluate("window.older") is None


def test_a_broken_player_makes_way_for_the_last_that_worked(
    server: Server, wall: Page, tmp_path: Path
) -> None:
    before = wall.evaluate(KEPT)
    server.stop()
    server.chosen |= another(tmp_path, 'sessionStorage.setItem("tried", 1); throw 0;')
    server.start(ANOTHER)
    wall.wait_for_function("() => sessionStorage.getItem('tried')", timeout=60_000)

    expect(wall.get_by_text("live", exact=True)).to_be_visible(timeout=60_000)
    assert wall.evaluate(KEPT) == before
