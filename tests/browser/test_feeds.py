"""A feed while it is made: what it would hold stands beside the form, and follows it."""

from playwright.sync_api import Page, expect

from tests import answers
from tests.browser.conftest import moment
from tests.serving import Server


def test_the_page_shows_what_a_feed_would_hold_before_it_is_saved(
    server: Server, desk: Page, lead_id: int
) -> None:
    for n, place in enumerate(("Delivery", "Delivery", "Shop")):
        answers.hung(
            server.database, str(n), lead=lead_id, at=moment(), comment=f"Said at the {place}.",
            touchpoint=place,
        )  # fmt: skip
    desk.goto(f"{server.url}/desk/screens/feeds")
    desk.get_by_role("link", name="Make the first feed").press("Enter")
    desk.get_by_role("link", name="Quotes").press("Enter")
    figure = desk.locator("#held .held-figure")
    expect(figure).to_have_text("3")

    desk.get_by_label("Name").fill("Shop words")
    desk.locator("#touchpoints summary").press("Enter")
    desk.get_by_role("checkbox", name="Shop").press("Space")
    expect(figure).to_have_text("1")
    expect(desk.locator("#held blockquote")).to_have_text("Said at the Shop.")
    desk.locator("#size").fill("0")
    expect(desk.locator("#held")).to_contain_text("cannot be kept")
    desk.locator("#size").fill("5")
    expect(figure).to_have_text("1")

    desk.get_by_role("button", name="Save").press("Enter")
    expect(desk.get_by_role("link", name="Shop words", exact=True)).to_be_visible()
    assert set(answers.items(server.database, "f1")) == {"q3", "turns"}
