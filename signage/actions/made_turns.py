"""How quotes take turns in feeds that were made at the desk: told to walls by each feed itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from signage.actions import outbox
from signage.actions.made import TURNS, settle
from signage.actions.turns import answered
from signage.core.feed_rules import FeedRule
from signage.core.mix import moved, shares_of
from signage.core.scores import score
from signage.models import Database, preferences
from signage.models.feed_rule import Made, about, bodies_in, made_feeds
from signage.models.tallies import kinds_measured, part_of, window_by_touchpoint

COUNTED = "counted_on"
"""The option of a feed that says on which day its part of the answers was counted."""


def tell_made(session: Session, made: Made, at: datetime, *, cause: str | None = None) -> bool:
    """Tell walls how the quotes of a feed take turns, if that has changed by so much that they must
    be told; gives whether it has."""
    told = bodies_in(session, [made.feed.id], TURNS).get(made.feed.id)
    says = _body(session, made.rule, at)
    if made.rule.is_narrow:
        made.feed.stale = False
        made.feed.options = {**made.feed.options, COUNTED: at.date().isoformat()}
    differs = told is None or _differ(told, says)
    if differs:
        outbox.put(session, made.feed, TURNS, says, at, cause=cause)
    session.flush()
    return differs


def refresh_made(database: Database, *, at: datetime) -> int:
    """Tell walls anew where the answers' mix has moved by half a point, and choose again what
    hangs; gives in how many feeds. A part of the answers is counted when one came in or a day has
    passed. Safe to run twice."""
    with database.read() as session:
        if not _due(session, at):
            return 0
    with database.write() as session:
        moved_on = [each for each in _due(session, at) if tell_made(session, each, at, cause="mix")]
        settle(session, moved_on, at, cause="mix")
        return len(moved_on)


def answers_of(session: Session, rule: FeedRule, at: datetime) -> tuple[dict[str, int], int] | None:
    """How the answers are shared out that a feed's quotes are held against, and of how many days;
    None of too few answers."""
    if not rule.is_narrow:
        return answered(session)
    days, today = preferences(session).window_days, at.date()
    first = today - timedelta(days=days - 1)
    part = part_of(session, rule.touchpoints, rule.segments)
    kinds = kinds_measured(session, "nps", first, today, part)
    counts: dict[int, int] = {}
    if kinds:
        found = window_by_touchpoint(session, "nps", kinds[0][0], first, today, part)
        for each in found.values():
            for given, n in each.items():
                counts[given] = counts.get(given, 0) + n
    measured = score("nps", counts)
    shares = shares_of(measured.counts) if measured.enough else None
    return None if shares is None else (shares, days)


def _due(session: Session, at: datetime) -> list[Made]:
    made = made_feeds(session, "quotes")
    told = bodies_in(session, [each.feed.id for each in made], TURNS)
    return [each for each in made if _is_due(session, each, told.get(each.feed.id), at)]


def _is_due(session: Session, made: Made, told: Mapping[str, Any] | None, at: datetime) -> bool:
    if told is None:
        return True
    if made.rule.is_narrow:
        return made.feed.stale or made.feed.options.get(COUNTED) != at.date().isoformat()
    return _differ(told, _body(session, made.rule, at))


def _differ(told: Mapping[str, Any], says: Mapping[str, Any]) -> bool:
    names = ("mode", "order", "window_days", "about")
    return any(told[name] != says[name] for name in names) or moved(told["shares"], says["shares"])


def _body(session: Session, rule: FeedRule, at: datetime) -> dict[str, Any]:
    shares, days = answers_of(session, rule, at) or (None, None)
    return {
        "id": TURNS, "kind": TURNS, "mode": rule.mix, "order": rule.order, "shares": shares,
        "window_days": days, "about": about(session, rule),
    }  # fmt: skip
