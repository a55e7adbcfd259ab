"""The served document says how the API answers: asked all sorts of things, it answers so."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from signage.actions.channels import add_channel
from signage.actions.commands import command
from signage.actions.feeds import FeedDraft, make_feed
from signage.actions.goals import GoalDraft, write_goal
from signage.actions.groups import add_group
from signage.actions.plans import add_playlist, set_default
from signage.actions.publish_plan import publish_plan
from signage.actions.screens import ScreenDraft, add_screen
from signage.actions.texts import TextDraft, write_text
from signage.actions.tokens import issue_token
from signage.core.feed_rules import FeedRule
from signage.core.scopes import SCOPES
from signage.models import Database, Screenshot
from signage.models.plan import draft_plan
from signage.settings import Settings
from signage.web import api_document
from signage.web.api_document import BASE, calls
from signage.web.security import limiter
from tests.web.conftest import SECRET

AT = "/api/v1/openapi.json"
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip
ASKED, ASKED_WITH_BODY = 3, 8
"""Examples of what conforms to a call's shapes, and as many of what does not."""


@pytest.fixture
def tokens(database: Database, lead: int, now: datetime) -> dict[str, str]:
    return {
        scope: issue_token(database, scope, user_id=lead, at=now, scopes=[scope])
        for scope in SCOPES
    }


@pytest.fixture(autouse=True)
def there(database: Database, settings: Settings, lead: int, now: datetime) -> None:
    """One of each thing that a call can be about, mostly with the number 1."""
    group = add_group(database, "Canteens", at=now)
    screen, _ = add_screen(database, SECRET, ScreenDraft("Canteen", group_id=group), at=now)
    command(database, screen, "report", user_id=lead, at=now)
    add_playlist(database, "Words", like="built-in", at=now)
    set_default(database, str(group), "1", at=now)
    publish_plan(database, seen=draft(database), at=now)
    add_playlist(database, "Figures", at=now)
    with database.write() as session:
        session.add(Screenshot(screen_id=screen, taken_at=now, width=1, height=1, data=b"drawn"))
    make_feed(database, FeedDraft("Praise", FeedRule("quotes")), user_id=lead, at=now)
    write_text(database, TextDraft("Leave"), user_id=lead, at=now)
    goal = GoalDraft("count", "nps", 10_000, TextDraft("The 1,000th 10"))
    write_goal(database, goal, user_id=lead, at=now)
    add_channel(database, settings, "webhook", "https://example.com/a", user_id=lead, at=now)


def draft(database: Database) -> str:
    """The revision of what is drafted."""
    with database.read() as session:
        return draft_plan(session).digest


@pytest.fixture
def schema(app: Flask) -> BaseSchema:
    return schemathesis.openapi.from_wsgi(AT, app)


def operations(schema: BaseSchema) -> Iterator[APIOperation[Any, Any, Any, Any]]:
    for each in schema.get_all_operations():
        assert isinstance(each, Ok), each
        yield each.ok()


def scope_of(operation: APIOperation[Any, Any, Any, Any]) -> str | None:
    needs = operation.definition.raw["security"]
    return needs[0]["token"][0] if needs else None


def test_the_document_is_sound_and_served_to_anybody(
    schema: BaseSchema, client: FlaskClient
) -> None:
    schema.validate()
    answer = client.get(AT)
    assert (answer.status_code, answer.get_json()["openapi"]) == (200, "3.1.0")
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(AT, headers=known).status_code == 304


def test_the_document_is_made_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get(AT).data
    monkeypatch.setattr(api_document, "document", None)
    assert client.get(AT).data == first


def test_every_route_of_the_api_is_described(app: Flask, schema: BaseSchema) -> None:
    there = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(BASE)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(method, rule.endpoint) for rule, method, _ in calls(app)} == there
    # The tool leaves out the call that it has the document from.
    assert len(list(operations(schema))) == len(there) - 1


def test_each_call_needs_the_scope_that_it_names(
    schema: BaseSchema, tokens: dict[str, str]
) -> None:
    scopes = list(tokens)
    for number, operation in enumerate(operations(schema)):
        needed = scope_of(operation)
        assert needed is not None, operation.label
        values = dict.fromkeys((each.name for each in operation.path_parameters), 1)
        case = operation.Case(path_parameters=values)
        limiter.reset()  # of wrong tokens an address has few
        nobody = case.call()
        case.validate_response(nobody, checks=CHECKS)
        assert nobody.status_code == 401
        # Each in its turn is one that does not do.
        others = [scope for scope in scopes if scope != needed]
        token = tokens[others[number % len(others)]]
        other = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(other, checks=CHECKS)
        assert (other.status_code, other.json()["scope"]) == (403, needed)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_call_is_answered_otherwise_than_the_document_says(
    schema: BaseSchema, tokens: dict[str, str], mode: GenerationMode
) -> None:
    for operation in operations(schema):
        asking(operation, tokens.get(scope_of(operation) or ""), mode)()


def asking(
    operation: APIOperation[Any, Any, Any, Any], token: str | None, mode: GenerationMode
) -> Callable[[], None]:
    """A call of all sorts, mostly about what is there."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    asked = ASKED_WITH_BODY if operation.body else ASKED

    @given(case=operation.as_strategy(generation_mode=mode), number=st.sampled_from((1, 1, 2, 9)))
    @settings(
        max_examples=asked, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def ask(case: Case[Any], number: int) -> None:
        if mode is GenerationMode.POSITIVE:
            case.path_parameters = dict.fromkeys(case.path_parameters, number)
        case.call_and_validate(headers=headers, checks=CHECKS)

    return ask
