"""Editing what hangs, and cuts that must come along."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from signage.actions.prefer import prefer
from signage.models import Database, preferences
from tests.answers import hung, items, state_of, waiting
from tests.web.conftest import Browser

CUT = json.dumps({"cuts": [{"start": 0, "end": 6}], "masks": []})


@pytest.fixture
def quote(database: Database, lead: int, now: datetime) -> int:
    return hung(database, lead=lead, at=now, comment="Maria was kind.")


def told(database: Database, quote: int) -> list[str]:
    pieces = items(database)[f"q{quote}"]["pieces"]
    return [piece.get("text", piece["kind"]) for piece in pieces]


def test_what_hangs_hangs_on_with_the_cut(desk: Browser, database: Database, quote: int) -> None:
    answer = desk.post(f"/desk/quotes/{quote}/edit", revision="0", spans=CUT)

    assert answer.status_code == 302
    assert told(database, quote) == ["cut", "was kind."]


def test_a_page_that_sends_no_cuts_does_not_undo_those_there_are(
    desk: Browser, database: Database, quote: int
) -> None:
    desk.post(f"/desk/quotes/{quote}/edit", revision="0", spans=CUT)

    for verb in ("edit", "revisions"):
        answer = desk.post(f"/desk/quotes/{quote}/{verb}", revision="1")
        assert answer.status_code == 422, verb
        assert "The cuts and masks could not be read. Load the page again." in answer.text
    assert told(database, quote) == ["cut", "was kind."]


def test_an_edit_that_came_too_late_changes_nothing(
    desk: Browser, database: Database, quote: int
) -> None:
    desk.post(f"/desk/quotes/{quote}/edit", revision="0", spans=CUT)

    late = json.dumps({"cuts": [], "masks": []})
    answer = desk.post(f"/desk/quotes/{quote}/edit", revision="0", spans=late)

    assert answer.status_code == 409
    assert told(database, quote) == ["cut", "was kind."]


def test_what_waits_is_reviewed_and_not_edited(
    desk: Browser, database: Database, now: datetime
) -> None:
    quote = waiting(database, at=now)

    assert desk.get(f"/desk/quotes/{quote}/edit").status_code == 409
    assert desk.post(f"/desk/quotes/{quote}/edit", revision="0", spans=CUT).status_code == 409
    assert desk.get("/desk/quotes/99/edit").status_code == 404
    assert state_of(database, quote) == "waiting"


@pytest.mark.parametrize("page", ["edit", "review"])
def test_the_preview_looks_as_the_company_chose(
    desk: Browser, database: Database, quote: int, now: datetime, page: str
) -> None:
    waiting(database, "2", at=now)
    with database.read() as session:
        chosen = preferences(session)
    prefer(database, replace(chosen, accent="#0a7d5c", frame="quiet"), at=now)

    path = f"/desk/quotes/{quote}/edit" if page == "edit" else "/desk/review"
    told = desk.get(path).text

    assert '"frame": "quiet"' in told
