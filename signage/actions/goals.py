"""Goals: reached once, then celebrated, by themselves or by a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.notices import hang_notice
from signage.actions.takeovers import draft_of
from signage.actions.texts import TextDraft, ready_problems
from signage.core.scores import SCALES
from signage.core.seen import check_seen, fingerprint
from signage.core.targets import read_targets
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Feed, FeedItem, Goal, Notice, Tally
from signage.words import N_

MOST = 30
WHAT = {"score": N_("A score is reached"), "count": N_("So many gave the best score")}


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """What is to be celebrated. tenths: the score or the number, times ten."""

    what: str
    metric: str
    tenths: int
    text: TextDraft
    by_itself: bool = False


def write_goal(
    database: Database,
    draft: GoalDraft,
    *,
    user_id: int | None,
    at: datetime,
    goal_id: int | None = None,
    by: str = "",
    seen: str | None = None,
) -> Goal:
    """Set a goal, or change one that is not reached yet. Here and below `by` says in the audit log
    what did it, where it was no person. Raises Conflict where it is reached, or not as it was
    `seen` (`goal_seen`)."""
    with database.write() as session:
        goal = Goal(made_by=user_id, made_at=at)
        if goal_id is not None:
            goal = _open(session, goal_id)
            check_seen(seen, goal_seen(goal))
        if goal.reached_at is not None:
            raise Conflict
        headline, words, problems = ready_problems(session, draft.text)
        problems += _problems(session, draft, goal_id)
        if problems:
            raise Invalid(problems)
        goal.what, goal.metric, goal.tenths = draft.what, draft.metric, draft.tenths
        goal.headline, goal.words, goal.minutes = headline, words, draft.text.minutes
        targets = draft.text.targets
        goal.targets = None if targets is None else targets.as_json()
        goal.by_itself = draft.by_itself
        session.add(goal)
        if session.is_modified(goal):
            session.flush()
            about = f"goal {goal.id}"
            note(session, "goal-set", user_id=user_id, about=about, detail=by, at=at)
        return goal


def goal_of(goal: Goal) -> GoalDraft:
    """A goal as it is set."""
    text = TextDraft(goal.headline, goal.words, goal.minutes, targets=read_targets(goal.targets))
    return GoalDraft(goal.what, goal.metric, goal.tenths, text, goal.by_itself)


def goal_seen(goal: Goal) -> str:
    """In short how it is set: what somebody saw who changes it."""
    return fingerprint(
        goal.what, goal.metric, goal.tenths, goal.headline, goal.words, goal.minutes,
        goal.targets, goal.by_itself,
    )  # fmt: skip


def look_for_goals(database: Database, *, at: datetime) -> int:
    """Note which goals are reached by now, and celebrate those that are to be by themselves; gives
    how many were reached. Safe to run twice."""
    with database.read() as session:
        reached = [goal.id for goal in session.scalars(_waiting()) if _is_reached(session, goal)]
    if not reached:
        return 0
    with database.write() as session:
        goals = session.scalars(_waiting().where(Goal.id.in_(reached))).all()
        for goal in goals:
            goal.reached_at = at
        session.flush()
    for goal in goals:
        if goal.by_itself:
            _celebrate_by_itself(database, goal.id, at)
    return len(goals)


def celebrate(
    database: Database, goal_id: int, *, user_id: int | None, at: datetime, by: str = ""
) -> Notice:
    """Hang a reached goal's celebration, once; raises Conflict where that is settled already."""
    with database.write() as session:
        goal = _open(session, goal_id)
        if goal.reached_at is None:
            raise Conflict
        draft = draft_of(session, goal, at, look="celebration")
        notice = hang_notice(session, draft, user_id=user_id, at=at, by=by)
        goal.settled_at, goal.notice_id = at, notice.id
        return notice


def let_pass(
    database: Database, goal_id: int, *, at: datetime, user_id: int | None = None, by: str = ""
) -> None:
    """A reached goal is not celebrated."""
    with database.write() as session:
        goal = _open(session, goal_id)
        if goal.reached_at is None:
            raise Conflict
        goal.settled_at = at
        about = f"goal {goal_id}"
        note(session, "goal-passed", user_id=user_id, about=about, detail=by, at=at)


def delete_goal(
    database: Database, goal_id: int, *, at: datetime, user_id: int | None = None, by: str = ""
) -> None:
    """Aim at it no longer."""
    with database.write() as session:
        session.delete(load_goal(session, goal_id))
        about = f"goal {goal_id}"
        note(session, "goal-deleted", user_id=user_id, about=about, detail=by, at=at)


def load_goal(session: Session, goal_id: int) -> Goal:
    """The goal; raises NotFound."""
    found = session.get(Goal, goal_id)
    if found is None:
        raise NotFound
    return found


def standing(session: Session, what: str, metric: str) -> int | None:
    """How far it is now, in tenths; None with too few answers for a score. A score is the one that
    walls show: what they say and what they celebrate must agree."""
    if what == "count":
        best = SCALES[metric][1]  # type: ignore[index]  # checked when the goal was set
        best_given = (Tally.metric == metric, Tally.score == best)
        return 10 * (session.scalar(select(func.sum(Tally.n)).where(*best_given)) or 0)
    shown = session.scalar(
        select(FeedItem.body)
        .join(Feed, Feed.id == FeedItem.feed_id)
        .where(Feed.name == metric, FeedItem.item == metric)
    )
    score = shown.get("score") if shown else None
    return None if score is None else round(10 * score)


def _celebrate_by_itself(database: Database, goal_id: int, at: datetime) -> None:
    """Where there is no room for it, or no screen any more, a person is asked after all; of one
    that was deleted meanwhile nothing is left to celebrate."""
    try:
        celebrate(database, goal_id, user_id=None, at=at, by=f"goal {goal_id}")
    except (Invalid, Conflict, NotFound):
        return


def _is_reached(session: Session, goal: Goal) -> bool:
    now = standing(session, goal.what, goal.metric)
    return now is not None and now >= goal.tenths


def _waiting() -> Select[Goal]:
    return select(Goal).where(Goal.settled_at.is_(None), Goal.reached_at.is_(None))


def _open(session: Session, goal_id: int) -> Goal:
    goal = load_goal(session, goal_id)
    if goal.settled_at is not None:
        raise Conflict
    return goal


def _problems(session: Session, draft: GoalDraft, goal_id: int | None) -> list[Problem]:
    if draft.what not in WHAT or draft.metric not in SCALES:
        return [Problem("unknown", N_("Choose from the list what is to be reached."), "what")]
    problems = []
    low, high = _range(draft)
    if not low <= draft.tenths <= high:
        text, params = N_("A number from {low} to {high}."), {"low": low // 10, "high": high // 10}
        problems.append(Problem("out-of-range", text, "wanted", params))
    elif (now := standing(session, draft.what, draft.metric)) is not None and now >= draft.tenths:
        problems.append(Problem("reached", N_("That is reached already. Aim higher."), "wanted"))
    others = select(func.count(Goal.id)).where(Goal.settled_at.is_(None), Goal.id != (goal_id or 0))
    if (session.scalar(others) or 0) >= MOST:
        text = N_("{most} goals are set. Delete one first.")
        problems.append(Problem("too-many", text, "headline", {"most": MOST}))
    return problems


def _range(draft: GoalDraft) -> tuple[int, int]:
    if draft.what == "count":
        return 10, 10 * 100_000_000
    return {"nps": (-1000, 1000), "csat": (0, 1000), "ces": (10, 70)}[draft.metric]
