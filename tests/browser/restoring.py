"""A database that is put back under a paired wall."""

from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from signage.actions.devices import RENEW
from signage.actions.screens import revoke_screen
from signage.core.tokens import token_hash
from signage.models import Device
from tests.browser.conftest import moment
from tests.patience import eventually
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


AGAIN_MS = 90_000
"""A wall that was refused has asked again (static/wall/connection.js)."""


def comes_back_after_a_restore(page: Page, server: Server) -> None:
    """Its token is renewed and used, and then the database is the one of before."""
    [screen] = paired(server)
    backup = device(server, screen)
    new, first = is_given_another(page, server)
    page.reload()
    until(page, lambda: device(server, screen).token_hash == token_hash(str(new)))

    put_back(server, screen, backup.token_hash, backup.issued_at)
    page.reload()
    until(page, lambda: kept(page)[0] == first)

    expect(page.locator(".quote-words").last).to_be_visible()
    assert kept(page) == [first, new]


def stays_while_the_server_may_be_mended(page: Page, server: Server) -> None:
    """It does not know the newest token, and has ended the one before; then both."""
    [screen] = paired(server)
    backup = device(server, screen)
    tokens = is_given_another(page, server)
    put_back(server, screen, token_hash("another"), backup.issued_at)
    page.reload()
    expect(letters(page)).to_be_visible()
    assert kept(page) == tokens

    put_back(server, screen, token_hash("another"), moment())
    forgets_under_its_code(page)


def forgets_when_it_is_revoked(page: Page, server: Server) -> None:
    """Also while it has not used its newest token, as all walls that run for more than a day."""
    [screen] = paired(server)
    is_given_another(page, server)
    revoke_screen(server.database, screen, at=moment())
    expect(letters(page)).to_be_visible()
    until(page, lambda: kept(page) == [None, None])
    forgets_under_its_code(page)


def forgets_under_its_code(page: Page) -> None:
    """What somebody may be typing stays."""
    shown = letters(page).get_attribute("aria-label")
    page.clock.fast_forward(AGAIN_MS)
    until(page, lambda: kept(page) == [None, None])
    expect(letters(page)).to_be_visible()
    assert letters(page).get_attribute("aria-label") == shown


def is_given_another(page: Page, server: Server) -> list[str | None]:
    """Connected with the one before, as it does not connect anew for it."""
    [screen] = paired(server)
    before = kept(page)[0]
    until(page, lambda: device(server, screen).token_hash == token_hash(str(before)))
    put_back(server, screen, device(server, screen).token_hash, moment() - 2 * RENEW)
    page.reload()
    until(page, lambda: kept(page)[0] != before)
    given = kept(page)
    assert given[1] == before
    return given


def letters(page: Page) -> Locator:
    """The code that it shows."""
    return page.locator(".pairing-letters")


def until(page: Page, is_so: Callable[[], bool]) -> None:
    """While the page goes on."""
    eventually(is_so, pause=lambda seconds: page.wait_for_timeout(1000 * seconds))


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
