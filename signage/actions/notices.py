"""Notices: writing one, hanging it for a time, taking it down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions import audit, outbox
from signage.actions.bodies import milliseconds
from signage.actions.made_others import settle_notices
from signage.actions.pictures import forget_pictures, keep_picture
from signage.core.pictures import Redrawn
from signage.core.reading import count_words
from signage.core.seen import check_seen, fingerprint
from signage.core.text import one_line, plain
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Notice
from signage.models.feed_rule import made_feeds
from signage.words import N_

MOST_HEADLINE = 80
MOST_WORDS = 280
MOST = 30
"""Notices at a time: what everybody hangs nobody reads."""


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """What a lead wrote. shows_until None: until it is taken down. picture None: as it is now."""

    headline: str
    words: str
    shows_from: datetime | None
    shows_until: datetime | None
    takes_over: bool = False
    picture: Redrawn | None = None
    no_picture: bool = False
    picture_tells: str = ""


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
    draft = _checked(draft, at)
    with database.write() as session:
        if notice_id is None:
            _room(session)
            notice = Notice(made_by=user_id, made_at=at)
        else:
            notice = _open(session, notice_id)
            check_seen(seen, notice_seen(notice))
        notice.headline, notice.words = draft.headline, draft.words
        notice.shows_from, notice.shows_until = draft.shows_from or at, draft.shows_until
        notice.takes_over, notice.picture_tells = draft.takes_over, draft.picture_tells
        if draft.no_picture:
            notice.picture = None
        if draft.picture is not None:
            notice.picture = keep_picture(session, draft.picture, at)
        session.add(notice)
        session.flush()
        feed = outbox.feed_named(session, "notices")
        outbox.put(session, feed, _item(notice), notice_body(notice), at, cause=_item(notice))
        _place(session, notice, at)
        audit.note(session, "notice-hung", user_id=user_id, about=_item(notice), at=at)
        forget_pictures(session)
        return notice


def end_notice(database: Database, notice_id: int, *, user_id: int, at: datetime) -> None:
    """Take a notice off every wall at once."""
    with database.write() as session:
        notice = _open(session, notice_id)
        _end(session, [notice], at)
        audit.note(session, "notice-ended", user_id=user_id, about=_item(notice), at=at)


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


def notice_body(notice: Notice) -> dict[str, Any]:
    """A notice as the wall shows it (docs/protocol.md)."""
    picture = notice.picture
    return {
        "id": _item(notice),
        "kind": "notice",
        "headline": notice.headline,
        "text": notice.words,
        "picture": None
        if picture is None
        else {
            "url": f"/pictures/{picture.digest}.webp",
            "width": picture.width,
            "height": picture.height,
            "tells": notice.picture_tells,
        },
        "from": milliseconds(notice.shows_from),
        "until": milliseconds(notice.shows_until),
        "takes_over": notice.takes_over,
        "words": count_words(f"{notice.headline} {notice.words}"),
    }


def notice_seen(notice: Notice) -> str:
    """What the form of a notice is filled from, in short."""
    return fingerprint(notice_body(notice))


def load(session: Session, notice_id: int) -> Notice:
    """The notice; raises NotFound."""
    found = session.get(Notice, notice_id)
    if found is None:
        raise NotFound
    return found


def _open(session: Session, notice_id: int) -> Notice:
    notice = load(session, notice_id)
    if notice.ended_at is not None:
        raise Conflict
    return notice


def _end(session: Session, notices: Sequence[Notice], at: datetime) -> None:
    feed = outbox.feed_named(session, "notices")
    for notice in notices:
        notice.ended_at = at
        outbox.drop(session, feed, _item(notice), at, cause=_item(notice))
        _place(session, notice, at)


def _place(session: Session, notice: Notice, at: datetime) -> None:
    """Feeds of notices that were made at the desk follow."""
    made, cause = made_feeds(session, "notices"), _item(notice)
    settle_notices(session, made, notice_body, at, cause=cause, told=notice.id)


def _item(notice: Notice) -> str:
    return f"n{notice.id}"


def _room(session: Session) -> None:
    there = session.scalars(select(Notice.id).where(Notice.ended_at.is_(None)).limit(MOST)).all()
    if len(there) >= MOST:
        text = N_("{most} notices hang or are to hang. Take one down first.")
        raise Invalid([Problem("too-many", text, "headline", {"most": MOST})])


def _checked(draft: NoticeDraft, at: datetime) -> NoticeDraft:
    headline, words, tells = (
        one_line(draft.headline),
        plain(draft.words),
        one_line(draft.picture_tells),
    )
    problems = [
        None if headline else Problem("missing", N_("Write a headline."), "headline"),
        _longest("headline", headline, MOST_HEADLINE),
        _longest("words", words, MOST_WORDS),
        _longest("picture_tells", tells, 200),
    ]
    if draft.picture is not None and not tells:
        text = N_("Say what is to be seen on the picture, for who does not see it.")
        problems.append(Problem("missing", text, "picture_tells"))
    if draft.shows_until is not None:
        if draft.shows_until <= at:
            text = N_("This time is over. Choose a later one.")
            problems.append(Problem("past", text, "shows_until"))
        elif draft.shows_until <= (draft.shows_from or at):
            text = N_("It would end before it begins.")
            problems.append(Problem("order", text, "shows_until"))
    if draft.takes_over and draft.shows_until is None:
        text = N_("A notice that takes over every wall needs an end.")
        problems.append(Problem("missing", text, "shows_until"))
    if found := [problem for problem in problems if problem]:
        raise Invalid(found)
    return replace(draft, headline=headline, words=words, picture_tells=tells)


def _longest(field: str, text: str, most: int) -> Problem | None:
    if len(text) <= most:
        return None
    return Problem("too-long", N_("At most {most} characters."), field, {"most": most})
