"""Playlists by pointer and by key, published, and looked at ahead."""

from playwright.sync_api import Page, expect

from tests import answers
from tests.browser.conftest import moment
from tests.planning import drafted, live
from tests.serving import Server


def order(page: Page) -> list[str]:
    return page.locator("#scenes h3").all_inner_texts()


def test_scenes_are_put_in_order_by_pointer_and_by_key_and_published(
    server: Server, desk: Page, lead_id: int
) -> None:
    page = desk
    answers.hung(server.database, lead=lead_id, at=moment(), comment="Swept after, too.")
    page.goto(f"{server.url}/desk/screens/playlists")
    page.get_by_label("Name").fill("Lunch")
    with page.expect_navigation():  # also its script is there then
        page.get_by_role("button", name="Make the playlist").click()
    first = page.locator("#scenes > li").first
    expect(first).to_contain_text("Quotes, one at a time")

    with page.expect_navigation():
        first.drag_to(page.locator("#scenes > li").nth(2))
    assert order(page)[:3] == ["You said – we did", "Notices", "Quotes, one at a time"]
    page.get_by_role("button", name="Later Notices").focus()
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowUp")
    assert order(page)[:2] == ["Notices", "You said – we did"]
    with page.expect_navigation():
        page.get_by_role("button", name="Remove CSAT").press("Enter")
    assert "CSAT" not in order(page)

    page.goto(f"{server.url}/desk/screens/weeks/none")
    page.get_by_label("Playlist by default").select_option("Lunch")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="See what changes, and publish").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Published.")
    assert live(server.database) == drafted(server.database)

    page.goto(f"{server.url}/desk/screens/ahead")
    stage = page.locator("#ahead-stage .stage")
    expect(stage).to_contain_text("Swept after, too.")
    page.get_by_label("Through the day").press("Home")
    expect(page.locator("#ahead-time")).to_have_text("00:00")
    expect(stage.locator(".frame-clock")).to_contain_text("00:00")
    expect(page.locator("#ahead-hangs")).to_have_text("Lunch")
