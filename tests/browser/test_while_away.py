"""What happens to a wall while it is away, and to one whose own clock is wrong."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select

from signage.actions import feeds, plans
from signage.actions.groups import add_group
from signage.actions.screens import change_screen
from signage.actions.setup_of_screens import ScreenDraft
from signage.core.plan import NO_GROUP, Entry
from signage.core.slots import Slot
from signage.models import Database, Play, PlayQueue
from tests import answers
from tests.browser.conftest import moment
from tests.browser.gate import Gate
from tests.browser.house import goes_by, is_live
from tests.feeding import made
from tests.patience import eventually
from tests.planning import digest, publish
from tests.serving import Server

WORDS = "Up four flights, and swept after."
OTHERS = "The chairs came a week before the table."
FIGURES = "Too few answers yet"
AGAIN_MS = 31_000
"""A wall has asked for its server again (static/wall/backoff.js), or has told how it is."""
SECOND_MS = 1000
DAY = timedelta(days=1)

# The server has it.
TAKEN = "async (batch) => (await read())?.played?.waiting?.batch !== batch"
STORE = """
const open = () => new Promise((give) => {
  const asked = indexedDB.open("wall");
  asked.onsuccess = () => give(asked.result);
});
const done = (asked) => new Promise((give) => (asked.onsuccess = () => give(asked.result)));
const place = async (mode, act) => {
  const database = await open();
  const result = await done(act(database.transaction("state", mode).objectStore("state")));
  database.close();
  return result;
};
window.read = () => place("readonly", (store) => store.get("plays"));
window.write = (plays) => place("readwrite", (store) => store.put(plays, "plays"));
// What waited to be told when it was stored last: the server may have it a moment later.
const { put } = IDBObjectStore.prototype;
IDBObjectStore.prototype.put = function (stored, ...rest) {
  if (stored.played?.waiting) window.sealed = structuredClone(stored);
  return put.call(this, stored, ...rest);
};
"""


@pytest.fixture
def gate(server: Server) -> Iterator[Gate]:
    """What lies between walls and the server."""
    gate = Gate()
    gate.lead_to(server.port)
    yield gate
    gate.shut()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What a wall's browser keeps; its pages' time goes on by hand where it has to."""
    context = browser.new_context(viewport={"width": 960, "height": 540})
    context.clock.install()
    context.add_init_script(STORE)
    yield context
    context.close()


def open_wall(context: BrowserContext, link: str) -> Page:
    page = context.new_page()
    page.goto(link)
    is_live(page)
    return page


def turns_to(wall: Page, is_so: Callable[[], bool]) -> None:
    """Scenes go by, second by second, until it is so. Not for what the server has to say: each
    second makes its answer seem late."""

    def looked() -> bool:
        if is_so():
            return True
        wall.clock.fast_forward(SECOND_MS)
        return False

    eventually(looked)


def playlist(database: Database, name: str, *entries: Entry) -> str:
    made = plans.add_playlist(database, name, at=moment())
    for entry in entries:
        plans.set_entry(
            database, made, None, entry, seen=digest(database, made), at=moment()
        )  # fmt: skip
    return made


def test_a_wall_moved_while_away_shows_its_new_groups_and_passes_over_a_feed_that_is_gone(
    server: Server, gate: Gate, desk: Page, lead_id: int, context: BrowserContext
) -> None:
    database = server.database
    answers.hung(database, lead=lead_id, at=moment(), comment=WORDS)
    feed = made(database, lead_id, moment(), "Swept")
    group = add_group(database, "Receptions", at=moment())
    words = playlist(database, "Words", Entry("quote", "quotes"))
    own = playlist(database, "Own", Entry("quote", f"f{feed}"))
    figures = playlist(database, "Figures", Entry("nps", "nps"))
    plans.set_default(database, NO_GROUP, words, at=moment())
    plans.set_default(database, f"{group}", figures, at=moment())
    plans.set_slot(database, f"{group}", Slot(own), at=moment())
    publish(database, at=moment())
    wall = open_wall(context, server.wall_link().replace(server.url, gate.url))
    expect(wall.locator(".quote-words").last).to_have_text(WORDS)

    gate.shut()
    turns_to(wall, wall.get_by_text("offline since").is_visible)
    moved = ScreenDraft("Canteen", "Solna, floor 4", theme="ink", group_id=group)
    change_screen(database, 1, moved, at=moment(), user_id=lead_id)
    feeds.delete_feed(database, feed, user_id=lead_id, at=moment())
    desk.goto(f"{server.url}/desk/screens/playlists/{own}")
    expect(desk.get_by_text("passed over: its feed is gone")).to_be_visible()
    gate.lead_to(server.port)
    goes_by(wall, AGAIN_MS, wall.get_by_text(FIGURES).last.is_visible)
    expect(wall.locator(".quote-words")).to_have_count(0)

    feeds.restore_feed(database, feed, user_id=lead_id, at=moment())
    goes_by(wall, AGAIN_MS, wall.get_by_text(WORDS).last.is_visible)


def test_what_hung_while_away_is_told_and_counts_once(
    server: Server, gate: Gate, lead_id: int, context: BrowserContext
) -> None:
    """Also where the wall loses its power before it knows that the server has it."""
    for name, comment in enumerate((WORDS, OTHERS)):  # the figures come later than they, if at all
        answers.hung(server.database, f"{name}", lead=lead_id, at=moment(), comment=comment)
    link = server.wall_link().replace(server.url, gate.url)
    wall = open_wall(context, link)
    gate.shut()
    turns_to(wall, wall.get_by_text("offline since").is_visible)
    for _ in range(2):
        another_hangs(wall)
    gate.lead_to(server.port)
    goes_by(wall, AGAIN_MS, wall.get_by_text("live", exact=True).is_visible)
    stored = eventually(lambda: wall.evaluate("window.sealed"))
    batch = stored["played"]["waiting"]
    assert sum(times for _, _, times, _ in batch["scenes"]) > 1, "some hung meanwhile"
    tell(wall, batch["batch"])
    once = kept(server.database)
    assert once["taken"] == batch["batch"]
    assert once["shown"] == summed(batch["scenes"])

    wall.close()
    card = context.new_page()
    card.goto(f"{gate.url}/healthz")
    card.evaluate("(plays) => write(plays)", stored)
    card.close()
    tell(open_wall(context, link), batch["batch"])
    assert kept(server.database) == once


def another_hangs(wall: Page) -> None:
    hung = wall.locator(".layer").last
    before = hung.text_content()
    turns_to(wall, lambda: hung.text_content() != before)


def tell(wall: Page, batch: int) -> None:
    """The wall says how it is until the batch has arrived, and from then on its time stands still.
    While it asks for something else it says nothing of itself: the next time it does. Paused a
    while ahead, which a slow machine has not come to meanwhile."""
    wall.clock.pause_at(wall.evaluate("Date.now()") / 1000 + AGAIN_MS / 1000)
    goes_by(wall, AGAIN_MS, lambda: bool(wall.evaluate(TAKEN, batch)))


def summed(rows: list[list[Any]]) -> dict[str, tuple[int, int]]:
    """Scene → how often and how long."""
    sums: dict[str, tuple[int, int]] = {}
    for _, scene, times, seconds in rows:
        had = sums.get(scene, (0, 0))
        sums[scene] = had[0] + times, had[1] + seconds
    return sums


def kept(database: Database) -> dict[str, Any]:
    """The last batch that was taken, and the sums of all."""
    with database.read() as session:
        rows = session.execute(
            select(Play.scene, func.sum(Play.times), func.sum(Play.seconds)).group_by(Play.scene)
        )
        shown = {scene: (times, seconds) for scene, times, seconds in rows}
        return {"taken": session.scalar(select(PlayQueue.taken)), "shown": shown}


@pytest.mark.parametrize("wrong", [-DAY, DAY], ids=["behind", "ahead"])
def test_a_clock_that_is_wrong_by_a_day_changes_nothing(
    server: Server, lead_id: int, browser: Browser, wrong: timedelta
) -> None:
    """The slot is of today alone, where it is about noon: no midnight comes between."""
    database, zone = server.database, about_noon(moment())
    answers.hung(database, lead=lead_id, at=moment(), comment=WORDS)
    today = moment().astimezone(ZoneInfo(zone)).date().isoformat()
    figures = playlist(database, "Figures", Entry("nps", "nps"))
    words = playlist(database, "Words", Entry("quote", "quotes"))
    plans.set_default(database, NO_GROUP, words, at=moment())
    plans.set_slot(database, NO_GROUP, Slot(figures, first=today, last=today), at=moment())
    publish(database, at=moment())
    context = browser.new_context(viewport={"width": 960, "height": 540})
    context.clock.install(time=moment() + wrong)
    wall = open_wall(context, server.wall_link(timezone=zone))

    expect(wall.get_by_text(FIGURES).last).to_be_visible()
    told = moment().astimezone(ZoneInfo(zone))
    expect(wall.locator(".frame-clock")).to_contain_text(f"{told:%A} {told.day} {told:%B}")
    context.close()


def about_noon(at: datetime) -> str:
    """A time zone where it is about noon."""
    hours = 12 - at.hour
    return f"Etc/GMT{-hours:+}" if hours else "Etc/GMT"
