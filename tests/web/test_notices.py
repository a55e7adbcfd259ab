"""Notices, the walls' look and the journey, as a lead and an admin fill them in."""

import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from signage.models import Database, preferences
from tests.answers import draft, items, take
from tests.pictures import file_of
from tests.web.conftest import Browser

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def picture() -> tuple[io.BytesIO, str]:
    return io.BytesIO(file_of()), "team.png"


def test_one_is_written_with_a_picture_changed_and_taken_down(
    desk: Browser, database: Database
) -> None:
    sent = desk.post(
        "/desk/notices", headline="Thank you!", words="", picture=picture(), picture_tells="Us"
    )
    assert sent.headers["Location"] == "/desk/notices"
    assert "hangs now" in desk.get("/desk/notices").text
    address = items(database, "notices")["n1"]["picture"]["url"]
    seen = desk.get(address)
    assert (seen.status_code, seen.mimetype) == (200, "image/webp")
    assert seen.headers["Cache-Control"] == "public, max-age=31536000, immutable"

    desk.post("/desk/notices/1", headline="Thanks!", words="", picture_tells="Us")
    assert items(database, "notices")["n1"]["headline"] == "Thanks!"
    assert desk.post("/desk/notices/1/end").status_code == 302
    assert items(database, "notices") == {}
    assert "No notice hangs" in desk.get("/desk/notices").text
    assert desk.post("/desk/notices/1/end").status_code == 409
    assert desk.get(address).status_code == 200


def test_its_times_are_the_company_s(desk: Browser, database: Database, now: datetime) -> None:
    until = (now + timedelta(days=2)).astimezone(STOCKHOLM).replace(second=0, microsecond=0)
    desk.post(
        "/desk/notices", headline="Visit", words="", takes_over="on",
        shows_until=until.strftime("%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    body = items(database, "notices")["n1"]
    assert body["until"] == until.timestamp() * 1000
    assert body["takes_over"] is True
    assert until.strftime("%Y-%m-%dT%H:%M") in desk.get("/desk/notices/1").text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("headline", "", "Write a headline."),
        ("shows_until", "soon", "Write the time as 2026-02-03 13:40."),
        ("shows_until", "2020-01-01T10:00", "This time is over."),
        ("takes_over", "on", "needs an end"),
    ],
)
def test_a_bad_field_is_named_and_the_rest_stays_as_typed(
    desk: Browser, field: str, value: str, told: str
) -> None:
    fields = {"headline": "Visit", "words": "Tomorrow at ten.", field: value}
    answer = desk.post("/desk/notices", **fields)

    assert answer.status_code == 422
    assert told in answer.text
    assert "Tomorrow at ten." in answer.text
    assert "No notice hangs" in desk.get("/desk/notices").text


def test_what_is_no_picture_is_refused(desk: Browser, database: Database) -> None:
    svg = (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "team.png")
    answer = desk.post("/desk/notices", headline="Visit", picture=svg, picture_tells="Us")

    assert answer.status_code == 422
    assert "This is no picture that can be read." in answer.text
    assert items(database, "notices") == {}


def test_a_picture_that_nobody_keeps_is_not_there(nobody: Browser) -> None:
    assert nobody.get("/pictures/0123abcd.webp").status_code == 404


def test_the_walls_take_the_company_s_look(desk: Browser, database: Database) -> None:
    desk.post(
        "/desk/settings/look", own_colour="on", accent="#0a7d5c", frame="quiet", title_mix="Fair?",
        survey_url="https://example.com/ask", ask="", logo=(io.BytesIO(file_of()), "logo.png"),
    )  # fmt: skip

    with database.read() as session:
        chosen = preferences(session)
    assert (chosen.accent, chosen.frame, chosen.titles) == ("#0a7d5c", "quiet", {"mix": "Fair?"})
    assert items(database, "notices")["ask"]["address"] == "example.com/ask"
    page = desk.get("/desk/settings/look").text
    assert f"/pictures/{chosen.logo}.webp" in page
    assert 'value="Fair?"' in page

    refused = desk.post("/desk/settings/look", frame="full", survey_url="ftp://example.com")
    assert refused.status_code == 422
    assert "An address such as" in refused.text


def test_other_settings_leave_the_look_as_it_is(desk: Browser, database: Database) -> None:
    desk.post("/desk/settings/look", frame="quiet")
    saved = desk.post(
        "/desk/settings", title="Voices", language="en", timezone="Europe/Oslo", grace_seconds="8",
        window_days="90", age_target_hours="24",
    )  # fmt: skip

    assert saved.status_code == 302
    with database.read() as session:
        assert (preferences(session).frame, preferences(session).title) == ("quiet", "Voices")


def test_the_journey_is_put_in_order(desk: Browser, database: Database, now: datetime) -> None:
    assert "No touchpoint yet" in desk.get("/desk/settings/journey").text
    for name in ("Shop", "Delivery", "Service"):
        take(database, draft(name, at=now, score=9, touchpoint=name), at=now)

    names = {"shown_as_1": "The shop", "shown_as_2": "", "shown_as_3": ""}
    desk.post("/desk/settings/journey", **names, down="1")
    desk.post("/desk/settings/journey", **names, up="3")

    page = desk.get("/desk/settings/journey").text
    assert page.index(">Delivery<") < page.index(">Service<") < page.index(">Shop<")
    assert 'value="The shop"' in page
