"""Groups of screens: made, named, and given up."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.editions import note_edition
from signage.core.text import one_line
from signage.errors import Invalid, NotFound, Problem
from signage.models import Database, Group, Screen
from signage.words import N_

MOST = 500
LONGEST = 80


def add_group(
    database: Database, name: str, *, at: datetime, user_id: int | None = None, by: str = ""
) -> int:
    """A new group without screens: its id. Raises Invalid. Here and below `by` says in the audit
    log what did it, where it was no person."""
    with database.write() as session:
        known = session.scalars(select(Group)).all()
        if len(known) >= MOST:
            text = N_("There are {most} groups already. Use one of them, or delete one.")
            raise Invalid([Problem("too-many-groups", text, "name", {"most": MOST})])
        group = Group(name=_named(session, name), created_at=at)
        session.add(group)
        session.flush()
        about = f"group {group.id}"
        note(session, "group-made", user_id=user_id, about=about, detail=by, at=at)
        return group.id


def rename_group(
    database: Database,
    group_id: int,
    name: str,
    *,
    at: datetime,
    user_id: int | None = None,
    by: str = "",
) -> None:
    """Another name. Raises Invalid, NotFound."""
    with database.write() as session:
        group = session.get(Group, group_id)
        if group is None:
            raise NotFound
        group.name = _named(session, name, but=group_id)
        if session.is_modified(group):
            about = f"group {group_id}"
            note(session, "group-renamed", user_id=user_id, about=about, detail=by, at=at)


def delete_group(
    database: Database, group_id: int, *, at: datetime, user_id: int | None = None, by: str = ""
) -> None:
    """Give a group up: its screens are in no group, and shown what is shown there."""
    with database.write() as session:
        if session.get(Group, group_id) is None:
            raise NotFound
        moved = session.execute(
            update(Screen)
            .where(Screen.group_id == group_id)
            .values(group_id=None)
            .returning(Screen.id)
        ).all()
        session.execute(delete(Group).where(Group.id == group_id))
        about = f"group {group_id}"
        note(session, "group-deleted", user_id=user_id, about=about, detail=by, at=at)
        if moved:
            note_edition(session, "group", at=at, user_id=user_id)


def _named(session: Session, name: str, *, but: int = 0) -> str:
    """The name as it is kept, if no other group has it; capitals make no difference."""
    name = one_line(name)
    if not 0 < len(name) <= LONGEST:
        text = N_("A name of 1 to {most} characters.")
        raise Invalid([Problem("bad-name", text, "name", {"most": LONGEST})])
    others = session.scalars(select(Group.name).where(Group.id != but))
    if name.casefold() in {other.casefold() for other in others}:
        text = N_("There is a group of that name already.")
        raise Invalid([Problem("taken", text, "name")])
    return name
