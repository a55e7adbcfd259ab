"""Pages of screens that stay open, and what their buttons send: by a real browser."""

from datetime import timedelta

from playwright.sync_api import Page, Request, expect
from sqlalchemy import select

from signage.actions import agents, commands
from signage.actions.commands import MOST_OPEN
from signage.actions.screens import ScreenDraft, add_screen
from signage.models import Agent, Command, Database, Screen
from tests.browser.conftest import moment
from tests.serving import Server

LOOKS_MS = 16_000
"""A page that is open has looked again."""


def with_agent(server: Server) -> int:
    made, _ = add_screen(server.database, server.secret_key, ScreenDraft("Hall"), at=moment())
    agents.make_agent(server.database, made, at=moment())
    with server.database.write() as session:
        session.get_one(Agent, made).heard_at = moment() + timedelta(minutes=1)
    return made


def asked(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Command.what).order_by(Command.id)))


def looked_again(request: Request) -> bool:
    return "x-looks-again" in request.headers


def test_pages_of_screens_that_stay_open(server: Server, desk: Page) -> None:
    hall = with_agent(server)
    desk.clock.install()
    a_state_follows_and_what_is_in_use_stays(server, desk, hall)
    what_is_refused_is_not_sent_again(server, desk, hall)


def what_is_refused_is_not_sent_again(server: Server, desk: Page, hall: int) -> None:
    desk.goto(f"{server.url}/desk/screens/{hall}/commands")
    desk.get_by_role("button", name="Restart its player").click()
    desk.locator("#ask-yes").click()
    expect(desk.get_by_role("cell", name="waits for the screen")).to_be_visible()
    assert asked(server.database) == ["restart"]

    for _ in range(MOST_OPEN - 1):
        commands.command(server.database, hall, "identify", user_id=None, at=moment())
    desk.get_by_role("button", name="Show its name").click()
    expect(desk.get_by_role("alert")).to_be_visible()
    desk.wait_for_load_state()
    with server.database.write() as session:
        for row in session.scalars(select(Command)):
            row.settled_at, row.outcome = moment(), "done"
    with desk.expect_request(looked_again) as again:
        desk.clock.fast_forward(LOOKS_MS)
    assert again.value.method == "GET"
    expect(desk.get_by_role("cell", name="done")).to_have_count(MOST_OPEN)
    expect(desk.get_by_role("alert")).to_be_visible()
    assert len(asked(server.database)) == MOST_OPEN


def a_state_follows_and_what_is_in_use_stays(server: Server, desk: Page, hall: int) -> None:
    desk.goto(f"{server.url}/desk/screens")
    desk.get_by_label("Tag").fill("lar")
    expect(desk.locator(".screens .state")).to_have_text("Never seen")
    with server.database.write() as session:
        session.get_one(Screen, hall).last_seen_at = moment() - timedelta(minutes=30)
    desk.clock.fast_forward(LOOKS_MS)
    expect(desk.locator(".screens .state")).to_contain_text("Dark since")
    expect(desk.get_by_role("link", name="Dark 1")).to_be_visible()
    expect(desk.get_by_label("Tag")).to_be_focused()
    expect(desk.get_by_label("Tag")).to_have_value("lar")

    with server.database.write() as session:
        session.get_one(Screen, hall).last_seen_at = None
    desk.get_by_role("link", name="Dark 1").focus()
    desk.clock.fast_forward(LOOKS_MS)
    expect(desk.locator(".screens .state")).to_have_text("Never seen")
    expect(desk.get_by_role("link", name="Dark 1")).to_be_focused()
