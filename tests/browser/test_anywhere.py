"""The wall as a web page: inside another site's page, and in an ordinary window by hand."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlalchemy import select

from signage.actions import decide, look
from signage.models import Quote, SurveyResponse, preferences
from tests import answers
from tests.browser.conftest import moment
from tests.browser.house import HANGS, KEPT
from tests.browser.test_desk_pages import broken_rules
from tests.conftest import patient
from tests.patience import eventually
from tests.serving import FLAGS, Server, chromium

LOOK = look.Look("", "full", {}, "", "")
BLOCKING = '{"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": true}}'


class _Around(BaseHTTPRequestHandler):
    """Another site's page around the address that its own address names."""

    def do_GET(self) -> None:
        """The page."""
        page = '<!doctype html><title>Signs</title><iframe width="1280" height="720" src="{}">'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.format(self.path.partition("?")[2].replace("~", "#")).encode())

    def log_message(self, *_: object) -> None:
        """Nothing on the test's output."""


@pytest.fixture
def around() -> Iterator[str]:
    """Another site: 127.0.0.1 is not localhost."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Around)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def strict(playwright: Playwright, tmp_path: Path) -> Iterator[Page]:
    """A browser that keeps nothing for sites inside others' pages."""
    (tmp_path / "profile" / "Default").mkdir(parents=True)
    (tmp_path / "profile" / "Default" / "Preferences").write_text(BLOCKING)
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile", executable_path=chromium(), args=list(FLAGS), headless=True
    )
    patient(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def hanging(server: Server, lead_id: int) -> Server:
    """A server with three long quotes on its walls."""
    for n in ("1", "2", "3"):
        answers.hung(server.database, n, at=moment(), lead=lead_id, comment=f"Words no. {n}")
    return server


def test_another_site_shows_the_wall_only_where_it_may(
    hanging: Server, strict: Page, around: str, lead_id: int
) -> None:
    link = hanging.wall_link()
    refusals: list[str] = []
    strict.on("console", lambda said: refusals.append(said.text))
    with strict.expect_console_message(lambda said: "frame-ancestors" in said.text):
        strict.goto(f"{around}/?{link.replace('#', '~')}")
    expect(strict.frame_locator("iframe").locator(".stage")).to_have_count(0)

    framed = replace(LOOK, framed_by=around)
    look.dress(hanging.database, framed, user_id=lead_id, at=moment())
    strict.reload()
    wall = strict.frame_locator("iframe")
    expect(wall.get_by_text("Words no. ").first).to_be_visible()
    expect(wall.get_by_text("live", exact=True)).to_be_visible()
    assert strict.context.cookies() == []
    assert all("third" in text or "frame-ancestors" in text for text in refusals), refusals


def test_a_kept_wall_hears_which_sites_may_frame_it(
    hanging: Server, browser: Browser, around: str, lead_id: int
) -> None:
    def allow(sites: str) -> None:
        framed = replace(LOOK, framed_by=sites)
        look.dress(hanging.database, framed, user_id=lead_id, at=moment())

    # The same site, or this browser keeps nothing in the frame.
    around = around.replace("127.0.0.1", "localhost")
    allow(around)
    page = browser.new_page()
    page.goto(f"{around}/?{hanging.wall_link().replace('#', '~')}")
    wall = page.frame_locator("iframe")
    expect(wall.get_by_text("live", exact=True)).to_be_visible()
    assert page.frames[1].evaluate(KEPT)

    def shows(stages: int) -> bool:
        page.reload()  # what is kept hangs where the server takes too long to say
        return wall.locator(".stage").count() == stages

    for sites, stages in (("", 0), (around, 1)):
        allow(sites)
        eventually(partial(shows, stages))
    page.close()


def test_the_wall_s_frames_are_the_company_s_choice(hanging: Server, desk: Page) -> None:
    desk.goto(f"{hanging.url}/desk/settings/look")
    sites = desk.get_by_label("Sites that may show a wall in a frame")
    sites.fill("https://signs.example.com/page")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("is no site such as").first).to_be_visible()
    sites.fill("https://signs.example.com\nhttps://*.example.org")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save").click()
    expect(sites).to_have_value("https://signs.example.com\nhttps://*.example.org")
    with hanging.database.read() as session:
        assert preferences(session).framed_by == "https://signs.example.com https://*.example.org"
    policy = desk.request.get(f"{hanging.url}/wall").headers["content-security-policy"]
    assert policy.endswith("; frame-ancestors https://signs.example.com https://*.example.org")
    policy = desk.request.get(f"{hanging.url}/sign-in").headers["content-security-policy"]
    assert policy.endswith("; frame-ancestors 'none'")


def test_the_look_is_seen_on_both_grounds_while_it_is_chosen(server: Server, desk: Page) -> None:
    desk.goto(f"{server.url}/desk/settings/look")
    titles = [desk.locator(f"#look-{ground} .frame-title strong") for ground in ("ink", "paper")]
    desk.get_by_role("textbox", name="CSAT").fill("How it went")
    desk.get_by_label("A colour of our own in the frame").check()
    desk.get_by_label("Colour", exact=True).fill("#00006b")

    for title, colour in zip(titles, ("rgb(128, 160, 225)", "rgb(0, 0, 107)"), strict=True):
        expect(title).to_have_text("How it went")
        expect(title).to_have_css("color", colour)
    desk.get_by_label("Time and freshness alone").check()
    for ground in ("ink", "paper"):
        title = desk.locator(f"#look-{ground} .frame-title")
        expect(title).to_have_css("clip-path", "inset(50%)")


def test_a_wall_that_nobody_touches_shows_no_tools(hanging: Server, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(hanging.wall_link())
    expect(page.get_by_text("live", exact=True)).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    assert not page.evaluate("performance.getEntriesByName(location.origin).length")

    def shows_tools() -> bool:  # for some seconds
        for place in (300, 320):
            page.mouse.move(place, place)
        return page.get_by_role("button").count() == 3

    eventually(shows_tools)
    page.close()


def test_a_person_goes_through_the_scenes_by_hand(
    hanging: Server, browser: Browser, lead_id: int
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto(hanging.wall_link().replace("/wall#", "/wall?calm=1#"))
    expect(page.get_by_text("live", exact=True)).to_be_visible()
    told, words = page.get_by_role("status"), page.locator(HANGS)
    expect(told).to_be_empty()
    expect(words).to_be_visible()  # before the first scene there is nothing to hold
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    first = words.text_content() or ""
    while first.count("Words no.") != 1:  # it was the turn of a figure, or of several at once
        page.keyboard.press("ArrowRight")
        expect(words).not_to_have_text(first)
        first = words.text_content() or ""
    page.keyboard.press("ArrowRight")
    expect(words).not_to_have_text(first)
    expect(told).to_contain_text(": ")
    page.keyboard.press("ArrowLeft")
    expect(words).to_have_text(first)
    expect(page.get_by_role("region", name="Customer voices")).to_contain_text("Words no.")
    assert page.get_by_role("heading", level=1).count() == 1
    assert broken_rules(page) == []
    number = first.partition("Words no. ")[2][0]
    with hanging.database.read() as session:
        said = SurveyResponse.comment == f"Words no. {number}"
        held = session.scalars(select(Quote.id).join(Quote.response).where(said)).one()
    decide.withdraw(hanging.database, held, reason="other", user_id=lead_id, at=moment())
    expect(words).not_to_contain_text(f"Words no. {number}")
    expect(words).not_to_be_empty()
    page.get_by_role("button", name="Go on").click()  # what follows is paused, too
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.close()
