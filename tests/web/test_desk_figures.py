"""The desk's figures: told with their number, and not told of few."""

from datetime import datetime, timedelta

from flask import Flask

from signage.actions import decide
from signage.models import Database
from tests.answers import draft, take, waiting
from tests.web.conftest import Browser, statements
from tests.web.test_permit import with_role

PATH = "/desk/measurement/desk"


def text_of(browser: Browser, path: str = PATH) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def decided(database: Database, lead: int, now: datetime, first: int, n: int) -> None:
    """Rejected quotes, each an hour older than the one before."""
    for number in range(first, first + n):
        came = now - timedelta(hours=number)
        take(database, draft(f"{number}", at=came, comment="Said."), at=came)
        decide.reject(database, number, revision=0, reason="staff", user_id=lead, at=now)


def test_nothing_waits_and_nothing_was_decided(desk: Browser) -> None:
    page = text_of(desk)

    assert "Nothing waits" in page
    assert "Nothing was decided in this time" in page


def test_of_few_no_median_is_made_out(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    decided(database, lead, now, 1, 4)
    page = text_of(desk)

    assert "4 of 4 quotes were decided within the target of 24 hrs" in page
    assert "Too few for a median or a share: they are shown from 10 on." in page
    assert "median age at decision" not in page
    assert "100 %" not in page


def test_many_are_told_by_age_reason_and_person(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    decided(database, lead, now, 1, 30)
    waiting(database, "31", at=now - timedelta(hours=40))
    page = text_of(desk)

    assert "<dt>median age at decision</dt><dd>15 hrs</dd>" in page
    assert "<dt>nine of ten within</dt><dd>27 hrs</dd>" in page
    assert "<dd>80 %</dd>" in page
    assert "24 of 30 quotes were decided within the target" in page
    assert "<dt>oldest</dt><dd>40 hrs</dd>" in page
    assert "The oldest has waited longer than the target" in page
    assert ">Names or singles out a colleague</th><td>30</td>" in page
    assert "<bdi>Lead</bdi></th><td>0</td><td>30</td>" in page


def test_the_time_can_be_chosen(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    long_ago = now - timedelta(days=60)
    waiting(database, at=long_ago)
    decide.reject(database, 1, revision=0, reason="other", user_id=lead, at=long_ago)

    assert "Nothing was decided in this time" in text_of(desk)
    assert "1 of 1 quotes" in text_of(desk, f"{PATH}?days=90")
    assert "Nothing was decided in this time" in text_of(desk, f"{PATH}?days=5000")
    assert desk.get(f"{PATH}?days=x").status_code == 422


def test_the_page_costs_the_same_with_many(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    decided(database, lead, now, 1, 2)
    text_of(desk)
    with statements(database) as few:
        text_of(desk)
    decided(database, lead, now, 3, 20)
    with statements(database) as many:
        text_of(desk)

    assert len(many) == len(few) <= 15, "\n".join(many)


def test_a_viewer_does_not_see_who_decided(
    app: Flask, desk: Browser, database: Database, now: datetime
) -> None:
    viewer = with_role(app, database, "viewer", now)

    assert viewer.get(PATH).status_code == 403
    assert PATH not in viewer.get("/desk/measurement").text
    assert PATH in desk.get("/desk/measurement").text
