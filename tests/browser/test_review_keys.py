"""Each key of the review page, with one person."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from signage import clock
from signage.core.shortcuts import USUAL
from signage.models import QuoteRevision
from signage.models.tag import tags_of
from tests.answers import state_of
from tests.browser.reviewing import (
    at_desk,
    becomes,
    empty,
    is_now,
    latest,
    quote_of,
    review,
    serving,
    shows,
    stayed,
    wait,
)
from tests.browser.test_desk_pages import MAGNIFIED, TELEPHONE, broken_rules
from tests.serving import Server

# Before the next quote can have been read, however slow the machine is at pressing keys.
THRICE = """(words) => {
  const pressed = { key: "a", bubbles: true, cancelable: true };
  for (let n = 0; n < 3; n += 1) words.dispatchEvent(new KeyboardEvent("keydown", pressed));
}"""


@pytest.fixture(scope="module")
def server(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(empty_file, tmp_path_factory.mktemp("keys")) as running:
        yield running


@pytest.fixture(scope="module")
def lead(server: Server, browser: Browser) -> Iterator[Page]:
    with at_desk(browser, server, "Lead") as page:
        yield page


@pytest.fixture
def quotes(server: Server, lead: Page) -> list[int]:
    lead.goto("about:blank")  # an empty queue looks again by itself
    empty(server.database)
    return wait(server, "First words.", "Second words.", "Third words.")


@pytest.fixture
def page(server: Server, lead: Page, quotes: list[int]) -> Page:  # noqa: ARG001 - they wait
    return review(lead, server)


def test_j_and_k_look_through_the_queue_without_a_page_load(page: Page) -> None:
    page.keyboard.press("j")
    shows(page, "Second words.")
    expect(page.locator("#lines [aria-current]")).to_contain_text("Second words.")
    page.keyboard.press("k")
    shows(page, "First words.")
    page.go_back()
    shows(page, "Second words.")
    page.go_forward()
    shows(page, "First words.")
    assert stayed(page)


def test_a_approves_once_however_often_it_is_pressed(
    server: Server, page: Page, quotes: list[int]
) -> None:
    page.locator("#words").evaluate(THRICE)
    shows(page, "Second words.")
    becomes(page, quotes[0], "Approved")
    expect(page.locator("#outcome")).to_contain_text("on the wall in")
    is_now(server, quotes[0], "approved")
    assert state_of(server.database, quotes[1]) == "waiting"
    assert stayed(page)
    page.keyboard.press("a")
    shows(page, "Third words.")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    is_now(server, quotes[2], "approved")


def test_r_rejects_for_the_reason_of_a_digit(server: Server, page: Page, quotes: list[int]) -> None:
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Offensive")).to_be_visible()
    page.keyboard.press("3")
    shows(page, "Second words.")
    expect(page.locator("#outcome")).to_have_text("Rejected")
    becomes(page, quotes[0], "Rejected")
    is_now(server, quotes[0], "rejected")
    assert latest(server.database, quotes[0]).reason == "offensive"


def test_s_sets_aside_and_u_takes_it_back(server: Server, page: Page, quotes: list[int]) -> None:
    page.keyboard.press("s")
    shows(page, "Second words.")
    expect(page.locator("#outcome")).to_have_text("Set aside for later")
    is_now(server, quotes[0], "set_aside")
    page.keyboard.press("u")
    shows(page, "First words.")
    is_now(server, quotes[0], "waiting")
    assert stayed(page)


def test_u_takes_an_approval_back_as_soon_as_it_is_made(
    server: Server, page: Page, quotes: list[int]
) -> None:
    page.keyboard.press("a")
    page.keyboard.press("u")
    expect(page.locator("#undo")).to_be_hidden()
    shows(page, "First words.")
    is_now(server, quotes[0], "waiting")
    assert latest(server.database, quotes[0]).verdict == "undo"


def test_x_cuts_and_m_masks_words_and_with_alt_single_characters(
    server: Server, page: Page, quotes: list[int]
) -> None:
    page.keyboard.press("ArrowRight")
    page.keyboard.press("x")
    expect(page.locator("#words s")).to_have_text("First")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(page.locator("#said")).to_have_text("Selected: wo")
    page.keyboard.press("m")
    expect(page.locator("#words mark")).to_have_text("wo")
    page.keyboard.press("a")
    shows(page, "Second words.")
    is_now(server, quotes[0], "approved")
    with server.database.read() as session:
        spans = session.scalars(select(QuoteRevision.spans)).all()[-1]
    assert spans["cuts"] == [{"start": 0, "end": 5}]
    assert [(one["start"], one["end"]) for one in spans["masks"]] == [(6, 8)]


def test_t_tags(server: Server, page: Page, quotes: list[int]) -> None:
    page.keyboard.press("t")
    expect(page.get_by_label("A tag, new or known")).to_be_focused()
    page.keyboard.type("Delivery time")
    page.keyboard.press("Enter")
    expect(page.locator("#tags")).to_contain_text("Delivery time")
    with server.database.read() as session:
        assert [tag.name for tag in tags_of(session, quotes)[quotes[0]]] == ["Delivery time"]
    page.locator("#tags button").press("Enter")
    expect(page.locator("#tags li")).to_have_count(0)
    with server.database.read() as session:
        assert tags_of(session, quotes) == {}
    assert stayed(page)


def test_after_tagging_escape_or_an_empty_enter_leads_back_to_the_keys(
    server: Server, page: Page, quotes: list[int]
) -> None:
    page.keyboard.press("t")
    page.keyboard.type("kind")
    page.keyboard.press("Enter")
    expect(page.locator("#tags")).to_contain_text("kind")
    for leave in ("Escape", "Enter"):
        page.locator("#tag").focus()
        page.keyboard.press(leave)
        expect(page.locator("#words")).to_be_focused()
    page.keyboard.press("a")
    shows(page, "Second words.")
    is_now(server, quotes[0], "approved")


def test_p_approves_for_a_time_ahead(server: Server, page: Page, quotes: list[int]) -> None:
    page.keyboard.press("p")
    expect(page.locator("#publish_at")).to_be_focused()
    later = clock.now() + timedelta(days=3)
    page.locator("#publish_at").fill(later.strftime("%Y-%m-%dT09:00"))
    page.keyboard.press("Enter")
    shows(page, "Second words.")
    expect(page.locator("#outcome")).to_contain_text("on the wall")
    expect(page.locator("#outcome")).to_contain_text("09:00")
    quote = quote_of(server.database, quotes[0])
    assert quote.state == "approved"
    assert quote.publish_at
    assert quote.publish_at.date() == later.date()


def test_a_time_gone_by_brings_the_quote_back_with_the_reason(
    server: Server, page: Page, quotes: list[int]
) -> None:
    page.keyboard.press("p")
    page.locator("#publish_at").fill("2020-01-01T09:00")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose a time from now on")
    shows(page, "First words.")
    assert state_of(server.database, quotes[0]) == "waiting"


def test_help_and_search_have_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="All keys")).to_be_visible()
    assert broken_rules(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.wait_for_url("**/desk/find**")


def test_every_key_has_a_button(page: Page) -> None:
    page.keyboard.press("a")  # from now on there is something to take back
    shows(page, "Second words.")
    always = {deed: key for deed, key in USUAL.items() if deed != "keep"}  # beside a finding only
    for key in always.values():
        named = page.locator(f"[aria-keyshortcuts='{key.upper()}']")
        assert named.count() == 1, key
        assert named.is_visible(), key


@pytest.mark.parametrize("width", [TELEPHONE, MAGNIFIED])
def test_keys_and_menus_keep_their_place_in_a_narrow_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    try:
        for button in ("#next", "#previous", "#search", "#help"):
            expect(page.locator(button)).to_be_visible()
        bar = page.locator(".decide").bounding_box()
        assert bar
        for key, menu in (("r", "#reject"), ("p", "#publish")):
            page.locator("#words").focus()
            page.keyboard.press(key)
            box = page.locator(menu).bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= bar["y"]
            assert broken_rules(page) == []
            page.keyboard.press("Escape")
    finally:
        page.set_viewport_size({"width": 1440, "height": 900})


def test_what_a_key_cannot_do_is_said_where_it_is_seen(server: Server, lead: Page) -> None:
    lead.goto("about:blank")
    empty(server.database)
    wait(server, "Kind.", "word " * 201)
    page = review(lead, server)
    page.keyboard.press("k")
    expect(page.locator("#noted")).to_have_text("That was the first one here.")
    page.keyboard.press("j")
    expect(page.locator("#noted")).to_be_empty()
    why = "Too long for a wall: it holds 200 words. Cut some of it."
    expect(page.get_by_role("alert")).to_have_text(why)
    expect(page.locator("#unfit")).to_have_text(why)
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.locator("#preview")).to_be_hidden()
    page.keyboard.press("a")
    expect(page.locator("#said")).to_have_text(why)


def test_keys_are_chosen_by_each_person(server: Server, page: Page, quotes: list[int]) -> None:
    page.goto(f"{server.url}/desk/settings/keys")
    assert broken_rules(page) == []
    page.get_by_label("Approve", exact=True).fill("j")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("taken twice")
    page.get_by_label("Approve", exact=True).fill("g")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    review(page, server)
    expect(page.locator("#approve-button")).to_have_attribute("aria-keyshortcuts", "G")
    page.keyboard.press("a")
    page.keyboard.press("g")
    shows(page, "Second words.")
    becomes(page, quotes[0], "Approved")


def test_who_is_named_is_chosen_from_what_the_consent_allows(server: Server, lead: Page) -> None:
    lead.goto("about:blank")
    empty(server.database)
    (quote,) = wait(server, "Kind.", name="Anna Ek", consent="full_name")
    page = review(lead, server)
    choice = page.get_by_label("Shown as")
    expect(choice.locator("option")).to_have_text(["Anna Ek", "Anna", "a customer"])
    choice.select_option(label="Anna")
    expect(page.locator("#preview .stage")).to_contain_text("Anna")
    expect(page.locator("#preview .stage")).not_to_contain_text("Ek")
    page.locator("#words").focus()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    with server.database.read() as session:
        spans = session.scalars(
            select(QuoteRevision.spans).where(QuoteRevision.quote_id == quote)
        ).one()
    assert spans["who"] == "first_name"
