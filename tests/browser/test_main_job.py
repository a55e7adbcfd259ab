"""The main job, as staff and CX leads see it: from an answer to the wall, and off it again."""

import json
import urllib.request

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from signage.actions import decide, tokens
from signage.actions.prefer import prefer
from signage.models import Preferences, Quote
from tests.browser.conftest import moment
from tests.patience import PATIENCE
from tests.serving import Server

WORDS = "Hämtade soffan på tio minuter, och killen i kassan bar ut den åt mig. 🛋️"


def post(server: Server, **fields: object) -> int:
    """Send one answer as a survey tool would; gives the HTTP status."""
    token = tokens.issue_token(server.database, "survey tool", user_id=None, at=moment())
    request = urllib.request.Request(  # noqa: S310 - our own server on loopback
        f"{server.url}/api/v1/responses",
        data=json.dumps({"source": "shop", "metric": "nps", "score": 10, **fields}).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the same
        return int(answer.status)


def open_wall(server: Server, browser: Browser) -> Page:
    """A wall that is connected, marked so that a reload would be noticed."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(server.wall_link())
    expect(page.get_by_text("live", exact=True)).to_be_visible()
    page.evaluate("window.neverReloaded = true")
    return page


def publish_at_once(server: Server) -> None:
    prefer(server.database, Preferences(grace_seconds=0), at=moment())


def only_quote(server: Server) -> Quote:
    with server.database.read() as session:
        return session.scalars(select(Quote)).one()


def test_an_answer_is_approved_by_key_hangs_and_is_withdrawn(
    server: Server, desk: Page, browser: Browser
) -> None:
    publish_at_once(server)
    wall = open_wall(server, browser)
    assert post(server, external_id="1", comment=WORDS, language="sv", touchpoint="Pickup") == 200

    desk.goto(f"{server.url}/desk/review")
    expect(desk.locator("#words")).to_have_text(WORDS)
    desk.keyboard.press("a")
    expect(desk.get_by_role("heading", name="Nothing waits")).to_be_visible()
    expect(wall.get_by_text("killen i kassan").last).to_be_visible()
    expect(wall.get_by_text("Pickup").last).to_be_visible()

    desk.goto(f"{server.url}/desk/wall")
    desk.locator("summary", has_text="Withdraw").press("Enter")
    desk.get_by_label("Reason").select_option("private")
    desk.get_by_role("button", name="Withdraw from every wall").press("Enter")
    expect(desk.get_by_text("Nothing hangs yet")).to_be_visible()
    expect(desk.get_by_text("gone from 1 of 1 wall")).to_be_visible()
    assert wall.get_by_text("killen i kassan").count() == 0
    wall.close()


def test_words_that_are_cut_never_reach_the_wall(
    server: Server, desk: Page, browser: Browser
) -> None:
    publish_at_once(server)
    wall = open_wall(server, browser)
    post(server, external_id="1", comment="Great help. Call me on 555 0199 please.")
    desk.goto(f"{server.url}/desk/review")
    desk.locator("#words").press("Home")
    desk.keyboard.press("x")
    desk.keyboard.press("a")
    expect(desk.get_by_role("heading", name="Nothing waits")).to_be_visible()
    expect(wall.get_by_text("help. Call me on 555 0199 please.").last).to_be_visible()
    assert "Great" not in wall.locator("body").inner_text()
    wall.close()


def test_a_key_acts_on_what_was_chosen_just_before_it(server: Server, desk: Page) -> None:
    """Before the browser tells of the choice, as on a busy machine; and a label that was picked
    for it stays."""
    post(server, external_id="1", comment="Great help. Call me on 555 0199 please.")
    desk.goto(f"{server.url}/desk/review")
    choose_and_press(desk, 0, 5, "x")
    expect(desk.locator("#words s")).to_have_text("Great")
    choose_and_press(desk, 23, 31, "m")
    expect(desk.locator("#words mark")).to_have_text("555 0199")
    expect(desk.locator("#mask-label")).to_have_value("phone")


def choose_and_press(desk: Page, start: int, end: int, key: str) -> None:
    """Choose and press in one turn of the page's loop."""
    desk.evaluate(
        """([start, end, key]) => {
          const words = document.getElementById("words");
          const last = words.lastChild;
          const before = words.textContent.length - last.length;
          getSelection().setBaseAndExtent(last, start - before, last, end - before);
          const pressed = { key, bubbles: true, cancelable: true };
          words.dispatchEvent(new KeyboardEvent("keydown", pressed));
        }""",
        [start, end, key],
    )


def test_a_wall_catches_up_after_a_restart_without_a_reload(
    server: Server, browser: Browser, lead_id: int
) -> None:
    publish_at_once(server)
    post(server, external_id="1", comment=WORDS)
    wall = open_wall(server, browser)
    server.stop()
    quote = only_quote(server)
    decide.approve(server.database, quote.id, revision=0, user_id=lead_id, at=moment())
    server.start()
    expect(wall.get_by_text("killen i kassan").last).to_be_visible()
    assert wall.evaluate("window.neverReloaded") is True
    wall.close()


def test_a_change_that_a_crash_left_unannounced_reaches_the_wall(
    server: Server, desk: Page, browser: Browser
) -> None:
    publish_at_once(server)
    post(server, external_id="1", comment=WORDS)
    server.stop()
    server.start(("-m", "tests.browser.dies_before_announcing"))
    wall = open_wall(server, browser)
    desk.goto(f"{server.url}/desk/review")
    desk.locator("#words").wait_for()
    desk.keyboard.press("a")
    assert server.wait() == -9, "the server was to die between commit and announcement"
    server.start()
    expect(wall.get_by_text("killen i kassan").last).to_be_visible()
    assert wall.evaluate("window.neverReloaded") is True
    wall.close()


def test_a_wall_without_its_server_shows_what_it_has_and_since_when(
    server: Server, browser: Browser, lead_id: int
) -> None:
    publish_at_once(server)
    post(server, external_id="1", comment=WORDS)
    decide.approve(server.database, only_quote(server).id, revision=0, user_id=lead_id, at=moment())
    wall = open_wall(server, browser)
    expect(wall.get_by_text("killen i kassan").last).to_be_visible()
    server.kill()
    expect(wall.get_by_text("offline since")).to_be_visible()
    # It may be the turn of the score just now; the quote comes round again.
    expect(wall.get_by_text("killen i kassan").last).to_be_visible()
    server.start()
    expect(wall.get_by_text("live", exact=True)).to_be_visible()
    wall.close()


def test_a_link_that_was_revoked_shows_nothing_more(server: Server, browser: Browser) -> None:
    wall = browser.new_page()
    wall.goto(f"{server.url}/wall#made-up")
    expect(wall.get_by_text("link has ended")).to_be_visible()
    assert "live" not in wall.locator("body").inner_text()
    wall.close()
