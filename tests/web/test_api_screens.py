"""Screens, groups and commands by the API: what a program reads and changes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from signage.actions.commands import open_commands, settle
from signage.actions.pairings import begin, claim
from signage.actions.screens import ScreenDraft, add_screen, screen_of
from signage.actions.screenshots import KEPT
from signage.core.commands import Said
from signage.core.pairing import Looks
from signage.errors import Refused
from signage.models import Agent, ApiToken, AuditEntry, Database, Screen, Screenshot, ScreenVitals
from tests.web.conftest import SECRET, statements
from tests.web.programs import Ask, flaws, program


@pytest.fixture
def ask(client: FlaskClient, database: Database, lead: int) -> Ask:
    return program(client, database, lead, "screens", "screens:write", "takeovers")


def hang(database: Database, now: datetime, name: str, **setup: Any) -> int:  # noqa: ANN401 - columns
    return add_screen(database, SECRET, ScreenDraft(name, **setup), at=now)[0]


def acts(database: Database) -> list[tuple[str, str]]:
    """What the audit log tells of programs."""
    with database.read() as session:
        rows = session.execute(select(AuditEntry.act, AuditEntry.detail).order_by(AuditEntry.id))
        return [(act, detail) for act, detail in rows if "token 1" in detail]


def test_screens_are_listed_a_page_at_a_time(ask: Ask, database: Database, now: datetime) -> None:
    for number in range(5):
        hang(database, now, f"Wall {number}", site="Oslo" if number % 2 else "Solna")
    first = ask("GET /screens?limit=2").get_json()
    assert ([each["id"] for each in first["screens"]], first["next"]) == ([1, 2], 2)
    rest = ask("GET /screens?limit=3&after=2").get_json()
    assert ([each["id"] for each in rest["screens"]], rest["next"]) == ([3, 4, 5], None)
    oslo = ask("GET /screens?site=Oslo&state=never").get_json()["screens"]
    assert [each["name"] for each in oslo] == ["Wall 1", "Wall 3"]
    assert ask("GET /screens?state=on").get_json()["screens"] == []
    assert flaws(ask("GET /screens?state=lit&limit=0&group=x")) == ["group", "state", "limit"]


def test_a_list_costs_the_same_with_many_screens(
    ask: Ask, database: Database, now: datetime
) -> None:
    def cost() -> int:
        with statements(database) as seen:
            assert ask("GET /screens").status_code == 200
        return len(seen)

    hang(database, now, "First")
    with database.write() as session:  # its last use, too, is noted now and then
        session.get_one(ApiToken, 1).last_used_at = now + timedelta(days=1)
    before = cost()
    for number in range(20):
        hang(database, now, f"Wall {number}")
    assert cost() == before <= 6


def test_a_screen_tells_what_it_shows_and_says(ask: Ask, database: Database, now: datetime) -> None:
    screen = hang(database, now, "Canteen", tags=("hot",))
    with database.write() as session:
        session.get_one(Screen, screen).last_seen_at = now + timedelta(days=1)
        said = {"scene": "quote", "heap": 40, "shell": "v1"}
        session.add(ScreenVitals(screen_id=screen, told_at=now, said=said))
        heat = {"temperature": 61.5}
        session.add(Agent(screen_id=screen, token_hash="-", made_at=now, said=heat))
    taken = ask("POST /takeovers", headline="Fire", minutes=5).get_json()["id"]
    answer = ask("GET /screens/1")
    told = answer.get_json()

    assert (told["state"], told["tags"], told["paired"]) == ("on", ["hot"], False)
    assert told["shows"] == {"playlist": None, "name": None, "slot": None, "takeovers": [taken]}
    assert (told["says"]["scene"], told["says"]["heap"]) == ("quote", 40)
    assert (told["device"]["temperature"], told["device"]["there"]) == (61.5, False)
    assert told["applied"]["behind"] == 0
    assert "quotes" in [each["feed"] for each in told["applied"]["feeds"]]
    with database.read() as session:
        assert session.get_one(Screen, screen).key_hash not in answer.text
    assert ask("GET /screens/2").status_code == 404


def test_what_is_named_changes_and_the_rest_stays(
    ask: Ask, database: Database, now: datetime
) -> None:
    hang(database, now, "Canteen", site="Solna", tags=("hot",))
    read = ask("GET /screens/1").get_json()
    made = ask("POST /groups", name="Canteens").get_json()["id"]
    told = ask("PATCH /screens/1", group_id=made, theme="paper", revision=read["revision"])
    assert told.status_code == 200
    now_is = told.get_json()
    assert (now_is["group_id"], now_is["theme"], now_is["site"]) == (made, "paper", "Solna")

    late = ask("PATCH /screens/1", name="Mine", revision=read["revision"])
    assert (late.status_code, late.get_json()["type"]) == (409, "about:problem/http-409")
    assert ask("GET /screens/1").get_json()["name"] == "Canteen"
    assert ask("PATCH /screens/1", group_id=None).get_json()["group_id"] is None
    assert ask("PATCH /screens/7", name="x").status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"), ({"name": "x" * 81}, "name"), ({"timezone": "Mars"}, "timezone"),
        ({"theme": "pink"}, "theme"), ({"group_id": 9}, "group_id"), ({"turned": 45}, "turned"),
        ({"tags": ["x"] * 11}, "tags"), ({"tags": [1]}, "tags"), ({"motion": 1}, "motion"),
        ({"tags": ["a", " "]}, "tags"), ({"tags": ["a,b"]}, "tags"),
        ({"diagonal_inch": 4}, "diagonal_inch"), ({"night_from": "22:00"}, "night_to"),
        ({"key_hash": "x"}, "key_hash"), ({"name": None}, "name"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_and_nothing_changes(
    ask: Ask, database: Database, now: datetime, said: dict[str, Any], field: str
) -> None:
    hang(database, now, "Canteen")
    before = ask("GET /screens/1").get_json()
    assert field in flaws(ask("PATCH /screens/1", **{"site": "Oslo", **said}))
    assert ask("GET /screens/1").get_json() == before


def test_tags_are_kept_in_one_line_and_once(ask: Ask, database: Database, now: datetime) -> None:
    hang(database, now, "Canteen")
    told = ask("PATCH /screens/1", tags=[" x\ny ", "X Y", "warm"]).get_json()
    assert told["tags"] == ["x y", "warm"]


def test_a_program_pairs_and_revokes(ask: Ask, database: Database, now: datetime) -> None:
    begun = begin(database, Looks(1920, 1080, browser="Chromium 140"), at=now)
    shown = f"{begun.code[:4]}-{begun.code[4:]}".lower()
    assert ask(f"GET /screens/players/{shown}").get_json()["browser"] == "Chromium 140"
    made = ask("POST /screens", code=shown, name="Canteen", site="Solna", tags=["hot"])
    assert made.status_code == 201
    assert (made.get_json()["paired"], made.get_json()["site"]) == (True, "Solna")
    token = claim(database, SECRET, begun.secret, at=now)
    assert token is not None
    assert token not in ask("GET /screens/1").text
    assert screen_of(database, SECRET, token).name == "Canteen"
    assert flaws(ask("POST /screens", code=shown, name="Again")) == ["code"]

    other = begin(database, Looks(), at=now)
    assert ask("POST /screens/1/pairing", code=other.code).status_code == 200
    for _ in range(2):
        assert ask("POST /screens/1/revocation").get_json()["state"] == "revoked"
    with pytest.raises(Refused):
        screen_of(database, SECRET, token)
    assert [act for act, _ in acts(database)] == [
        "screen-paired", "screen-paired", "screen-link-revoked",
    ]  # fmt: skip
    assert [each["id"] for each in ask("GET /screens?state=revoked").get_json()["screens"]] == [1]


def test_codes_are_not_guessed(ask: Ask, database: Database, now: datetime) -> None:
    wrong = [ask("GET /screens/players/BCDFGHJK").status_code for _ in range(6)]
    assert wrong == [404] * 5 + [429]
    begun = begin(database, Looks(), at=now)
    assert ask("POST /screens", code=begun.code, name="Canteen").status_code == 429


def test_a_command_is_asked_for_and_its_outcome_read(
    ask: Ask, database: Database, now: datetime
) -> None:
    screen = hang(database, now, "Canteen")
    made = ask("POST /screens/1/commands", what="report").get_json()
    assert (made["screen"], made["outcome"], made["settled_at"]) == (screen, None, None)
    with database.read() as session:
        (waiting,) = open_commands(session, at=now)
    settle(database, [(screen, Said(waiting.id, "done", "quote q12 1920 1080 ink"))], at=now)
    told = ask(f"GET /screens/1/commands/{made['id']}").get_json()
    assert (told["outcome"], told["detail"]) == ("done", "quote q12 1920 1080 ink")

    ask("POST /screens/1/commands", what="identify")
    listed = ask("GET /screens/1/commands?limit=1").get_json()
    assert [each["what"] for each in listed["commands"]] == ["identify"]
    rest = ask(f"GET /screens/1/commands?after={listed['next']}").get_json()
    assert ([each["what"] for each in rest["commands"]], rest["next"]) == (["report"], None)
    assert acts(database)[0] == ("screen-commanded", "report, token 1")
    hang(database, now, "Lobby")
    assert ask(f"GET /screens/2/commands/{made['id']}").status_code == 404
    for what in ("dance", "reboot"):  # no agent runs there
        assert flaws(ask("POST /screens/1/commands", what=what)) == ["what"]


def test_groups_are_kept(ask: Ask, database: Database, now: datetime) -> None:
    assert ask("POST /groups", name="Canteens").status_code == 201
    assert flaws(ask("POST /groups", name="canteens")) == ["name"]
    hang(database, now, "Canteen", group_id=1)
    assert ask("PATCH /groups/1", name="Kitchens").get_json() == {
        "id": 1, "name": "Kitchens", "screens": 1,
    }  # fmt: skip
    assert ask("GET /groups").get_json()["groups"] == [ask("GET /groups/1").get_json()]
    assert ask("DELETE /groups/1").get_json() == {"status": "deleted"}
    for what in ("GET", "DELETE"):
        assert ask(f"{what} /groups/1").status_code == 404
    assert ask("GET /screens/1").get_json()["group_id"] is None


def test_what_a_program_changes_names_its_token(
    ask: Ask, database: Database, now: datetime
) -> None:
    hang(database, now, "Canteen")
    ask("POST /groups", name="Canteens")
    for _ in range(2):  # what changes nothing leaves nothing
        ask("PATCH /screens/1", group_id=1)
        ask("PATCH /groups/1", name="Kitchens")
    ask("DELETE /groups/1")
    assert acts(database) == [
        (act, "token 1")
        for act in ("group-made", "screen-changed", "group-renamed", "group-deleted")
    ]


def test_the_latest_picture_is_for_who_may_ask_for_it(
    ask: Ask, client: FlaskClient, database: Database, lead: int, now: datetime
) -> None:
    screen = hang(database, now, "Canteen")
    assert flaws(ask("POST /screens/1/commands", what="screenshot")) == ["what"]
    assert ask("GET /screens/1/screenshot").status_code == 404
    with database.write() as session:
        session.add(Screenshot(screen_id=screen, taken_at=now, width=4, height=3, data=b"drawn"))
    seen = ask("GET /screens/1/screenshot")
    assert (seen.data, seen.mimetype) == (b"drawn", "image/webp")
    assert seen.headers["Cache-Control"] == "no-store"
    reads = program(client, database, lead, "screens")
    assert reads("GET /screens/1/screenshot").status_code == 403
    with database.write() as session:
        session.get_one(Screenshot, screen).taken_at = now - KEPT
    assert ask("GET /screens/1/screenshot").status_code == 404


def test_who_may_only_read_changes_nothing(
    client: FlaskClient, database: Database, lead: int, now: datetime
) -> None:
    hang(database, now, "Canteen")
    reads = program(client, database, lead, "screens")
    assert reads("GET /screens/1").status_code == 200
    for what in ("PATCH /screens/1", "POST /screens/1/revocation", "DELETE /groups/1"):
        refused = reads(what, name="x")
        assert (refused.status_code, refused.get_json()["scope"]) == (403, "screens:write")


def test_a_body_is_json_of_a_sensible_size(ask: Ask, client: FlaskClient) -> None:
    large = ask("POST /groups", name="x" * 70_000)
    assert (large.status_code, large.get_json()["type"]) == (413, "about:problem/too-large")
    headers = {"Authorization": "Bearer none"}
    assert client.post("/api/v1/groups", data="name=x", headers=headers).status_code == 401
