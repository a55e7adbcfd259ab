"""Texts and goals by the API: by the actions of the desk, with its refusals and audit rows."""

from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from signage.actions.goals import look_for_goals
from signage.actions.groups import add_group
from signage.actions.measure import refresh_stale
from signage.models import AuditEntry, Database
from tests.answers import draft, items, take
from tests.web.conftest import Browser, statements
from tests.web.programs import Ask, flaws, program

TEXTS, GOALS = "/takeovers/texts", "/takeovers/goals"
TENS: dict[str, Any] = {"what": "count", "metric": "nps", "wanted": 2, "headline": "The second 10"}


@pytest.fixture
def ask(client: FlaskClient, database: Database, lead: int) -> Ask:
    return program(client, database, lead, "takeovers")


def acts(database: Database) -> list[tuple[str, str]]:
    """What programs did, and about what."""
    with database.read() as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.act, row.about) for row in rows if row.detail == "token 1"]


def reached(database: Database, at: datetime) -> None:
    """Two that gave a 10: the goal above is reached."""
    take(database, *(draft(str(n), at=at, score=10) for n in range(2)), at=at)
    refresh_stale(database, at=at)
    assert look_for_goals(database, at=at) == 1


def test_a_text_is_kept_changed_hung_and_deleted(
    ask: Ask, database: Database, now: datetime
) -> None:
    group = add_group(database, "Canteens", at=now)
    made = ask(f"POST {TEXTS}", headline="Soup", words="Is ready.", **{"for": {"groups": [group]}})
    told = made.get_json()
    assert (made.status_code, told["id"], told["minutes"], told["look"]) == (201, 1, 30, "notice")
    assert told["for"] == {"groups": [group], "screens": []}
    assert ask(f"GET {TEXTS}/1").get_json() == told
    assert ask(f"GET {TEXTS}").get_json() == {"texts": [told], "next": None}

    changed = ask(f"PATCH {TEXTS}/1", minutes=45, **{"for": None}, revision=told["revision"])
    now_is = changed.get_json()
    assert (now_is["headline"], now_is["minutes"], now_is["for"]) == ("Soup", 45, None)
    assert now_is["revision"] != told["revision"]
    late = ask(f"PATCH {TEXTS}/1", headline="Mine", revision=told["revision"])
    assert (late.status_code, late.get_json()["type"]) == (409, "about:problem/http-409")
    assert ask(f"PATCH {TEXTS}/1", minutes=45).get_json() == now_is  # and leaves no row

    hung = ask("POST /takeovers", prepared=1).get_json()
    assert ask(f"DELETE {TEXTS}/1").get_json() == {"status": "deleted"}
    assert ask("GET /takeovers").get_json()["takeovers"][0]["id"] == hung["id"], "what hangs stays"
    for what in ("GET", "PATCH", "DELETE"):
        said = {"minutes": 5} if what == "PATCH" else {}
        assert ask(f"{what} {TEXTS}/1", **said).status_code == 404
    assert acts(database) == [
        ("text-kept", "text 1"), ("text-kept", "text 1"), ("notice-hung", "n1"),
        ("text-deleted", "text 1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"headline": ""}, "headline"), ({"headline": "x" * 81}, "headline"),
        ({"words": "x" * 281}, "words"), ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"), ({"look": "loud"}, "look"), ({"urgent": 1}, "urgent"),
        ({"for": {}}, "for"), ({"for": {"groups": [9]}}, "for"), ({"for": [1]}, "for"),
        ({"for": {"sites": []}}, "for.sites"), ({"urgent": True, "for": {"groups": [0]}}, "for"),
        ({"metric": "nps"}, "metric"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_is_named_and_nothing_changes(
    ask: Ask, said: dict[str, Any], field: str
) -> None:
    before = ask(f"POST {TEXTS}", headline="Leave").get_json()
    assert field in flaws(ask(f"PATCH {TEXTS}/1", **{"words": "Now", **said}))
    assert field in flaws(ask(f"POST {TEXTS}", **{"headline": "Stay", **said}))
    assert ask(f"GET {TEXTS}").get_json()["texts"] == [before]


def test_urgent_texts_have_nine_keys(ask: Ask, desk: Browser) -> None:
    for number in range(9):
        assert ask(f"POST {TEXTS}", headline=f"No {number}", urgent=True).status_code == 201
    assert flaws(ask(f"POST {TEXTS}", headline="One more", urgent=True)) == ["urgent"]
    assert 'data-digit="9"' in desk.get("/desk/takeovers/emergency").text


def test_a_goal_is_set_changed_and_celebrated_once(
    ask: Ask, database: Database, now: datetime
) -> None:
    made = ask(f"POST {GOALS}", **TENS)
    told = made.get_json()
    assert (made.status_code, told["wanted"], told["now"]) == (201, 2, 0)
    assert (told["by_itself"], told["reached_at"], told["takeover"]) == (False, None, None)
    assert ask(f"POST {GOALS}/1/celebration").status_code == 409, "it is not reached"
    told = ask(f"PATCH {GOALS}/1", minutes=5, revision=told["revision"]).get_json()
    assert (told["minutes"], told["headline"]) == (5, "The second 10")

    reached(database, now)
    told = ask(f"GET {GOALS}/1").get_json()
    assert (told["now"], told["reached_at"] is None) == (2, False)
    assert ask(f"PATCH {GOALS}/1", minutes=6).status_code == 409, "it is reached"
    hung = ask(f"POST {GOALS}/1/celebration")
    assert (hung.status_code, hung.get_json()["takeover"]) == (201, 1)
    assert items(database, "notices")["n1"]["look"] == "celebration"
    for way in ("celebration", "passing"):
        assert ask(f"POST {GOALS}/1/{way}").status_code == 409
    assert ask(f"GET {GOALS}").get_json() == {"goals": [], "next": None}
    told = ask(f"GET {GOALS}/1").get_json()
    assert (told["takeover"], told["settled_at"] is None) == (1, False)
    assert ask(f"DELETE {GOALS}/1").get_json() == {"status": "deleted"}
    assert acts(database) == [
        ("goal-set", "goal 1"), ("goal-set", "goal 1"), ("notice-hung", "n1"),
        ("goal-deleted", "goal 1"),
    ]  # fmt: skip


def test_a_goal_that_was_reached_is_let_pass(ask: Ask, database: Database, now: datetime) -> None:
    ask(f"POST {GOALS}", **TENS)
    reached(database, now)
    passed = ask(f"POST {GOALS}/1/passing").get_json()
    assert (passed["takeover"], passed["settled_at"] is None) == (None, False)
    assert items(database, "notices") == {}
    assert acts(database)[-1] == ("goal-passed", "goal 1")
    for what in ("celebration", "passing"):
        assert ask(f"POST {GOALS}/2/{what}").status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"wanted": 1.25}, "wanted"), ({"wanted": "2"}, "wanted"), ({"wanted": 0}, "wanted"),
        ({"wanted": -101}, "wanted"), ({"what": "luck"}, "what"), ({"metric": "luck"}, "metric"),
        ({"what": "score", "wanted": 100.5}, "wanted"), ({"headline": " "}, "headline"),
        ({"for": {"screens": [9]}}, "for"), ({"urgent": True}, "urgent"),
    ],
)  # fmt: skip
def test_a_goal_that_cannot_be_is_named(ask: Ask, said: dict[str, Any], field: str) -> None:
    before = ask(f"POST {GOALS}", **TENS).get_json()
    assert field in flaws(ask(f"POST {GOALS}", **{**TENS, **said}))
    assert field in flaws(ask(f"PATCH {GOALS}/1", **said))
    assert ask(f"GET {GOALS}").get_json()["goals"] == [before]


def test_a_score_has_a_decimal(ask: Ask) -> None:
    said = {**TENS, "what": "score", "metric": "ces", "wanted": 5.5}
    assert ask(f"POST {GOALS}", **said).get_json()["wanted"] == 5.5


def test_what_people_do_of_them_is_in_the_audit_log(
    desk: Browser, database: Database, now: datetime
) -> None:
    desk.post("/desk/takeovers/texts", headline="Leave", minutes="5", where="all")
    desk.post("/desk/takeovers/texts/1/deletion")
    typed = {"headline": "Two", "minutes": "5", "what": "count", "metric": "nps", "wanted": "2"}
    desk.post("/desk/takeovers/goals", **typed, where="all")
    reached(database, now)
    desk.post("/desk/takeovers/goals/1/passing")
    desk.post("/desk/takeovers/goals/1/deletion")
    with database.read() as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    about = [row for row in rows if row.about.startswith(("text", "goal"))]
    told = [(row.act, row.about, row.user_id) for row in about]
    assert told == [
        ("text-kept", "text 1", 1), ("text-deleted", "text 1", 1), ("goal-set", "goal 1", 1),
        ("goal-passed", "goal 1", 1), ("goal-deleted", "goal 1", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("path", "bound"), [(TEXTS, 2), (GOALS, 3)])
def test_a_list_costs_the_same_with_many(
    ask: Ask, database: Database, path: str, bound: int
) -> None:
    def cost() -> int:
        with statements(database) as seen:
            assert ask(f"GET {path}").status_code == 200
        return len(seen)

    said = TENS if path == GOALS else {"headline": "Leave"}
    ask(f"POST {path}", **said)
    before = cost()
    for _ in range(5):
        ask(f"POST {path}", **said)
    assert cost() == before <= bound
