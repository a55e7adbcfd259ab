import json
import re
from datetime import datetime, timedelta

import pytest

from signage.actions import decide
from signage.actions.screens import ScreenDraft, add_screen
from signage.models import Database, User
from tests.answers import at_once, items, state_of, waiting
from tests.web.conftest import SECRET, Browser


@pytest.fixture
def quote(database: Database, now: datetime) -> int:
    return waiting(
        database, at=now, comment="Ida was <b>kind</b> & quick.", name="Ida Ek",
        consent="first_name", touchpoint="Delivery", language="sv",
    )  # fmt: skip


def test_the_oldest_quote_is_shown_with_all_that_is_needed_to_decide(
    desk: Browser, quote: int
) -> None:
    page = desk.get("/desk/review").text

    assert "Ida was kind &amp; quick.</div>" in page
    assert "9 of 10" in page
    assert "<bdi>Delivery</bdi>" in page
    assert "NPS after a contact" in page
    assert "may be quoted with first name" in page
    assert f"/desk/quotes/{quote}/approval" in page


def test_an_empty_queue_says_what_to_do_next(desk: Browser) -> None:
    page = desk.get("/desk/review").text

    assert "Nothing has come in yet" in page
    assert "Bring answers in" in page
    assert "Nothing is set aside" in desk.get("/desk/review?state=set_aside").text


def test_it_names_the_screens_where_it_will_be_seen(
    desk: Browser, quote: int, database: Database, now: datetime
) -> None:
    assert "Seen on" not in desk.get(f"/desk/review?quote={quote}").text
    for name in ("Canteen", "Lobby", "Dock", "Shop <1>"):
        add_screen(database, SECRET, ScreenDraft(name), at=now)

    page = desk.get("/desk/review").text

    assert "Canteen, Dock, Lobby and 1 more – 4 screens" in page


def test_approved_it_reaches_the_wall_after_the_grace_period(
    desk: Browser, quote: int, database: Database, now: datetime
) -> None:
    answer = desk.post(f"/desk/quotes/{quote}/approval", revision="0", state="waiting")

    assert answer.status_code == 302
    page = desk.get(answer.headers["Location"]).text
    assert "Approved – on the wall in" in page
    assert "Undo" in page
    assert items(database) == {}
    decide.publish_due(database, at=now + timedelta(minutes=1))
    assert list(items(database)) == [f"q{quote}"]


def test_undone_it_is_shown_again(desk: Browser, quote: int, database: Database) -> None:
    desk.post(f"/desk/quotes/{quote}/approval", revision="0")

    answer = desk.post("/desk/decisions/1/undoing")

    assert f"quote={quote}" in answer.headers["Location"]
    assert state_of(database, quote) == "waiting"
    assert desk.post("/desk/decisions/1/undoing").status_code == 409
    assert desk.post("/desk/decisions/99/undoing").status_code == 404


def test_too_late_to_undo_is_told(desk: Browser, quote: int, database: Database) -> None:
    at_once(database)
    page = desk.get(
        desk.post(f"/desk/quotes/{quote}/approval", revision="0").headers["Location"]
    ).text

    assert "Approved – on the wall now" in page
    assert "Undo" not in page.partition('id="undo"')[2].partition("</form>")[0]
    assert desk.post("/desk/decisions/1/undoing").status_code == 409


def test_marks_drawn_on_the_page_reach_the_wall(
    desk: Browser, quote: int, database: Database
) -> None:
    at_once(database)
    spans = {"cuts": [], "masks": [{"start": 0, "end": 3, "label": "name"}]}

    answer = desk.post(f"/desk/quotes/{quote}/approval", revision="0", spans=json.dumps(spans))

    assert answer.status_code == 302
    assert items(database)[f"q{quote}"]["pieces"][0] == {"kind": "mask", "label": "name"}


@pytest.mark.parametrize(
    "spans",
    [
        "nonsense",
        "[]",
        '{"cuts": 7}',
        '{"cuts": [{"start": 0}]}',
        '{"cuts": [{"start": 0, "end": 999}]}',
        '{"cuts": [{"start": "0", "end": 3}]}',
        '{"masks": [{"start": 0, "end": 3, "label": "<b>"}]}',
        '{"cuts": [{"start": 0, "end": 24}]}',
        "[" * 5000,
        '{"cuts": [{"start": 0, "end": 1e400}]}',
        '{"cuts": [{"start": ' + "9" * 1500 + ', "end": 3}]}',
    ],
)
def test_marks_that_do_not_fit_are_told_and_nothing_is_decided(
    desk: Browser, quote: int, database: Database, spans: str
) -> None:
    for verb in ("approval", "revisions"):
        answer = desk.post(f"/desk/quotes/{quote}/{verb}", revision="0", spans=spans)

        assert answer.status_code == 422, answer.text
    assert state_of(database, quote) == "waiting"


def test_a_page_that_is_out_of_date_decides_nothing(
    desk: Browser, quote: int, database: Database
) -> None:
    cut = json.dumps({"cuts": [{"start": 0, "end": 4}], "masks": []})
    assert desk.post(f"/desk/quotes/{quote}/revisions", revision="0", spans=cut).status_code == 302

    stale = {"revision": "0", "reason": "unclear", "spans": cut}
    for verb in ("approval", "rejection", "setting-aside", "revisions"):
        answer = desk.post(f"/desk/quotes/{quote}/{verb}", **stale)
        assert answer.status_code == 409, verb

    assert state_of(database, quote) == "waiting"
    assert "&#34;start&#34;: 0, &#34;end&#34;: 4" in desk.get("/desk/review").text


def test_rejected_for_a_reason_it_leaves_the_queue(
    desk: Browser, quote: int, database: Database
) -> None:
    answer = desk.post(f"/desk/quotes/{quote}/rejection", revision="0", reason="staff")

    assert "Rejected" in desk.get(answer.headers["Location"]).text
    assert state_of(database, quote) == "rejected"
    assert "Nothing waits" in desk.get("/desk/review").text


def test_set_aside_it_waits_for_a_second_look(desk: Browser, quote: int) -> None:
    desk.post(f"/desk/quotes/{quote}/setting-aside", revision="0")

    assert "Some quotes are set aside" in desk.get("/desk/review").text
    page = desk.get("/desk/review?state=set_aside").text
    assert "Ida was kind" in page
    assert "Set aside</button>" not in page


def test_newer_ones_are_counted(
    desk: Browser, quote: int, database: Database, now: datetime
) -> None:
    assert desk.get(f"/desk/review/newer?than={quote}").get_json() == {"newer": 0, "newest": quote}

    other = waiting(database, "2", at=now)

    assert desk.get(f"/desk/review/newer?than={quote}").get_json() == {"newer": 1, "newest": other}


def test_one_persons_decision_is_not_shown_to_another_as_theirs(
    desk: Browser, quote: int, database: Database, now: datetime
) -> None:
    with database.write() as session:
        other = User(
            email="other@example.com", name="Other", password_hash="-", language="en", role="admin",
            created_at=now,
        )  # fmt: skip
        session.add(other)
        session.flush()
        other_id = other.id
    decision = decide.approve(database, quote, revision=0, user_id=other_id, at=now)

    assert 'id="undo"' not in desk.get(f"/desk/review?done={decision.id}").text


def test_one_undo_leads_to_the_next(desk: Browser, database: Database, now: datetime) -> None:
    first = waiting(database, "11", at=now, comment="Words.")
    second = waiting(database, "12", at=now, comment="More words.")
    desk.post(f"/desk/quotes/{first}/approval", revision=0)
    page = desk.get(desk.post(f"/desk/quotes/{second}/approval", revision=0).location).text

    for quote in (second, first):
        undo = re.search(r"/desk/decisions/\d+/undoing", page)
        assert undo, page
        page = desk.get(desk.post(undo[0]).location).text
        assert state_of(database, quote) == "waiting"
    assert "/undoing" not in page


def test_what_left_the_queue_is_said_to_have_left_it(
    desk: Browser, quote: int, database: Database, now: datetime
) -> None:
    other = waiting(database, "other", at=now, comment="Slow.")
    decide.reject(database, quote, revision=0, reason="unclear", user_id=1, at=now)

    page = desk.get(f"/desk/review?quote={quote}").text

    assert "This is no longer in the queue." in page
    assert f"/desk/quotes/{quote}" in page
    assert "Slow." in page
    for still in (f"quote={other}", f"quote={quote}&first={quote}", "state=waiting"):
        assert "no longer in the queue" not in desk.get(f"/desk/review?{still}").text
