"""Playlists by pointer and by key, published, and looked at ahead."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import write_notice
from signage.models import User
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
    page.get_by_label("Through the day").press("ArrowRight")
    expect(page.get_by_label("Time")).to_have_value("00:05")


def test_looking_ahead_shows_the_wall_that_will_be(
    server: Server, desk: Page, lead_id: int
) -> None:
    with server.database.write() as session:
        session.get_one(User, lead_id).language = "fi"
    night = {"night_from": "22:00", "night_to": "06:00", "night_percent": 0}
    server.wall_link(turned=90, **night)
    begins = moment() + timedelta(days=2)
    over = NoticeDraft("Cake at two", "", begins, begins + timedelta(days=2), takes_over=True)
    write_notice(server.database, over, user_id=lead_id, at=moment())
    after = begins.astimezone(ZoneInfo("Europe/Stockholm")) + timedelta(days=3)
    desk.goto(f"{server.url}/desk/screens/ahead?day={after:%Y-%m-%d}&time=23:58")
    stage, typed = desk.locator("#ahead-stage .stage"), desk.locator("#time")

    expect(desk.locator("#ahead-time")).to_have_text("23.58")
    expect(typed).to_have_value("23:58")
    expect(stage.locator(".night")).to_have_css("opacity", "1")
    expect(desk.locator("#ahead-night")).to_be_visible()
    assert stage.evaluate("stage => [stage.offsetWidth, stage.offsetHeight]") == [1080, 1920]
    desk.locator("#ahead-minute").press("ArrowLeft")
    expect(typed).to_have_value("23:53")
    day = after - timedelta(days=2)
    desk.goto(f"{server.url}/desk/screens/ahead?day={day:%Y-%m-%d}&time=12:01")
    expect(desk.locator("#ahead-hangs")).to_have_text("Cake at two")
    desk.locator("#ahead-minute").press("Home")
    expect(stage).to_contain_text("Cake at two")
