"""Programs that call the API with a token of some scopes."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from signage import clock
from signage.actions.tokens import issue_token
from signage.models import Database

Ask = Callable[..., TestResponse]


def program(client: FlaskClient, database: Database, lead: int, *scopes: str) -> Ask:
    """Asks `method path`, with a body of the named fields where there are any."""
    token = issue_token(database, "Robot", user_id=lead, at=clock.now(), scopes=scopes)

    def ask(what: str, /, **said: Any) -> TestResponse:  # noqa: ANN401 - JSON
        method, _, path = what.partition(" ")
        headers = {"Authorization": f"Bearer {token}"}
        return client.open(f"/api/v1{path}", method=method, json=said or None, headers=headers)

    return ask


def flaws(answer: TestResponse) -> list[str]:
    """The fields that a refusal names."""
    assert answer.status_code == 422, answer.text
    return [each["field"] for each in answer.get_json()["problems"]]
