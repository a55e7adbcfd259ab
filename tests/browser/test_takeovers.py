"""Two real walls and a desk: an emergency by keyboard, a group's takeover, the way back."""

from datetime import timedelta

from playwright.sync_api import Browser, Page, expect

from signage.actions.groups import add_group
from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import write_notice
from signage.actions.takeovers import TextDraft, write_text
from signage.core.targets import Targets
from tests.browser.conftest import moment
from tests.serving import Server

URGENT = "Leave by the stairs"


def open_wall(server: Server, browser: Browser, **chosen: object) -> Page:
    page = browser.new_page(viewport={"width": 960, "height": 540})
    page.goto(server.wall_link(**chosen))
    expect(page.get_by_text("Too few answers yet: 0 of 30").last).to_be_visible()
    expect(page.get_by_text("live", exact=True)).to_be_visible()
    return page


def test_walls_are_taken_over_all_or_some_and_go_back(
    server: Server, desk: Page, browser: Browser, lead_id: int
) -> None:
    group = add_group(server.database, "Canteens", at=moment())
    canteen = open_wall(server, browser, group_id=group)
    lobby = open_wall(server, browser)

    desk.goto(f"{server.url}/desk/notices/new?takes_over")
    desk.get_by_label("Canteens").check()
    expect(desk.get_by_label("Only on these")).to_be_checked()
    desk.get_by_label("On every wall").check()
    expect(desk.get_by_label("Canteens")).not_to_be_checked()

    some = Targets(groups=frozenset({group}))
    over = NoticeDraft(
        "Cake at two", "", None, moment() + timedelta(hours=1), takes_over=True, targets=some,
        look="celebration",
    )  # fmt: skip
    write_notice(server.database, over, user_id=lead_id, at=moment())
    expect(canteen.get_by_role("heading", name="Cake at two").last).to_be_visible()
    expect(canteen.locator(".sun").last).to_be_visible()

    text = TextDraft(URGENT, minutes=30, urgent=True)
    write_text(server.database, text, user_id=lead_id, at=moment())
    desk.goto(f"{server.url}/desk/review")
    expect(desk.locator("main[data-emergency]")).to_be_attached()
    desk.keyboard.press("Alt+Shift+E")
    expect(desk.get_by_role("button", name=URGENT)).to_be_visible()
    expect(desk.locator("#emergency")).to_be_focused()
    # The key of 1 on a French keyboard, without shift.
    desk.locator("#emergency").dispatch_event(
        "keydown", {"key": "&", "code": "Digit1", "bubbles": True, "cancelable": True}
    )
    expect(desk.get_by_text(f"“{URGENT}” takes every wall over")).to_be_visible()
    expect(desk.locator("#ask-yes")).to_have_text("Hang it now")
    assert canteen.get_by_text(URGENT).count() == lobby.get_by_text(URGENT).count() == 0
    desk.keyboard.press("Enter")
    for wall in (canteen, lobby):
        expect(wall.get_by_role("heading", name=URGENT).last).to_be_visible()
        expect(wall.get_by_text("Important").last).to_be_visible()

    lobby.reload()  # who comes back is told again
    expect(lobby.get_by_role("heading", name=URGENT).last).to_be_visible()

    desk.get_by_role("button", name=f"End now {URGENT}").press("Enter")
    expect(lobby.get_by_text("Too few answers yet: 0 of 30").last).to_be_visible()
    expect(canteen.get_by_role("heading", name="Cake at two").last).to_be_visible()
    assert lobby.get_by_text("Cake at two").count() == 0

    desk.get_by_role("button", name="End now Cake at two").press("Enter")
    expect(canteen.get_by_text("Too few answers yet: 0 of 30").last).to_be_visible()

    desk.goto(f"{server.url}/desk/screens/1/commands")
    desk.get_by_role("button", name="Show its name").press("Enter")
    expect(canteen.locator(".identify").get_by_text("Canteen", exact=True)).to_be_visible()
    assert lobby.locator(".identify").count() == 0
    expect(desk.get_by_role("cell", name="done")).to_be_visible()
    canteen.evaluate("window.neverReloaded = true")
    desk.get_by_role("button", name="Load its page again").press("Enter")
    canteen.wait_for_function("!window.neverReloaded")
    expect(desk.get_by_role("cell", name="done")).to_have_count(2)
    canteen.close()
    lobby.close()
