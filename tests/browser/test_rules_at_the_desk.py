"""A rule from its first word to its first decision, by keyboard alone."""

from playwright.sync_api import Page, expect

from tests import answers, ruling
from tests.browser.conftest import moment
from tests.serving import Server


def reach(page: Page, name: str) -> None:
    """Go on with Tab until what has this name has the focus; shown to be within reach."""
    for _ in range(80):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "(e => (e.labels?.[0] ?? e).innerText.trim() || e.ariaLabel)(document.activeElement)"
        )
        if (told or "").startswith(name):
            return
    raise AssertionError(f"{name} is not within reach")


def press(page: Page, name: str) -> None:
    """Press it, and be on the page that it leads to."""
    reach(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_rule_is_written_tried_switched_on_and_objected_to(
    server: Server, desk: Page, lead_id: int
) -> None:
    for number, comment in enumerate(("Great sofa!", "Never again.", "Great, thanks")):
        answers.waiting(server.database, str(number), at=moment(), comment=comment, score=9)
    ruling.trusted(server.database, lead_id, moment())
    page = desk
    page.goto(f"{server.url}/desk/settings/rules")
    press(page, "Write the first rule")

    reach(page, "Name")
    page.keyboard.type("Short praise")
    reach(page, "Words")
    page.keyboard.type("great")
    reach(page, "Decide nothing")
    page.keyboard.press("ArrowDown")  # the last of them: on to the first
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Approve, unless somebody objects")).to_be_checked()
    press(page, "Save and try")

    expect(page.get_by_role("status")).to_have_text("Would have approved 2 of 3")
    expect(page.locator("mark")).to_have_text(["Great", "Great"])
    press(page, "Switch the rule on")
    expect(page.locator(".rule-state")).to_have_text("decides")

    for _ in range(600):  # the rule is asked within a second or so; each look is a page
        page.goto(f"{server.url}/desk/soon")
        if page.get_by_role("button", name="Object").count() == 2:
            break
    expect(page.get_by_role("button", name="Object").first).to_be_focused()
    expect(page.locator(".said").first).to_have_text("Approved by rule “Short praise”: Great")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It waits in the queue again.")).to_be_visible()
    expect(page.get_by_role("button", name="Object")).to_have_count(1)
    assert answers.state_of(server.database, 1) == "waiting"


def test_rules_change_places_by_keys_and_keep_the_focus(
    server: Server, desk: Page, lead_id: int
) -> None:
    for name in "abc":
        ruling.rule(server.database, name, lead=lead_id, at=moment(), state="watch")
    page = desk
    page.goto(f"{server.url}/desk/settings/rules")
    page.locator("#rule-3 h2 a").focus()

    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".rules h2 a")).to_have_text(["a", "c", "b"])
    expect(page.locator("#rule-3 button[value=earlier]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".rules h2 a")).to_have_text(["c", "a", "b"])
    expect(page.locator("#rule-3 button[value=later]")).to_be_focused()
