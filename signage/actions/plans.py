"""Drafting what hangs when: nothing of it reaches a wall before it is published."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.planned import PLAYLIST
from signage.core import planning
from signage.core.plan import NO_GROUP, SCENES, Entry, Plan, entry_of
from signage.core.plan_changes import touched
from signage.core.slots import Slot
from signage.errors import Invalid, NotFound, Problem
from signage.models import Database, Group, PlanDraft
from signage.models.feed_titles import There, feeds_there
from signage.models.plan import draft_plan, live_plan
from signage.words import N_

BUILT_IN = "built-in"
LONGEST_ID = 19
LEAST_DWELL, LONGEST_DWELL = 5, 600
MOST_COUNT, MOST_EVERY = 20, 12


def add_playlist(
    database: Database,
    name: str,
    *,
    like: str = "",
    at: datetime,
    user_id: int | None = None,
    by: str = "",
) -> str:
    """A new playlist: empty, or like another one, or like the one that comes with the product
    (BUILT_IN); gives its id. Here and below `by` says in the audit log what did it, where it was
    no person."""
    made = ""

    def change(_: Session, plan: Plan) -> Plan:
        nonlocal made
        plan, made = planning.add_playlist(plan, name, _entries_like(plan, like))
        return plan

    revise(database, change, at=at, user_id=user_id, by=by)
    return made


def set_entry(
    database: Database,
    playlist_id: str,
    place: int | None,
    entry: Entry,
    *,
    seen: str,
    at: datetime,
    user_id: int | None = None,
) -> None:
    """Another scene in a place of a playlist, or one more at its end (`place` None)."""

    def change(session: Session, plan: Plan) -> Plan:
        stands = _stands(plan, playlist_id, place, entry)
        if problems := entry_problems(feeds_there(session), entry, stands=stands):
            raise Invalid(problems)
        return planning.set_entry(plan, playlist_id, place, entry, seen=seen)

    revise(database, change, at=at, user_id=user_id)


def set_slot(
    database: Database,
    group: str,
    slot: Slot,
    *,
    seen: str = "",
    at: datetime,
    user_id: int | None = None,
) -> None:
    """A slot of a group at these times: a new one where it has no id yet."""

    def change(session: Session, plan: Plan) -> Plan:
        known_group(session, group)
        if slot.id:
            return planning.change_slot(plan, group, slot, seen=seen)
        return planning.add_slot(plan, group, slot)

    revise(database, change, at=at, user_id=user_id)


def set_default(
    database: Database, group: str, playlist_id: str, *, at: datetime, user_id: int | None = None
) -> None:
    """What a group shows where no slot says otherwise; empty: what comes with the product."""

    def change(session: Session, plan: Plan) -> Plan:
        known_group(session, group)
        return planning.set_default(plan, group, playlist_id)

    revise(database, change, at=at, user_id=user_id)


def revise(
    database: Database,
    change: Callable[[Session, Plan], Plan],
    *,
    at: datetime,
    user_id: int | None = None,
    by: str = "",
) -> None:
    """Change the draft, in one transaction; one that comes to what hangs is no draft."""
    with database.write() as session:
        draft = draft_plan(session)
        changed = change(session, draft)
        if changed == draft:
            return
        keep_draft(session, changed, at=at, user_id=user_id)
        about = ", ".join(touched(draft, changed))
        note(session, "plan-drafted", user_id=user_id, about=about, detail=by, at=at)


def keep_draft(session: Session, plan: Plan, *, at: datetime, user_id: int | None) -> None:
    """Write the draft down, in the transaction of what makes it."""
    row = session.get(PlanDraft, 1)
    if plan.written() == live_plan(session).written():
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(PlanDraft(id=1, plan=plan.written(), user_id=user_id, changed_at=at))
    else:
        row.plan, row.user_id, row.changed_at = plan.written(), user_id, at


def known_group(session: Session, group: str) -> Group | None:
    """The group of this id; None for NO_GROUP. Raises NotFound."""
    if group == NO_GROUP:
        return None
    found = session.get(Group, int(group)) if _is_plain(group) else None
    if found is None:
        raise NotFound
    return found


def _is_plain(group: str) -> bool:
    """Whether it is an id as the product itself writes it."""
    plain = group.isascii() and group.isdecimal() and len(group) < LONGEST_ID
    return plain and str(int(group)) == group


def feed_shows(feed: There, scene: str) -> bool:
    """Whether a scene can be made of what a feed holds."""
    if SCENES.get(scene) != feed.kind:
        return False
    return feed.kind != "metric" or scene == feed.figure


def _entries_like(plan: Plan, like: str) -> Sequence[Entry]:
    if like == BUILT_IN:
        return [entry_of(entry) for entry in PLAYLIST]
    return planning.playlist(plan, like).entries if like else ()


def _stands(plan: Plan, playlist_id: str, place: int | None, entry: Entry) -> bool:
    """Whether a place holds this scene of this feed already; its feed may be gone meanwhile."""
    entries = planning.playlist(plan, playlist_id).entries
    if place is None or not 0 <= place < len(entries):
        return False
    return (entries[place].scene, entries[place].feed) == (entry.scene, entry.feed)


def entry_problems(feeds: Sequence[There], entry: Entry, *, stands: bool) -> list[Problem]:
    """What is wrong with a scene; one that `stands` already may name a feed that is gone."""
    feed = next((each for each in feeds if each.name == entry.feed), None)
    fits = stands or (feed is not None and feed_shows(feed, entry.scene))
    dwell = entry.dwell is None or LEAST_DWELL <= entry.dwell <= LONGEST_DWELL
    rules = (
        (fits, "what", N_("Choose what it shows from the list.")),
        (1 <= entry.count <= MOST_COUNT, "count", N_("From 1 to 20 at a time.")),
        (1 <= entry.every <= MOST_EVERY, "every", N_("From each round to each twelfth.")),
        (dwell, "dwell", N_("From 5 to 600 seconds, or nothing: as long as it takes to read.")),
    )
    return [Problem("not-allowed", text, field) for fine, field, text in rules if not fine]
