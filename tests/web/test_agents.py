"""What agents say over HTTP, and what the desk shows of them."""

import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from signage.actions import agents, commands, screens, tokens
from signage.actions.screens import ScreenDraft
from signage.core.agents import LATELY
from signage.core.scopes import SCREENS_WRITE
from signage.models import Agent, AuditEntry, Command, Database, Screenshot
from signage.web import agents as web_agents
from signage.web.agents import LARGEST_WORD
from tests.docs.pages import examples, page
from tests.pictures import file_of
from tests.web.conftest import SECRET, Browser

FINE = {"temperature": 54.3, "signal": -61, "uptime": 7200, "version": "1"}


@pytest.fixture
def screen(database: Database, now: datetime) -> int:
    return screens.add_screen(database, SECRET, ScreenDraft("Canteen"), at=now)[0]


@pytest.fixture
def agent(database: Database, screen: int, now: datetime) -> str:
    """The token of an agent that says nothing yet."""
    return agents.make_agent(database, screen, at=now)


def said(client: FlaskClient, token: str, body: object = FINE) -> TestResponse:
    return client.post("/agent", json=body, headers={"Authorization": f"Bearer {token}"})


def sent(client: FlaskClient, token: str, id_: int, body: bytes) -> TestResponse:
    path, headers = f"/agent/pictures/{id_}", {"Authorization": f"Bearer {token}"}
    return client.post(path, data=body, headers=headers)


def row(database: Database) -> Command:
    with database.read() as session:
        return session.scalars(select(Command)).one()


def test_a_command_is_offered_taken_and_settled(
    client: FlaskClient, database: Database, screen: int, agent: str, now: datetime
) -> None:
    first = said(client, agent)
    assert first.get_json() == {"every": 15, "commands": [], "goes": []}
    id_ = commands.command(database, screen, "restart", user_id=None, at=now)

    offered = said(client, agent).get_json()["commands"]
    assert [(each["id"], each["what"]) for each in offered] == [(id_, "restart")]
    assert 0 < offered[0]["seconds"] <= 120
    assert said(client, agent, {**FINE, "takes": [id_]}).get_json()["goes"] == [id_]
    assert said(client, agent, {**FINE, "takes": [id_]}).get_json()["goes"] == []

    outcome = {"id": id_, "outcome": "done", "detail": ""}
    assert said(client, agent, {**FINE, "outcomes": [outcome]}).status_code == 200
    assert row(database).outcome == "done"


def test_the_protocol_page_shows_what_is_said(
    client: FlaskClient, database: Database, screen: int, agent: str, now: datetime
) -> None:
    shown = examples(page("docs/protocol.md"))
    said(client, agent)
    failed, asked = (
        commands.command(database, screen, what, user_id=None, at=now)
        for what in ("restart", "screenshot")
    )
    offered = said(client, agent).get_json()
    assert offered.keys() == shown["agent-answer"].keys()
    assert offered["commands"][1].keys() == shown["agent-answer"]["commands"][0].keys()
    word = shown["agent-word"] | {"takes": [asked]}
    word["outcomes"] = [word["outcomes"][0] | {"id": failed}]

    assert said(client, agent, word).get_json()["goes"] == [asked]

    with database.read() as session:
        kept = session.get_one(Agent, screen).said
        settled = session.get_one(Command, failed)
    assert kept == {name: word[name] for name in kept}
    assert {"id": failed, "outcome": settled.outcome, "detail": settled.detail} == (
        word["outcomes"][0]
    )


@pytest.mark.parametrize("token", ["", "sga_unknown", "x" * 5000])
def test_a_token_that_is_unknown_is_told_so(client: FlaskClient, token: str) -> None:
    for answer in (said(client, token), sent(client, token, 1, b"")):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_ended_token_says_and_does_nothing(
    client: FlaskClient, database: Database, screen: int, agent: str, now: datetime
) -> None:
    said(client, agent)
    id_ = commands.command(database, screen, "restart", user_id=None, at=now)
    agents.end_agent(database, screen, at=now)

    assert said(client, agent, {"takes": [id_]}).status_code == 401
    assert row(database).told_at is None


def test_other_tokens_open_nothing_here_and_this_one_nothing_else(
    client: FlaskClient, agent: str, token: str
) -> None:
    assert said(client, token).status_code == 401
    headers = {"Authorization": f"Bearer {agent}"}
    assert client.post("/api/v1/responses", json=[], headers=headers).status_code == 401
    assert client.get("/desk/screens", headers=headers).status_code == 302


def test_whoever_guesses_is_soon_told_to_wait(client: FlaskClient, agent: str) -> None:
    statuses = [said(client, f"sga_{number}").status_code for number in range(35)]

    assert statuses[:30] == [401] * 30
    assert set(statuses[30:]) == {429}
    assert said(client, agent).status_code == 200, "whoever has a token does not wait for them"


def test_an_agent_that_asks_too_often_is_told_to_wait(client: FlaskClient, agent: str) -> None:
    statuses = [sent(client, agent, 1, b"").status_code for _ in range(22)]

    assert statuses == [409] * 20 + [429] * 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"[]", 400), (b"{", 400), (b"\xff", 400), (b"[" * 9000, 400),
        (b'{"a": "' + b"x" * LARGEST_WORD + b'"}', 413),
    ],
)  # fmt: skip
def test_what_is_no_word_is_refused(
    client: FlaskClient, agent: str, body: bytes, status: int
) -> None:
    headers = {"Authorization": f"Bearer {agent}"}
    answer = client.post("/agent", data=body, headers=headers)

    assert (answer.status_code, answer.is_json) == (status, True)


@pytest.mark.parametrize(
    "body",
    [
        {}, {"temperature": "hot", "signal": [], "uptime": -1, "version": "<b>"},
        {"takes": "all", "outcomes": {}}, {"takes": [True, -1, 2**70, None]},
        {"outcomes": [1, {"id": 2**70, "outcome": "done"}, {"id": 1, "outcome": "great"}]},
        {"temperature": float("nan")},
    ],
)  # fmt: skip
def test_what_is_malformed_counts_as_not_said(
    client: FlaskClient, agent: str, body: dict[str, object]
) -> None:
    answer = said(client, agent, body)

    assert (answer.status_code, answer.get_json()["goes"]) == (200, [])


def asked_for_picture(client: FlaskClient, database: Database, screen: int, agent: str) -> int:
    said(client, agent)
    with database.read() as session:
        now = session.get_one(Agent, screen).heard_at
    assert now is not None
    id_ = commands.command(database, screen, "screenshot", user_id=None, at=now)
    assert said(client, agent, {**FINE, "takes": [id_]}).get_json()["goes"] == [id_]
    return id_


def test_a_picture_is_drawn_anew_and_shown_on_the_desk_alone(
    client: FlaskClient, desk: Browser, database: Database, screen: int, agent: str
) -> None:
    id_ = asked_for_picture(client, database, screen, agent)

    assert sent(client, agent, id_, file_of("JPEG", size=(1920, 1080))).status_code == 200

    assert row(database).outcome == "done"
    shown = desk.get(f"/desk/screens/{screen}/commands").text
    found = re.search(r'<img src="([^"]+)" width="1280" height="720"', shown)
    assert found
    picture = desk.get(found[1])
    assert (picture.mimetype, picture.data[8:12]) == ("image/webp", b"WEBP")
    assert picture.headers["Cache-Control"] == "no-store"
    assert client.get(found[1]).status_code == 302, "who is not signed in sees nothing"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422), (b"<svg/>", 422), (b"x" * (4 * 1024 * 1024 + 1), 413),
        (file_of("PNG"), 422), (file_of("JPEG", size=(4000, 2501)), 422),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused(
    client: FlaskClient, database: Database, screen: int, agent: str, body: bytes, status: int
) -> None:
    id_ = asked_for_picture(client, database, screen, agent)

    assert sent(client, agent, id_, body).status_code == status
    with database.read() as session:
        assert session.scalars(select(Screenshot.screen_id)).all() == []


def test_a_picture_is_taken_once(
    client: FlaskClient, database: Database, screen: int, agent: str
) -> None:
    id_ = asked_for_picture(client, database, screen, agent)
    assert sent(client, agent, id_, file_of("JPEG")).status_code == 200

    assert sent(client, agent, id_, file_of("JPEG")).status_code == 409
    assert sent(client, agent, 99, file_of("JPEG")).status_code == 409


def test_what_nobody_asked_for_is_not_read(
    client: FlaskClient, agent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_agents, "redraw", None)

    assert sent(client, agent, 1, file_of("JPEG")).status_code == 409
    assert sent(client, agent, 1, b"x" * (4 * 1024 * 1024 + 1)).status_code == 409


def test_no_picture_is_no_page(desk: Browser, screen: int) -> None:
    assert desk.get(f"/desk/screens/{screen}/screenshot.webp").status_code == 404


def test_a_lead_makes_and_ends_a_token_at_the_desk(
    desk: Browser, client: FlaskClient, database: Database, screen: int
) -> None:
    page = f"/desk/screens/{screen}"
    assert "There is none." in desk.get(page).text
    assert desk.post(f"{page}/agent").headers["Location"] == f"{page}#agent"
    shown = desk.get(page).text
    found = re.search(r'value="agent = &#34;(sga_[\w-]+)&#34;"', shown)
    assert found
    assert "sga_" not in desk.get(page).text, "it is shown once"
    assert "sga_" not in desk.get("/desk/screens").text
    assert said(client, found[1]).status_code == 200
    assert "It is there" in desk.get(page).text

    desk.post(f"{page}/agent/end")

    assert said(client, found[1]).status_code == 401
    with database.read() as session:
        acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts[-2:] == ["agent-made", "agent-ended"]


def test_a_token_for_a_screen_that_is_not_there_or_revoked(
    desk: Browser, database: Database, screen: int, now: datetime
) -> None:
    assert desk.post("/desk/screens/99/agent").status_code == 404
    screens.revoke_screen(database, screen, at=now)

    desk.post(f"/desk/screens/{screen}/agent")

    assert "This screen was revoked." in desk.get(f"/desk/screens/{screen}").text
    with database.read() as session:
        assert session.get(Agent, screen) is None


def test_how_the_device_is_stands_in_words(
    desk: Browser, client: FlaskClient, screen: int, agent: str
) -> None:
    said(client, agent)
    for path in ("/desk/screens", f"/desk/screens/{screen}"):
        page = desk.get(path).text
        assert 'class="warning"' not in page, path
    assert "54 °C" in page
    assert "fair (−61 dBm)" in page
    assert "running for 2 h" in page

    said(client, agent, {"temperature": 84.0, "signal": -82, "undervoltage": True, "version": "1"})

    for path in ("/desk/screens", f"/desk/screens/{screen}"):
        page = desk.get(path).text
        assert "Its device is hot: 84 °C." in page, path
        assert "Its Wi-Fi is weak." in page, path
        assert "too little power" in page, path


def test_what_needs_the_device_is_offered_while_its_agent_is_there(
    desk: Browser, client: FlaskClient, database: Database, screen: int, agent: str
) -> None:
    path = f"/desk/screens/{screen}/commands"
    assert 'value="reboot"' not in desk.get(path).text
    assert "was not heard of for a while" in desk.get(path).text
    refused = desk.post(path, what="reboot")
    assert refused.status_code == 422
    with database.read() as session:
        assert session.scalars(select(Command.id)).all() == []

    said(client, agent)
    assert 'value="reboot"' in desk.get(path).text
    assert desk.post(path, what="reboot").status_code == 302
    assert row(database).what == "reboot"
    assert "Restart the device" in desk.get(path).text

    with database.write() as session:
        kept = session.get_one(Agent, screen)
        assert kept.heard_at is not None
        kept.heard_at -= LATELY + timedelta(seconds=5)
    assert 'value="reboot"' not in desk.get(path).text


def test_why_it_failed_is_told(
    desk: Browser, client: FlaskClient, database: Database, screen: int, agent: str, now: datetime
) -> None:
    said(client, agent)
    id_ = commands.command(database, screen, "restart", user_id=None, at=now)
    outcome = {"id": id_, "outcome": "failed", "detail": "not-allowed"}
    said(client, agent, {**FINE, "outcomes": [outcome]})

    page = desk.get(f"/desk/screens/{screen}/commands").text
    assert "the device did not let its program do it" in page


def test_a_program_may_ask_for_what_needs_the_device(
    client: FlaskClient, database: Database, screen: int, agent: str, now: datetime
) -> None:
    program = tokens.issue_token(database, "Fleet", user_id=None, at=now, scopes=[SCREENS_WRITE])
    headers = {"Authorization": f"Bearer {program}"}

    def asks() -> TestResponse:
        path = f"/api/v1/screens/{screen}/commands"
        return client.post(path, json={"what": "restart"}, headers=headers)

    refused = asks()
    assert (refused.status_code, "was not heard of" in refused.text) == (422, True)
    said(client, agent)
    assert asks().status_code == 201
    assert row(database).what == "restart"
