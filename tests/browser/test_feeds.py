"""A feed while it is made: what it would hold stands beside the form, and follows it."""

from playwright.sync_api import Browser, Page, expect

from signage.actions import decide, plans
from signage.actions.feeds import delete_feed
from signage.core.plan import NO_GROUP, Entry
from tests import answers
from tests.browser.conftest import moment
from tests.feeding import made
from tests.planning import digest, publish
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
    with desk.expect_navigation(url="**/feeds/new?kind=quotes*"):  # also its script is there then
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


def test_a_wall_whose_playlist_names_a_feed_shows_what_it_holds_and_passes_it_over_once_deleted(
    server: Server, browser: Browser, lead_id: int
) -> None:
    database = server.database
    for n, place in enumerate(("Delivery", "Shop")):
        answers.hung(
            database, str(n), lead=lead_id, at=moment(), comment=f"Said at the {place}.",
            touchpoint=place, score=n * 9,
        )  # fmt: skip
    feed = made(database, lead_id, moment(), touchpoints=(2,))
    playlist = plans.add_playlist(database, "The shop", at=moment())
    seen = digest(database, playlist)
    plans.set_entry(
        database, playlist, None, Entry("quote", f"f{feed}"), seen=seen, at=moment()
    )  # fmt: skip
    plans.set_default(database, NO_GROUP, playlist, at=moment())
    publish(database, at=moment())

    wall = browser.new_page(viewport={"width": 1920, "height": 1080})
    wall.goto(server.wall_link())
    expect(wall.locator(".quote-words").last).to_contain_text("Said at the Shop.")
    expect(wall.locator(".frame-foot")).to_contain_text("Shown here")
    decide.withdraw(database, 2, reason="other", user_id=lead_id, at=moment())
    expect(wall.locator(".quote-words")).to_have_count(0)
    answers.hung(
        database, "3", lead=lead_id, at=moment(), comment="Another at the Shop.", touchpoint="Shop"
    )
    expect(wall.locator(".quote-words").last).to_contain_text("Another at the Shop.")
    delete_feed(database, feed, user_id=lead_id, at=moment())
    expect(wall.locator(".quote-words")).to_have_count(0)
    wall.close()
