"""Keeping metric feeds true: computed from tallies, at most once a second, when stale."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from signage.actions import outbox
from signage.actions.bodies import milliseconds
from signage.actions.hang import hang_improvement, hang_summary
from signage.actions.stops import shown_value, touchpoints_body
from signage.core.feed_rules import FeedRule
from signage.core.scores import BANDS, MINIMUM, SCALES, Metric, Score, score
from signage.core.trends import TrendPoint, pool, rolling, versus_previous
from signage.models import (
    Database,
    Feed,
    FeedItem,
    Improvement,
    MadeFeed,
    Preferences,
    preferences,
)
from signage.models.feed_rule import about
from signage.models.tallies import ALL, Part, day_tallies, kinds_measured, part_of

TREND_POINTS = 39
"""Weekly steps: nine months."""
STEP_DAYS = 7


def refresh_stale(database: Database, *, at: datetime) -> int:
    """Compute stale metric feeds again, and all of them on a new day; gives how many."""
    with database.read() as session:
        due = [feed.id for feed in session.scalars(_metric_feeds()) if _is_due(session, feed, at)]
    if not due:
        return 0
    with database.write() as session:
        session.execute(update(Feed).where(Feed.id.in_(due)).values(stale=False))
        for feed in session.scalars(_metric_feeds().where(Feed.id.in_(due))).all():
            outbox.put(session, feed, feed.name, _body(session, feed, at), at)
    return len(due)


def figure_body(session: Session, rule: FeedRule, at: datetime) -> dict[str, Any]:
    """The one item of a feed of figures that was made at the desk; `about` tells walls of which
    part of the answers it is."""
    part = part_of(session, rule.touchpoints, rule.segments)
    if rule.kind == "touchpoints":
        body = touchpoints_body(session, at, days=rule.days, part=part)
    else:
        metric: Metric = next(each for each in SCALES if each == rule.kind)
        body = metric_body(session, metric, at, days=rule.days, part=part)
    return {**body, "about": about(session, rule)}


def _body(session: Session, feed: Feed, at: datetime) -> dict[str, Any]:
    options = feed.options
    if "rule" in options:
        return {**figure_body(session, FeedRule.from_json(options["rule"]), at), "id": feed.name}
    match options.get("shows"):
        case "touchpoints":
            return touchpoints_body(session, at)
        case "mix":
            return mix_body(session, at)
        case _:
            return metric_body(session, options["metric"], at)


def refresh_effects(database: Database, *, at: datetime) -> None:
    """Measure the effect of every published improvement again, with today's answers."""
    with database.write() as session:
        published = session.scalars(
            select(Improvement).where(
                Improvement.published_at.is_not(None), Improvement.withdrawn_at.is_(None)
            )
        ).all()
        for improvement in published:
            hang_improvement(session, improvement, at)
        hang_summary(session, at)


def metric_body(
    session: Session, metric: Metric, at: datetime, *, days: int | None = None, part: Part = ALL
) -> dict[str, Any]:
    """The page of one metric as the wall shows it (docs/protocol.md). days: of answers, None for
    the company's own window; part: of which answers."""
    chosen, today = preferences(session), at.date()
    days = days or chosen.window_days
    first = today - timedelta(days=days + max(days, TREND_POINTS * STEP_DAYS))
    kinds = kinds_measured(session, metric, first, today, part)
    kind = kinds[0][0] if kinds else "transactional"
    tallies = day_tallies(session, metric, kind, first, today, part=part)
    measured = score(metric, pool(tallies, today - timedelta(days=days - 1), today))
    trend = rolling(
        metric, tallies, last=today, window_days=days, points=TREND_POINTS, step_days=STEP_DAYS
    )
    change = versus_previous(metric, tallies, last=today, window_days=days)
    return {
        "id": metric,
        # No scene shows what nobody was asked; that NPS is missing is worth saying.
        "kind": metric if measured.n or metric == "nps" else "unasked",
        "survey": kind,
        "question": chosen.question if metric == "nps" else "",
        "window_days": days,
        "as_of": milliseconds(at),
        **score_body(measured),
        "trend": _known_points(trend),
        "target": _target(chosen) if metric == "nps" and part == ALL else None,
        "change": None
        if change is None
        else {
            "difference": shown_value(metric, change.difference),
            "direction": change.direction,
            "against_days": days,
            "p": round(change.p, 4),
        },
        "improvements": _marks(session, trend[0].day, today),
    }


def mix_body(session: Session, at: datetime) -> dict[str, Any]:
    """That answers enough are there for a mix to hold the quotes against. The player counts both
    sides itself, in the feeds that it shows."""
    days, today = preferences(session).window_days, at.date()
    first = today - timedelta(days=days - 1)
    kinds = kinds_measured(session, "nps", first, today)
    enough = bool(kinds) and kinds[0][1] >= MINIMUM
    return {"id": "mix", "kind": "mix" if enough else "unasked", "window_days": days}


def score_body(measured: Score) -> dict[str, Any]:
    """A score without a precision that its interval denies. mean and share: as in Score."""
    metric = measured.metric
    good, middle, bad = BANDS[metric]
    return {
        "enough": measured.enough,
        "n": measured.n,
        "minimum": measured.minimum,
        "score": shown_value(metric, measured.value),
        "low": shown_value(metric, measured.low),
        "high": shown_value(metric, measured.high),
        "mean": _drawn(measured.mean),
        "share": None if measured.share is None else round(measured.share),
        "counts": {name: measured.counts[name] for name in (good, middle, bad)},
    }


def _is_due(session: Session, feed: Feed, at: datetime) -> bool:
    item = session.get(FeedItem, (feed.id, feed.name))
    if feed.stale or item is None:
        return True
    as_of = item.body.get("as_of")
    return as_of is not None and as_of // 86_400_000 != (milliseconds(at) or 0) // 86_400_000


def _metric_feeds() -> Select[Feed]:
    deleted = select(MadeFeed.feed_id).where(MadeFeed.deleted_at.is_not(None))
    return select(Feed).where(Feed.kind == "metric", Feed.id.not_in(deleted)).order_by(Feed.id)


def _known_points(trend: tuple[TrendPoint, ...]) -> list[dict[str, Any]]:
    """From the first point with enough answers on: an empty past is not drawn."""
    points = [
        {
            "day": point.day.isoformat(),
            "score": _drawn(point.score.value),
            "low": _drawn(point.score.low),
            "high": _drawn(point.score.high),
            "n": point.score.n,
        }
        for point in trend
    ]
    start = next((place for place, point in enumerate(points) if point["score"] is not None), None)
    return [] if start is None else points[start:]


def _marks(session: Session, first: date, last: date) -> list[dict[str, str]]:
    rows = session.execute(
        select(Improvement.done_on, Improvement.label)
        .where(
            Improvement.done_on.between(first, last),
            Improvement.published_at.is_not(None),
            Improvement.withdrawn_at.is_(None),
        )
        .order_by(Improvement.done_on)
    )
    return [{"day": done_on.isoformat(), "label": label} for done_on, label in rows if done_on]


def _target(chosen: Preferences) -> dict[str, Any] | None:
    if chosen.target_score is None:
        return None
    return {"score": chosen.target_score, "by": chosen.target_by}


def _drawn(value: float | None) -> float | None:
    """A point of a line: never read as a figure, and steps of whole numbers would show."""
    return None if value is None else round(value, 1)
