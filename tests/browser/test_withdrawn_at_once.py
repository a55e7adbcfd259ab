"""What is withdrawn leaves the page at once; its receipt waits until no power cut undoes it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from signage import clock
from signage.actions import decide
from tests import answers
from tests.browser.house import House
from tests.browser.reviewing import person
from tests.live.conftest import eventually

WORDS = "The chairs were gone before I had parked."
PATIENCE_MS = 400
"""So long a wall waits for its storage (static/wall/store.js); here for good."""
ENDLESS = f"""(() => {{
  const wait = window.setTimeout;
  window.setTimeout = (call, ms, ...more) => ms === {PATIENCE_MS} ? 0 : wait(call, ms, ...more);
}})()"""

# Nothing else can be written until it is let go.
OCCUPY = """() => new Promise((occupied, failed) => {
  const opening = indexedDB.open("wall");
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const store = opening.result.transaction("state", "readwrite").objectStore("state");
    (function hold() {
      if (window.letsGo) return opening.result.close();
      store.get("wall").onsuccess = () => { occupied(); hold(); };
    })();
  };
})"""


@pytest.fixture
def wall(browser: Browser) -> Iterator[Page]:
    """A page whose wall waits for its storage for as long as it takes."""
    context = browser.new_context(viewport={"width": 960, "height": 540})
    context.add_init_script(ENDLESS)
    yield context.new_page()
    context.close()


def test_it_does_not_wait_for_the_storage_and_its_receipt_does(house: House, wall: Page) -> None:
    confirmed: list[str] = []
    wall.on(
        "websocket",
        lambda line: line.on(
            "framesent", lambda said: confirmed.extend([str(said)] if '"confirm"' in said else [])
        ),
    )
    house.gate.lead_to(house.now.port)
    wall.goto(house.link)
    database = house.now.database
    lead = person(database, "Another lead")
    quote = answers.waiting(database, "chairs", at=clock.now(), comment=WORDS)
    decide.approve(database, quote, revision=0, user_id=lead, at=clock.now())
    expect(wall.get_by_text(WORDS).last).to_be_visible()

    wall.evaluate(OCCUPY)
    decide.withdraw(database, quote, reason="other", user_id=lead, at=clock.now())

    expect(wall.get_by_text(WORDS)).to_have_count(0)
    assert not confirmed
    wall.evaluate("window.letsGo = true")
    eventually(lambda: wall.evaluate("true") and confirmed)
