"""Pages cost as many SQL statements with many rows as with few."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert

from signage.actions import decide
from signage.actions.improve import ImprovementDraft, improve, publish_improvement
from signage.core.verbatim import Mask, Revision
from signage.models import Database, Screen
from tests.answers import at_once, draft, take
from tests.web.conftest import Browser, statements

MASKED = Revision(masks=(Mask(0, 3, "name"),))


def fill(database: Database, lead: int, now: datetime, first: int, n: int) -> None:
    """Published quotes, waiting quotes and improvements, `n` of each, all different."""
    answers = [
        draft(
            f"{first + place}-{state}", at=now, score=9, comment=f"Ida said {first + place}.",
            touchpoint=f"Place {first + place}", answered_at=now - timedelta(days=place),
        )
        for place in range(n)
        for state in ("published", "waiting")
    ]  # fmt: skip
    take(database, *answers, at=now)
    for place in range(n):
        quote = 2 * (first + place) + 1
        decide.approve(database, quote, revision=0, spans=MASKED, user_id=lead, at=now)
        done_on = date(2026, 1, 1) + timedelta(days=place)
        written = ImprovementDraft("Done.", f"No {place}", "Team", done_on, place + 1, (quote,))
        made = improve(database, written, user_id=lead, at=now)
        publish_improvement(database, made.id, at=now)


@pytest.mark.parametrize(
    ("path", "bound"),
    [
        ("/desk/review", 31),
        ("/desk/wall", 15),
        ("/desk/improvements", 11),
        ("/desk/measurement", 13),
        ("/desk/improvements/new?find=said&quotes=1", 10),
        ("/desk/improvements/1", 11),
        ("/desk/intake", 8),
    ],
)
def test_a_page_costs_the_same_with_many_rows(
    desk: Browser, database: Database, lead: int, now: datetime, path: str, bound: int
) -> None:
    at_once(database)
    fill(database, lead, now, 0, 2)
    desk.get(path)
    with statements(database) as few:
        assert desk.get(path).status_code == 200
    fill(database, lead, now, 2, 4)
    with statements(database) as many:
        assert desk.get(path).status_code == 200

    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= bound, "\n".join(many)


@pytest.mark.parametrize(
    ("path", "bound"),
    [("/desk/screens", 14), ("/desk/screens?page=200", 14),
     ("/desk/screens?q=wall&state=never&tag=big", 14), ("/desk/screens?site=Site 7&group=0", 14),
     ("/desk/screens/sites", 10), ("/desk/screens/1", 14), ("/desk/screens/watch", 12)],
)  # fmt: skip
def test_a_fleet_costs_the_same_whatever_its_size(
    desk: Browser, database: Database, now: datetime, path: str, bound: int
) -> None:
    of_each = {
        "locale": "en", "theme": "ink", "timezone": "Europe/Oslo", "motion": True,
        "diagonal_inch": 55, "distance_m": 4, "created_at": now, "last_seen_at": None,
        "revoked_at": None, "tags": ["big"], "night_from": "18:00", "night_to": "07:00",
        "night_percent": 0,
    }  # fmt: skip
    rows = [
        {**of_each, "name": f"Wall {n}", "site": f"Site {n % 40}", "key_hash": f"{n:064}"}
        for n in range(10_000)
    ]
    with database.write() as session:
        session.execute(insert(Screen), rows)
    desk.get(path)
    with statements(database) as seen:
        answer = desk.get(path)

    assert answer.status_code == 200
    assert len(seen) <= bound, "\n".join(seen)
    assert answer.text.count('href="/desk/screens/') < 400


def test_a_walls_page_asks_for_its_frames_alone(nobody: Browser, database: Database) -> None:
    with statements(database) as seen:
        assert nobody.get("/wall").status_code == 200

    assert len([each for each in seen if each != "BEGIN"]) == 1, seen


def test_an_api_call_costs_the_same_with_many_answers(
    desk: Browser, database: Database, token: str
) -> None:
    def send(first: int, n: int) -> int:
        batch = [
            {"source": "s", "external_id": str(first + place), "score": 9, "comment": "Good."}
            for place in range(n)
        ]
        headers = {"Authorization": f"Bearer {token}"}
        with statements(database) as seen:
            assert desk.client.post("/api/v1/responses", json=batch, headers=headers).is_json
        return len(seen)

    send(0, 1)
    assert send(10, 5) == send(100, 500) <= 10
