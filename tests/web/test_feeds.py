"""Feeds at the desk: made, looked at before they are kept, changed, deleted and taken back."""

import re
from datetime import datetime

from signage import clock
from signage.models import Database
from tests.answers import hung, items
from tests.feeding import made
from tests.web.conftest import Browser

FEEDS = "/desk/screens/feeds"


def test_one_is_made_changed_deleted_and_taken_back(
    desk: Browser, database: Database, lead: int
) -> None:
    at = hang_two(database, lead)
    assert "No feed was made yet" in desk.get(FEEDS).text
    assert "kind=quotes" in desk.get(f"{FEEDS}/new").text
    assert "Shop" in desk.get(f"{FEEDS}/new?kind=quotes").text

    sent = desk.post(FEEDS, kind="quotes", title="Deliveries", touchpoints="1", size="20")
    assert sent.headers["Location"].startswith(FEEDS)
    page = desk.get(FEEDS).text
    assert "Deliveries" in page
    assert "about Delivery" in page
    assert "1 hangs there" in page
    assert "No playlist shows it." in page
    assert set(items(database, "f1")) == {"q1", "turns"}

    assert held(desk.get(f"{FEEDS}/1").text) == "1"
    fields = {"kind": "quotes", "title": "All", "size": "20"}
    assert desk.post(f"{FEEDS}/1", version="1", **fields).status_code == 302
    assert set(items(database, "f1")) == {"q1", "q2", "turns"}
    assert desk.post(f"{FEEDS}/1", version="1", **fields).status_code == 409

    assert "2 things hang in it" in desk.get(f"{FEEDS}/1/deletion").text
    assert "Undo" in desk.client.post(
        f"{FEEDS}/1/deletion", data={"csrf_token": desk.csrf()}, follow_redirects=True
    ).text  # fmt: skip
    assert items(database, "f1") == {}
    assert desk.get(f"{FEEDS}/1").status_code == 404
    desk.post(f"{FEEDS}/1/restoration")
    assert set(items(database, "f1")) == {"q1", "q2", "turns"}
    assert made(database, lead, at) == 2


def test_nothing_is_missing_that_the_feed_s_own_bands_keep_out(
    desk: Browser, database: Database, lead: int
) -> None:
    hang_two(database, lead)
    rule = {"kind": "quotes", "size": "60", "mix": "equal"}

    assert "more from" in desk.post(f"{FEEDS}/preview", **rule).text
    some = desk.post(f"{FEEDS}/preview", **rule, bands="good").text
    assert held(some) == "1"
    assert "more from" not in some


def test_the_draft_is_looked_at_before_it_is_kept(
    desk: Browser, database: Database, lead: int
) -> None:
    hang_two(database, lead)

    part = desk.post(f"{FEEDS}/preview", kind="quotes", touchpoints="1", size="60").text
    assert held(part) == "1"
    assert "On time." in part
    assert "At the till." not in part
    one = desk.post(f"{FEEDS}/preview", kind="quotes", title="", size="1", mix="newest").text
    assert held(one) == "1"
    assert "of 2 that fit" in one
    desk.post(FEEDS, kind="quotes", title="One", size="1")
    assert "of 2 that fit" in desk.get(f"{FEEDS}/1").text
    desk.post(f"{FEEDS}/1/deletion")
    none = desk.post(f"{FEEDS}/preview", kind="quotes", touchpoints="1", bands="bad", size="9")
    assert held(none.text) == "0"
    wrong = desk.post(f"{FEEDS}/preview", kind="quotes", size="many")
    assert (wrong.status_code, "cannot be kept" in wrong.text) == (200, True)

    # Without a script the form itself shows it.
    page = desk.post(FEEDS, kind="quotes", title="", size="60", touchpoints="2", **{"and": "look"})
    assert page.status_code == 200
    assert "At the till." in page.text
    assert "No feed was made yet" in desk.get(FEEDS).text


def test_each_kind_has_a_form_and_a_preview(desk: Browser, database: Database, lead: int) -> None:
    hang_two(database, lead)
    for kind in ("quotes", "improvements", "nps", "csat", "ces", "touchpoints", "notices"):
        assert desk.get(f"{FEEDS}/new?kind={kind}").status_code == 200, kind
        assert desk.post(f"{FEEDS}/preview", kind=kind).status_code == 200, kind
        assert desk.post(FEEDS, kind=kind, title=kind).status_code == 302, kind
    assert "2 answers" in desk.get(f"{FEEDS}/3").text
    for kind in ("", "mix", "f1"):
        assert desk.post(FEEDS, kind=kind, title="No").status_code == 404
        assert desk.post(f"{FEEDS}/preview", kind=kind).status_code == 404


def test_what_is_wrong_is_named_and_what_was_typed_stays(desk: Browser) -> None:
    answer = desk.post(FEEDS, kind="quotes", title="", size="500", days="0", mix="loud")
    assert answer.status_code == 422
    for field in ("title", "size", "days", "mix"):
        assert f'href="#{field}"' in answer.text
    assert 'value="500"' in answer.text
    assert desk.post(FEEDS, kind="quotes", title="x", size="a lot").status_code == 422
    assert desk.post(FEEDS, kind="quotes", title="x", touchpoints="x'; --").status_code == 302
    assert desk.get(f"{FEEDS}/999").status_code == 404


def test_hostile_names_are_text(desk: Browser, database: Database, lead: int) -> None:
    hang_two(database, lead)
    name = "<script>alert(1)</script>"
    desk.post(FEEDS, kind="quotes", title=name, segments=name)
    page = desk.get(FEEDS).text
    assert name not in page
    assert "&lt;script&gt;" in page
    assert desk.get(f"{FEEDS}/1").status_code == 200


def test_a_rule_offers_the_feeds_of_the_desk(desk: Browser, database: Database, lead: int) -> None:
    at = hang_two(database, lead)
    made(database, lead, at, "Warehouse")
    assert "in the feed “Warehouse”" in desk.get("/desk/settings/rules/new").text
    desk.post("/desk/settings/rules", name="Limit", score_from="0", feeds="f1")
    assert "May hang only in the feed “Warehouse”" in desk.get("/desk/settings/rules").text


def hang_two(database: Database, lead: int) -> datetime:
    """Two published quotes; gives the moment, since handlers ask the clock themselves."""
    at = clock.now()
    hung(database, "1", lead=lead, at=at, comment="On time.", touchpoint="Delivery", score=9)
    hung(database, "2", lead=lead, at=at, comment="At the till.", touchpoint="Shop", score=3)
    return at


def held(part: str) -> str:
    found = re.search(r'class="held-figure">(\d+)<', part)
    assert found, part
    return found[1]
