"""Programmes by number: each change of what screens are told besides their feeds."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.models import Edition


def note_edition(
    session: Session,
    what: str,
    *,
    at: datetime,
    screen_id: int | None = None,
    user_id: int | None = None,
) -> int:
    """Number a change in the transaction that makes it; `what` as in Edition. One transaction
    writes at a time, so whoever looks at the latest number alone misses nothing."""
    edition = Edition(what=what, screen_id=screen_id, user_id=user_id, made_at=at)
    session.add(edition)
    session.flush()
    return edition.id


def latest_edition(session: Session) -> int:
    """The number of the latest change; 0 while there is none."""
    return session.scalar(select(func.max(Edition.id))) or 0
