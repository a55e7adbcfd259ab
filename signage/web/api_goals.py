"""Goals and their celebrations, for other programs."""

from flask import jsonify
from sqlalchemy import select

from signage.actions import goals
from signage.actions.goals import GoalDraft
from signage.actions.texts import TextDraft
from signage.core.scopes import TAKEOVERS
from signage.core.shapes import one_of, told
from signage.errors import Invalid
from signage.models import Goal
from signage.web.calls import (
    Answer,
    body,
    by_program,
    call,
    iso,
    iso_or_none,
    program_pages,
    query,
)
from signage.web.context import at, database
from signage.web.goal_shapes import CELEBRATED, CHANGE, GOAL, MADE, goal_said, told_goals
from signage.web.paging import AFTER, cut, page_shape, paged
from signage.web.ready_shapes import named

pages = program_pages("api_goals", "/takeovers/goals")

DELETED = told({"status": one_of(("deleted",))})


@pages.get("")
@call(TAKEOVERS, {200: page_shape("goals", GOAL)}, asks=AFTER)
def list_all() -> Answer:
    """Goals that are not settled, by number, and how far they are."""
    open_ = select(Goal).where(Goal.settled_at.is_(None))
    with database().read() as reading:
        found, size = cut(query(), reading.scalars(open_), lambda goal: int(goal.id))
        rows = told_goals(reading, found)
    return paged("goals", rows, size)


@pages.post("")
@call(TAKEOVERS, {201: GOAL}, takes=MADE)
def create() -> Answer:
    """Set one."""
    draft = GoalDraft("", "", 0, TextDraft(""))
    return _write(goal_said(draft, body()), 201)


@pages.get("/<int:goal_id>")
@call(TAKEOVERS, {200: GOAL}, errors=(404,))
def one(goal_id: int) -> Answer:
    """One of them, also when it is settled."""
    return _one(goal_id, 200)


@pages.patch("/<int:goal_id>")
@call(TAKEOVERS, {200: GOAL}, takes=CHANGE, errors=(404, 409))
def change(goal_id: int) -> Answer:
    """Change one that is not reached; what is not named stays."""
    said = body()
    with database().read() as reading:
        kept = goals.load_goal(reading, goal_id)
    seen = said.get("revision") or goals.goal_seen(kept)
    return _write(goal_said(goals.goal_of(kept), said), 200, goal_id, seen)


@pages.delete("/<int:goal_id>")
@call(TAKEOVERS, {200: DELETED}, errors=(404,))
def delete(goal_id: int) -> Answer:
    """Aim at one no longer; what hangs of it stays."""
    goals.delete_goal(database(), goal_id, at=at(), by=by_program())
    return jsonify(status="deleted"), 200


@pages.post("/<int:goal_id>/celebration")
@call(TAKEOVERS, {201: CELEBRATED}, errors=(404, 409, 422))
def celebrate(goal_id: int) -> Answer:
    """Celebrate one that was reached, once."""
    notice = goals.celebrate(database(), goal_id, user_id=None, at=at(), by=by_program())
    until = iso_or_none(notice.shows_until)
    return jsonify({"takeover": notice.id, "from": iso(notice.shows_from), "until": until}), 201


@pages.post("/<int:goal_id>/passing")
@call(TAKEOVERS, {200: GOAL}, errors=(404, 409))
def let_pass(goal_id: int) -> Answer:
    """Do not celebrate one that was reached."""
    goals.let_pass(database(), goal_id, at=at(), by=by_program())
    return _one(goal_id, 200)


def _write(
    draft: GoalDraft, status: int, goal_id: int | None = None, seen: str | None = None
) -> Answer:
    try:
        kept = goals.write_goal(
            database(), draft, user_id=None, at=at(), goal_id=goal_id, by=by_program(), seen=seen
        )
    except Invalid as invalid:
        raise named(invalid) from None
    return _one(kept.id, status)


def _one(goal_id: int, status: int) -> Answer:
    with database().read() as reading:
        (row,) = told_goals(reading, [goals.load_goal(reading, goal_id)])
    return jsonify(row), status
