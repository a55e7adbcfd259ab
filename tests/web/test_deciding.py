"""Decisions of a page's script: answered in JSON, and never half taken."""

import json
from datetime import datetime, timedelta

import pytest
from werkzeug.test import TestResponse

from signage.actions import decide
from signage.actions.claims import claim
from signage.actions.erase import erase
from signage.core.findings.settle import MOST as MOST_FOUND
from signage.intake.checks import LONGEST_COMMENT
from signage.models import Database, User
from signage.models.tag import tags_of
from tests.answers import state_of, waiting
from tests.web.conftest import Browser

JSON = {"accept": "application/json"}


@pytest.fixture
def quote(database: Database, now: datetime) -> int:
    return waiting(database, at=now, comment="Ida was kind.", name="Ida Ek", consent="full_name")


@pytest.fixture
def maria(database: Database, now: datetime) -> int:
    with database.write() as session:
        user = User(
            email="maria@example.com", name="Maria", password_hash="-", language="en",
            role="lead", created_at=now,
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


def send(desk: Browser, path: str, **fields: object) -> TestResponse:
    return desk.client.post(path, data={"csrf_token": desk.csrf(), **fields}, headers=JSON)


def test_a_decision_says_what_the_page_needs_to_go_on(
    desk: Browser, database: Database, quote: int
) -> None:
    told = send(desk, f"/desk/quotes/{quote}/approval", revision=0).get_json()

    assert (told["quote"], told["verdict"], told["on"]) == (quote, "approve", "")
    assert 4 <= told["seconds"] <= 8
    undone = send(desk, f"/desk/decisions/{told['decision']}/undoing").get_json()
    assert undone == {"quote": quote, "state": "waiting", "undoable": None}
    assert state_of(database, quote) == "waiting"


@pytest.mark.parametrize("verb", ["approval", "rejection", "setting-aside"])
def test_one_that_came_too_late_gets_the_quote_as_it_is_now(
    desk: Browser, database: Database, quote: int, maria: int, now: datetime, verb: str
) -> None:
    made = decide.reject(database, quote, revision=0, reason="staff", user_id=maria, at=now)

    answer = send(desk, f"/desk/quotes/{quote}/{verb}", revision=0, reason="unclear")

    assert answer.status_code == 409
    assert answer.get_json()["retry"] is False  # the very same again would be as late
    fresh = answer.get_json()["fresh"]
    assert (fresh["quote"], fresh["state"], fresh["revision"]) == (quote, "rejected", 0)
    assert fresh["decided"] == {
        "id": made.id, "quote": quote, "verdict": "reject", "user": maria, "by": "Maria",
        "mine": False,
    }  # fmt: skip
    assert "Rejected by Maria" in fresh["card"]
    assert state_of(database, quote) == "rejected"


def test_the_same_decision_sent_twice_is_known_as_ones_own(desk: Browser, quote: int) -> None:
    first = send(desk, f"/desk/quotes/{quote}/approval", revision=0).get_json()

    again = send(desk, f"/desk/quotes/{quote}/approval", revision=0)

    assert again.status_code == 409
    assert again.get_json()["fresh"]["decided"]["id"] == first["decision"]
    assert again.get_json()["fresh"]["decided"]["mine"] is True


def test_an_undo_that_came_too_late_says_what_the_quote_is_now(
    desk: Browser, database: Database, quote: int, now: datetime
) -> None:
    made = send(desk, f"/desk/quotes/{quote}/approval", revision=0).get_json()["decision"]
    decide.publish_due(database, at=now + timedelta(minutes=1))

    answer = send(desk, f"/desk/decisions/{made}/undoing")

    assert answer.status_code == 409
    assert answer.get_json()["fresh"]["state"] == "published"


def test_an_erased_quote_is_not_there_any_more(
    desk: Browser, database: Database, quote: int, now: datetime
) -> None:
    erase(database, "shop", "1", at=now)

    assert send(desk, f"/desk/quotes/{quote}/approval", revision=0).status_code == 404
    assert desk.get(f"/desk/quotes/{quote}/card").status_code == 404


@pytest.mark.parametrize("typed", ["soon", "2026-13-01T09:00", "2020-01-01T09:00", "9999-12-31"])
def test_a_time_that_cannot_be_is_told(
    desk: Browser, database: Database, quote: int, typed: str
) -> None:
    answer = send(desk, f"/desk/quotes/{quote}/approval", revision=0, publish_at=typed)

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "publish_at"
    assert state_of(database, quote) == "waiting"


def test_a_time_is_of_the_companys_zone(
    desk: Browser, database: Database, quote: int, now: datetime
) -> None:
    day = (now + timedelta(days=2)).date().isoformat()

    answer = send(desk, f"/desk/quotes/{quote}/approval", revision=0, publish_at=f"{day}T09:00")

    assert "09:00" in answer.get_json()["on"]
    decide.publish_due(database, at=now + timedelta(days=1))
    assert state_of(database, quote) == "approved"


def test_who_is_named_can_be_chosen_without_a_script(
    desk: Browser, database: Database, quote: int
) -> None:
    page = desk.get("/desk/review").text
    assert '<option value="first_name"' in page

    desk.post(
        f"/desk/quotes/{quote}/approval", revision=0, who="first_name",
        spans='{"cuts": [], "masks": []}',
    )  # fmt: skip

    assert state_of(database, quote) == "approved"
    card = desk.get(f"/desk/quotes/{quote}/card").text
    assert '"who": {"kind": "first_name", "text": "Ida"}' in card


def test_who_somebody_else_looks_at_is_passed_over(
    desk: Browser, database: Database, quote: int, maria: int, now: datetime
) -> None:
    second = waiting(database, "2", at=now, comment="Second words.")
    claim(database, [quote], user_id=maria, page="m", at=now)

    page = desk.get("/desk/review").text

    assert "Maria is reviewing" in page
    assert f'id="card" aria-labelledby="quote-facts" data-quote="{second}"' in page
    asked = desk.get(f"/desk/review?quote={quote}").text
    assert "Maria is reviewing this" in asked


def test_claims_are_dealt_renewed_and_given_back(
    desk: Browser, database: Database, lead: int, quote: int, maria: int, now: datetime
) -> None:
    claim(database, [quote], user_id=maria, page="m", at=now)
    second = waiting(database, "2", at=now)

    told = send(desk, "/desk/claims", page="l", quotes=f"{quote},{second},x,{2**70}").get_json()

    assert told["mine"] == [second]
    assert {each["by"] for each in told["held"]} == {"Maria", "Lead"}
    assert send(desk, "/desk/claims/return", page="l").status_code == 204
    news = desk.get("/desk/review/news?since=0", headers=JSON).get_json()
    assert news["held"] == [{"quote": quote, "user": maria, "by": "Maria"}]
    assert news["newest"] == second
    assert lead


def test_tags_are_put_on_and_taken_off(desk: Browser, database: Database, quote: int) -> None:
    told = send(desk, f"/desk/quotes/{quote}/tags", tag="Delivery").get_json()
    assert [tag["name"] for tag in told["tags"]] == ["Delivery"] == told["known"]

    assert desk.post(f"/desk/quotes/{quote}/tags", tag="Price").status_code == 302
    assert send(desk, f"/desk/quotes/{quote}/tags", tag=" ").status_code == 422
    tag = told["tags"][0]["id"]
    left = send(desk, f"/desk/quotes/{quote}/tags/{tag}/removal").get_json()

    assert [each["name"] for each in left["tags"]] == ["Price"]
    with database.read() as session:
        assert [each.name for each in tags_of(session, [quote])[quote]] == ["Price"]


def test_keys_are_kept_for_one_person_and_conflicts_are_not(desk: Browser, quote: int) -> None:
    assert quote
    assert (
        desk.post("/desk/settings/keys", approve="r", reject="R", single="yes").status_code == 422
    )
    chosen = {"approve": "g", "reject": "", "single": "yes"}
    usual = {"next": "j", "previous": "k", "set_aside": "s", "cut": "x", "mask": "m", "tags": "t"}
    more = {"publish_at": "p", "undo": "u", "help": "?", "search": "/"}

    assert desk.post("/desk/settings/keys", **chosen, **usual, **more).status_code == 302

    page = desk.get("/desk/review").text
    assert 'id="approve-button" aria-keyshortcuts="G"' in page
    assert 'aria-keyshortcuts="R"' not in page
    assert send(desk, "/desk/settings/keys/switch", single="off").status_code == 204
    assert '"off": true' in desk.get("/desk/review").text
    desk.post("/desk/settings/keys", usual="yes")
    assert 'id="approve-button" aria-keyshortcuts="A"' in desk.get("/desk/review").text


def test_where_consent_is_needed_and_lacks_the_page_says_why(
    desk: Browser, database: Database, now: datetime
) -> None:
    quote = waiting(database, at=now)
    fields = {"title": "Voices", "language": "en", "timezone": "Europe/Stockholm"}
    kept = desk.post(
        "/desk/settings", **fields, grace_seconds=8, window_days=90, without_consent="refuse"
    )
    assert kept.status_code == 302

    page = desk.get("/desk/review").text

    assert "It is not known whether this customer agreed to be quoted" in page
    assert "disabled" in page.partition('id="approve-button"')[2].partition(">")[0]
    refused = send(desk, f"/desk/quotes/{quote}/approval", revision=0)
    assert refused.status_code == 422


def test_a_comment_as_long_as_any_is_shown_and_hangs_only_when_it_was_cut(
    desk: Browser, database: Database, now: datetime
) -> None:
    comment = ("Well put. Ring 070-123 45 67, " * 700)[:LONGEST_COMMENT]
    quote = waiting(database, "long", at=now, comment=comment)

    card = desk.get(f"/desk/quotes/{quote}/card").text
    refused = send(desk, f"/desk/quotes/{quote}/approval", revision=0)
    cut = {"cuts": [{"start": 10, "end": LONGEST_COMMENT}], "masks": []}
    taken = send(desk, f"/desk/quotes/{quote}/approval", revision=0, spans=json.dumps(cut))

    assert card.count('<li class="finding') == MOST_FOUND
    assert (refused.status_code, refused.get_json()["errors"][0]["code"]) == (422, "too-long")
    assert taken.status_code == 200
    assert state_of(database, quote) == "approved"
