from datetime import datetime, timedelta

import pytest

from signage.actions.prefer import prefer
from signage.models import Database, Preferences
from tests.answers import draft, take
from tests.web.conftest import Browser


@pytest.fixture
def answered(database: Database, now: datetime) -> Database:
    """Per day for 100 days, of the shop: 10, 9 and 3; one 5 of csat; now and then a 7 of ces."""
    answers = []
    for back in range(100):
        day = now - timedelta(days=back)
        for place, score in enumerate((10, 9, 3)):
            answers.append(
                draft(f"{back}-{place}", at=now, score=score, touchpoint="Shop", answered_at=day)
            )
        answers.append(draft(f"{back}-c", at=now, metric="csat", score=5, answered_at=day))
    take(database, *answers, draft("e", at=now, metric="ces", score=7), at=now)
    return database


@pytest.mark.usefixtures("answered")
def test_a_score_stands_with_its_interval_its_answers_and_its_time(desk: Browser) -> None:
    page = desk.get("/desk/measurement?days=90").text

    assert "NPS, last 90 days" in page
    assert '<p class="score">+33</p>' in page
    assert "between +22 and +44" in page
    assert "270 answers" in page
    assert "as of" in page


@pytest.mark.usefixtures("answered")
def test_metrics_never_mix_and_each_names_its_unit(desk: Browser) -> None:
    csat = desk.get("/desk/measurement?metric=csat&days=90").text
    assert '<p class="score">100 %</p>' in csat
    assert "share of 4–5; mean 5.0" in csat

    ces = desk.get("/desk/measurement?metric=ces&days=90").text
    assert "Too few answers yet: 1 of 30" in ces


@pytest.mark.usefixtures("answered")
def test_a_touchpoint_may_be_looked_at_alone(desk: Browser) -> None:
    page = desk.get("/desk/measurement?days=30&touchpoint=1").text

    assert "NPS · Shop, last 30 days" in page
    assert "90 answers" in page
    assert "No answers in this time" in desk.get("/desk/measurement?touchpoint=99").text


def test_an_empty_product_says_what_to_do(desk: Browser) -> None:
    assert "Bring answers in" in desk.get("/desk/measurement").text


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("query", ["metric=smiles", "days=7", "kind=other", "days=-1"])
def test_a_choice_that_there_is_not_becomes_the_usual_one(desk: Browser, query: str) -> None:
    page = desk.get(f"/desk/measurement?{query}").text

    assert "NPS, last 90 days" in page


def test_the_window_is_the_one_nearest_to_the_companys(
    desk: Browser, answered: Database, now: datetime
) -> None:
    prefer(answered, Preferences(window_days=28), at=now)

    assert "NPS, last 30 days" in desk.get("/desk/measurement").text
