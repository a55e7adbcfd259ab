"""Keeping filters of the find page by a name."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from signage.core.text import one_line
from signage.errors import Invalid, NotFound, Problem
from signage.models import Database, SavedView
from signage.words import N_

LONGEST_NAME = 60
MOST_VIEWS = 50
"""Of one person."""


def keep_view(
    database: Database,
    *,
    name: str,
    shared: bool,
    query: Mapping[str, str],
    user_id: int,
    at: datetime,
) -> int:
    """Keep filters; one's own of the same name give way, and stay shared with those who use them
    already. Gives the view's id."""
    name = one_line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        text = N_("A name of 1 to {most} characters.")
        raise Invalid([Problem("bad-name", text, "name", {"most": LONGEST_NAME})])
    with database.write() as session:
        mine = SavedView.user_id == user_id
        view = session.scalars(select(SavedView).where(mine, SavedView.name == name)).first()
        if view is None:
            n = session.scalar(select(func.count()).select_from(SavedView).where(mine)) or 0
            if n >= MOST_VIEWS:
                text = N_("You keep {most} views already: delete one first.")
                raise Invalid([Problem("too-many", text, "name", {"most": MOST_VIEWS})])
            view = SavedView(user_id=user_id, name=name, made_at=at, shared=False)
            session.add(view)
        view.shared, view.query = shared or view.shared, dict(query)
        session.flush()
        return view.id


def delete_view(database: Database, view_id: int, *, user_id: int) -> None:
    """Only the one who keeps it can delete it, also where it is shared."""
    with database.write() as session:
        view = session.get(SavedView, view_id)
        if view is None or view.user_id != user_id:
            raise NotFound
        session.delete(view)
