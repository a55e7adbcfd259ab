"""Export: what is found, as a spreadsheet's file."""

import csv
from datetime import datetime
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import select

from signage.actions import decide, tags
from signage.core.verbatim import Cut, Mask, Revision
from signage.models import AuditEntry, Database
from signage.web import desk_export
from tests.answers import at_once, draft, hung, items, take, waiting
from tests.web.conftest import Browser, statements
from tests.web.test_permit import with_role


def rows(browser: Browser, **fields: str) -> list[dict[str, str]]:
    answer = browser.post("/desk/find/export", **fields)
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(answer.text, newline="")))


def test_what_is_found_is_written_as_it_hangs(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    at_once(database)
    spans = Revision((Cut(0, 5),), (Mask(6, 10, "name"),))
    quote = hung(
        database, "1", lead=lead, at=now, comment='Well, Anna helped.\nThanks; "really".',
        spans=spans, consent="first_name", name="Ida Berg", touchpoint="Shop", language="en",
    )  # fmt: skip
    waiting(database, "2", at=now, comment='=HYPERLINK("http://x")', score=3)

    second, first = rows(desk)

    assert first["published_text"] == '[…] [name] helped.\nThanks; "really".'
    assert first["published_text"] == "".join(
        piece.get("text") or {"cut": "[…]"}.get(piece["kind"]) or f"[{piece['label']}]"
        for piece in items(database)[f"q{quote}"]["pieces"]
    )
    assert (first["shown_as"], first["band"], first["state"]) == ("Ida", "promoter", "published")
    assert (first["verdict"], first["decided_by"]) == ("approve", "Lead")
    assert second["comment"] == '\'=HYPERLINK("http://x")'
    assert second["published_text"] == second["decided_at"] == ""


def test_filters_hold(desk: Browser, database: Database, lead: int, now: datetime) -> None:
    for n in range(4):
        waiting(database, f"{n}", at=now, comment=f"Said {n}.")
    decide.reject(database, 1, revision=0, reason="staff", user_id=lead, at=now)

    assert [each["quote"] for each in rows(desk, state="rejected")] == ["1"]
    assert [each["reason"] for each in rows(desk, state="rejected")] == ["staff"]
    assert [each["quote"] for each in rows(desk, q="said 3")] == ["4"]
    assert rows(desk, q="…") == []
    assert desk.post("/desk/find/export", score="x").status_code == 422


def test_a_mark_and_semicolons_for_spreadsheets(
    desk: Browser, database: Database, now: datetime
) -> None:
    waiting(database, at=now, comment="Bra, för alla")

    answer = desk.post("/desk/find/export", mark="yes", separator=";")

    assert answer.data.startswith(b"\xef\xbb\xbfquote;state;")
    assert ";Bra, för alla;" in answer.text
    assert desk.post("/desk/find/export", separator="x").text.startswith("quote,state,")
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="quotes-')


@pytest.mark.parametrize(("role", "told"), [("lead", False), ("admin", True)])
def test_respondents_are_told_to_admins_alone(
    app: Flask, database: Database, now: datetime, role: str, told: bool
) -> None:
    waiting(database, at=now, respondent="ida@example.com")
    browser = with_role(app, database, role, now)

    answer = browser.post("/desk/find/export").text

    assert ("ida@example.com" in answer) is told
    assert ("respondent" in answer) is told


def test_a_viewer_takes_nothing_out(app: Flask, database: Database, now: datetime) -> None:
    viewer = with_role(app, database, "viewer", now)

    assert viewer.post("/desk/find/export").status_code == 403
    assert viewer.get("/desk/find").status_code == 403


def test_each_export_is_noted_without_words(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    waiting(database, at=now, comment="Secret word.")
    rows(desk, q="secret", state="waiting", source="shop", band="Secret word.")

    with database.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "exported")).one()
    assert (entry.user_id, entry.about) == (lead, "1 rows")
    assert entry.detail == "state=waiting q source"


def test_many_pages_are_one_file(
    desk: Browser, database: Database, lead: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_export, "AT_ONCE", 10)
    take(database, *(draft(f"{n}", at=now, comment=f"Said {n}.") for n in range(40)), at=now)
    tags.tag(database, 3, "Delivery, late", user_id=lead, at=now)
    rows(desk, q="7")
    with statements(database) as few:
        assert len(rows(desk, q="7")) == 1
    with statements(database) as many:
        assert [int(each["quote"]) for each in rows(desk)] == list(range(40, 0, -1))

    assert len(many) <= len(few) + 4 * 4, "\n".join(many)
