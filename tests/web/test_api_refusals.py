"""Every way to send the API something wrong; each is told as a problem, and takes nothing in."""

import json
from bisect import bisect_left
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from signage.actions.tokens import revoke_token, token_id
from signage.core.shape_reading import MOST_TOLD
from signage.models import Database
from tests.answers import everything
from tests.web.conftest import Browser

ANSWER = {"source": "shop", "external_id": "1", "score": 9}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def send(client: FlaskClient, token: str, body: bytes | str) -> TestResponse:
    return client.post("/api/v1/responses", data=body, headers={"Authorization": f"Bearer {token}"})


def answers_in(database: Database) -> object:
    kept = everything(database)
    return [kept[table] for table in ("survey_responses", "payloads", "quotes", "tallies")]


def assert_problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    body = answer.get_json()
    assert (body["type"], body["status"]) == (f"about:problem/{code}", status)
    assert body["title"]
    assert body["retry"] is False
    assert "Traceback" not in answer.text
    assert "signage/" not in answer.text
    return dict(body)


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic c2duOng=", "{token}", "Token {token}"],
)
@pytest.mark.parametrize("method", ["post", "delete"])
def test_without_a_token_nothing_is_taken_nor_erased(
    client: FlaskClient, database: Database, token: str, header: str | None, method: str
) -> None:
    headers = {} if header is None else {"Authorization": header.format(token=token)}
    before = answers_in(database)
    path = "/api/v1/responses" + ("?source=shop&external_id=1" if method == "delete" else "")

    answer = client.open(path, method=method.upper(), json=ANSWER, headers=headers)

    assert_problem(answer, 401, "no-token")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="signage"'
    assert answers_in(database) == before


def test_a_revoked_token_is_refused(
    client: FlaskClient, database: Database, token: str, now: datetime
) -> None:
    assert send(client, token, json.dumps(ANSWER)).status_code == 200

    revoke_token(database, token_id(database, token, at=now), at=now)

    assert_problem(send(client, token, json.dumps(ANSWER)), 401, "no-token")


def test_whoever_guesses_tokens_is_soon_told_to_wait(client: FlaskClient, token: str) -> None:
    statuses = [send(client, f"sgn_{number}", "[]").status_code for number in range(32)]
    other = client.get("/api/v1/groups", headers={"Authorization": "Bearer sgn_x"})

    assert statuses == [401] * 30 + [429] * 2
    assert other.status_code == 429, "wherever they are tried"
    assert send(client, token, json.dumps(ANSWER)).status_code == 200, "a token does not wait"


def test_a_persons_sign_in_is_no_token(desk: Browser) -> None:
    answer = desk.client.post("/api/v1/responses", json=ANSWER)

    assert_problem(answer, 401, "no-token")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        '{"source": "shop"',
        "{'source': 'shop'}",
        '{"score": NaN}',
        '{"score": Infinity}',
        '[{"score": -Infinity}]',
        b"\xff\xfe\x00",
        b'{"comment": "\xe5"}',
        '{"score": ' + "9" * 5000 + "}",
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
    ids=[
        "empty", "text", "cut off", "quotes", "NaN", "Infinity", "-Infinity", "utf-16", "latin-1",
        "digits", "deep array", "deep object",
    ],
)  # fmt: skip
def test_what_is_not_json_is_told(
    client: FlaskClient, database: Database, token: str, body: bytes | str
) -> None:
    before = answers_in(database)

    problem = assert_problem(send(client, token, body), 400, "not-json")

    assert "The body is not JSON: line" in str(problem["title"])
    assert answers_in(database) == before


@pytest.mark.parametrize("said", [[], "text", 7, None, True, 1.5])
def test_what_is_no_answer_and_no_list_of_answers_is_told(
    client: FlaskClient, token: str, said: object
) -> None:
    assert_problem(send(client, token, json.dumps(said)), 400, "not-items")


def test_a_thousand_and_one_answers_are_too_many(
    client: FlaskClient, database: Database, token: str
) -> None:
    before = answers_in(database)
    batch = [{**ANSWER, "external_id": str(n)} for n in range(1001)]

    problem = assert_problem(send(client, token, json.dumps(batch)), 413, "too-many")

    assert problem["title"] == "1001 items; send at most 1000 at a time."
    assert answers_in(database) == before


def test_a_body_beyond_the_limit_is_too_large(
    client: FlaskClient, database: Database, token: str
) -> None:
    before = answers_in(database)
    body = b" " * (8 * 1024 * 1024) + json.dumps(ANSWER).encode()

    problem = assert_problem(send(client, token, body), 413, "too-large")

    assert "8 MB" in str(problem["title"])
    assert answers_in(database) == before


LATER = (datetime(2026, 1, 1).astimezone() + timedelta(days=365 * 100)).isoformat()


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"score": 11}, "score-out-of-range", "score"),
        ({"score": -1}, "score-out-of-range", "score"),
        ({"score": 8.5}, "score-not-whole", "score"),
        ({"score": "9"}, "wrong-type", "score"),
        ({"score": True}, "wrong-type", "score"),
        ({"score": [9]}, "wrong-type", "score"),
        ({"score": 10**400}, "score-out-of-range", "score"),
        ({"metric": "csat", "score": 6}, "score-out-of-range", "score"),
        ({"metric": "ces", "score": 0}, "score-out-of-range", "score"),
        ({"metric": "smiles"}, "not-a-choice", "metric"),
        ({"kind": "other"}, "not-a-choice", "kind"),
        ({"consent": "yes"}, "not-a-choice", "consent"),
        ({"language": "på svenska"}, "language-unreadable", "language"),
        ({"comment": 7}, "wrong-type", "comment"),
        ({"comment": "a" * 20_001}, "too-long", "comment"),
        ({"source": "a" * 201}, "too-long", "source"),
        ({"source": ""}, "missing", "source"),
        ({"external_id": None}, "missing", "external_id"),
        ({"external_id": 1}, "wrong-type", "external_id"),
        ({"external_id": "a\u0000b"}, "not-printable", "external_id"),
        ({"score": None}, "nothing-answered", None),
        ({"answered_at": LATER}, "in-the-future", "answered_at"),
        ({"answered_at": "yesterday"}, None, "answered_at"),
        ({"answered_at": 1_700_000_000}, "wrong-type", "answered_at"),
        ({"mood": "good"}, "unknown-field", "mood"),
        ({"comment": {"deep": [[[]]]}}, "wrong-type", "comment"),
    ],
    ids=str,
)
def test_each_wrong_field_is_named(
    client: FlaskClient,
    database: Database,
    token: str,
    wrong: dict[str, object],
    code: str | None,
    field: str | None,
) -> None:
    before = answers_in(database)

    answer = send(client, token, json.dumps({**ANSWER, **wrong}))

    body = assert_problem(answer, 422, "invalid-responses")
    (result,) = body["results"]
    assert (result["item"], result["status"]) == (0, "refused")
    (problem,) = result["problems"]
    assert problem["field"] == field
    assert problem["title"]
    if code:
        assert problem["type"] == f"about:problem/{code}"
    assert answers_in(database) == before


def test_of_thousands_of_wrong_fields_the_first_are_told(client: FlaskClient, token: str) -> None:
    said = {**ANSWER, **dict.fromkeys((f"f{number}" for number in range(5000)), 1)}

    body = assert_problem(send(client, token, json.dumps(said)), 422, "invalid-responses")

    (result,) = body["results"]
    assert len(result["problems"]) == MOST_TOLD + 1
    assert result["problems"][-1]["type"] == "about:problem/more"


def test_nesting_of_any_depth_is_told_as_a_problem(
    client: FlaskClient, database: Database, token: str
) -> None:
    def status(depth: int) -> int:
        nested = "[" * depth + "]" * depth
        body = f'{{"source": "shop", "external_id": "1", "comment": {nested}}}'
        return send(client, token, body).status_code

    before = answers_in(database)
    most = bisect_left(range(1000), -400, key=lambda depth: -status(depth))
    # Around the depth from which on it cannot be read, writing may fail where reading did not.
    assert {status(depth) for depth in range(most - 12, most + 4)} == {400, 422}
    assert answers_in(database) == before


@pytest.mark.parametrize(
    "comment", ['"a\\ud800b"', '"a\\u0000b"', '"\\udfff"', '"<script>x</script>Good"']
)
def test_no_letter_that_json_can_spell_breaks_anything(
    client: FlaskClient, token: str, comment: str
) -> None:
    for field in ("comment", "name", "touchpoint", "segment"):
        body = f'{{"source": "s", "external_id": "{field}", "score": 9, "{field}": {comment}}}'

        answer = send(client, token, body)

        assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("field", ["source", "external_id", "respondent", "\\ud800"])
def test_half_a_letter_in_a_name_is_told(client: FlaskClient, token: str, field: str) -> None:
    answer = send(client, token, json.dumps(ANSWER)[:-1] + f', "{field}": "a\\ud800"}}')

    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/responses", 405),
        ("PUT", "/api/v1/responses", 405),
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/responses?source=shop", 404),
    ],
)
def test_what_the_api_does_not_have_is_a_problem_too(
    client: FlaskClient, token: str, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method, headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_the_token_stands_in_no_answer(client: FlaskClient, token: str) -> None:
    assert token not in send(client, token, "nonsense").text
    assert token not in send(client, token, json.dumps(ANSWER)).text
