import re
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from signage.actions.screens import ScreenDraft, add_screen
from signage.models import Database, Device, Screen
from tests.web.conftest import SECRET, Browser, statements

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def begun(client: FlaskClient) -> dict[str, Any]:
    """A player that has asked for a code."""
    said = {"width": 1080, "height": 1920, "ratio": 1}
    answer = client.post("/wall/pairings", json=said, headers={"User-Agent": CHROME})
    assert answer.status_code == 201
    told: dict[str, Any] = answer.get_json()
    return told


def claim(client: FlaskClient, secret: object) -> tuple[int, dict[str, Any]]:
    answer = client.post("/wall/pairings/claim", json={"secret": secret})
    return answer.status_code, answer.get_json()


def test_a_new_player_is_paired_by_who_sees_its_code(
    client: FlaskClient, desk: Browser, database: Database
) -> None:
    told = begun(client)
    assert (told["expires_in"], told["address"]) == (600, "localhost/pair")
    assert set("".join(told["modules"])) == {"0", "1"}
    assert claim(client, told["secret"]) == (202, {"waiting": True})

    page = desk.get(f"/desk/screens/pair?code={told['code'].lower()}").text
    assert "1080 × 1920, upright" in page
    assert "Chrome on Linux" in page
    assert "127.0.0.x" in page
    assert told["secret"] not in page
    (first,) = re.findall(r'id="(\w+)"[^>]* autofocus', page)
    assert first == "name"
    wrong = desk.post("/desk/screens/pair", code=told["code"], name="")
    assert (wrong.status_code, "Give the screen a name." in wrong.text) == (422, True)
    answer = desk.post("/desk/screens/pair", code=told["code"], name="Lobby", site="Solna")

    assert answer.headers["Location"] == "/desk/screens/1"
    status, given = claim(client, told["secret"])
    assert (status, [*given]) == (200, ["token"])
    for path in ("/desk/screens", "/desk/screens/1"):
        assert given["token"] not in desk.get(path).text
    with database.read() as session:
        assert session.get_one(Screen, 1).site == "Solna"


def test_a_lost_token_is_paired_again_as_the_same_screen(
    client: FlaskClient,
    desk: Browser,
    database: Database,
    now: datetime,
) -> None:
    screen, _ = add_screen(database, SECRET, ScreenDraft("Lobby"), at=now)
    told = begun(client)
    fields = {"code": told["code"], "as": "again"}

    assert "Lobby" in desk.get(f"/desk/screens/pair?code={told['code']}").text
    for nobody in ("", "99"):
        wrong = desk.post("/desk/screens/pair", **fields, screen=nobody)
        assert (wrong.status_code, "Choose the screen that it is." in wrong.text) == (422, True)
    answer = desk.post("/desk/screens/pair", **fields, screen=str(screen))

    assert answer.headers["Location"] == f"/desk/screens/{screen}"
    assert "needs a new line for kiosk.toml" not in desk.get(f"/desk/screens/{screen}").text
    assert claim(client, told["secret"])[0] == 200


def test_a_device_in_the_place_of_another_needs_a_token_for_its_agent(
    client: FlaskClient, desk: Browser, database: Database, now: datetime
) -> None:
    screen, _ = add_screen(database, SECRET, ScreenDraft("Lobby"), at=now)
    page = f"/desk/screens/{screen}"
    desk.post(f"{page}/agent")
    fields = {"code": begun(client)["code"], "as": "again", "screen": str(screen)}

    desk.post("/desk/screens/pair", **fields)

    assert "needs a new line for kiosk.toml" in desk.get(page).text
    desk.post(f"{page}/agent")
    with database.write() as session:
        session.get_one(Device, screen).page = "one-" * 3
    desk.post(f"{page}/settling", stays="one-" * 3)
    assert "needs a new line for kiosk.toml" in desk.get(page).text


def test_the_short_address_leads_to_the_desk_with_the_code(client: FlaskClient) -> None:
    assert client.get("/pair").headers["Location"] == "/desk/screens/pair"
    there = client.get("/pair?code=BCDFGHJK").headers["Location"]
    assert there == "/desk/screens/pair?code=BCDFGHJK"


@pytest.mark.parametrize("typed", ["BCDFGHJK", "nonsense", "<b>", "0" * 500])
def test_a_code_that_no_screen_shows_is_told(desk: Browser, typed: str) -> None:
    for answer in (
        desk.get(f"/desk/screens/pair?code={typed}"),
        desk.post("/desk/screens/pair", code=typed, name="Lobby"),
    ):
        assert answer.status_code == 422
        assert "No screen shows this code now." in answer.text


def test_guessing_codes_ends_after_five_whether_they_are_looked_at_or_confirmed(
    desk: Browser, client: FlaskClient
) -> None:
    told = begun(client)
    for _ in range(3):
        assert desk.get("/desk/screens/pair?code=BCDFGHJK").status_code == 422
    for _ in range(2):
        wrong = desk.post("/desk/screens/pair", code="BCDFGHJK", name="Lobby")
        assert wrong.status_code == 422

    for answer in (
        desk.get(f"/desk/screens/pair?code={told['code']}"),
        desk.post("/desk/screens/pair", code=told["code"], name="Lobby"),
    ):
        assert answer.status_code == 429
        assert "Too many tries" in answer.text


def test_right_codes_are_not_counted(desk: Browser, client: FlaskClient) -> None:
    told = begun(client)

    for _ in range(8):
        assert desk.get(f"/desk/screens/pair?code={told['code']}").status_code == 200


def test_guessing_secrets_ends_after_twenty(client: FlaskClient) -> None:
    told = begun(client)
    for place in range(20):
        assert claim(client, f"guess {place}")[0] == 404

    assert claim(client, "guess")[0] == 429
    assert claim(client, told["secret"])[0] == 429


def test_codes_are_had_sixty_times_a_minute_from_one_address(client: FlaskClient) -> None:
    for _ in range(60):
        begun(client)

    assert client.post("/wall/pairings", json={}).status_code == 429


@pytest.mark.parametrize("said", [b"", b"[]", b"{", b'{"secret": 7}', b'{"secret": ""}', b"null"])
def test_what_is_no_secret_is_answered_as_one_that_ran_out(
    client: FlaskClient, said: bytes
) -> None:
    answer = client.post("/wall/pairings/claim", data=said, content_type="application/json")

    assert answer.status_code == 404
    assert answer.get_json()["type"] == "about:problem/code-expired"


def test_waiting_costs_one_query(client: FlaskClient, database: Database) -> None:
    """A player asks every second."""
    told = begun(client)
    with statements(database) as seen:
        claim(client, told["secret"])

    assert len(seen) == 1
