"""Who looks at which quote just now. A claim ends by itself, so none can be forgotten."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, literal, select, update
from sqlalchemy.orm import Session

from signage.models import Claim, Database, Quote

CLAIM_LASTS = timedelta(minutes=2)
"""Without activity; each renewal starts it anew."""
MOST_AT_ONCE = 5
"""Quotes that one page may hold: the one on show and those loaded after it."""


def claim(
    database: Database, quote_ids: Collection[int], *, user_id: int, page: str, at: datetime
) -> list[int]:
    """Deal quotes to one page of a person, or renew them; what that page held beyond these is
    free again. Gives those that it holds now: somebody else's stay theirs until they end."""
    wanted = list(dict.fromkeys(quote_ids))[:MOST_AT_ONCE]
    with database.write() as session:
        session.execute(delete(Claim).where(Claim.ends_at <= at))
        session.execute(
            delete(Claim).where(
                Claim.user_id == user_id, Claim.page == page, Claim.quote_id.not_in(wanted)
            )
        )
        return [each for each in wanted if _take(session, each, user_id, page, at)]


def release(database: Database, *, user_id: int, page: str) -> None:
    """Give back all that a page held; again is harmless."""
    with database.write() as session:
        session.execute(delete(Claim).where(Claim.user_id == user_id, Claim.page == page))


def _take(session: Session, quote_id: int, user_id: int, page: str, at: datetime) -> bool:
    """One that is the person's own, also in another page, or ran out, changes hands; one that
    nobody has is made."""
    ends_at = at + CLAIM_LASTS
    taken = session.execute(
        update(Claim)
        .where(Claim.quote_id == quote_id, (Claim.user_id == user_id) | (Claim.ends_at <= at))
        .values(user_id=user_id, page=page, ends_at=ends_at)
        .returning(Claim.quote_id)
    ).all()
    if taken:
        return True
    # Within the transaction's turn nobody else can come between (signage/models/database.py).
    free = select(
        Quote.id,
        literal(user_id),
        literal(page),
        literal(ends_at, Claim.__table__.c.ends_at.type),
    ).where(Quote.id == quote_id, ~select(Claim).where(Claim.quote_id == quote_id).exists())
    columns = ["quote_id", "user_id", "page", "ends_at"]
    made = session.execute(insert(Claim).from_select(columns, free).returning(Claim.quote_id))
    return bool(made.all())
