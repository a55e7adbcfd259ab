"""Notices: writing one, hanging it for a time, taking it down."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions import audit, outbox
from signage.actions.made_others import settle_notices
from signage.actions.notice_bodies import notice_body
from signage.actions.notice_draft import NoticeDraft, checked
from signage.actions.pictures import forget_pictures, keep_picture
from signage.core.seen import check_seen, fingerprint
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Notice
from signage.models.feed_rule import made_feeds
from signage.words import N_

MOST = 30
MOST_URGENT = 100
"""Notices at a time: what everybody hangs nobody reads."""


def write_notice(
    database: Database,
    draft: NoticeDraft,
    *,
    user_id: int,
    at: datetime,
    notice_id: int | None = None,
    seen: str | None = None,
) -> Notice:
    """Write a notice, or change one that has not ended; walls show it in its time. Raises Conflict
    where it is no more what was `seen` (`notice_seen`), or has ended."""
    with database.write() as session:
        return hang_notice(session, draft, user_id=user_id, at=at, notice_id=notice_id, seen=seen)


def hang_notice(
    session: Session,
    draft: NoticeDraft,
    *,
    user_id: int | None,
    at: datetime,
    notice_id: int | None = None,
    by: str = "",
    seen: str | None = None,
) -> Notice:
    """The same within a transaction; `by` says in the audit log what hung it, where it was no
    person."""
    draft = checked(session, draft, at)
    if notice_id is None:
        _room(session, urgent=draft.urgent)
        notice = Notice(made_by=user_id, made_at=at)
    else:
        notice = _open(session, notice_id)
        check_seen(seen, notice_seen(notice))
    notice.shows_from = draft.shows_from or at
    for name in _KEPT:
        setattr(notice, name, getattr(draft, name))
    notice.targets = None if draft.targets is None else draft.targets.as_json()
    if draft.no_picture:
        notice.picture = None
    if draft.picture is not None:
        notice.picture = keep_picture(session, draft.picture, at)
    session.add(notice)
    session.flush()
    feed = outbox.feed_named(session, "notices")
    outbox.put(session, feed, item_of(notice), notice_body(notice), at, cause=item_of(notice))
    _place(session, notice, at)
    audit.note(session, "notice-hung", user_id=user_id, about=item_of(notice), detail=by, at=at)
    forget_pictures(session)
    return notice


_KEPT = ("headline", "words", "shows_until", "takes_over", "picture_tells", "look", "urgent")


def end_notice(
    database: Database, notice_id: int, *, user_id: int | None, at: datetime, by: str = ""
) -> None:
    """Take a notice off every wall at once."""
    with database.write() as session:
        notice = _open(session, notice_id)
        _end(session, [notice], at)
        about = item_of(notice)
        audit.note(session, "notice-ended", user_id=user_id, about=about, detail=by, at=at)


def end_notices(database: Database, *, at: datetime) -> int:
    """Take down those whose time is over (walls have stopped showing them by themselves); gives
    how many. Safe to run twice."""
    over = select(Notice.id).where(Notice.ended_at.is_(None), Notice.shows_until <= at)
    with database.read() as session:
        if not session.scalars(over.limit(1)).first():
            return 0
    with database.write() as session:
        notices = session.scalars(select(Notice).where(Notice.id.in_(over))).all()
        _end(session, notices, at)
        return len(notices)


def notice_seen(notice: Notice) -> str:
    """What the form of a notice is filled from, in short."""
    return fingerprint(notice_body(notice))


def load(session: Session, notice_id: int) -> Notice:
    """The notice; raises NotFound."""
    found = session.get(Notice, notice_id)
    if found is None:
        raise NotFound
    return found


def item_of(notice: Notice) -> str:
    """What walls call it."""
    return f"n{notice.id}"


def _open(session: Session, notice_id: int) -> Notice:
    notice = load(session, notice_id)
    if notice.ended_at is not None:
        raise Conflict
    return notice


def _end(session: Session, notices: Sequence[Notice], at: datetime) -> None:
    feed = outbox.feed_named(session, "notices")
    for notice in notices:
        notice.ended_at = at
        outbox.drop(session, feed, item_of(notice), at, cause=item_of(notice))
        _place(session, notice, at)


def _place(session: Session, notice: Notice, at: datetime) -> None:
    """Feeds of notices that were made at the desk follow."""
    made, cause = made_feeds(session, "notices"), item_of(notice)
    settle_notices(session, made, notice_body, at, cause=cause, told=notice.id)


def _room(session: Session, *, urgent: bool) -> None:
    """What is urgent has room of its own: nothing else can use it up."""
    most = MOST_URGENT if urgent else MOST
    open_ = Notice.ended_at.is_(None), Notice.urgent.is_(urgent)
    if len(session.scalars(select(Notice.id).where(*open_).limit(most)).all()) >= most:
        text = N_("{most} notices hang or are to hang. Take one down first.")
        raise Invalid([Problem("too-many", text, "headline", {"most": most})])
