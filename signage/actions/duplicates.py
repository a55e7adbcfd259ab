"""Several who said the same: one quote speaks for all of them, and the wall says how many."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from signage.actions.hang import change_hanging, take_down
from signage.actions.receipts import recall
from signage.actions.steps import move, note
from signage.core.likeness import keys_of
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Duplicate, Likeness, Quote, SurveyResponse
from signage.words import N_

BATCH = 50
MERGEABLE = ("waiting", "set_aside", "approved", "published")
SPEAKING = ("waiting", "set_aside", "approved", "published")


def key_new(database: Database) -> int:
    """Give quotes that came in their keys; gives how many. Safe to run twice."""
    with database.read() as session:
        last = session.scalar(select(func.max(Likeness.quote_id))) or 0
        rows = session.execute(
            select(Quote.id, SurveyResponse.comment)
            .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
            .where(Quote.id > last)
            .order_by(Quote.id)
            .limit(BATCH)
        ).all()
    if not rows:
        return 0
    keyed = [
        {"key": key, "quote_id": id_}
        for id_, comment in rows
        # One without words has a key of its own, so that it counts as looked at.
        for key in set(keys_of(comment or "") or (-id_,))
    ]
    with database.write() as session:
        there = select(Quote.id).where(Quote.id.in_([row.id for row in rows]))
        kept = set(session.scalars(there))  # one may have been erased meanwhile
        seen = set(session.scalars(select(Likeness.quote_id).where(Likeness.quote_id.in_(kept))))
        new = [row for row in keyed if row["quote_id"] in kept - seen]
        if new:
            session.execute(insert(Likeness), new)
    return len(rows)


def merge(
    database: Database, quote_id: int, members: Sequence[int], *, user_id: int, at: datetime
) -> int:
    """Have one quote speak for others that say the same: they leave queue and walls, and are
    counted. Gives how many it speaks for now."""
    with database.write() as session:
        speaker = session.get(Quote, quote_id)
        if speaker is None:
            raise NotFound
        if speaker.state not in SPEAKING:
            raise Conflict
        ids = sorted(set(members) - {quote_id})
        if not ids:
            text = N_("Choose those that say the same.")
            raise Invalid([Problem("nothing", text, "members")])
        quotes = session.scalars(select(Quote).where(Quote.id.in_(ids)).order_by(Quote.id)).all()
        if [quote.id for quote in quotes] != ids:
            raise Conflict
        for quote in quotes:
            _merge(session, quote, speaker, user_id, at)
        session.flush()
        cause = f"q{speaker.id}"
        if speaker.state == "published":
            change_hanging(session, speaker, at, cause=cause)
        merged = select(func.count()).select_from(Duplicate).where(Duplicate.of_id == quote_id)
        return session.scalar(merged) or 0


def part(database: Database, quote_id: int, *, user_id: int | None, at: datetime) -> None:
    """A quote speaks for itself again, and waits to be looked at."""
    with database.write() as session:
        quote = session.get(Quote, quote_id)
        if quote is None:
            raise NotFound
        _part(session, quote, user_id, at)


def part_all(session: Session, speaker_id: int, at: datetime) -> None:
    """Those for whom a quote spoke that is erased now speak for themselves again."""
    quotes = session.scalars(
        select(Quote)
        .join(Duplicate, Duplicate.quote_id == Quote.id)
        .where(Duplicate.of_id == speaker_id, Quote.state == "merged")
        .order_by(Quote.id)
    ).all()
    for quote in quotes:
        _part(session, quote, None, at)


def tell_speakers(session: Session, quote_ids: Sequence[int], at: datetime, *, cause: str) -> None:
    """Those that spoke for quotes which are merged no more say how many are left."""
    session.flush()
    spoken_for = select(Duplicate.of_id).where(Duplicate.quote_id.in_(quote_ids))
    speakers = session.scalars(
        select(Quote).where(Quote.id.in_(spoken_for), Quote.state == "published").order_by(Quote.id)
    ).all()
    for speaker in speakers:
        change_hanging(session, speaker, at, cause=cause)


def _merge(session: Session, quote: Quote, speaker: Quote, user_id: int, at: datetime) -> None:
    before = quote.state
    move(session, quote, MERGEABLE, "merged")
    quote.publish_at = None
    decision = note(session, quote, "merge", before, user_id, at)
    # Those for whom it spoke go with it: nobody is a duplicate of a duplicate.
    for row in session.scalars(select(Duplicate).where(Duplicate.of_id == quote.id)).all():
        row.of_id = speaker.id
    session.merge(Duplicate(quote_id=quote.id, of_id=speaker.id, user_id=user_id, made_at=at))
    if before == "published":
        parts = take_down(session, quote.id, at, cause=decision.cause)
        recall(session, quote, parts, cause=decision.cause, at=at)


def _part(session: Session, quote: Quote, user_id: int | None, at: datetime) -> None:
    move(session, quote, ("merged",), "waiting")
    decision = note(session, quote, "part", "merged", user_id, at)
    tell_speakers(session, [quote.id], at, cause=decision.cause)
    row = session.get(Duplicate, quote.id)
    if row is not None:
        session.delete(row)
        session.flush()
