"""Publishing what hangs when: whole, numbered, and with a way back."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.editions import note_edition
from signage.actions.plans import keep_draft
from signage.core.feasts import feasts
from signage.core.plan import Plan, plan_of
from signage.core.planning import without_groups
from signage.errors import Conflict, NotFound
from signage.models import Database, Group, PlanDraft, PublishedPlan
from signage.models.plan import draft_plan, latest_plan
from signage.offloop import off_loop


def publish_plan(
    database: Database, *, seen: str, at: datetime, user_id: int | None = None, by: str = ""
) -> int:
    """Hang the draft; walls follow within a second. `seen`: the digest of the draft that was looked
    at; `by` says in the audit log what published it, where it was no person. Gives the number of
    the plan."""
    with database.read() as session:
        looked_at = draft_plan(session)
    # Before the transaction: it may take a while.
    holidays = _holidays(looked_at, at)
    with database.write() as session:
        plan, draft = draft_plan(session), session.get(PlanDraft, 1)
        if draft is None or plan.digest != seen:
            raise Conflict
        known = {str(id_) for id_ in session.scalars(select(Group.id))}
        plan = without_groups(plan, known)
        session.delete(draft)
        made = PublishedPlan(
            plan=plan.written(), holidays=holidays, back_to_id=None, user_id=user_id, made_at=at
        )
        return _hang(session, made, by)


def put_back(
    database: Database, plan_id: int, *, at: datetime, user_id: int | None = None, by: str = ""
) -> int:
    """Undo the latest publication: the plan before it hangs again, as one more. What is undone
    becomes the draft, unless there is one. Gives the new plan's number."""
    former = _former(database, plan_id)
    with database.read() as session:
        row = session.get(PublishedPlan, former) if former else None
        plan = plan_of(row.plan) if row else Plan()
    holidays = _holidays(plan, at)
    with database.write() as session:
        latest = latest_plan(session)
        if latest is None or latest.id != plan_id:
            raise Conflict
        undone, drafted = plan_of(latest.plan), session.get(PlanDraft, 1) is not None
        made = PublishedPlan(
            plan=plan.written(), holidays=holidays, back_to_id=former, user_id=user_id, made_at=at
        )
        number = _hang(session, made, by)
        if not drafted:
            keep_draft(session, undone, at=at, user_id=user_id)
        return number


def discard_draft(
    database: Database, *, seen: str, at: datetime, user_id: int | None = None, by: str = ""
) -> None:
    """Give up what was drafted; what hangs stays as it is."""
    with database.write() as session:
        draft = session.get(PlanDraft, 1)
        if draft is None or plan_of(draft.plan).digest != seen:
            raise Conflict
        session.delete(draft)
        note(session, "plan-discarded", user_id=user_id, detail=by, at=at)


def refresh_holidays(database: Database, *, at: datetime) -> None:
    """Work out the holidays again that walls know of: each year another one comes into sight."""
    with database.read() as session:
        latest = latest_plan(session)
        if latest is None:
            return
    holidays = _holidays(plan_of(latest.plan), at)
    if holidays == latest.holidays:
        return
    number = latest.id
    with database.write() as session:
        latest = latest_plan(session)
        if latest is not None and latest.id == number:
            latest.holidays = holidays
            note_edition(session, "holidays", at=at)


def _hang(session: Session, made: PublishedPlan, by: str) -> int:
    session.add(made)
    session.flush()
    note_edition(session, "plan", at=made.made_at, user_id=made.user_id)
    about = f"plan {made.id}"
    user_id, when = made.user_id, made.made_at
    note(session, "plan-published", user_id=user_id, about=about, detail=by, at=when)
    return made.id


def _former(database: Database, plan_id: int) -> int | None:
    """The number of the plan that hung before this one; None: there was none."""
    with database.read() as session:
        if session.get(PublishedPlan, plan_id) is None:
            raise NotFound
        return session.scalars(
            select(PublishedPlan.id)
            .where(PublishedPlan.id < plan_id)
            .order_by(PublishedPlan.id.desc())
            .limit(1)
        ).one_or_none()


def _holidays(plan: Plan, at: datetime) -> dict[str, list[str]]:
    return off_loop(feasts, _countries(plan), at.date())


def _countries(plan: Plan) -> Collection[str]:
    weeks = plan.groups.values()
    return {slot.country for week in weeks for slot in week.slots if slot.holidays}
