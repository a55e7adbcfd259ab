"""Takeovers by programs: hung once, listed, ended; each mistake told with its field."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from signage.actions import groups
from signage.actions.takeovers import TextDraft, write_text
from signage.actions.tokens import issue_token, revoke_token
from signage.models import Database
from tests.answers import items

Send = Callable[..., TestResponse]
AT = "/api/v1/takeovers"


@pytest.fixture
def send(client: FlaskClient, database: Database, lead: int, now: datetime) -> Send:
    token = issue_token(database, "Pager", user_id=lead, at=now, scopes=["takeovers"])

    def sent(method: str = "POST", path: str = AT, **said: Any) -> TestResponse:  # noqa: ANN401 - JSON
        headers = {"Authorization": f"Bearer {token}"}
        return client.open(path, method=method, json=said or None, headers=headers)

    return sent


def test_one_is_hung_listed_and_ended(send: Send, database: Database) -> None:
    said = {"headline": "NPS goal reached", "look": "celebration", "minutes": 30, "key": "goal"}
    made = send(**said)
    told = made.get_json()
    assert (made.status_code, told["id"], told["on"], told["for"]) == (201, 1, True, None)
    assert items(database, "notices")["n1"]["look"] == "celebration"

    again = send(**said)
    assert (again.status_code, again.get_json()["id"]) == (200, 1)
    listed = send("GET").get_json()["takeovers"]
    assert [each["id"] for each in listed] == [1]

    for _ in range(2):
        ended = send("DELETE", f"{AT}/1")
        assert (ended.status_code, ended.get_json()) == (200, {"status": "ended"})
    assert items(database, "notices") == {}
    assert send("GET").get_json() == {"takeovers": []}
    assert send("DELETE", f"{AT}/9").status_code == 404


def test_it_waits_for_its_time_on_its_group(send: Send, database: Database, now: datetime) -> None:
    group = groups.add_group(database, "Canteens", at=now)
    begin = now + timedelta(hours=1)
    until = begin + timedelta(hours=1)
    told = send(
        headline="Visit", groups=[group], **{"from": begin.isoformat()}, until=until.isoformat()
    ).get_json()
    assert (told["on"], told["for"], told["reaches"]) == (
        False, {"groups": [group], "screens": []}, 0,
    )  # fmt: skip


def test_a_text_that_is_kept_ready_is_hung_by_its_id(
    send: Send, database: Database, lead: int, now: datetime
) -> None:
    write_text(database, TextDraft("Leave", minutes=45, urgent=True), user_id=lead, at=now)
    assert send(prepared=1).get_json()["urgent"] is True
    refused = send(prepared=1, words="More", minutes=3).get_json()["problems"]
    assert [each["field"] for each in refused] == ["words", "minutes"]
    assert send(prepared=2).status_code == 422


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"minutes": 5}, "headline"),
        ({"headline": "x"}, "shows_until"),
        ({"headline": 5, "minutes": 5}, "headline"),
        ({"headline": "x" * 81, "minutes": 5}, "headline"),
        ({"headline": "x", "minutes": 0}, "minutes"),
        ({"headline": "x", "minutes": 1.5}, "minutes"),
        ({"headline": "x", "minutes": True}, "minutes"),
        ({"headline": "x", "minutes": 5, "urgent": "yes"}, "urgent"),
        ({"headline": "x", "minutes": 5, "groups": [99]}, "where"),
        ({"headline": "x", "minutes": 5, "groups": []}, "where"),
        ({"headline": "x", "minutes": 5, "screens": ["1"]}, "screens"),
        ({"headline": "x", "minutes": 5, "screens": [2**70]}, "screens"),
        ({"headline": "x", "minutes": 5, "screens": [1] * 201}, "screens"),
        ({"headline": "x", "minutes": 5, "key": "k" * 101}, "key"),
        ({"headline": "x", "until": "tomorrow"}, "until"),
        ({"headline": "x", "until": "2999-01-01T00:00:00"}, "until"),
        ({"headline": "x", "minutes": 5, "titel": "y"}, "titel"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_hangs(
    send: Send, database: Database, said: dict[str, Any], field: str
) -> None:
    answer = send(**said)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert field in [each["field"] for each in answer.get_json()["problems"]]
    assert items(database, "notices") == {}


def test_a_token_is_good_for_what_it_was_made_for(
    send: Send, client: FlaskClient, database: Database, lead: int, now: datetime
) -> None:
    token = issue_token(database, "Survey", user_id=lead, at=now)
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post(AT, json={"headline": "x", "minutes": 5}, headers=headers)
    assert (answer.status_code, answer.get_json()["scope"]) == (403, "takeovers")
    assert answer.get_json()["type"] == "about:problem/token-scope"
    assert send(path="/api/v1/responses", source="shop").status_code == 403

    revoke_token(database, 1, at=now)
    assert send(headline="x", minutes=5).status_code == 401
    assert client.post(AT, json={}).status_code == 401
    assert items(database, "notices") == {}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_object_is_told(
    client: FlaskClient, database: Database, lead: int, now: datetime, body: bytes
) -> None:
    token = issue_token(database, "Pager", user_id=lead, at=now, scopes=["takeovers"])
    answer = client.post(AT, data=body, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code in {413, 422}
