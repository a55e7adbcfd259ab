"""Links, agents' tokens and settling by the API: the actions of the desk, each secret told once."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from signage.actions.agents import agent_of
from signage.actions.pairings import begin, claim
from signage.actions.screens import ScreenDraft, add_screen, screen_of
from signage.core.pairing import Looks
from signage.errors import Refused
from signage.models import AuditEntry, Database, Device
from tests.answers import everything
from tests.web.conftest import SECRET
from tests.web.programs import Ask, flaws, program

ONE, OTHER = "one-" * 3, "other-" * 2


@pytest.fixture
def ask(client: FlaskClient, database: Database, lead: int) -> Ask:
    return program(client, database, lead, "screens", "screens:write")


def acts(database: Database) -> list[tuple[str, str, str]]:
    """What programs did, and about what."""
    with database.read() as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.act, row.about, row.detail) for row in rows if row.detail == "token 1"]


def key_in(answer: TestResponse) -> str:
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    address, _, key = answer.get_json()["url"].partition("#")
    assert address == "http://localhost/wall"
    return str(key)


def twins(database: Database, ask: Ask, now: datetime) -> str:
    """A paired screen, two players of which were heard just now; gives their token."""
    begun = begin(database, Looks(1920, 1080, browser="Chromium 140"), at=now)
    ask("POST /screens", code=begun.code, name="Canteen")
    token = claim(database, SECRET, begun.secret, at=now)
    assert token is not None
    with database.write() as session:
        device = session.get_one(Device, 1)
        device.page, device.heard_at = ONE, now
        device.other_page, device.other_heard_at = OTHER, now
        device.other_looks = Looks(1080, 1920).as_json()
    return token


def test_a_screen_is_made_with_a_link_which_is_told_once(ask: Ask, database: Database) -> None:
    made = ask("POST /screens/links", name="Reception", site="Solna", tags=["hot"], locale="sv")
    key = key_in(made)
    assert made.get_json()["screen"] == 1
    found = screen_of(database, SECRET, key)
    assert (found.name, found.site, found.locale, found.tags) == (
        "Reception", "Solna", "sv", ["hot"],
    )  # fmt: skip
    assert found.timezone == "Europe/Stockholm", "the company's own"
    for path in ("GET /screens", "GET /screens/1", "GET /screens/1/players"):
        assert key not in ask(path).text
    assert key not in str(everything(database))
    assert acts(database) == [("screen-link-made", "screen 1", "token 1")]


def test_a_screen_that_cannot_be_is_not_made(ask: Ask) -> None:
    assert flaws(ask("POST /screens/links", site="Solna")) == ["name"]
    assert flaws(ask("POST /screens/links", name="Wall", timezone="Mars")) == ["timezone"]
    assert flaws(ask("POST /screens/links", name="Wall", code="BCDFGHJK")) == ["code"]
    assert ask("GET /screens").get_json()["screens"] == []


def test_another_link_ends_the_one_before_and_lets_a_revoked_screen_in(
    ask: Ask, database: Database
) -> None:
    first = key_in(ask("POST /screens/links", name="Reception"))
    second = key_in(ask("POST /screens/1/link"))
    with pytest.raises(Refused):
        screen_of(database, SECRET, first)
    assert screen_of(database, SECRET, second).id == 1

    assert ask("POST /screens/1/revocation").get_json()["state"] == "revoked"
    with pytest.raises(Refused):
        screen_of(database, SECRET, second)
    assert screen_of(database, SECRET, key_in(ask("POST /screens/1/link"))).revoked_at is None
    assert ask("POST /screens/9/link").status_code == 404
    made = ("screen-link-made", "screen 1", "token 1")
    revoked = ("screen-link-revoked", "screen 1", "token 1")
    assert acts(database) == [made, made, revoked, made]


def test_an_agents_token_is_made_and_ended(ask: Ask, database: Database, now: datetime) -> None:
    add_screen(database, SECRET, ScreenDraft("Canteen"), at=now)
    first, second = (ask("POST /screens/1/agent") for _ in range(2))
    assert (second.status_code, second.headers["Cache-Control"]) == (201, "no-store")
    old, token = (each.get_json()["token"] for each in (first, second))
    assert agent_of(database, token).screen_id == 1
    with pytest.raises(Refused):
        agent_of(database, old)
    assert ask("GET /screens/1").get_json()["device"]["there"] is False
    assert token not in ask("GET /screens/1").text + ask("GET /screens").text
    assert token not in str(everything(database))

    for _ in range(2):
        assert ask("DELETE /screens/1/agent").get_json() == {"status": "ended"}
    with pytest.raises(Refused):
        agent_of(database, token)
    assert [act for act, *_ in acts(database)] == ["agent-made", "agent-made", "agent-ended"]
    for what in ("POST", "DELETE"):
        assert ask(f"{what} /screens/9/agent").status_code == 404
    ask("POST /screens/1/revocation")
    assert flaws(ask("POST /screens/1/agent")) == [None]


def test_of_two_players_one_stays(ask: Ask, database: Database, now: datetime) -> None:
    token = twins(database, ask, now)
    ask("POST /screens/1/agent")
    assert ask("GET /screens/1").get_json()["twice"] is True
    answer = ask("GET /screens/1/players")
    here, there = answer.get_json()["players"]
    assert (here["page"], here["browser"], here["width"]) == (ONE, "Chromium 140", 1920)
    assert (there["page"], there["width"]) == (OTHER, 1080)
    assert token not in answer.text

    settled = ask("POST /screens/1/settling", stays=OTHER)
    assert (settled.status_code, settled.get_json()["twice"]) == (200, False)
    assert settled.get_json()["device"] is None, "nobody knows on which of them its agent is"
    (left,) = ask("GET /screens/1/players").get_json()["players"]
    assert left["page"] == OTHER
    again = ask("POST /screens/1/settling", stays=ONE)
    assert (again.status_code, again.get_json()["type"]) == (409, "about:problem/http-409")
    assert [act for act, *_ in acts(database)][-2:] == ["agent-ended", "screen-settled"]


def test_what_is_not_there_is_not_settled(ask: Ask, database: Database, now: datetime) -> None:
    add_screen(database, SECRET, ScreenDraft("Canteen"), at=now)
    assert ask("GET /screens/1/players").get_json() == {"players": []}
    for screen in (1, 9):  # one has no device
        assert ask(f"POST /screens/{screen}/settling", stays=ONE).status_code == 404
    assert ask("GET /screens/9/players").status_code == 404
    assert flaws(ask("POST /screens/1/settling", who=ONE)) == ["stays", "who"]


def test_two_players_are_there_while_both_are_heard(
    ask: Ask, database: Database, now: datetime
) -> None:
    twins(database, ask, now)
    with database.write() as session:
        session.get_one(Device, 1).other_heard_at = now - timedelta(minutes=5)
    (alone,) = ask("GET /screens/1/players").get_json()["players"]
    assert alone["page"] == ONE


def test_who_may_only_read_is_told_no_way_in(
    ask: Ask, client: FlaskClient, database: Database, lead: int
) -> None:
    ask("POST /screens/links", name="Reception")
    reads = program(client, database, lead, "screens", "programme", "takeovers")
    for what in (
        "POST /screens/links", "POST /screens/1/link", "POST /screens/1/agent",
        "DELETE /screens/1/agent", "GET /screens/1/players", "POST /screens/1/settling",
    ):  # fmt: skip
        refused = reads(what)
        assert (refused.status_code, refused.get_json()["scope"]) == (403, "screens:write"), what
