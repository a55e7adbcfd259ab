"""GET /metrics: who may read it, and who may not."""

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from signage import clock
from signage.actions import tokens
from signage.models import ApiToken, Database
from signage.settings import Settings
from signage.web import create_flask
from tests.web.conftest import Browser
from tests.web.test_metrics import AWAY, bearer, read, values


def assert_refused(answer: TestResponse) -> None:
    assert answer.status_code == 401
    assert answer.get_json()["type"] == "about:problem/no-token"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="signage"'
    assert "signage_" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearer(""),
        bearer("sgn_no-such-token"),
        {"Authorization": "Basic c2lnbmFnZTp4"},
        {"X-Forwarded-For": "127.0.0.1"},
    ],
)
def test_nobody_else_reads_them(client: FlaskClient, headers: dict[str, str]) -> None:
    assert_refused(client.get("/metrics", headers=headers, environ_base=AWAY))


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "2001:db8::1", "", "somewhere"])
def test_an_address_elsewhere_is_not_this_machine(client: FlaskClient, address: str) -> None:
    assert_refused(client.get("/metrics", environ_base={"REMOTE_ADDR": address}))


def test_a_revoked_token_reads_nothing(
    client: FlaskClient, database: Database, token: str, now: datetime
) -> None:
    assert client.get("/metrics", headers=bearer(token), environ_base=AWAY).status_code == 200
    with database.read() as session:
        token_id = session.scalars(select(ApiToken.id)).one()
    tokens.revoke_token(database, token_id, at=now)

    assert_refused(client.get("/metrics", headers=bearer(token), environ_base=AWAY))


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "192.0.2.7"},
        {"X-Real-IP": "192.0.2.7"},
        {"Forwarded": "for=192.0.2.7"},
        {"Via": "1.1 proxy"},
        {"Host": "wall.example.com"},
        {"Host": "localhost.example.com"},
        {"Host": "[x"},
    ],
)
def test_a_proxy_that_nobody_told_us_of_is_no_way_in(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    assert_refused(read(client, **headers))


def test_behind_a_proxy_only_a_token_counts(
    settings: Settings, database: Database, token: str
) -> None:
    app = create_flask(replace(settings, trusted_proxies=1), database, dict)
    client = app.test_client()

    assert_refused(read(client))
    assert_refused(read(client, **{"X-Forwarded-For": "127.0.0.1"}))
    assert read(client, **bearer(token)).status_code == 200


def test_a_person_at_the_desk_has_no_token(desk: Browser) -> None:
    assert_refused(desk.client.get("/metrics", environ_base=AWAY))


def test_without_the_database_a_token_that_was_good_is_good(
    app: Flask, database: Database, gone: Database, token: str
) -> None:
    client, parts = app.test_client(), app.extensions["signage"]
    other = tokens.issue_token(database, "Never used here", user_id=None, at=clock.now())
    assert client.get("/metrics", headers=bearer(token), environ_base=AWAY).status_code == 200

    app.extensions["signage"] = replace(parts, database=gone)

    answer = client.get("/metrics", headers=bearer(token), environ_base=AWAY)
    assert values(answer)["signage_up part=database"] == 0
    assert_refused(client.get("/metrics", headers=bearer(other), environ_base=AWAY))
    assert_refused(client.get("/metrics", environ_base=AWAY))
