"""Touchpoints come into being when an answer first names them."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from signage.models import Touchpoint


def touchpoint_ids(session: Session, names: Collection[str | None]) -> dict[str | None, int | None]:
    """Name → id, making those that are new, last in the journey; None → None."""
    wanted = {name for name in names if name}
    found = _ids(session, wanted)
    missing = sorted(wanted - found.keys())
    if missing:
        last = session.scalar(select(func.coalesce(func.max(Touchpoint.position), 0))) or 0
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        session.execute(
            dialect.insert(Touchpoint).on_conflict_do_nothing(),
            [
                {"name": name, "position": last + place}
                for place, name in enumerate(missing, start=1)
            ],
        )
        found |= _ids(session, set(missing))
    known: dict[str | None, int | None] = {None: None}
    known.update(found)
    return known


def _ids(session: Session, names: set[str]) -> dict[str, int]:
    if not names:
        return {}
    rows = session.execute(select(Touchpoint.name, Touchpoint.id).where(Touchpoint.name.in_(names)))
    return dict(rows.all())
