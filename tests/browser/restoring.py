"""A database that is put back under a paired wall."""

from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import Page, expect
from sqlalchemy import select

from signage.actions.devices import RENEW
from signage.core.tokens import token_hash
from signage.models import Device
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

    expect(page.locator(".quote-words").last).to_be_visible()
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
