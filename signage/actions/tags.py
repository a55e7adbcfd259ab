"""Tagging: what quotes are about, in the company's own words."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from signage.actions import made
from signage.actions.expire import follow_terms
from signage.core.text import one_line
from signage.errors import Invalid, NotFound, Problem
from signage.models import Database, Quote, QuoteTag, Remark, Tag
from signage.words import N_

LONGEST = 40
MOST_OF_A_QUOTE = 20
MOST = 500


def tag(database: Database, quote_id: int, name: str, *, user_id: int, at: datetime) -> Tag:
    """Give a quote a tag, made where there is none of that name; again is harmless. One that hangs
    ends by the terms of its tags."""
    with database.write() as session:
        if session.get(Quote, quote_id) is None:
            raise NotFound
        put = put_tag(session, quote_id, name, user_id=user_id, at=at)
        follow_terms(session, at, quote_id)
        made.place(session, [quote_id], at, cause=f"q{quote_id}")
        return put


def untag(database: Database, quote_id: int, tag_id: int, *, user_id: int, at: datetime) -> None:
    """Take a tag off a quote; one that no quote has any more is forgotten. Again is harmless."""
    with database.write() as session:
        if session.get(Quote, quote_id) is None:
            raise NotFound
        put, worn = session.get(Tag, tag_id), session.get(QuoteTag, (quote_id, tag_id))
        if put is not None and worn is not None:
            session.add(_remark("untag", quote_id, put, user_id, at))
            session.delete(worn)
            session.flush()
        used = select(QuoteTag.tag_id).where(QuoteTag.tag_id == tag_id).exists()
        session.execute(delete(Tag).where(Tag.id == tag_id, ~used))
        follow_terms(session, at, quote_id)
        made.place(session, [quote_id], at, cause=f"q{quote_id}")


def put_tag(
    session: Session, quote_id: int, name: str, *, user_id: int | None, at: datetime
) -> Tag:
    """The same within a transaction that is under way, e.g. of a rule, which is nobody."""
    put = tag_named(session, name)
    if session.get(QuoteTag, (quote_id, put.id)) is None:
        _check_room(session, quote_id)
        session.add(QuoteTag(quote_id=quote_id, tag_id=put.id))
        session.add(_remark("tag", quote_id, put, user_id, at))
        session.flush()
    return put


def tag_named(session: Session, name: str) -> Tag:
    """The tag of that name, made where there is none; capitals make no difference."""
    name = one_line(name)
    if not 0 < len(name) <= LONGEST:
        text = N_("A tag of 1 to {most} characters.")
        raise Invalid([Problem("bad-tag", text, "tag", {"most": LONGEST})])
    key = name.casefold()
    found = session.scalars(select(Tag).where(Tag.key == key)).one_or_none()
    if found is None:
        _check_number(session)
        found = Tag(name=name, key=key)
        session.add(found)
        session.flush()
    return found


def _remark(kind: str, quote_id: int, put: Tag, user_id: int | None, at: datetime) -> Remark:
    return Remark(quote_id=quote_id, kind=kind, tag=put.name, user_id=user_id, made_at=at)


def _check_room(session: Session, quote_id: int) -> None:
    count = select(func.count()).select_from(QuoteTag).where(QuoteTag.quote_id == quote_id)
    if (session.scalar(count) or 0) >= MOST_OF_A_QUOTE:
        text = N_("A quote has at most {most} tags. Take one off first.")
        raise Invalid([Problem("too-many-tags", text, "tag", {"most": MOST_OF_A_QUOTE})])


def _check_number(session: Session) -> None:
    if (session.scalar(select(func.count()).select_from(Tag)) or 0) >= MOST:
        text = N_("There are {most} tags already. Use one of them, or take one off its quotes.")
        raise Invalid([Problem("too-many-tags", text, "tag", {"most": MOST})])
