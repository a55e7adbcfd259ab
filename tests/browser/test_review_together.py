"""Two people at one queue, side by side; and what goes wrong while somebody reviews."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import func, select, update

from signage import clock
from signage.actions import decide
from signage.actions.passwords import hash_password
from signage.models import Claim, Decision, SignIn, User
from tests.answers import state_of
from tests.browser.reviewing import (
    at_desk,
    becomes,
    empty,
    is_now,
    latest,
    person,
    review,
    serving,
    shows,
    stayed,
    wait,
)
from tests.live.conftest import eventually
from tests.serving import Server

ZALGO = "Z" + "\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307" + "algo was here"
ODD = (
    "En mycket lång historia om en leverans som aldrig kom fram. " * 16,
    "👨‍👩‍👧‍👦🇸🇪👍🏽",
    "الخدمة ممتازة والموظفون ودودون",
    ZALGO,
)


@pytest.fixture(scope="module")
def server(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(empty_file, tmp_path_factory.mktemp("together")) as running:
        yield running


@pytest.fixture(scope="module")
def anna(server: Server, browser: Browser) -> Iterator[Page]:
    with at_desk(browser, server, "Anna") as page:
        yield page


@pytest.fixture(scope="module")
def maria(server: Server, browser: Browser) -> Iterator[Page]:
    with at_desk(browser, server, "Maria") as page:
        yield page


@pytest.fixture
def quotes(server: Server, anna: Page, maria: Page) -> list[int]:
    for page in (anna, maria):
        page.context.set_offline(False)
        page.goto("about:blank")  # an empty queue looks again by itself
    empty(server.database)
    return wait(server, *(f"Words number {n}." for n in range(1, 7)))


def holders(server: Server) -> dict[int, int]:
    with server.database.read() as session:
        rows = session.execute(
            select(Claim.quote_id, Claim.user_id).where(Claim.ends_at > clock.now())
        )
        return {row.quote_id: row.user_id for row in rows}


def reject(server: Server, quote: int, user: int) -> None:
    decide.reject(
        server.database, quote, revision=0, reason="unclear", user_id=user, at=clock.now()
    )


def set_aside(server: Server, quote: int, user: int) -> None:
    decide.set_aside(server.database, quote, revision=0, user_id=user, at=clock.now())


def queue_up(server: Server, n: int) -> None:
    """So many more that wait."""
    wait(server, *(f"Waits too {number}." for number in range(n)))


def alone(page: Page, server: Server, quotes: list[int], who: str) -> Page:
    """The review page of somebody, with the first quotes dealt to them."""
    review(page, server)
    user = person(server.database, who)
    eventually(lambda: holders(server) == {quotes[0]: user, quotes[1]: user})
    return page


def test_each_is_dealt_other_quotes_and_sees_what_the_other_reviews(
    server: Server, anna: Page, maria: Page, quotes: list[int]
) -> None:
    alone(maria, server, quotes, "Maria")
    review(anna, server)
    shows(anna, "Words number 3.")
    becomes(anna, quotes[0], "Maria is reviewing")
    becomes(maria, quotes[2], "Anna is reviewing")
    maria.keyboard.press("a")
    shows(maria, "Words number 2.")
    maria.keyboard.press("a")
    shows(maria, "Words number 5.")
    becomes(anna, quotes[0], "Approved by Maria")
    shows(anna, "Words number 3.")
    assert stayed(anna)


def test_leaving_gives_back_what_was_dealt(server: Server, maria: Page, quotes: list[int]) -> None:
    alone(maria, server, quotes, "Maria")
    maria.goto("about:blank")
    eventually(lambda: holders(server) == {})


def test_while_a_laptop_sleeps_another_is_dealt_its_quotes(
    server: Server, anna: Page, maria: Page, quotes: list[int]
) -> None:
    alone(maria, server, quotes, "Maria")
    maria.wait_for_load_state("networkidle")  # nothing of hers is on its way any more
    maria.context.set_offline(True)
    with server.database.write() as session:  # as two minutes without a sign would
        session.execute(update(Claim).values(ends_at=clock.now() - timedelta(seconds=1)))
    review(anna, server)
    shows(anna, "Words number 1.")
    anna.keyboard.press("a")
    shows(anna, "Words number 2.")
    maria.context.set_offline(False)
    expect(maria.locator("#holder")).to_have_text("Approved by Anna")
    expect(maria.locator("#words")).to_have_text("Words number 1.")
    maria.keyboard.press("a")
    becomes(maria, quotes[0], "Approved by Anna")
    assert latest(server.database, quotes[0]).user_id == person(server.database, "Anna")


def test_a_decision_that_came_too_late_brings_the_quote_back_with_what_happened(
    server: Server, maria: Page, quotes: list[int]
) -> None:
    alone(maria, server, quotes, "Maria")
    maria.route("**/desk/quotes/*/approval", lambda route: _overtaken(server, quotes[0], route))
    maria.keyboard.press("a")
    expect(maria.get_by_role("alert")).to_contain_text("Somebody was faster")
    maria.unroute("**/desk/quotes/*/approval")
    expect(maria.get_by_role("alert")).to_contain_text("Rejected by Anna")
    expect(maria.locator("#words")).to_have_text("Words number 1.")
    expect(maria.locator("#approve-button")).to_be_disabled()
    is_now(server, quotes[0], "rejected")
    assert state_of(server.database, quotes[1]) == "waiting"


def _overtaken(server: Server, quote: int, route: Route) -> None:
    reject(server, quote, person(server.database, "Anna"))
    route.continue_()


def test_new_quotes_wait_until_they_are_asked_for(
    server: Server, maria: Page, quotes: list[int]
) -> None:
    alone(maria, server, quotes, "Maria")
    wait(server, "New words.", "Newer words.")
    shown = maria.get_by_role("link", name="2 new")
    expect(shown).to_be_visible()
    expect(maria.locator("#lines")).not_to_contain_text("New words.")
    shown.click()
    expect(maria.locator("#lines")).to_contain_text("Newer words.")
    shows(maria, "Words number 1.")
    assert stayed(maria)


@pytest.mark.parametrize("waiting", [34, 190], ids=["near", "far"])
def test_with_many_waiting_the_first_new_one_is_gone_to(
    server: Server, maria: Page, quotes: list[int], waiting: int
) -> None:
    queue_up(server, waiting)
    alone(maria, server, quotes, "Maria")
    wait(server, "New words.", "Newer words.")
    maria.get_by_role("link", name="2 new").click()
    line = maria.locator("#lines li", has_text="New words.")
    expect(maria.locator("#lines")).to_contain_text("Newer words.")
    if waiting == 34:
        expect(line.get_by_role("link")).to_be_focused()
        shows(maria, "Words number 1.")
        assert stayed(maria)
    else:
        shows(maria, "New words.")
        expect(maria.locator("#words")).to_be_focused()


def test_the_way_on_stays_when_more_is_listed(
    server: Server, maria: Page, quotes: list[int]
) -> None:
    queue_up(server, 85)
    alone(maria, server, quotes, "Maria")
    maria.locator("#lines a").nth(25).click()
    expect(maria.locator("#lines li")).to_have_count(60)
    expect(maria.get_by_role("link", name="Later ones")).to_be_attached()


def test_what_another_takes_back_is_open_again(
    server: Server, maria: Page, quotes: list[int]
) -> None:
    alone(maria, server, quotes, "Maria")
    set_aside(server, quotes[0], person(server.database, "Anna"))
    expect(maria.locator("#holder")).to_have_text("Set aside for later by Anna")
    expect(maria.locator("#approve-button")).to_be_disabled()
    maria.keyboard.press("r")
    expect(maria.locator("#noted")).to_have_text("This one is decided already.")
    expect(maria.locator("#reject")).to_be_hidden()
    undone = latest(server.database, quotes[0])
    decide.undo(server.database, undone.id, user_id=person(server.database, "Anna"), at=clock.now())
    expect(maria.locator("#approve-button")).to_be_enabled()
    expect(maria.locator("#holder")).to_be_empty()
    shows(maria, "Words number 1.")


def test_without_a_socket_the_page_still_hears(
    server: Server, browser: Browser, quotes: list[int]
) -> None:
    with at_desk(browser, server, "Eva") as page:
        page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
        review(page, server)
        reject(server, quotes[3], person(server.database, "Anna"))
        becomes(page, quotes[3], "Rejected by Anna")


def test_a_line_lost_in_mid_decision_loses_nothing(
    server: Server, maria: Page, quotes: list[int]
) -> None:
    with maria.expect_response(f"**/desk/quotes/{quotes[1]}/card") as ahead:
        alone(maria, server, quotes, "Maria")
    ahead.value.finished()
    maria.context.set_offline(True)
    maria.keyboard.press("a")
    expect(maria.locator("#sending")).to_contain_text("Not sent yet")
    shows(maria, "Words number 2.")
    assert state_of(server.database, quotes[0]) == "waiting"
    maria.context.set_offline(False)
    expect(maria.locator("#sending")).to_contain_text("Everything is sent")
    is_now(server, quotes[0], "approved")


def test_an_answer_that_got_lost_is_not_decided_twice(
    server: Server, maria: Page, quotes: list[int]
) -> None:
    alone(maria, server, quotes, "Maria")
    lost: list[bool] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(True)
        route.fetch()
        route.abort()

    maria.route("**/desk/quotes/*/approval", lose)
    maria.keyboard.press("a")
    expect(maria.locator("#sending")).to_contain_text("Everything is sent")
    maria.unroute("**/desk/quotes/*/approval")
    becomes(maria, quotes[0], "Approved")
    with server.database.read() as session:
        made = session.scalar(
            select(func.count())
            .select_from(Decision)
            .where(Decision.quote_id == quotes[0], Decision.verdict == "approve")
        )
    assert made == 1
    assert maria.get_by_role("alert").inner_text() == ""


def test_a_decision_after_the_sign_in_ended_is_kept_until_the_next(
    server: Server, browser: Browser, quotes: list[int]
) -> None:
    with at_desk(browser, server, "Nils") as page:
        review(page, server)
        user = person(server.database, "Nils")
        with server.database.write() as session:
            session.query(SignIn).filter(SignIn.user_id == user).delete()
        page.keyboard.press("a")
        expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()
        assert state_of(server.database, quotes[0]) == "waiting"
        _sign_in_by_hand(server, page, user)
        eventually(lambda: state_of(server.database, quotes[0]) != "waiting")
        assert latest(server.database, quotes[0]).user_id == user


def _sign_in_by_hand(server: Server, page: Page, user: int) -> None:
    with server.database.write() as session:
        account = session.get_one(User, user)
        account.password_hash = hash_password("three words do well")
    page.get_by_role("dialog").get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail").fill("nils@example.com")
    page.get_by_label("Password").fill("three words do well")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/review**")


@pytest.mark.parametrize("words", ODD, ids=["long", "emoji", "right to left", "zalgo"])
def test_odd_words_are_cut_on_whole_characters_and_approved(
    server: Server, maria: Page, quotes: list[int], words: str
) -> None:
    assert quotes
    maria.goto("about:blank")
    empty(server.database)
    (quote,) = wait(server, words)
    page = review(maria, server)
    page.keyboard.press("Alt+Home")
    page.keyboard.press("Alt+ArrowRight" if words is not ODD[2] else "Alt+ArrowLeft")
    page.keyboard.press("x")
    struck = page.locator("#words s").inner_text()
    assert struck
    assert words.strip().startswith(struck) or struck in words
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    is_now(server, quote, "approved")
