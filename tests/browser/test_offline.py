"""A wall without its server: it starts, and says so; new players come, broken ones go."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from signage.models import ScreenVitals
from tests.browser.house import KEPT, House, goes_by, is_live, says_yes

AGAIN_MS = 31_000
"""A wall has asked for its server again (static/wall/backoff.js)."""
SCENE_MS = 60_000
"""Longer than any scene of the house hangs."""
HOUR_MS = 3_600_000
PEACE = 10
"""Seconds in which the worker has answered."""
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
    """Its frame says so, after the tries that it takes: what it waits for next is known only once
    a try has ended."""
    told = wall.locator(".frame-fresh")
    goes_by(wall, AGAIN_MS, lambda: state in told.inner_text())


def test_a_wall_starts_without_its_server_and_says_since_when(house: House, wall: Page) -> None:
    house.gate.shut()
    again = wall.context.new_page()
    address = wall.url
    wall.close()
    again.goto(address)

    expect(again.locator(".scene.quote").last).to_be_visible()
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
    expect(wall.locator(".scene.quote").last).to_be_visible()
    assert wall.evaluate(KEPT)


@pytest.mark.parametrize("spoilt", ["/wall/main.js", "/wall", "/wall/wall.css"])
def test_a_kept_player_that_was_spoilt_comes_anew(wall: Page, spoilt: str) -> None:
    wall.evaluate(SPOIL, spoilt)
    wall.reload()
    goes_by(wall, GIVES_UP_MS, lambda: bool(wall.evaluate(MENDED)))
    is_live(wall)


def test_a_memory_that_was_spoilt_is_asked_for_anew(wall: Page) -> None:
    wall.evaluate(SPOIL_MEMORY)
    wall.reload()
    is_live(wall)
    expect(wall.locator(".scene.quote").last).to_be_visible()
    says_yes(wall, MEMORY)


def update(house: House, wall: Page, breaks: str = "") -> str:
    """The server comes back as a newer one; gives the version that was kept before."""
    before: str = wall.evaluate(KEPT)
    wall.evaluate(
        "window.oldest = new URL(document.querySelector('script[type=module]').src).pathname"
    )
    wall.evaluate("(breaks) => localStorage.setItem('breaks', breaks)", breaks)
    # Its time goes by here alone: a scene that ended by itself meanwhile would begin the newer one,
    # and what follows cut that short.
    wall.clock.pause_at(wall.evaluate("Date.now()") / 1000 + SCENE_MS / 1000)
    house.gate.lead_to(house.newer.port)
    goes_by(wall, AGAIN_MS, lambda: bool(wall.evaluate(FETCHED)), left=PEACE)
    goes_by(wall, SCENE_MS, lambda: bool(wall.evaluate("sessionStorage.tried")), left=PEACE)
    wall.clock.resume()
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

    is_live(wall)
    assert wall.evaluate(KEPT) == before


def test_a_player_that_hangs_makes_way_for_the_last_that_worked(house: House, wall: Page) -> None:
    before = update(house, wall, "hangs")
    wall.clock.fast_forward(GIVES_UP_MS)

    is_live(wall)
    assert wall.evaluate(KEPT) == before


def test_a_wall_whose_memory_is_wiped_under_it_remembers_anew(wall: Page) -> None:
    wall.evaluate(
        """() => new Promise((gone) => {
          indexedDB.deleteDatabase("wall").onsuccess = gone;
        }).then(() => undefined)"""
    )
    # It tells how it is, and stores the answer.
    there = """async () => (await indexedDB.databases()).some(({ name }) => name === "wall")"""
    goes_by(wall, AGAIN_MS, lambda: bool(wall.evaluate(there)))


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
    expect(page.locator(".scene.quote").last).to_be_visible()
    says_yes(page, "async () => !!(await navigator.serviceWorker.getRegistration('/wall'))?.active")
    goes_by(page, AGAIN_MS, lambda: worker_of(house) == "failed")

    quota.send("Storage.overrideQuotaForOrigin", origin)
    goes_by(page, AGAIN_MS, lambda: worker_of(house) == "kept")
    assert page.evaluate(KEPT)


def worker_of(house: House) -> str | None:
    """What the desk was told of the start without the server, with the latest heartbeat."""
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
