"""Drafting a whole playlist, or a group's whole week, at once: as programs do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from signage.actions.plans import entry_problems, known_group, revise
from signage.core import planning
from signage.core.plan import Entry, Plan
from signage.core.seen import check_seen
from signage.core.slots import Slot
from signage.errors import Invalid
from signage.models import Database
from signage.models.feed_titles import feeds_there


def set_playlist(
    database: Database,
    playlist_id: str,
    *,
    name: str | None = None,
    entries: Sequence[Entry] | None = None,
    seen: str | None = None,
    at: datetime,
    by: str = "",
) -> None:
    """Another name, or other scenes, for a playlist; what is None stays. Raises Conflict where it
    is not as it was `seen`, by its digest. Here and below `by` says in the audit log what it was
    that did it."""

    def change(session: Session, plan: Plan) -> Plan:
        check_seen(seen, planning.playlist(plan, playlist_id).digest)
        if name is not None:
            plan = planning.rename_playlist(plan, playlist_id, name)
        if entries is not None:
            _check(session, plan, playlist_id, entries)
            plan = planning.set_entries(plan, playlist_id, entries)
        return plan

    revise(database, change, at=at, by=by)


def set_week(
    database: Database,
    group: str,
    *,
    default: str | None = None,
    slots: Sequence[Slot] | None = None,
    seen: str | None = None,
    at: datetime,
    by: str = "",
) -> None:
    """Another default playlist, or other slots, for a group; what is None stays. The slots are
    checked ones. Raises Conflict where the week is not as it was `seen`, by its digest."""

    def change(session: Session, plan: Plan) -> Plan:
        known_group(session, group)
        check_seen(seen, planning.slots_digest(plan.week(group)))
        if default is not None:
            plan = planning.set_default(plan, group, default)
        return plan if slots is None else planning.set_slots(plan, group, slots)

    revise(database, change, at=at, by=by)


def _check(session: Session, plan: Plan, playlist_id: str, entries: Sequence[Entry]) -> None:
    feeds = feeds_there(session)
    there = {(each.scene, each.feed) for each in planning.playlist(plan, playlist_id).entries}
    problems = [
        replace(problem, field=f"scenes.{place}.{problem.field}")
        for place, entry in enumerate(entries)
        for problem in entry_problems(feeds, entry, stands=(entry.scene, entry.feed) in there)
    ]
    if problems:
        raise Invalid(problems)
