"""Where alerts go, by the API: as an admin says it at the desk, each secret told once."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from signage.core.scopes import SCOPES
from signage.models import AlertMessage, AuditEntry, Database
from tests.answers import everything
from tests.web.programs import Ask, flaws, program

AT = "/alerts/channels"
HOOK: dict[str, Any] = {"kind": "webhook", "address": "https://example.com/alerts?key=1"}


@pytest.fixture
def ask(client: FlaskClient, database: Database, lead: int) -> Ask:
    return program(client, database, lead, "alerts:write")


def test_a_webhook_is_added_tried_renewed_and_taken_away(ask: Ask, database: Database) -> None:
    made = ask(f"POST {AT}", **HOOK)
    told = made.get_json()
    secret = told.pop("secret")
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "no-store")
    assert secret.startswith("whsec_")
    assert told == {"id": 1, **HOOK, "sent_at": None, "problem": "", "given_up": False}
    listed = ask(f"GET {AT}")
    assert listed.get_json() == {"channels": [told], "next": None}
    assert ask(f"GET {AT}/1").get_json() == told

    renewed = ask(f"POST {AT}/1/secret")
    assert (renewed.status_code, renewed.headers["Cache-Control"]) == (201, "no-store")
    other = renewed.get_json()["secret"]
    assert other != secret
    kept = str(everything(database))
    for each in (secret, other):
        assert each not in listed.text + ask(f"GET {AT}/1").text + kept

    assert ask(f"POST {AT}/1/test").get_json() == {"status": "waiting"}
    with database.write() as session:
        message = session.scalars(select(AlertMessage)).one()
        assert (message.what, message.channel_id) == ("test", 1)
        message.tries, message.problem = 1, "timeout"
    assert ask(f"GET {AT}/1").get_json()["problem"] == "timeout"

    assert ask(f"DELETE {AT}/1").get_json() == {"status": "deleted"}
    for what in ("GET {}/1", "DELETE {}/1", "POST {}/1/secret", "POST {}/1/test"):
        assert ask(what.format(AT)).status_code == 404
    with database.read() as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        assert [(row.act, row.about) for row in rows if row.detail == "token 1"] == [
            (f"alerts-to-{act}", "channel 1") for act in ("added", "renewed", "tried", "removed")
        ]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"address": "http://example.com/"}, "address"), ({"address": "x" * 501}, "address"),
        ({"address": ""}, "address"), ({"kind": "pager"}, "kind"), ({"more": 1}, "more"),
        ({"kind": "email", "address": "a@example.com"}, "address"),  # no mail server is set
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_named(ask: Ask, said: dict[str, Any], field: str) -> None:
    assert flaws(ask(f"POST {AT}", **{**HOOK, **said})) == [field]
    assert ask(f"GET {AT}").get_json()["channels"] == []


def test_one_address_is_told_once_and_ten_at_most(ask: Ask) -> None:
    ask(f"POST {AT}", **HOOK)
    assert flaws(ask(f"POST {AT}", **HOOK)) == ["address"]
    for number in range(9):
        said = {**HOOK, "address": f"https://example.com/{number}"}
        assert ask(f"POST {AT}", **said).status_code == 201
    assert flaws(ask(f"POST {AT}", kind="webhook", address="https://example.com/x")) == ["address"]
    first = ask(f"GET {AT}?limit=4").get_json()
    assert ([each["id"] for each in first["channels"]], first["next"]) == ([1, 2, 3, 4], 4)


def test_nobody_is_flooded_with_tests(ask: Ask) -> None:
    ask(f"POST {AT}", **HOOK)
    answers = [ask(f"POST {AT}/1/test").status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_no_other_scope_reaches_that_far(
    ask: Ask, client: FlaskClient, database: Database, lead: int
) -> None:
    ask(f"POST {AT}", **HOOK)
    others = program(client, database, lead, *(SCOPES.keys() - {"alerts:write"}))
    for what in ("GET {}", "POST {}", "GET {}/1", "DELETE {}/1", "POST {}/1/secret"):
        refused = others(what.format(AT))
        assert (refused.status_code, refused.get_json()["scope"]) == (403, "alerts:write"), what
        assert "example.com" not in refused.text
