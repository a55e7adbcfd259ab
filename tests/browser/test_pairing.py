"""Two real players side by side: paired, seen in small, revoked."""

import re
from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from signage.actions.devices import RENEW
from signage.core.tokens import token_hash
from signage.models import Device
from tests import answers
from tests.browser.conftest import moment
from tests.serving import Server

KEPT = """() => new Promise((give) => {
  const opening = indexedDB.open("wall-device");
  opening.onsuccess = () => {
    const place = opening.result.transaction("token").objectStore("token");
    const found = ["token", "before"].map((name) => place.get(name));
    place.transaction.oncomplete = () => {
      opening.result.close();
      give(found.map((each) => each.result ?? null));
    };
  };
})"""
WORDS = "Up four flights, and swept after."


def new_player(server: Server, browser: Browser) -> Page:
    """A player that shows its code, marked so that a reload would be noticed."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.goto(f"{server.url}/wall")
    expect(letters(page)).to_be_visible()
    page.evaluate("window.neverReloaded = true")
    return page


def letters(page: Page) -> Locator:
    return page.locator(".pairing-letters")


def code(page: Page) -> str:
    return re.sub(r"\W", "", letters(page).get_attribute("aria-label") or "")


def name(desk: Page, called: str) -> None:
    """What a lead does who sees what the player says of itself."""
    expect(desk.get_by_text("1280 × 720, landscape")).to_be_visible()
    desk.get_by_label("Name", exact=True).fill(called)
    desk.get_by_role("button", name="Pair the new screen").click()
    expect(desk.get_by_role("heading", name=called, exact=True)).to_be_visible()


def shows_the_words(page: Page) -> None:
    expect(page.locator(".quote-words")).to_have_text(WORDS)
    assert page.evaluate("window.neverReloaded") is True


def comes_back_after_a_restore(page: Page, server: Server) -> None:
    """Its token is renewed and used, and then the database is the one of before."""
    [screen] = paired(server)
    backup, first = device(server, screen), kept(page)[0]
    put_back(server, screen, backup.token_hash, moment() - 2 * RENEW)  # it is due for another
    page.reload()
    until(page, lambda: kept(page)[0] != first)
    new, before = kept(page)
    assert before == first
    page.reload()
    until(page, lambda: device(server, screen).token_hash == token_hash(str(new)))

    put_back(server, screen, backup.token_hash, backup.issued_at)
    page.reload()
    until(page, lambda: kept(page)[0] == first)

    expect(page.locator(".quote-words")).to_have_text(WORDS)
    assert kept(page) == [first, new]


def until(page: Page, is_so: Callable[[], bool]) -> None:
    """Looked again and again, for half a minute at most."""
    for _ in range(300):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come about")


def kept(page: Page) -> list[str | None]:
    """The token that the player keeps, and the one beside it."""
    found: list[str | None] = page.evaluate(KEPT)
    return found


def paired(server: Server) -> list[int]:
    with server.database.read() as session:
        return list(session.scalars(select(Device.screen_id)))


def device(server: Server, screen: int) -> Device:
    with server.database.read() as session:
        return session.get_one(Device, screen)


def put_back(server: Server, screen: int, hashed: str | None, issued_at: datetime) -> None:
    with server.database.write() as session:
        there = session.get_one(Device, screen)
        there.token_hash, there.next_hash, there.issued_at = hashed, None, issued_at


def test_two_players_are_paired_seen_in_small_and_one_is_revoked(
    server: Server, desk: Page, lead_id: int, browser: Browser
) -> None:
    answers.hung(server.database, "1", lead=lead_id, at=moment(), comment=WORDS)
    one, two = new_player(server, browser), new_player(server, browser)
    assert code(one) != code(two)

    desk.goto(f"{server.url}/desk/screens/pair")
    desk.get_by_label("The code on the screen").fill(code(one).lower())
    desk.get_by_role("button", name="Go on").click()
    name(desk, "Canteen")
    shows_the_words(one)
    expect(letters(two)).to_be_visible()
    desk.goto(f"{server.url}/pair?code={code(two)}")  # as the square leads there
    name(desk, "Lobby")
    shows_the_words(two)

    small = desk.frame_locator(".miniature iframe")
    expect(small.locator(".quote-words")).to_have_text(WORDS)
    expect(small.get_by_text("live", exact=True)).to_be_visible()
    title = two.locator(".frame-title").inner_text()
    expect(small.locator(".frame-title")).to_have_text(title)

    desk.get_by_role("button", name="Revoke").click()
    desk.locator("#ask-yes").click()
    expect(letters(two)).to_be_visible()
    shows_the_words(one)
    one.reload()  # its token is kept
    expect(one.locator(".quote-words")).to_have_text(WORDS)
    comes_back_after_a_restore(one, server)
    for page in (one, two):
        page.context.close()
