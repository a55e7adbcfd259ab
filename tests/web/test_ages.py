from datetime import datetime, timedelta

import pytest
from flask import Flask, render_template

from signage.actions.prefer import prefer
from signage.models import Database, Preferences
from signage.web.ages import lasting, queue_age
from signage.words import speaking
from tests.answers import waiting


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        (timedelta(seconds=-5), "0 mins"),
        (timedelta(minutes=38), "38 mins"),
        (timedelta(minutes=89), "89 mins"),
        (timedelta(hours=2), "2 hrs"),
        (timedelta(hours=24), "24 hrs"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_a_length_of_time_has_one_unit(value: timedelta | None, words: str) -> None:
    assert lasting(value) == words


def test_in_the_readers_language() -> None:
    with speaking("sv"):
        assert lasting(timedelta(hours=2)) == "2 tim"


def beside(app: Flask, database: Database) -> str:
    with app.test_request_context("/desk/review"), database.read() as session:
        return " ".join(render_template("desk/review_age.html", age=queue_age(session)).split())


def test_the_target_stands_beside_the_queue(app: Flask, database: Database, now: datetime) -> None:
    assert "Nothing waits · target 24 hrs" in beside(app, database)

    for number, hours in enumerate((9, 5, 3)):
        waiting(database, f"{number}", at=now - timedelta(hours=hours))
    assert "Median in the queue 5 hrs · target 24 hrs</p>" in beside(app, database)
    prefer(database, Preferences(age_target_hours=8), at=now)
    assert "target 8 hrs · <strong>the oldest waits for 9 hrs</strong>" in beside(app, database)
