"""Goals are reached once, then celebrated by a person or by themselves."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import groups
from signage.actions.goals import (
    GoalDraft,
    celebrate,
    delete_goal,
    let_pass,
    look_for_goals,
    write_goal,
)
from signage.actions.measure import refresh_stale
from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import write_notice
from signage.actions.takeovers import TextDraft
from signage.core.targets import Targets
from signage.errors import Conflict, Invalid
from signage.models import Database, Goal
from tests.answers import draft, items, take

TENS = GoalDraft("count", "nps", 30, TextDraft("The third 10", minutes=10), by_itself=False)


def answer(database: Database, at: datetime, first: int, *scores: int) -> None:
    take(
        database,
        *(draft(str(first + n), at=at, score=each) for n, each in enumerate(scores)),
        at=at,
    )
    refresh_stale(database, at=at)


def celebrations(database: Database) -> list[str]:
    hung = items(database, "notices").values()
    return [body["headline"] for body in hung if body.get("look") == "celebration"]


def goal_of(database: Database) -> Goal:
    with database.read() as session:
        return session.scalars(select(Goal)).one()


def test_a_person_decides_whether_it_is_celebrated(
    database: Database, lead: int, at: datetime
) -> None:
    goal = write_goal(database, TENS, user_id=lead, at=at)
    answer(database, at, 0, 10, 9, 10)
    assert look_for_goals(database, at=at) == 0
    with pytest.raises(Conflict):
        celebrate(database, goal.id, user_id=lead, at=at)

    answer(database, at, 10, 10)
    assert look_for_goals(database, at=at) == 1
    assert look_for_goals(database, at=at + timedelta(seconds=1)) == 0
    assert celebrations(database) == []
    assert goal_of(database).reached_at == at

    celebrate(database, goal.id, user_id=lead, at=at)
    assert celebrations(database) == ["The third 10"]
    with pytest.raises(Conflict):
        celebrate(database, goal.id, user_id=lead, at=at)
    with pytest.raises(Conflict):
        let_pass(database, goal.id, at=at)


def test_it_is_celebrated_by_itself_once(database: Database, lead: int, at: datetime) -> None:
    write_goal(database, replace(TENS, by_itself=True), user_id=lead, at=at)
    answer(database, at, 0, 10, 10, 10, 10)
    look_for_goals(database, at=at)
    look_for_goals(database, at=at)
    assert celebrations(database) == ["The third 10"]
    [body] = items(database, "notices").values()
    assert body["until"] - body["from"] == 10 * 60_000


def test_a_score_is_the_one_that_walls_show(database: Database, lead: int, at: datetime) -> None:
    goal = replace(TENS, what="score", tenths=1000)
    write_goal(database, goal, user_id=lead, at=at)
    answer(database, at, 0, *[10] * 29)
    assert look_for_goals(database, at=at) == 0  # too few for a score
    answer(database, at, 100, 9)
    assert look_for_goals(database, at=at) == 1
    with pytest.raises(Invalid) as refused:
        write_goal(database, goal, user_id=lead, at=at)
    assert [problem.code for problem in refused.value.problems] == ["reached"]


def test_without_room_a_person_is_asked_after_all(
    database: Database, lead: int, at: datetime
) -> None:
    write_goal(database, replace(TENS, by_itself=True), user_id=lead, at=at)
    notice = NoticeDraft("One of many", "", None, None)
    for _ in range(30):
        write_notice(database, notice, user_id=lead, at=at)
    answer(database, at, 0, 10, 10, 10)
    assert look_for_goals(database, at=at) == 1
    goal = goal_of(database)
    assert (goal.reached_at, goal.settled_at) == (at, None)


def test_one_that_was_let_pass_or_deleted_is_not_celebrated(
    database: Database, lead: int, at: datetime
) -> None:
    goal = write_goal(database, TENS, user_id=lead, at=at)
    with pytest.raises(Conflict):
        let_pass(database, goal.id, at=at)
    answer(database, at, 0, 10, 10, 10)
    look_for_goals(database, at=at)
    with pytest.raises(Conflict):
        write_goal(database, replace(TENS, tenths=90), user_id=lead, at=at, goal_id=goal.id)
    let_pass(database, goal.id, at=at)
    assert look_for_goals(database, at=at) == 0
    delete_goal(database, goal.id, at=at)
    assert celebrations(database) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"what": "luck"}, "what"),
        ({"metric": "nope"}, "what"),
        ({"tenths": 0}, "wanted"),
        ({"what": "score", "tenths": 1001}, "wanted"),
        ({"what": "score", "metric": "ces", "tenths": 71}, "wanted"),
        ({"text": TextDraft("")}, "headline"),
        ({"text": TextDraft("x", minutes=0)}, "minutes"),
    ],
)
def test_what_is_no_goal_says_why(
    database: Database, lead: int, at: datetime, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        write_goal(database, replace(TENS, **changes), user_id=lead, at=at)  # type: ignore[arg-type]
    assert field in [problem.field for problem in refused.value.problems]


def test_a_goal_for_groups_that_are_gone_asks_a_person_and_hangs_nowhere_else(
    database: Database, lead: int, at: datetime
) -> None:
    first, second = (groups.add_group(database, name, at=at) for name in ("Lobbies", "Canteens"))
    both = replace(TENS.text, targets=Targets(groups=frozenset({first, second})))
    goal = write_goal(database, replace(TENS, text=both, by_itself=True), user_id=lead, at=at)
    one = replace(TENS.text, targets=Targets(groups=frozenset({first})))
    left = write_goal(database, replace(TENS, text=one, by_itself=True), user_id=lead, at=at)
    groups.delete_group(database, first, at=at)
    answer(database, at, 0, 10, 10, 10)

    assert look_for_goals(database, at=at) == 2

    [hung] = items(database, "notices").values()
    assert hung["for"] == {"groups": [second], "screens": []}
    with database.read() as session:
        assert session.get_one(Goal, goal.id).settled_at == at
        assert session.get_one(Goal, left.id).settled_at is None
