"""Findings on the review page: chosen, cut, masked and kept by key and by button."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from signage.actions.lists import add_words
from signage.models import User
from tests.browser import reviewing
from tests.browser.conftest import moment
from tests.browser.test_desk_pages import STILL, shown
from tests.serving import Server

COMMENT = "Anna Sjögren rang mig på 070-123 45 67 👩‍👩‍👧 och skrev till bo@example.se. Jävla bra!"


@pytest.fixture(scope="module")
def server(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with reviewing.serving(empty_file, tmp_path_factory.mktemp("findings")) as running:
        add_words(running.database, "staff", ["Anna Sjögren"], user_id=None, at=moment())
        yield running


@pytest.fixture(scope="module")
def lead(server: Server, browser: Browser) -> Iterator[Page]:
    id_ = reviewing.person(server.database, "Lead")
    with server.database.write() as session:
        session.get_one(User, id_).role = "admin"  # who may also look at the lists
    with reviewing.at_desk(browser, server, "Lead") as page:
        yield page


@pytest.fixture
def review(server: Server, lead: Page) -> Page:
    lead.unroute_all()
    lead.set_viewport_size({"width": 1440, "height": 900})
    lead.goto("about:blank")  # an empty queue looks again by itself
    reviewing.empty(server.database)
    reviewing.wait(server, COMMENT, language="sv")
    return reviewing.review(lead, server)


WIDTHS = (390, 720, 1440)  # a telephone, a window of 1440 at 200 %, a desk


def test_it_keeps_the_rules_and_scrolls_nowhere_sideways(server: Server, review: Page) -> None:
    review.keyboard.press("2")
    for path in ("/desk/review", "/desk/settings/lists"):
        if path not in review.url:
            shown(review, server.url + path)
        expect(review.get_by_text("Anna Sjögren").first).to_be_visible()
        review.evaluate(STILL)
        assert Axe().run(review).response["violations"] == []
        for width in WIDTHS:
            review.set_viewport_size({"width": width, "height": 844})
            assert review.evaluate("document.documentElement.scrollWidth") <= width


def marks(page: Page, *said: str) -> None:
    """What is struck or masked in the words."""
    read(page.locator("#words :is(.struck, .masked)"), said)


def states(page: Page, *said: str) -> None:
    read(page.locator("#findings [data-state]"), said)


def read(parts: Locator, said: Sequence[str]) -> None:
    """The browser tells of a selection in its own time."""
    expect(parts).to_have_text(said, use_inner_text=True)


def test_each_says_what_it_is_why_and_how_sure(review: Page) -> None:
    lines = review.locator("#findings li")
    expect(lines).to_have_count(4)
    assert [line.inner_text().split()[1] for line in lines.all()] == [
        "Name", "Phone", "E-mail", "Rude",
    ]  # fmt: skip
    expect(lines.nth(1)).to_contain_text("high")
    expect(lines.nth(1)).to_contain_text("This is a phone number that exists in its country.")


def pointed_at(page: Page, *said: str) -> None:
    read(page.locator("#findings li.is-chosen .choose .kind"), said)


def test_one_key_decides_what_is_pointed_at_and_the_next_is_pointed_at(review: Page) -> None:
    press = review.keyboard.press
    pointed_at(review, "Name of staff")
    expect(review.locator("#pointed")).to_contain_text("Name of staff")

    press("m")
    expect(review.locator("#said")).to_contain_text("Next: Phone number")
    press("x")
    press("m")
    pointed_at(review, "Rude word")
    press("o")

    expect(review.locator("#said")).to_contain_text("All that was found is decided.")
    states(review, "masked", "cut", "masked", "kept")
    marks(review, "Anna Sjögren", "070-123 45 67", "bo@example.se")
    press("Control+z")
    pointed_at(review, "E-mail address")
    states(review, "masked", "cut", "", "kept")


def test_a_digit_goes_to_a_certain_one(review: Page) -> None:
    press = review.keyboard.press

    press("2")
    expect(review.locator("#said")).to_contain_text("Pointed at: Phone number")
    press("m")
    marks(review, "070-123 45 67")
    assert review.locator("#words .masked").get_attribute("data-says") == "phone number"
    pointed_at(review, "E-mail address")
    press("2")
    press("x")
    states(review, "", "", "", "")
    pointed_at(review, "Phone number")


def test_other_words_that_are_selected_are_meant_in_its_place(review: Page) -> None:
    review.keyboard.press("End")
    pointed_at(review)
    review.keyboard.press("x")
    marks(review, "bra")
    states(review, "", "", "", "")


def test_the_usual_keys_can_be_others(server: Server, review: Page) -> None:
    review.goto(f"{server.url}/desk/settings/keys")
    review.get_by_label("Keep the finding as it is").fill("g")
    review.get_by_role("button", name="Save").click()
    review.goto(f"{server.url}/desk/review")
    review.locator("#preview-facts li").first.wait_for()
    expect(review.locator("[aria-keyshortcuts='G']")).to_be_visible()

    review.keyboard.press("o")
    review.keyboard.press("g")

    states(review, "kept", "", "", "")


def test_a_button_decides_the_same(review: Page) -> None:
    line = review.locator("#findings li").nth(1)
    line.get_by_role("button", name="Cut").click()
    states(review, "", "cut", "", "")
    line.get_by_role("button", name="Mask").click()
    states(review, "", "masked", "", "")
    last = review.locator("#findings li").nth(3)
    last.get_by_role("button", name="Keep").click()
    states(review, "", "masked", "", "kept")
    last.get_by_role("button", name="Keep").click()
    states(review, "", "masked", "", "")


def test_tab_leads_through_them_and_what_has_the_focus_is_chosen(review: Page) -> None:
    review.locator("#finding-3").focus()

    review.keyboard.press("x")

    marks(review, "bo@example.se")


def test_digits_are_the_reasons_while_that_menu_is_open(review: Page) -> None:
    review.keyboard.press("r")
    review.locator("#reject-menu button").first.wait_for()
    review.keyboard.press("Escape")
    marks(review)
    review.keyboard.press("2")
    expect(review.locator("#findings li.is-chosen")).to_have_count(1)


def test_what_was_kept_and_cut_is_still_so_after_looking_at_another(
    server: Server, review: Page
) -> None:
    review.keyboard.press("2")
    review.keyboard.press("x")
    review.keyboard.press("4")
    with review.expect_response("**/findings") as told:
        review.keyboard.press("o")
    assert told.value.status == 204
    review.reload()
    review.locator("#preview-facts li").first.wait_for()

    states(review, "", "cut", "", "kept by Lead")
    quote = review.locator("#card").get_attribute("data-quote")
    review.goto(f"{server.url}/desk/quotes/{quote}")
    kept = review.locator(".events li").filter(has_text="Finding kept as it is")
    expect(kept).to_contain_text("“Jävla”")
    expect(kept).to_contain_text("by Lead")


def test_what_could_not_be_kept_is_open_again_and_says_so(review: Page) -> None:
    review.route("**/findings", lambda route: route.abort())
    review.keyboard.press("o")

    expect(review.get_by_role("alert")).to_contain_text("could not be sent")
    states(review, "", "", "", "")
    pointed_at(review, "Name of staff")


def test_they_stand_over_the_words_while_open(review: Page) -> None:
    lit = "JSON.stringify([...CSS.highlights].map(([name, one]) => [name, one.size]).sort())"
    before = json.loads(review.evaluate(lit))
    review.keyboard.press("2")
    review.keyboard.press("x")
    after = json.loads(review.evaluate(lit))

    assert before == [["finding-chosen", 1], ["finding-high", 3], ["finding-medium", 1]]
    assert ["finding-high", 2] in after
