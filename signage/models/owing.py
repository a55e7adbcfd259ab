"""Whether one screen may still show words that were taken off the walls."""

from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from signage.core.copies import UNWRITTEN
from signage.core.lease import dies_at
from signage.models.delivery import Recall, Receipt
from signage.models.quote import Quote
from signage.models.screen import Screen


def owes(session: Session, screen: Screen, *, at: datetime, lease_hours: int) -> bool:
    """Whether a screen has not confirmed a recall that concerns it, and its copy lives. That words
    only hung for long enough is no such recall."""
    seen = [each for each in (screen.last_seen_at, screen.unheard_since) if each is not None]
    if not seen or dies_at(max(seen), lease_hours) <= at:
        return False
    if screen.unheard_since is not None:  # the database was put back: nobody knows what it shows
        return True
    last = max(seen)
    had = (
        Recall.hung_since <= last + UNWRITTEN,
        Recall.made_at <= last + timedelta(hours=lease_hours),
    )
    given = exists().where(Receipt.recall_id == Recall.id, Receipt.screen_id == screen.id)
    open_ = (
        select(Recall.id)
        .outerjoin(Quote, Quote.id == Recall.quote_id)
        .where(
            Recall.id > screen.settled_recall_id, Recall.undone_at.is_(None),
            Recall.made_at >= screen.created_at, *had, ~given,
            or_(Quote.id.is_(None), Quote.state != "expired"),
        )
    )  # fmt: skip
    return session.scalar(open_.limit(1)) is not None
