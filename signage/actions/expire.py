"""Quotes end by themselves: some days after their publication, by tag or touchpoint otherwise."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from signage.actions import audit, made
from signage.actions.hang import change_all, take_down
from signage.actions.receipts import recall
from signage.actions.steps import move, note
from signage.core.expiry import LONGEST, SHORTEST, days_of
from signage.errors import Invalid, Problem
from signage.models import (
    Database,
    Expiry,
    Quote,
    QuoteTag,
    SurveyResponse,
    Tag,
    Touchpoint,
    preferences,
)
from signage.models.queue import hanging
from signage.words import N_

BATCH = 50
WRONG_DAYS = N_("From {least} to {most} days.")


@dataclass(frozen=True, slots=True)
class Terms:
    """How many days quotes hang: all of them, by touchpoint id, by tag id."""

    default: int
    touchpoints: Mapping[int, int]
    tags: Mapping[int, int]

    def days(self, touchpoint_id: int | None, tag_ids: Sequence[int]) -> int:
        """Days for one quote."""
        by_tag = [self.tags[tag] for tag in tag_ids if tag in self.tags]
        return days_of(self.default, self.touchpoints.get(touchpoint_id or 0), by_tag)


def terms(session: Session) -> Terms:
    """The terms in force."""
    rows = session.scalars(select(Expiry)).all()
    return Terms(
        preferences(session).expiry_days,
        {row.touchpoint_id: row.days for row in rows if row.touchpoint_id},
        {row.tag_id: row.days for row in rows if row.tag_id},
    )


def expire_due(database: Database, *, at: datetime) -> int:
    """Take down every quote whose time is over; gives how many. Safe to run twice. Those that an
    earlier version published get an end, reckoned from now: no wall empties all at once."""
    due = (
        select(Quote)
        .where(Quote.state == "published", Quote.expires_at <= at)
        .order_by(Quote.expires_at, Quote.id)
        .limit(BATCH)
    )
    endless = select(Quote.id).where(Quote.state == "published", Quote.expires_at.is_(None))
    with database.read() as session:
        found, old = session.scalars(due).first(), session.scalars(endless.limit(1)).first()
    if old is not None:
        with database.write() as session:
            follow_terms(session, at)
    if found is None:
        return 0
    with database.write() as session:
        quotes = session.scalars(due).all()
        for quote in quotes:
            move(session, quote, ("published",), "expired")
        # Once for all of them: from a full feed, others take the place of each.
        placed = made.place(session, [quote.id for quote in quotes], at, cause="expiry")
        for quote in quotes:
            decision = note(session, quote, "expire", "published", None, at)
            parts = take_down(session, quote.id, at, cause=decision.cause)
            both = [*placed.get(quote.id, ()), *parts]
            recall(session, quote, both, cause=decision.cause, at=at)
        return len(quotes)


def set_term(
    database: Database,
    *,
    days: int | None,
    touchpoint_id: int | None = None,
    tag_id: int | None = None,
    user_id: int,
    at: datetime,
) -> None:
    """Let quotes of a touchpoint, or with a tag, hang for so many days; None: as all others. What
    hangs already follows."""
    with database.write() as session:
        kind, id_ = (Touchpoint, touchpoint_id) if touchpoint_id else (Tag, tag_id)
        if not id_ or session.get(kind, id_) is None:
            text = N_("Choose a touchpoint or a tag from the list.")
            raise Invalid([Problem("unknown", text, "term")])
        if days is not None and not SHORTEST <= days <= LONGEST:
            limits = {"least": SHORTEST, "most": LONGEST}
            raise Invalid([Problem("not-allowed", WRONG_DAYS, "days", limits)])
        column = Expiry.touchpoint_id if kind is Touchpoint else Expiry.tag_id
        row = session.scalars(select(Expiry).where(column == id_)).one_or_none()
        if days is None:
            if row is not None:
                session.delete(row)
        elif row is not None:
            row.days = days
        else:
            session.add(Expiry(**{column.key: id_}, days=days))
        about = f"{kind.__tablename__} {id_}"
        audit.note(
            session, "settings-changed", user_id=user_id, about=about, detail=f"{days} days", at=at
        )
        follow_terms(session, at)


def term_of(session: Session, quote: Quote, published_at: datetime) -> datetime:
    """When a quote ends that is published now."""
    tags = session.scalars(select(QuoteTag.tag_id).where(QuoteTag.quote_id == quote.id)).all()
    days = terms(session).days(quote.response.touchpoint_id, tags)
    return published_at + timedelta(days=days)


def ends_of(
    session: Session, quotes: Mapping[int, tuple[datetime, int | None]]
) -> dict[int, datetime]:
    """When quotes end, by id, of which each began to hang at a time, and has a touchpoint."""
    in_force = terms(session)
    tags = _tags(session, in_force, quotes)
    return {
        id_: since + timedelta(days=in_force.days(touchpoint_id, tags.get(id_, ())))
        for id_, (since, touchpoint_id) in quotes.items()
    }


def follow_terms(session: Session, at: datetime, quote_id: int | None = None) -> None:
    """Published quotes, or one of them, end by the terms as they are now. What that ends at once is
    taken down by the next run of the job."""
    session.flush()
    in_force = terms(session)
    query = (
        select(Quote.id, Quote.published_at, Quote.expires_at, SurveyResponse.touchpoint_id)
        .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
        .where(Quote.state == "published")
    )
    if quote_id is not None:
        query = query.where(Quote.id == quote_id)
    tags = _tags(session, in_force)
    late = {}
    for id_, since, ends, touchpoint_id in session.execute(query):
        days = in_force.days(touchpoint_id, tags.get(id_, ()))
        end = (since if since and ends else at) + timedelta(days=days)
        if ends != end:
            late[id_] = end
    _write(session, late, at)


def _tags(
    session: Session, in_force: Terms, only: Collection[int] | None = None
) -> dict[int, list[int]]:
    """Quote id → those of its tags that have a term; of all quotes, or of some only."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = select(QuoteTag.quote_id, QuoteTag.tag_id).where(QuoteTag.tag_id.in_(in_force.tags))
    if only is not None:
        rows = rows.where(QuoteTag.quote_id.in_(only))
    for quote_id, tag_id in session.execute(rows) if in_force.tags else ():
        found[quote_id].append(tag_id)
    return found


def _write(session: Session, ends: Mapping[int, datetime], at: datetime) -> None:
    if not ends:
        return
    session.execute(update(Quote), [{"id": id_, "expires_at": end} for id_, end in ends.items()])
    on_walls = {int(item[1:]) for item in hanging(session) if item[1:].isdecimal()}
    late = sorted(on_walls & ends.keys())
    query = select(Quote).where(Quote.id.in_(late)).order_by(Quote.id)
    quotes = session.scalars(query.execution_options(populate_existing=True)).all()
    change_all(session, quotes, at, cause="expiry")
