"""Devices that a screen had before: what they hold counts until its lease ends."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.core.copies import SILENCE
from signage.models import FormerCopy, Screen


def note_former(session: Session, screen: Screen, at: datetime) -> None:
    """What drove a screen so far is replaced, in the transaction that does it. Whether it has
    forgotten what it showed nobody hears: it may be off, or somewhere else."""
    if screen.last_seen_at is not None:
        is_here = screen.last_seen_at > at - SILENCE
        seen_at = at if is_here else screen.last_seen_at
        session.add(FormerCopy(screen_id=screen.id, seen_at=seen_at, ended_at=at))


def latest_former(session: Session, screen_ids: set[int]) -> dict[int, int]:
    """Screen id → its latest former copy, of those that have one."""
    rows = session.execute(
        select(FormerCopy.screen_id, func.max(FormerCopy.id))
        .where(FormerCopy.screen_id.in_(screen_ids))
        .group_by(FormerCopy.screen_id)
    )
    return dict(rows.all())
