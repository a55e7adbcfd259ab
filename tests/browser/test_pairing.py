"""Two real players side by side: paired, scheduled, taken over, seen in small, revoked."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from signage.actions import plans
from signage.actions.groups import add_group
from signage.actions.takeovers import TextDraft, write_text
from signage.core.plan import NO_GROUP, Entry
from signage.core.targets import Targets
from signage.live.players import LAST_WORDS
from signage.models import Device
from tests import answers
from tests.browser.conftest import moment
from tests.browser.house import goes_by
from tests.browser.restoring import (
    comes_back_after_a_restore,
    forgets_when_it_is_revoked,
    letters,
    stays_while_the_server_may_be_mended,
    until,
)
from tests.browser.restoring import kept as stored
from tests.patience import eventually
from tests.planning import digest, publish
from tests.serving import Server

WORDS = "Up four flights, and swept after."
BEAT_MS = 31_000
"""A player has told how it is (static/wall/connection.js), and its scene is over."""
PASSED = 3 + int(LAST_WORDS)
"""Seconds after which whoever speaks is a second device."""


def new_player(server: Server, browser: Browser) -> Page:
    """A player that shows its code, marked so that a reload would be noticed."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.clock.install()
    page = context.new_page()
    page.goto(f"{server.url}/wall")
    expect(letters(page)).to_be_visible()
    page.evaluate("window.neverReloaded = true")
    return page


def code(page: Page) -> str:
    return re.sub(r"\W", "", letters(page).get_attribute("aria-label") or "")


def name(desk: Page, called: str) -> None:
    """What a lead does who sees what the player says of itself."""
    expect(desk.get_by_text("1280 × 720, landscape")).to_be_visible()
    desk.get_by_label("Name", exact=True).fill(called)
    desk.get_by_role("button", name="Pair the new screen").click()
    expect(desk.get_by_role("heading", name=called, exact=True)).to_be_visible()


def shows_the_words(page: Page) -> None:
    expect(page.locator(".quote-words").last).to_have_text(WORDS)
    assert page.evaluate("window.neverReloaded") is True


def pair(desk: Page, server: Server, page: Page, called: str) -> str:
    """Gives the address of its page at the desk."""
    desk.goto(f"{server.url}/desk/screens/pair")
    desk.get_by_label("The code on the screen").fill(code(page).lower())
    desk.get_by_role("button", name="Go on").click()
    name(desk, called)
    shows_the_words(page)
    return desk.url


def only_words(server: Server, lead_id: int) -> None:
    """Something hangs, and nothing else does by default."""
    database = server.database
    answers.hung(database, lead=lead_id, at=moment(), comment=WORDS)
    words = plans.add_playlist(database, "Words", at=moment())
    entry = Entry("quote", "quotes")
    plans.set_entry(database, words, None, entry, seen=digest(database, words), at=moment())
    plans.set_default(database, NO_GROUP, words, at=moment())
    publish(database, at=moment())


def schedule(desk: Page, server: Server, screen: str) -> None:
    """The screen is put into a group that shows something else all day, and that is published."""
    desk.goto(screen)
    desk.get_by_label("Group").select_option("Lobbies")
    desk.get_by_role("button", name="Save").click()
    desk.goto(f"{server.url}/desk/screens/weeks/1/slots/new")
    desk.get_by_label("Playlist").select_option("Figures")
    for day in ("Saturday", "Sunday"):
        desk.get_by_label(day).check()
    for hour in ("From", "To"):
        desk.get_by_label(hour, exact=True).fill("00:00")
    desk.get_by_role("button", name="Save").click()
    desk.get_by_role("link", name="See what changes, and publish").click()
    expect(desk.get_by_role("heading", name="1 screen changes")).to_be_visible()
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_role("status")).to_contain_text("Published.")


def agree(desk: Page, screen: str, wall: Page, text: str) -> None:
    """The screen and its miniature at the desk show the same, once a scene is over."""
    goes_by(wall, BEAT_MS, wall.get_by_text(text).last.is_visible)
    expect(wall.locator(".layer").last).to_have_css("opacity", "1")  # it has come, as its title has
    desk.goto(screen)
    small = desk.frame_locator(".miniature iframe")
    expect(small.get_by_text(text).last).to_be_visible()
    expect(small.get_by_text("live", exact=True)).to_be_visible()
    title = wall.locator(".frame-title").inner_text()
    expect(small.locator(".frame-title")).to_have_text(title)


def test_two_players_are_paired_scheduled_taken_over_and_one_is_revoked(
    server: Server, desk: Page, lead_id: int, browser: Browser
) -> None:
    only_words(server, lead_id)
    add_group(server.database, "Lobbies", at=moment())
    figures = plans.add_playlist(server.database, "Figures", at=moment())
    seen = digest(server.database, figures)
    entry = Entry("nps", "nps")
    plans.set_entry(server.database, figures, None, entry, seen=seen, at=moment())
    one, two = new_player(server, browser), new_player(server, browser)
    assert code(one) != code(two)
    pair(desk, server, one, "Canteen")
    expect(letters(two)).to_be_visible()
    desk.goto(f"{server.url}/pair?code={code(two)}")  # as the square leads there
    name(desk, "Lobby")
    shows_the_words(two)
    lobby = desk.url
    agree(desk, lobby, two, WORDS)

    schedule(desk, server, lobby)
    agree(desk, lobby, two, "Too few answers yet")
    shows_the_words(one)

    some = Targets(groups=frozenset({1}))
    cake = TextDraft("Cake at two", targets=some)
    write_text(server.database, cake, user_id=lead_id, at=moment())
    desk.goto(f"{server.url}/desk/takeovers")
    desk.get_by_role("button", name="Hang it now Cake at two").click()
    desk.locator("#ask-yes").click()
    agree(desk, lobby, two, "Cake at two")
    shows_the_words(one)

    desk.get_by_role("button", name="Revoke").click()
    desk.locator("#ask-yes").click()
    expect(letters(two)).to_be_visible()
    shows_the_words(one)
    one.reload()  # its token is kept
    expect(one.locator(".quote-words").last).to_have_text(WORDS)
    comes_back_after_a_restore(one, server)
    expect(one.locator(".quote-words").last).to_have_text(WORDS)
    stays_while_the_server_may_be_mended(one, server)
    for page in (one, two):
        page.context.close()


def came_long_ago(server: Server, since: datetime) -> bool:
    """Another came after `since`, and what the first says now is not its last word any more."""
    with server.database.read() as session:
        came_at = session.scalars(select(Device)).one().came_at or since
    return since < came_at < moment() - timedelta(seconds=PASSED)


def test_two_devices_with_one_token_are_seen_and_one_of_them_stays(
    server: Server, desk: Page, lead_id: int, browser: Browser
) -> None:
    only_words(server, lead_id)
    one = new_player(server, browser)
    screen = pair(desk, server, one, "Canteen")
    kept = one.context.storage_state(indexed_db=True)  # as on a card that is copied
    copy = browser.new_context(viewport={"width": 800, "height": 600}, storage_state=kept)
    copy.clock.install()
    other = copy.new_page()
    before = moment()
    other.goto(f"{server.url}/wall")
    expect(other.locator(".quote-words").last).to_have_text(WORDS)
    expect(other.get_by_text("live", exact=True)).to_be_visible()

    eventually(lambda: came_long_ago(server, before))

    for page in (one, other):
        page.clock.fast_forward(BEAT_MS - 1000 * PASSED)

    def told() -> bool:
        for page in (one, other):  # who asked for something just then said nothing of itself
            page.clock.fast_forward(1000)
        desk.goto(screen)
        return desk.get_by_role("heading", name="Two devices run as this screen").is_visible()

    eventually(told, desk.locator("main").inner_text)
    desk.goto(f"{server.url}/desk/screens")
    expect(desk.get_by_text("Two devices run as this screen.")).to_be_visible()
    desk.goto(screen)
    last = desk.locator(".twins .both > div").filter(has_text="The one that came last")
    expect(last).to_contain_text("800 × 600")
    shared = stored(other)
    last.get_by_role("button", name="This one stays").click()
    expect(letters(one)).to_be_visible()
    expect(desk.locator(".twins")).to_have_count(0)
    until(other, lambda: stored(other) != shared)  # it was given a token of its own
    other.reload()
    expect(other.locator(".quote-words").last).to_have_text(WORDS)
    assert code(one)
    forgets_when_it_is_revoked(other, server)
    copy.close()
    one.context.close()
