"""You said, we did: writing an improvement down, hanging it, taking it down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions.hang import hang_improvement, hang_summary, take_improvement_down
from signage.actions.tally import mark_stale
from signage.core.text import one_line, plain
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Improvement, ImprovementQuote, Quote, Touchpoint, preferences
from signage.words import N_


@dataclass(frozen=True, slots=True)
class ImprovementDraft:
    """What a lead wrote down; quote_ids in the order in which they matter."""

    did: str
    label: str
    team: str
    done_on: date | None
    touchpoint_id: int | None
    quote_ids: tuple[int, ...] = ()


def improve(
    database: Database,
    draft: ImprovementDraft,
    *,
    user_id: int | None,
    at: datetime,
    improvement_id: int | None = None,
) -> Improvement:
    """Write an improvement down, or change it; one that hangs changes on the walls too."""
    with database.write() as session:
        draft = _checked(session, draft, at)
        if improvement_id is None:
            improvement = Improvement(made_by=user_id, made_at=at)
            session.add(improvement)
        else:
            improvement = load(session, improvement_id)
        improvement.did, improvement.label = draft.did, draft.label
        improvement.team, improvement.done_on = draft.team, draft.done_on
        improvement.touchpoint_id = draft.touchpoint_id
        _link(session, improvement, draft.quote_ids)
        session.flush()
        session.refresh(improvement)
        if hangs(improvement) and improvement.done_on is None:
            improvement.published_at = None  # not withdrawn: it counts as under way again
            take_improvement_down(session, improvement, at, cause=_cause(improvement))
        elif hangs(improvement):
            hang_improvement(session, improvement, at, cause=_cause(improvement))
        hang_summary(session, at, cause=_cause(improvement))
        mark_stale(session)
        return improvement


def publish_improvement(database: Database, improvement_id: int, *, at: datetime) -> None:
    """Hang an improvement on the walls. Raises Conflict while it is still under way."""
    with database.write() as session:
        improvement = load(session, improvement_id)
        if improvement.done_on is None:
            raise Conflict
        improvement.published_at, improvement.withdrawn_at = at, None
        session.flush()
        hang_improvement(session, improvement, at, cause=_cause(improvement))
        mark_stale(session)


def withdraw_improvement(database: Database, improvement_id: int, *, at: datetime) -> None:
    """Take an improvement off the walls; it stays on the desk and can be hung again."""
    with database.write() as session:
        improvement = load(session, improvement_id)
        if not hangs(improvement):
            raise Conflict
        _withdraw(session, improvement, at)
        mark_stale(session)


def load(session: Session, improvement_id: int) -> Improvement:
    """The improvement; raises NotFound."""
    found = session.get(Improvement, improvement_id)
    if found is None:
        raise NotFound
    return found


def hangs(improvement: Improvement) -> bool:
    """Whether it is on the walls now."""
    return improvement.published_at is not None and improvement.withdrawn_at is None


def _withdraw(session: Session, improvement: Improvement, at: datetime) -> None:
    improvement.withdrawn_at = at
    take_improvement_down(session, improvement, at, cause=_cause(improvement))


def _cause(improvement: Improvement) -> str:
    return f"i{improvement.id}"


def _checked(session: Session, draft: ImprovementDraft, at: datetime) -> ImprovementDraft:
    did, label, team = plain(draft.did), one_line(draft.label), one_line(draft.team)
    problems = [
        Problem("missing", N_("Write what was done."), "did") if not did else None,
        _too_long("did", did, 300),
        Problem("missing", N_("Give it a short label for the chart."), "label")
        if not label
        else None,
        _too_long("label", label, 40),
        _too_long("team", team, 80),
    ]
    if draft.done_on and draft.done_on > preferences(session).day_of(at):
        text = N_("The day lies ahead; leave it empty while the work is under way.")
        problems.append(Problem("future", text, "done_on"))
    if draft.touchpoint_id and session.get(Touchpoint, draft.touchpoint_id) is None:
        problems.append(Problem("unknown", N_("Choose a touchpoint from the list."), "touchpoint"))
    if found := [problem for problem in problems if problem]:
        raise Invalid(found)
    return ImprovementDraft(
        did, label, team, draft.done_on, draft.touchpoint_id or None, draft.quote_ids
    )


def _too_long(field: str, text: str, most: int) -> Problem | None:
    if len(text) <= most:
        return None
    return Problem("too-long", N_("At most {most} characters."), field, {"most": most})


def _link(session: Session, improvement: Improvement, quote_ids: Sequence[int]) -> None:
    ids = list(dict.fromkeys(quote_ids))
    known = set(session.scalars(select(Quote.id).where(Quote.id.in_(ids))))
    if known != set(ids):
        raise Invalid([Problem("unknown", N_("One of the quotes is no longer there."), "quotes")])
    improvement.links.clear()
    session.flush()
    improvement.links.extend(
        ImprovementQuote(quote_id=quote_id, position=place) for place, quote_id in enumerate(ids)
    )
