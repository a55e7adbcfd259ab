"""Making feeds at the desk, changing and deleting them: what hangs in them follows at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.actions import audit, made
from signage.actions.feed_checks import check_rule
from signage.actions.hang import hang_summary
from signage.actions.made_others import settle_improvements, settle_notices
from signage.actions.made_turns import tell_made
from signage.actions.notice_bodies import notice_body
from signage.actions.outbox_many import Wanted, change_many
from signage.core.feed_rules import FIGURES, FeedRule
from signage.core.text import one_line
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Feed, FeedItem, MadeFeed
from signage.models.feed_rule import Made, due_feeds
from signage.words import N_

MOST = 50
"""Feeds at a time: each decision is put to the rules of all of them."""
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class FeedDraft:
    """What a person says of a feed."""

    title: str
    rule: FeedRule


def make_feed(
    database: Database, draft: FeedDraft, *, user_id: int | None, at: datetime, by: str = ""
) -> MadeFeed:
    """Make a feed, which holds at once what its rule says. Raises Invalid naming each problem. `by`
    says in the audit log what made it, where it was no person."""
    with database.write() as session:
        draft = checked(session, draft)
        _check_room(session)
        feed = Feed(
            name=token_hex(12), kind=feed_kind(draft.rule), epoch=token_hex(6), rev=0, options={}
        )
        session.add(feed)
        session.flush()
        of = MadeFeed(
            feed_id=feed.id, title=draft.title, rule=draft.rule.to_json(), version=1,
            user_id=user_id, changed_at=at,
        )  # fmt: skip
        session.add(of)
        session.flush()
        feed.name = f"f{of.id}"
        _fill(session, Made(feed, of, draft.rule), at)
        _audit(session, of, _deed("made", by), user_id, at)
        return of


def change_feed(
    database: Database,
    made_id: int,
    draft: FeedDraft,
    *,
    version: int,
    user_id: int | None,
    at: datetime,
    by: str = "",
) -> MadeFeed:
    """Change a feed that was seen at `version`; walls follow within a second. Its kind stays."""
    with database.write() as session:
        found = load(session, made_id)
        if found.of.version != version:
            raise Conflict
        rule = replace(draft.rule, kind=found.rule.kind)
        draft = checked(session, FeedDraft(draft.title, rule))
        found.of.title, found.of.rule = draft.title, draft.rule.to_json()
        _touch(session, found.of, _deed("changed", by), user_id, at)
        if draft.rule != found.rule:
            _fill(session, Made(found.feed, found.of, draft.rule), at)
        return found.of


def delete_feed(
    database: Database, made_id: int, *, user_id: int | None, at: datetime, by: str = ""
) -> MadeFeed:
    """Take a feed out: it holds nothing, and playlists that name it pass it over. Again is
    harmless."""
    with database.write() as session:
        found = any_feed(session, made_id)
        if found.of.deleted_at is None:
            found.of.deleted_at, found.of.due_at = at, None
            _touch(session, found.of, _deed("deleted", by), user_id, at)
            items = session.scalars(
                select(FeedItem.item)
                .where(FeedItem.feed_id == found.feed.id)
                .order_by(FeedItem.item)
            ).all()
            gone = [Wanted(found.feed, item, None) for item in items]
            change_many(session, gone, at, cause=found.name)
        return found.of


def restore_feed(
    database: Database, made_id: int, *, user_id: int | None, at: datetime, by: str = ""
) -> MadeFeed:
    """Take a deletion back: it holds what its rule says now. Again is harmless."""
    with database.write() as session:
        found = any_feed(session, made_id)
        if found.of.deleted_at is not None:
            _check_room(session)
            found.of.deleted_at = None
            _touch(session, found.of, _deed("restored", by), user_id, at)
            _fill(session, found, at)
        return found.of


def age_feeds(database: Database, *, at: datetime) -> int:
    """Let go of what has become too old for a feed; gives of how many feeds. Safe to run twice."""
    with database.read() as session:
        if not due_feeds(session, at):
            return 0
    with database.write() as session:
        due = due_feeds(session, at)
        made.settle(session, _of(due, "quotes"), at, cause="age")
        settle_improvements(session, _of(due, "improvements"), at, cause="age")
        settle_notices(session, _of(due, "notices"), notice_body, at, cause="age")
        return len(due)


def load(session: Session, made_id: int) -> Made:
    """The feed; NotFound for one that is not there or was deleted."""
    found = any_feed(session, made_id)
    if found.of.deleted_at is not None:
        raise NotFound
    return found


def any_feed(session: Session, made_id: int) -> Made:
    """The feed, also one that was deleted."""
    of = session.get(MadeFeed, made_id)
    if of is None:
        raise NotFound
    return Made(session.get_one(Feed, of.feed_id), of, FeedRule.from_json(of.rule))


def checked(session: Session, draft: FeedDraft) -> FeedDraft:
    """The draft as it is kept; Invalid naming every problem."""
    title = one_line(draft.title)
    problems = check_rule(session, draft.rule)
    if not 0 < len(title) <= LONGEST_TITLE:
        text = N_("A name of 1 to {most} characters.")
        problems.insert(0, Problem("bad-name", text, "title", {"most": LONGEST_TITLE}))
    if problems:
        raise Invalid(problems)
    # Only what means something to its kind is kept.
    return FeedDraft(title, FeedRule.from_json(draft.rule.to_json()))


def feed_kind(rule: FeedRule) -> str:
    """What a feed counts as for walls and jobs: quotes, improvements, notices or metric."""
    return "metric" if rule.kind in FIGURES else rule.kind


def _fill(session: Session, found: Made, at: datetime) -> None:
    """What it holds by its rule of now."""
    session.flush()
    if found.rule.kind in FIGURES:
        found.feed.options, found.feed.stale = options_of(found.rule), True
    elif found.rule.kind == "quotes":
        found.feed.options = {"metric": "nps"} if found.rule.is_narrow else {}
        session.flush()
        tell_made(session, found, at, cause=found.name)
        made.settle(session, [found], at, cause=found.name)
    elif found.rule.kind == "improvements":
        settle_improvements(session, [found], at, cause=found.name)
        hang_summary(session, at, cause=found.name)
    else:
        settle_notices(session, [found], notice_body, at, cause=found.name)
    session.flush()


def options_of(rule: FeedRule) -> dict[str, Any]:
    """By what a feed of figures is computed (actions.measure)."""
    metric = "all" if rule.kind == "touchpoints" else rule.kind
    return {"metric": metric, "rule": rule.to_json()}


def _of(due: Sequence[Made], kind: str) -> list[Made]:
    return [each for each in due if each.rule.kind == kind]


def _check_room(session: Session) -> None:
    there = select(func.count()).select_from(MadeFeed).where(MadeFeed.deleted_at.is_(None))
    if (session.scalar(there) or 0) >= MOST:
        text = N_("There are {most} feeds already. Delete one first.")
        raise Invalid([Problem("too-many-feeds", text, "title", {"most": MOST})])


def _deed(what: str, by: str) -> str:
    return f"{what}, {by}" if by else what


def _touch(session: Session, of: MadeFeed, deed: str, user_id: int | None, at: datetime) -> None:
    of.version += 1
    of.user_id, of.changed_at = user_id, at
    _audit(session, of, deed, user_id, at)


def _audit(session: Session, of: MadeFeed, deed: str, user_id: int | None, at: datetime) -> None:
    about = f"feed {of.id}"
    audit.note(session, "feed-changed", user_id=user_id, about=about, detail=deed, at=at)
