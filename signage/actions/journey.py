"""The journey: in which order its touchpoints come, and what walls call them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions import audit
from signage.actions.hang import hang_again, hang_improvement
from signage.actions.tally import mark_stale
from signage.core.seen import check_seen, fingerprint
from signage.core.text import one_line
from signage.errors import Invalid, Problem
from signage.models import Database, Improvement, Quote, SurveyResponse, Touchpoint
from signage.words import N_

MOST_NAME = 60


def lay_out(
    database: Database,
    order: Sequence[int],
    shown_as: Mapping[int, str],
    *,
    user_id: int,
    at: datetime,
    seen: str | None = None,
) -> None:
    """Put touchpoints in this order (ids; those not named come last, as they were) and call them
    what is given (id → name; empty: as answers name them). Walls follow. Raises Conflict where
    those that are named are no more as they were `seen` (`journey_seen`)."""
    names = {id_: one_line(name) for id_, name in shown_as.items()}
    if any(len(name) > MOST_NAME for name in names.values()):
        most = {"most": MOST_NAME}
        raise Invalid([Problem("too-long", N_("At most {most} characters."), "shown_as", most)])
    with database.write() as session:
        touchpoints = session.scalars(select(Touchpoint).order_by(Touchpoint.position)).all()
        check_seen(seen, journey_seen([each for each in touchpoints if each.id in names]))
        places = {id_: place for place, id_ in enumerate(order)}
        touchpoints = sorted(touchpoints, key=lambda each: places.get(each.id, len(places)))
        renamed = []
        for place, touchpoint in enumerate(touchpoints, start=1):
            touchpoint.position = place
            called = names.get(touchpoint.id, touchpoint.shown_as or "") or None
            called = None if called == touchpoint.name else called
            if called != touchpoint.shown_as:
                touchpoint.shown_as = called
                renamed.append(touchpoint.id)
        session.flush()
        _hang_renamed(session, renamed, at)
        audit.note(session, "settings-changed", user_id=user_id, about="journey", at=at)
        mark_stale(session)


def journey_seen(touchpoints: Sequence[Touchpoint]) -> str:
    """What the form of the journey is filled from, in short; one that came since is not in it."""
    return fingerprint([(each.id, each.shown_as) for each in touchpoints])


def _hang_renamed(session: Session, touchpoint_ids: Sequence[int], at: datetime) -> None:
    """What hangs and names them hangs on under their new names."""
    if not touchpoint_ids:
        return
    responses = session.scalars(
        select(Quote.response_id)
        .join(SurveyResponse, SurveyResponse.id == Quote.response_id)
        .where(Quote.state == "published", SurveyResponse.touchpoint_id.in_(touchpoint_ids))
    ).all()
    for response_id in responses:
        hang_again(session, response_id, at)
    improvements = session.scalars(
        select(Improvement).where(
            Improvement.touchpoint_id.in_(touchpoint_ids),
            Improvement.published_at.is_not(None),
            Improvement.withdrawn_at.is_(None),
        )
    ).all()
    for improvement in improvements:
        hang_improvement(session, improvement, at)
