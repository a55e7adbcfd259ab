"""What can be done once a quote is approved, and each way in which it is refused."""

import json
from datetime import datetime, timedelta

import pytest
from flask import Flask

from signage.actions import decide
from signage.actions.duplicates import key_new
from signage.core.mix import MODES
from signage.models import Database, Expiry, Quote
from tests.answers import hung, items, state_of, waiting
from tests.web.conftest import Browser
from tests.web.test_permit import with_role

LATER = timedelta(hours=3)


@pytest.fixture
def hangs(database: Database, lead: int, now: datetime) -> int:
    return hung(
        database, lead=lead, at=now, comment="Ida was kind.", touchpoint="Delivery",
        respondent="r7",
    )  # fmt: skip


@pytest.fixture
def waits(database: Database, lead: int, now: datetime) -> int:
    """Approved, and due in some hours."""
    quote = waiting(database, "later", at=now, comment="Good bread.")
    decide.approve(database, quote, revision=0, user_id=lead, at=now, publish_at=now + LATER)
    return quote


def quote_of(database: Database, quote_id: int) -> Quote:
    with database.read() as session:
        return session.get_one(Quote, quote_id)


@pytest.mark.parametrize(
    "path",
    [
        "/desk/quotes/1/time", "/desk/quotes/1/unapproval", "/desk/quotes/1/pin",
        "/desk/quotes/1/unpinning", "/desk/quotes/1/edit", "/desk/quotes/1/merging",
        "/desk/quotes/1/parting", "/desk/withdrawals", "/desk/wall/mix", "/desk/settings/expiry",
    ],
)  # fmt: skip
def test_who_only_looks_changes_nothing(
    app: Flask, database: Database, hangs: int, now: datetime, path: str
) -> None:
    before = items(database)

    answer = with_role(app, database, "viewer", now).post(path, mix="newest", days=1, touchpoint=1)

    assert answer.status_code == 403
    assert (items(database), state_of(database, hangs)) == (before, "published")


def test_what_is_to_hang_later_is_listed_moved_and_taken_back(
    desk: Browser, database: Database, waits: int
) -> None:
    assert "Good bread." in desk.get("/desk/wall/scheduled").text
    due = quote_of(database, waits).publish_at
    assert due is not None
    wanted = (due + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    assert desk.post(f"/desk/quotes/{waits}/time", publish_at=wanted).status_code == 302
    moved = quote_of(database, waits).publish_at
    assert moved is not None
    assert moved - due > timedelta(days=1)
    assert desk.post(f"/desk/quotes/{waits}/unapproval").status_code == 302
    assert state_of(database, waits) == "waiting"
    assert desk.post(f"/desk/quotes/{waits}/unapproval").status_code == 409
    assert desk.post(f"/desk/quotes/{waits}/time", publish_at=wanted).status_code == 409


@pytest.mark.parametrize("moment", ["soon", "2020-01-01T00:00", "2099-01-01T00:00", "2026-02-30"])
def test_a_time_that_is_none_moves_nothing(
    desk: Browser, database: Database, waits: int, moment: str
) -> None:
    due = quote_of(database, waits).publish_at

    assert desk.post(f"/desk/quotes/{waits}/time", publish_at=moment).status_code == 422
    assert quote_of(database, waits).publish_at == due


@pytest.mark.parametrize("deed", ["time", "unapproval", "pin", "unpinning", "merging", "parting"])
def test_nothing_is_done_to_what_is_not_there(desk: Browser, deed: str) -> None:
    assert desk.post(f"/desk/quotes/99/{deed}", members=1).status_code == 404


def test_a_quote_is_pinned_and_let_go_of(desk: Browser, database: Database, hangs: int) -> None:
    assert desk.post(f"/desk/quotes/{hangs}/pin").status_code == 302
    assert quote_of(database, hangs).pinned_at is not None
    assert desk.post(f"/desk/quotes/{hangs}/unpinning").status_code == 302
    assert desk.post(f"/desk/quotes/{hangs}/unpinning").status_code == 409
    assert desk.post(f"/desk/quotes/{hangs}/pin", until="yesterday").status_code == 422
    assert desk.post(f"/desk/quotes/{hangs}/pin", until="2020-01-01T00:00").status_code == 422
    assert quote_of(database, hangs).pinned_at is None


def test_what_hangs_is_edited_in_place_once(desk: Browser, database: Database, hangs: int) -> None:
    assert "Ida was kind." in desk.get(f"/desk/quotes/{hangs}/edit").text
    fields = {"revision": 0, "spans": json.dumps({"cuts": [{"start": 0, "end": 3}]})}

    assert desk.post(f"/desk/quotes/{hangs}/edit", **fields).status_code == 302
    assert "Ida" not in json.dumps(items(database)[f"q{hangs}"]["pieces"])
    assert desk.post(f"/desk/quotes/{hangs}/edit", **fields).status_code == 409, "stale"


@pytest.mark.parametrize(
    "spans", ["", "{", "[" * 50_000, '{"cuts": [{"start": 0, "end": 99}]}', '{"cuts": 7}']
)
def test_an_edit_that_cannot_be_read_changes_nothing(
    desk: Browser, database: Database, hangs: int, spans: str
) -> None:
    before = items(database)

    assert desk.post(f"/desk/quotes/{hangs}/edit", revision=0, spans=spans).status_code == 422
    assert items(database) == before


def test_only_what_hangs_is_edited(desk: Browser, waits: int) -> None:
    assert desk.get(f"/desk/quotes/{waits}/edit").status_code == 409
    spans = json.dumps({})
    assert desk.post(f"/desk/quotes/{waits}/edit", revision=0, spans=spans).status_code == 409
    assert desk.get("/desk/quotes/99/edit").status_code == 404
    assert desk.post("/desk/quotes/99/edit", revision=0, spans=spans).status_code == 404


def test_all_of_a_respondent_is_withdrawn_as_it_was_shown(
    desk: Browser, database: Database, hangs: int
) -> None:
    page = desk.get("/desk/withdrawals/new?scope=respondent&value=r7")
    assert page.status_code == 200
    fields = {"scope": "respondent", "value": "r7", "reason": "private", "expected": 1}
    for wrong, status in (
        ({"expected": 2}, 409), ({"reason": "because"}, 422), ({"scope": "everybody"}, 422),
        ({"value": ""}, 422), ({"value": "r8"}, 409), ({"expected": "some"}, 422),
    ):  # fmt: skip
        assert desk.post("/desk/withdrawals", **{**fields, **wrong}).status_code == status, wrong
    assert state_of(database, hangs) == "published"

    answer = desk.post("/desk/withdrawals", **fields)

    assert state_of(database, hangs) == "withdrawn"
    assert desk.get(answer.headers["Location"]).status_code == 200
    assert desk.get(answer.headers["Location"] + "/progress").json == {
        "sentence": "1 quote withdrawn", "complete": True,
    }  # fmt: skip
    assert desk.post("/desk/withdrawals", **fields).status_code == 409, "twice"


@pytest.mark.parametrize("asked", ["", "?scope=respondent", "?scope=all&value=r7"])
def test_a_withdrawal_of_nobody_is_refused(desk: Browser, asked: str) -> None:
    assert desk.get(f"/desk/withdrawals/new{asked}").status_code == 422
    assert desk.get("/desk/withdrawals/7").status_code == 404
    assert desk.get("/desk/withdrawals/7/progress").status_code == 404


def test_those_that_say_the_same_are_merged_and_part_again(
    desk: Browser, database: Database, hangs: int, now: datetime
) -> None:
    twin = waiting(database, "twin", at=now, comment="Ida was kind!")
    assert desk.post(f"/desk/quotes/{hangs}/merging").status_code == 422, "nobody was chosen"
    assert desk.post(f"/desk/quotes/{hangs}/merging", members=[99]).status_code == 409

    assert desk.post(f"/desk/quotes/{hangs}/merging", members=[twin]).status_code == 302
    assert items(database)[f"q{hangs}"]["also"] == 1
    assert desk.post(f"/desk/quotes/{hangs}/merging", members=[twin]).status_code == 409
    assert "Ida was kind!" in desk.get(f"/desk/quotes/{hangs}/alike").text
    assert desk.post(f"/desk/quotes/{twin}/parting").status_code == 302
    assert items(database)[f"q{hangs}"]["also"] == 0
    assert desk.post(f"/desk/quotes/{twin}/parting").status_code == 409
    assert desk.get("/desk/quotes/99/alike").status_code == 404


def test_only_those_in_the_same_words_are_ticked_beforehand(
    desk: Browser, database: Database, now: datetime
) -> None:
    said = "The driver rang before he came and that was kind"
    one, same, near = (
        waiting(database, name, at=now, comment=comment)
        for name, comment in (("1", said), ("2", f"{said}!"), ("3", said.replace("kind", "kindd")))
    )
    key_new(database)

    page = desk.get(f"/desk/quotes/{one}/alike").text

    assert f'value="{same}" checked' in page
    assert f'value="{near}">' in page


@pytest.mark.usefixtures("hangs")
def test_a_touchpoint_has_a_term_of_its_own_and_loses_it(desk: Browser, database: Database) -> None:
    def days() -> list[int]:
        with database.read() as session:
            return [row.days for row in session.query(Expiry)]

    assert desk.get("/desk/settings/expiry").status_code == 200
    assert desk.post("/desk/settings/expiry", touchpoint=1, days=7).status_code == 302
    assert days() == [7]
    for wrong in (
        {"touchpoint": 1, "days": 0}, {"touchpoint": 1, "days": 10**9}, {"days": 7},
        {"touchpoint": 99, "days": 7}, {"tag": 99, "days": 7}, {"touchpoint": 1, "days": "many"},
    ):  # fmt: skip
        assert desk.post("/desk/settings/expiry", **wrong).status_code == 422, wrong
    assert days() == [7]
    assert desk.post("/desk/settings/expiry", touchpoint=1, days="").status_code == 302
    assert days() == []


@pytest.mark.parametrize("mode", MODES)
def test_each_mix_can_be_chosen(desk: Browser, mode: str) -> None:
    assert desk.post("/desk/wall/mix", mix=mode).status_code == 302
    assert desk.get("/desk/wall").status_code == 200
    assert desk.post("/desk/wall/mix", mix="praise only").status_code == 422
    assert desk.post("/desk/wall/mix").status_code == 422
