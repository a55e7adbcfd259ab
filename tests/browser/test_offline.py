"""A wall without its server: it starts, and says so; new players come, broken ones go."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from sqlalchemy import select

from signage.models import ScreenVitals
from tests.browser.house import KEPT, House, is_live, says_yes
from tests.live.conftest import eventually

AGAIN_MS = 31_000
"""A wall has asked for its server again (static/wall/backoff.js)."""
SECOND_MS = 1000
SCENE_MS = 60_000
"""Longer than any scene of the house hangs."""
HOUR_MS = 3_600_000
GIVES_UP_MS = 46_000
"""The guard has waited long enough for a first scene (static/wall/guard.js)."""

# The newer player is there, whole: what its list names, the page and the list.
FETCHED = """async () => {
  for (const name of await caches.keys()) {
    const shell = await caches.open(name);
    const list = await (await shell.match("/wall/shell"))?.json();
    const isOld = list?.files.some(({ url }) => url === window.oldest);
    if (list && !isOld && (await shell.keys()).length === list.files.length + 2) return true;
  }
  return false;
}"""

# As a disk that forgets: the kept file whose address ends so holds something else.
SPOIL = """async (end) => {
  for (const name of await caches.keys()) {
    const shell = await caches.open(name);
    for (const { url } of await shell.keys()) {
      if (!name.startsWith("wall-shell-") || !new URL(url).pathname.endsWith(end)) continue;
      const headers = { "content-type": (await shell.match(url)).headers.get("content-type") };
      await shell.put(url, new Response("spoilt (", { headers }));
    }
  }
}"""
# Nothing that is kept is spoilt, and a wall hangs with its styles.
MENDED = """async () => {
  const state = await (await caches.open("wall-state")).match("wall-state");
  const { good } = await state.json();
  if (!good || !document.querySelector(".scene")) return false;
  const shell = await caches.open("wall-shell-" + good);
  const list = await (await shell.match("/wall/shell")).json();
  const kept = await shell.keys();
  if (kept.length < list.files.length + 2) return false;
  for (const one of kept)
    if ((await (await shell.match(one)).text()) === "spoilt (") return false;
  return getComputedStyle(document.getElementById("stage")).position === "fixed";
}"""
RECORD = """() => new Promise((done) => {
  indexedDB.open("wall").onsuccess = ({ target: { result: database } }) => {
    const records = database.transaction("state", "readwrite").objectStore("state");
    records.get("wall").onsuccess = ({ target: { result: record } }) => {
      const { programme, feeds } = record.state;
      THEN
    };
  };
})"""
SPOIL_MEMORY = RECORD.replace(
    "THEN",
    """programme.playlist = [null];
      for (const feed of Object.values(feeds)) feed.items = { ...feed.items, x: null };
      records.put(record, "wall").onsuccess = () => { database.close(); done(); };""",
)
MEMORY = RECORD.replace(
    "THEN",
    """database.close();
      done(
        Boolean(programme?.playlist.every(Boolean)) &&
          Object.values(feeds).every(({ epoch, items }) => epoch && !("x" in items)),
      );""",
)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What a wall's browser keeps; its pages' time goes on by hand where it has to."""
    context = browser.new_context(viewport={"width": 960, "height": 540})
    context.clock.install()
    yield context
    context.close()


@pytest.fixture
def wall(house: House, context: BrowserContext) -> Page:
    """A wall whose player is kept."""
    return house.open_wall(context)


def says(wall: Page, state: str) -> None:
    """Its frame says so, after the seconds and the tries that it takes: what it waits for next is
    known only once a try has ended. By second: no answer may seem to take longer than it does."""
    told = wall.locator(".frame-fresh")

    def looked() -> bool:
        if state in told.inner_text():
            return True
        wall.clock.fast_forward(SECOND_MS)
        return False

    eventually(looked)


def test_a_wall_starts_without_its_server_and_says_since_when(house: House, wall: Page) -> None:
    house.gate.shut()
    again = wall.context.new_page()
    address = wall.url
    wall.close()
    again.goto(address)

    expect(again.locator(".scene.quote")).to_be_visible()
    says(again, "offline since")
    house.gate.lead_to(house.now.port)
    says(again, "live")


def test_a_wall_whose_memory_was_wiped_asks_again(wall: Page) -> None:
    wall.evaluate(
        """async () => {
          for (const name of await caches.keys()) await caches.delete(name);
          for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
        }"""
    )
    wall.reload()
    expect(wall.locator(".scene.quote")).to_be_visible()
    assert wall.evaluate(KEPT)


@pytest.mark.parametrize("spoilt", ["/wall/main.js", "/wall", "/wall/wall.css"])
def test_a_kept_player_that_was_spoilt_comes_anew(wall: Page, spoilt: str) -> None:
    wall.evaluate(SPOIL, spoilt)
    wall.reload()

    def is_mended() -> bool:
        with suppress(Error):  # it may be in the middle of its reload
            if wall.evaluate(MENDED):
                return True
            wall.clock.fast_forward(GIVES_UP_MS)
        return False

    eventually(is_mended)
    is_live(wall)


def test_a_memory_that_was_spoilt_is_asked_for_anew(wall: Page) -> None:
    wall.evaluate(SPOIL_MEMORY)
    wall.reload()
    is_live(wall)
    expect(wall.locator(".scene.quote")).to_be_visible()
    says_yes(wall, MEMORY)


def update(house: House, wall: Page, breaks: str = "") -> str:
    """The server comes back as a newer one; gives the version that was kept before."""
    before: str = wall.evaluate(KEPT)
    wall.evaluate(
        "window.oldest = new URL(document.querySelector('script[type=module]').src).pathname"
    )
    wall.evaluate("(breaks) => localStorage.setItem('breaks', breaks)", breaks)
    house.gate.lead_to(house.newer.port)
    wall.clock.fast_forward(AGAIN_MS)
    says_yes(wall, FETCHED)
    wall.clock.fast_forward(SCENE_MS)
    return before


def test_a_new_player_begins_between_two_scenes(house: House, wall: Page) -> None:
    wall.evaluate("window.older = true")
    before = update(house, wall)

    expect(wall.locator("html[data-player=new]")).to_have_count(1)
    is_live(wall)
    assert wall.evaluate(KEPT, before)
    assert wall.evaluate("window.older") is None


def test_a_player_that_throws_makes_way_for_the_last_that_worked(house: House, wall: Page) -> None:
    before = update(house, wall, "throws")
    wall.wait_for_function("() => sessionStorage.getItem('tried')")

    is_live(wall)
    assert wall.evaluate(KEPT) == before


def test_a_player_that_hangs_makes_way_for_the_last_that_worked(house: House, wall: Page) -> None:
    before = update(house, wall, "hangs")
    wall.wait_for_function("() => sessionStorage.getItem('tried')")
    wall.clock.fast_forward(GIVES_UP_MS)

    is_live(wall)
    assert wall.evaluate(KEPT) == before


def test_a_wall_whose_memory_is_wiped_under_it_remembers_anew(wall: Page) -> None:
    wall.evaluate(
        """() => new Promise((gone) => {
          indexedDB.deleteDatabase("wall").onsuccess = gone;
        }).then(() => undefined)"""
    )
    wall.clock.fast_forward(AGAIN_MS)  # it tells how it is, and stores the answer
    says_yes(
        wall, """async () => (await indexedDB.databases()).some(({ name }) => name === "wall")"""
    )


def test_a_wall_whose_storage_is_full_goes_on_and_says_so(
    house: House, context: BrowserContext
) -> None:
    page = context.new_page()
    quota = context.new_cdp_session(page)
    origin = {"origin": house.gate.url}
    quota.send("Storage.overrideQuotaForOrigin", {**origin, "quotaSize": 1})
    house.gate.lead_to(house.now.port)
    page.goto(house.link)
    is_live(page)
    expect(page.locator(".scene.quote")).to_be_visible()
    says_yes(page, "async () => !!(await navigator.serviceWorker.getRegistration('/wall'))?.active")
    eventually(lambda: worker_of(house, page) == "failed")

    quota.send("Storage.overrideQuotaForOrigin", origin)
    eventually(lambda: worker_of(house, page) == "kept")
    assert page.evaluate(KEPT)


def worker_of(house: House, wall: Page) -> str | None:
    """What the desk is told of the start without the server, with the next heartbeat."""
    wall.clock.fast_forward(AGAIN_MS)
    with house.now.database.read() as session:
        said = session.scalars(select(ScreenVitals.said)).one_or_none()
    return None if said is None else str(said["worker"])


def test_customers_words_leave_when_their_lease_ends(house: House, wall: Page) -> None:
    house.gate.shut()
    says(wall, "offline since")
    wall.clock.fast_forward(71 * HOUR_MS)
    expect(wall.locator(".scene.quote").last).to_be_visible()
    wall.clock.fast_forward(HOUR_MS)
    expect(wall.locator(".scene.quote")).to_have_count(0)
