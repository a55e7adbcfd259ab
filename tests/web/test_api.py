"""POST and DELETE /api/v1/responses: what is taken, and what its sender is told."""

from datetime import datetime
from typing import Any

import gevent
import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from signage.actions.tokens import issue_token
from signage.models import Database, Payload, Quote, SurveyResponse
from tests.answers import everything, hung, items

ANSWER = {"source": "shop", "external_id": "1", "score": 9, "comment": "Good bread."}


class Program:
    """Another program that sends answers."""

    def __init__(self, app: Flask, token: str) -> None:
        self._client = app.test_client()
        self._headers = {"Authorization": f"Bearer {token}"}

    def send(self, said: object, **headers: str) -> TestResponse:
        return self._client.post(
            "/api/v1/responses", json=said, headers={**self._headers, **headers}
        )

    def erase(self, source: str, external_id: str) -> TestResponse:
        named = {"source": source, "external_id": external_id}
        return self._client.delete("/api/v1/responses", query_string=named, headers=self._headers)


@pytest.fixture
def program(app: Flask, token: str) -> Program:
    return Program(app, token)


def told(answer: TestResponse) -> dict[str, Any]:
    assert answer.is_json
    body = answer.get_json()
    assert isinstance(body, dict)
    return body


def count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(SurveyResponse)) or 0


def test_one_answer_may_come_as_an_object(program: Program, database: Database) -> None:
    answer = program.send(ANSWER)

    assert answer.status_code == 200
    assert told(answer) == {
        "taken": 1,
        "refused": 0,
        "results": [{"item": 0, "status": "created"}],
    }
    with database.read() as session:
        kept = session.scalars(select(SurveyResponse)).one()
        assert (kept.score, kept.comment, kept.metric) == (9, "Good bread.", "nps")
        assert session.scalars(select(Quote.state)).one() == "waiting"
        assert '"comment":"Good bread."' in session.scalars(select(Payload.body)).one()


def test_the_same_again_changes_nothing(program: Program, database: Database) -> None:
    batch = [{**ANSWER, "external_id": str(n), "score": n % 11} for n in range(10)]
    program.send(batch)
    before = everything(database)

    answer = program.send(batch)

    assert answer.status_code == 200
    assert {result["status"] for result in told(answer)["results"]} == {"unchanged"}
    assert everything(database) == before


def test_a_thousand_answers_go_in_at_once(program: Program, database: Database) -> None:
    answer = program.send([{**ANSWER, "external_id": str(n)} for n in range(1000)])

    assert answer.status_code == 200
    assert (told(answer)["taken"], count(database)) == (1000, 1000)


def test_others_are_answered_while_long_comments_are_cleaned(program: Program) -> None:
    turns = []

    def others() -> None:
        while True:
            turns.append(1)
            gevent.sleep(0.001)

    ticking = gevent.spawn(others)
    comment = "<b>Good</b> bread & butter. " * 100
    batch = [{**ANSWER, "external_id": str(n), "comment": comment} for n in range(100)]
    assert program.send(batch).status_code == 200
    ticking.kill()

    assert len(turns) > 4


def test_of_mixed_items_the_good_are_taken_and_the_bad_are_named(
    program: Program, database: Database
) -> None:
    answer = program.send(
        [
            ANSWER,
            {**ANSWER, "external_id": "2", "score": 11},
            {"external_id": "3", "score": 5},
            "no object",
            {**ANSWER, "external_id": "5", "scroe": 3},
            {**ANSWER, "external_id": "6"},
        ]
    )

    assert answer.status_code == 207
    body = told(answer)
    assert (body["taken"], body["refused"]) == (2, 4)
    assert [result["item"] for result in body["results"]] == list(range(6))
    problems = {
        result["item"]: [(each["type"], each["field"]) for each in result["problems"]]
        for result in body["results"]
        if result["status"] == "refused"
    }
    assert problems == {
        1: [("about:problem/score-out-of-range", "score")],
        2: [("about:problem/missing", "source")],
        3: [("about:problem/not-object", None)],
        4: [("about:problem/unknown-field", "scroe")],
    }
    assert "Did you mean “score”?" in body["results"][4]["problems"][0]["title"]
    assert count(database) == 2


def test_a_correction_is_told_apart(program: Program) -> None:
    program.send(ANSWER)

    assert told(program.send({**ANSWER, "score": 3}))["results"][0]["status"] == "changed"
    assert told(program.send({**ANSWER, "score": 3}))["results"][0]["status"] == "unchanged"


def test_that_the_first_comment_stays_is_told(program: Program) -> None:
    program.send(ANSWER)

    result = told(program.send({**ANSWER, "comment": "Bad bread."}))["results"][0]

    assert result["status"] == "unchanged"
    assert "recorded first stays" in result["note"]


def test_a_correction_beyond_the_recorded_scale_is_refused(program: Program) -> None:
    program.send({**ANSWER, "metric": "csat", "score": 4})

    answer = program.send({"source": "shop", "external_id": "1", "score": 9})

    assert answer.status_code == 422
    problem = told(answer)["results"][0]["problems"][0]
    assert (problem["type"], problem["field"]) == ("about:problem/score-out-of-range", "score")


def test_problems_are_told_in_the_senders_language(program: Program) -> None:
    english = told(program.send({**ANSWER, "score": 11}))
    answer = program.send({**ANSWER, "score": 11}, **{"Accept-Language": "xx, en;q=0.5"})

    assert told(answer) == english


def test_an_answer_is_erased(
    program: Program, database: Database, lead: int, now: datetime
) -> None:
    hung(database, lead=lead, at=now)

    answer = program.erase("shop", "1")

    assert (answer.status_code, told(answer)) == (200, {"status": "deleted"})
    assert count(database) == 0
    assert items(database) == {}
    again = program.erase("shop", "1")
    assert again.status_code == 404
    assert again.content_type == "application/problem+json"
    assert told(again)["type"] == "about:problem/unknown-response"


def test_limits_are_told_with_each_answer(program: Program) -> None:
    headers = program.send(ANSWER).headers

    assert headers["X-RateLimit-Limit"] == "600"
    assert headers["X-RateLimit-Remaining"] == "599"
    assert "X-RateLimit-Reset" in headers


def test_each_token_has_a_limit_of_its_own(
    app: Flask, program: Program, database: Database, now: datetime
) -> None:
    other = Program(app, issue_token(database, "Other tool", user_id=None, at=now))
    program.send(ANSWER)

    assert other.send(ANSWER).headers["X-RateLimit-Remaining"] == "599"


def test_beyond_the_limit_it_is_told_to_wait(program: Program) -> None:
    for _ in range(600):
        program.send([])

    answer = program.send(ANSWER)

    assert answer.status_code == 429
    assert answer.content_type == "application/problem+json"
    assert told(answer)["retry"] is True
    assert int(answer.headers["Retry-After"]) <= 60
