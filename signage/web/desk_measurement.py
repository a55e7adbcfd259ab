"""Measurement: the score with its interval and trend, by touchpoint."""

from datetime import date

from flask import Blueprint, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core.scores import BANDS, SCALES, Metric, score
from signage.models import Improvement, Touchpoint, preferences
from signage.web import forms
from signage.web.chart import scale_of, trend_chart
from signage.web.context import at, database, parts
from signage.web.measured import Question
from signage.web.permit import require

pages = Blueprint("measurement", __name__, url_prefix="/desk/measurement")
pages.before_request(require("look"))

WINDOWS = (30, 90, 365)
KINDS = ("transactional", "relational")


@pages.get("")
def measurement_page() -> str:
    """One metric: now, over time, and at each touchpoint."""
    metric: Metric = next((name for name in SCALES if name == forms.text("metric")), "nps")
    with database().read() as session:
        days = forms.whole("days") if forms.whole("days") in WINDOWS else 0
        days = days or _nearest_window(preferences(session).window_days)
        kind = forms.text("kind") if forms.text("kind") in KINDS else ""
        question = Question(metric, days, forms.whole("touchpoint"), kind, at().date())
        page = _page(session, question)
    return render_template("desk/measurement.html", windows=WINDOWS, **page)


def _page(session: Session, question: Question) -> dict[str, object]:
    found = parts().measurements.ask(session, question)
    metric = question.metric
    touchpoints = session.scalars(select(Touchpoint).order_by(Touchpoint.position)).all()
    nobody = score(metric, {})
    marks = _marks(session, found.points[0].day, question)
    return {
        "metric": metric,
        "days": question.days,
        "kind": found.kind,
        "kinds": found.kinds,
        "bands": BANDS[metric],
        "scale": scale_of(metric),
        "touchpoint_id": question.touchpoint_id,
        "score": found.score,
        "change": found.change,
        "chart": trend_chart(metric, found.points, marks),
        "points": [point for point in found.points if point.score.n],
        "rows": [(each, found.by_touchpoint.get(each.id, nobody)) for each in touchpoints],
        "elsewhere": found.by_touchpoint.get(0),
        "target": preferences(session).target_score if metric == "nps" else None,
    }


def _marks(session: Session, first: date, question: Question) -> list[tuple[date, str]]:
    query = select(Improvement.done_on, Improvement.label).where(
        Improvement.done_on.between(first, question.today)
    )
    if question.touchpoint_id:
        query = query.where(Improvement.touchpoint_id == question.touchpoint_id)
    rows = session.execute(query.order_by(Improvement.done_on))
    return [(done_on, label) for done_on, label in rows if done_on]


def _nearest_window(days: int) -> int:
    return min(WINDOWS, key=lambda window: abs(window - days))
