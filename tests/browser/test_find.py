"""Find by keyboard alone: words, a filter, a view, a history, and back into the queue."""

from playwright.sync_api import Page, expect

from signage.actions import decide
from tests import answers
from tests.browser.conftest import moment
from tests.browser.test_desk_pages import shown
from tests.serving import Server


def fill(server: Server, lead_id: int) -> None:
    for number, comment in enumerate(("Bra service för alla.", "For her.", "För dyrt!"), start=1):
        answers.waiting(server.database, str(number), at=moment(), comment=comment)
    decide.reject(server.database, 3, revision=0, reason="off_topic", user_id=lead_id, at=moment())


def test_a_rejected_quote_is_found_and_reviewed_again(
    server: Server, desk: Page, lead_id: int
) -> None:
    fill(server, lead_id)
    desk.goto(f"{server.url}/desk/find")
    desk.get_by_label("Words of the customer").focus()
    desk.keyboard.type("för")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="2 found")).to_be_visible()
    expect(desk.locator("mark")).to_have_text(["För", "för"])

    desk.get_by_label("State").focus()
    desk.keyboard.type("rejected")
    desk.get_by_label("Words of the customer").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="1 found")).to_be_visible()
    expect(desk.locator("mark")).to_have_text(["För"])

    desk.get_by_text("Save this view").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Too dear")
    desk.keyboard.press("Enter")
    view = desk.get_by_role("navigation", name="Saved views").get_by_role("link", name="Too dear")
    expect(view).to_have_attribute("aria-current", "page")

    desk.get_by_role("link", name="History quote 3").press("Enter")
    expect(desk.get_by_role("list").filter(has_text="Not about us")).to_be_visible()
    desk.get_by_role("button", name="Review again").press("Enter")
    expect(desk.locator("#words")).to_have_text("För dyrt!")
    assert answers.state_of(server.database, 3) == "waiting"


def test_what_is_found_is_downloaded_and_the_page_stays(
    server: Server, desk: Page, lead_id: int
) -> None:
    fill(server, lead_id)
    desk.goto(f"{server.url}/desk/find?q=f%C3%B6r")
    desk.get_by_text("Export").press("Enter")
    for _ in range(2):
        with desk.expect_download() as begun:
            desk.get_by_role("button", name="Download as CSV").press("Enter")
        assert len(begun.value.path().read_text("utf-8").splitlines()) == 3
    expect(desk.get_by_role("heading", name="2 found")).to_be_visible()


def test_menus_stay_within_a_telephone(server: Server, desk: Page, lead_id: int) -> None:
    fill(server, lead_id)
    desk.set_viewport_size({"width": 390, "height": 844})
    shown(desk, f"{server.url}/desk/find?q=f%C3%B6r")
    for name in ("Save this view", "Export"):
        desk.get_by_text(name, exact=True).click()
        expect(desk.locator("details[open] .menu")).to_be_in_viewport()
        assert desk.evaluate("document.documentElement.scrollWidth") == 390
        desk.get_by_text(name, exact=True).click()
