from datetime import datetime

import pytest

from signage.models import Database
from tests.answers import draft, hung, items, take
from tests.web.conftest import Browser

FORM = {"did": "Bread is baked twice.", "label": "Bread", "team": "Bakery", "done_on": "2026-03-01"}


def test_one_is_written_down_hung_changed_and_taken_down(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    quote = hung(database, lead=lead, at=now, comment="Stale bread.")

    written = desk.post("/desk/improvements", **FORM, quotes=str(quote))
    assert written.headers["Location"] == "/desk/improvements"
    assert "not on the wall" in desk.get("/desk/improvements").text

    desk.post("/desk/improvements/1/publication")
    assert items(database, "improvements")["i1"]["said"]["pieces"][0]["text"] == "Stale bread."
    desk.post("/desk/improvements/1", **{**FORM, "did": "Baked all day."})
    assert items(database, "improvements")["i1"]["did"] == "Baked all day."
    assert items(database, "improvements")["i1"]["said"] is None

    desk.post("/desk/improvements/1/withdrawal")
    assert "i1" not in items(database, "improvements")
    assert desk.post("/desk/improvements/1/withdrawal").status_code == 409


def test_saved_and_hung_in_one_step(desk: Browser, database: Database) -> None:
    desk.post("/desk/improvements", **FORM, **{"and": "publish"})

    assert "i1" in items(database, "improvements")


def test_what_is_under_way_cannot_hang(desk: Browser, database: Database) -> None:
    answer = desk.post("/desk/improvements", **{**FORM, "done_on": ""}, **{"and": "publish"})

    assert answer.status_code == 409
    assert "under way" in desk.get("/desk/improvements").text
    assert "i1" not in items(database, "improvements")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("did", "", "Write what was done."),
        ("label", "", "Give it a short label for the chart."),
        ("done_on", "next week", "Write the day as 2026-02-03."),
        ("done_on", "2126-01-01", "The day lies ahead"),
        ("touchpoint", "x", "Write a whole number."),
        ("touchpoint", "99", "Choose a touchpoint from the list."),
        ("quotes", "99", "One of the quotes is no longer there."),
    ],
)
def test_a_bad_field_is_named_and_the_rest_stays_as_typed(
    desk: Browser, field: str, value: str, told: str
) -> None:
    answer = desk.post("/desk/improvements", **{**FORM, field: value})

    assert answer.status_code == 422
    assert told in answer.text
    assert f'href="#{field}"' in answer.text
    assert 'value="Bakery"' in answer.text
    assert "No improvement yet" in desk.get("/desk/improvements").text


def test_published_quotes_are_found_while_the_form_is_filled_in(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    hung(database, "1", lead=lead, at=now, comment="Stale bread.")
    hung(database, "2", lead=lead, at=now, comment="Dry rolls.")
    take(database, draft("3", at=now, comment="Stale cake, not published."), at=now)

    page = desk.get("/desk/improvements/new?find=stale&did=Typed&quotes=2").text

    assert "Stale bread." in page
    assert "Stale cake" not in page
    assert 'value="2" checked' in page
    assert ">Typed</textarea>" in page
    assert "No published quote holds" in desk.get("/desk/improvements/new?find=xyz").text
