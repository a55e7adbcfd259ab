"""Findings on the review page: chosen, cut, masked and kept by key and by button."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from signage.actions.lists import add_words
from tests import answers
from tests.browser.conftest import moment
from tests.serving import Server

COMMENT = "Anna Sjögren rang mig på 070-123 45 67 👩‍👩‍👧 och skrev till bo@example.se. Jävla bra!"


@pytest.fixture
def review(server: Server, desk: Page) -> Page:
    add_words(server.database, "staff", ["Anna Sjögren"], user_id=None, at=moment())
    answers.waiting(server.database, at=moment(), comment=COMMENT, language="sv")
    desk.goto(f"{server.url}/desk/review")
    desk.locator("#preview-facts li").first.wait_for()
    return desk


WIDTHS = (390, 720, 1440)  # a telephone, a window of 1440 at 200 %, a desk


def test_it_keeps_the_rules_and_scrolls_nowhere_sideways(server: Server, review: Page) -> None:
    review.keyboard.press("2")
    for path in ("/desk/review", "/desk/settings/lists"):
        if path not in review.url:
            review.goto(server.url + path)
        assert Axe().run(review).response["violations"] == []
        for width in WIDTHS:
            review.set_viewport_size({"width": width, "height": 844})
            assert review.evaluate("document.documentElement.scrollWidth") <= width


def marks(page: Page) -> list[str]:
    """What is struck or masked in the words."""
    return page.locator("#words :is(.struck, .masked)").all_inner_texts()


def states(page: Page) -> list[str]:
    return page.locator("#findings [data-state]").all_inner_texts()


def test_each_says_what_it_is_why_and_how_sure(review: Page) -> None:
    lines = review.locator("#findings li")
    expect(lines).to_have_count(4)
    assert [line.inner_text().split()[1] for line in lines.all()] == [
        "Name", "Phone", "E-mail", "Rude",
    ]  # fmt: skip
    expect(lines.nth(1)).to_contain_text("high")
    expect(lines.nth(1)).to_contain_text("This is a phone number that exists in its country.")


def test_a_digit_chooses_and_a_key_decides(review: Page) -> None:
    press = review.keyboard.press

    press("2")
    expect(review.locator("#said")).to_contain_text("Chosen: Phone number")
    press("m")
    assert marks(review) == ["070-123 45 67"]
    assert review.locator("#words .masked").get_attribute("data-says") == "phone number"
    press("3")
    press("x")
    assert marks(review) == ["070-123 45 67", "bo@example.se"]
    press("4")
    press("o")
    press("1")
    press("m")
    assert states(review) == ["masked", "masked", "cut", "kept"]
    review.keyboard.press("Control+z")
    assert states(review) == ["", "masked", "cut", "kept"]


def test_a_button_decides_the_same(review: Page) -> None:
    line = review.locator("#findings li").nth(1)
    line.get_by_role("button", name="Cut").click()
    assert states(review) == ["", "cut", "", ""]
    line.get_by_role("button", name="Mask").click()
    assert states(review) == ["", "masked", "", ""]
    last = review.locator("#findings li").nth(3)
    last.get_by_role("button", name="Keep").click()
    assert states(review) == ["", "masked", "", "kept"]
    last.get_by_role("button", name="Keep").click()
    assert states(review) == ["", "masked", "", ""]


def test_tab_leads_through_them_and_what_has_the_focus_is_chosen(review: Page) -> None:
    review.locator("#finding-3").focus()

    review.keyboard.press("x")

    assert marks(review) == ["bo@example.se"]


def test_digits_are_the_reasons_while_that_menu_is_open(review: Page) -> None:
    review.keyboard.press("r")
    review.locator("#reject-menu button").first.wait_for()
    review.keyboard.press("Escape")
    assert marks(review) == []
    review.keyboard.press("2")
    expect(review.locator("#findings li.is-chosen")).to_have_count(1)


def test_what_was_kept_and_cut_is_still_so_after_looking_at_another(
    review: Page,
) -> None:
    review.keyboard.press("2")
    review.keyboard.press("x")
    review.keyboard.press("4")
    review.keyboard.press("o")
    review.reload()
    review.locator("#preview-facts li").first.wait_for()

    assert states(review) == ["", "cut", "", "kept"]


def test_they_stand_over_the_words_while_open(review: Page) -> None:
    lit = "JSON.stringify([...CSS.highlights].map(([name, one]) => [name, one.size]).sort())"
    before = json.loads(review.evaluate(lit))
    review.keyboard.press("2")
    review.keyboard.press("x")
    after = json.loads(review.evaluate(lit))

    assert before == [["finding-high", 3], ["finding-medium", 1]]
    assert ["finding-high", 2] in after
