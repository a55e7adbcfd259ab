"""People, by keyboard, and a real way to a sign-in provider and back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from signage import clock
from signage.models import User
from tests.providers import HonestProvider
from tests.serving import Server, free_port


@pytest.fixture
def provider() -> Iterator[HonestProvider]:
    with HonestProvider() as running:
        yield running


@pytest.fixture
def office(empty_file: Path, tmp_path: Path, provider: HonestProvider) -> Iterator[Server]:
    """A server whose people may come by way of the provider."""
    data = tmp_path / "office"
    data.mkdir()
    shutil.copy(empty_file, data / "signage.db")
    chosen = {
        "SIGNAGE_OIDC_ISSUER": provider.issuer, "SIGNAGE_OIDC_CLIENT_ID": "signage",
        "SIGNAGE_OIDC_CLIENT_SECRET": "s", "SIGNAGE_OIDC_NAME": "Office",
    }  # fmt: skip
    running = Server(data, free_port(), chosen=chosen)
    running.start()
    yield running
    running.stop()
    running.database.engine.dispose()


def test_the_way_to_the_provider_and_back_and_without_it(
    office: Server, provider: HonestProvider, browser: Browser
) -> None:
    with office.database.write() as session:
        session.add(
            User(
                email="ida@example.com", name="Ida Ek", password_hash="", language="en",
                role="admin", created_at=clock.now(),
            )
        )  # fmt: skip
    page = browser.new_page()
    page.goto(f"{office.url}/desk/wall")
    page.get_by_role("link", name="Sign in with Office").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="p-ida").click()
    page.wait_for_url(f"{office.url}/desk/wall")
    expect(page.get_by_role("link", name="Ida Ek")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    provider.stop(kill=True)
    page.get_by_role("link", name="Sign in with Office").click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer as it should")
    page.get_by_role("link", name="Sign in with a password").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.close()


def test_an_invitation_by_keyboard_and_a_session_that_ends(
    server: Server, browser: Browser, desk: Page
) -> None:
    desk.goto(f"{server.url}/desk/people")
    desk.get_by_label("Role").focus()
    desk.keyboard.press("Home")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    link = desk.get_by_label("Link of the invitation").input_value()

    other = browser.new_context()
    page = other.new_page()
    page.goto(link)
    page.get_by_label("Your name").fill("Vera")
    page.get_by_label("E-mail address").fill("vera@example.com")
    page.get_by_label("Password").fill("bread butter cheese")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/wall")

    desk.goto(f"{server.url}/desk/people")
    desk.get_by_role("link", name="Vera").focus()
    with desk.expect_navigation():  # also its script is there then, which asks first
        desk.keyboard.press("Enter")
    desk.get_by_role("button", name="End all sessions").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("dialog")).to_contain_text("signed out everywhere")
    desk.locator("#ask-yes").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Signed in nowhere.")).to_be_visible()
    page.reload()
    page.wait_for_url("**/sign-in**")
    other.close()
