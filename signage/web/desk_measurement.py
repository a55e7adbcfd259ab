"""Measurement: the score with its interval and trend, by touchpoint."""

from datetime import date, timedelta

from flask import Blueprint, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core.scores import BANDS, SCALES, Metric, Score, score
from signage.core.trends import pool, rolling, versus_previous
from signage.models import Improvement, Touchpoint, preferences
from signage.models.tallies import day_tallies, kinds_measured, window_by_touchpoint
from signage.web import forms
from signage.web.chart import scale_of, trend_chart
from signage.web.context import at, database, require_person

pages = Blueprint("measurement", __name__, url_prefix="/desk/measurement")
pages.before_request(require_person)

WINDOWS = (30, 90, 365)
POINTS = 26
STEP_DAYS = 14
KINDS = ("transactional", "relational")


@pages.get("")
def measurement_page() -> str:
    """One metric: now, over time, and at each touchpoint."""
    metric: Metric = next((name for name in SCALES if name == forms.text("metric")), "nps")
    with database().read() as session:
        days = forms.whole("days") if forms.whole("days") in WINDOWS else 0
        days = days or _nearest_window(preferences(session).window_days)
        page = _measured(session, metric, days, forms.whole("touchpoint"))
    return render_template("desk/measurement.html", windows=WINDOWS, **page)


def _measured(session: Session, metric: Metric, days: int, touchpoint_id: int) -> dict[str, object]:
    today = at().date()
    start = today - timedelta(days=days - 1)
    first = start - timedelta(days=max(days, POINTS * STEP_DAYS))
    kinds = kinds_measured(session, metric, first, today)
    wanted = forms.text("kind")
    kind = wanted if wanted in KINDS else kinds[0][0] if kinds else "transactional"
    tallies = day_tallies(session, metric, kind, first, today, touchpoint_id or None)
    points = rolling(
        metric, tallies, last=today, window_days=days, points=POINTS, step_days=STEP_DAYS
    )
    touchpoints = session.scalars(select(Touchpoint).order_by(Touchpoint.position)).all()
    by_touchpoint = window_by_touchpoint(session, metric, kind, start, today)
    marks = _marks(session, points[0].day, today, touchpoint_id)
    return {
        "metric": metric,
        "days": days,
        "kind": kind,
        "kinds": [name for name, _ in kinds],
        "bands": BANDS[metric],
        "scale": scale_of(metric),
        "touchpoint_id": touchpoint_id,
        "start": start,
        "score": score(metric, pool(tallies, start, today)),
        "change": versus_previous(metric, tallies, last=today, window_days=days),
        "chart": trend_chart(metric, points, marks),
        "points": [point for point in points if point.score.n],
        "rows": [
            (touchpoint, score(metric, by_touchpoint.get(touchpoint.id, {})))
            for touchpoint in touchpoints
        ],
        "elsewhere": _elsewhere(metric, by_touchpoint),
        "target": preferences(session).target_score if metric == "nps" else None,
    }


def _elsewhere(metric: Metric, found: dict[int, dict[int, int]]) -> Score | None:
    return score(metric, found[0]) if 0 in found else None


def _marks(session: Session, first: date, last: date, touchpoint_id: int) -> list[tuple[date, str]]:
    query = select(Improvement.done_on, Improvement.label).where(
        Improvement.done_on.between(first, last)
    )
    if touchpoint_id:
        query = query.where(Improvement.touchpoint_id == touchpoint_id)
    rows = session.execute(query.order_by(Improvement.done_on))
    return [(done_on, label) for done_on, label in rows if done_on]


def _nearest_window(days: int) -> int:
    return min(WINDOWS, key=lambda window: abs(window - days))
