"""The desk as people use it: by keyboard alone, on a telephone, with a screen reader, magnified."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from signage.actions.prefer import prefer
from tests import answers
from tests.browser.conftest import moment
from tests.browser.desk_filling import AWKWARD, fill
from tests.browser.desk_pages import PAGES
from tests.browser.reviewing import UNHURRIED
from tests.serving import Server

TELEPHONE, MAGNIFIED = 390, 720  # 720: a window of 1440 at 200 %
# Colours that are on their way can be read by nobody.
STILL = """() => {
  for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
}"""
RULES = {"rules": {"target-size": {"enabled": True}}}


def broken_rules(page: Page) -> list[str]:
    """axe's findings, one line each."""
    page.evaluate(STILL)
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html']}" for one in found]


def shown(page: Page, address: str) -> Page:
    """The page once all of it is there."""
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => undefined)")
    if page.locator("#preview").count():
        page.locator("#preview-facts li").first.wait_for()
    return page


def waits(server: Server, *comments: str) -> None:
    prefer(server.database, UNHURRIED, at=moment())
    for number, comment in enumerate(comments):
        answers.waiting(server.database, str(number), at=moment(), comment=comment, language="en")


def review(server: Server, desk: Page) -> Page:
    return shown(desk, f"{server.url}/desk/review")


def test_every_page_keeps_the_rules_while_empty(server: Server, desk: Page) -> None:
    found = [rule for path in PAGES for rule in broken_rules(shown(desk, server.url + path))]
    assert found == []


def test_every_page_keeps_the_rules_when_full(server: Server, desk: Page, lead_id: int) -> None:
    fill(server, lead_id, at=moment())
    found = [rule for path in PAGES for rule in broken_rules(shown(desk, server.url + path))]
    assert found == []


@pytest.mark.parametrize("width", [TELEPHONE, MAGNIFIED])
def test_nothing_scrolls_sideways(server: Server, desk: Page, lead_id: int, width: int) -> None:
    fill(server, lead_id, at=moment())
    desk.set_viewport_size({"width": width, "height": 844})
    wider = [
        path
        for path in PAGES
        if shown(desk, server.url + path).evaluate("document.documentElement.scrollWidth") > width
    ]
    assert wider == []


def test_pages_before_signing_in_keep_the_rules(server: Server, browser: Browser) -> None:
    page = browser.new_page()
    paths = ("/sign-in", "/link/unknown", "/nowhere")
    found = [rule for path in paths for rule in broken_rules(shown(page, server.url + path))]
    page.close()
    assert found == []


def test_words_are_cut_and_approved_by_keyboard_alone(server: Server, desk: Page) -> None:
    waits(server, "We solved it all. Thank you.")
    page = review(server, desk)
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#said")).to_have_text("Selected: We solved")
    page.keyboard.press("x")
    expect(page.locator("#words s")).to_have_text("We solved")
    expect(page.locator("#preview .quote-words")).to_have_text("[…] it all. Thank you.")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    expect(page.locator(".toast")).to_contain_text("Approved")
    assert answers.state_of(server.database, 1) == "approved"


def test_what_is_marked_by_pointer_is_whole_words_and_can_be_taken_back(
    server: Server, desk: Page
) -> None:
    waits(server, "Ring me on 555 0199 please.")
    page = review(server, desk)
    page.locator("#words").dblclick(position={"x": 20, "y": 25})
    page.get_by_label("as", exact=True).select_option("other")
    page.get_by_role("button", name="Mask M").click()
    expect(page.locator("#words mark")).to_have_text("Ring")
    page.keyboard.press("Control+z")
    expect(page.locator("#words mark")).to_have_count(0)
    expect(page.locator("#words")).to_have_text("Ring me on 555 0199 please.")


def test_nothing_at_all_cannot_be_approved(server: Server, desk: Page) -> None:
    waits(server, "Never again.")
    page = review(server, desk)
    for key in ("Home", "Shift+End", "x"):
        page.keyboard.press(key)
    expect(page.get_by_role("alert")).to_contain_text("Nothing is left to show")
    expect(page.get_by_role("button", name="Approve")).to_be_disabled()
    page.get_by_role("button", name="Restore all").click()
    expect(page.get_by_role("button", name="Approve")).to_be_enabled()


def test_a_rejection_by_keys_is_undone_by_key(server: Server, desk: Page) -> None:
    waits(server, "First.", "Second.")
    page = review(server, desk)
    page.keyboard.press("r")
    page.keyboard.press("3")
    expect(page.locator("#words")).to_have_text("Second.")
    expect(page.locator("#preview-facts li").first).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("#words")).to_have_text("First.")


def test_marks_wait_while_other_quotes_are_looked_at(server: Server, desk: Page) -> None:
    waits(server, "First words.", "Second words.")
    page = review(server, desk)
    for key in ("ArrowRight", "x", "j"):
        page.keyboard.press(key)
    expect(page.locator("#words")).to_have_text("Second words.")
    expect(page.locator("#preview-facts li").first).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator("#words s")).to_have_text("First")


def test_single_keys_can_be_switched_off(server: Server, desk: Page) -> None:
    waits(server, "Good.")
    page = review(server, desk)
    page.keyboard.press("?")
    page.get_by_label("Decide with single keys, without Ctrl or Alt").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("a")
    expect(page.locator("#words")).to_have_text("Good.")
    assert answers.state_of(server.database, 1) == "waiting"
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()


def test_deciding_needs_no_script(server: Server, browser: Browser, desk: Page) -> None:
    waits(server, "Good.")
    context = browser.new_context(
        storage_state=desk.context.storage_state(), java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{server.url}/desk/review")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    context.close()


def test_awkward_comments_stand_there_as_text(server: Server, desk: Page) -> None:
    waits(server, AWKWARD[1])
    page = review(server, desk)
    expect(page.locator("#words")).to_have_text(AWKWARD[1])
    assert page.locator("#words").evaluate("e => getComputedStyle(e).direction") == "rtl"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    second = AWKWARD[1].split()[1]
    expect(page.locator("#said")).to_have_text(f"Selected: {second}")
