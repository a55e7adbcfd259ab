"""What a feed would hold by its rule, before the rule is kept; nothing is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from signage.actions.made_turns import answers_of
from signage.actions.measure import figure_body
from signage.core.feed_rules import FIGURES, Candidate, FeedRule, choose, fits, is_pinned
from signage.core.mix import Shares, Taker, aim, counted, missing, percents, shares_of
from signage.core.rounds import turns
from signage.models import Improvement, Notice, Quote, SurveyResponse
from signage.models.candidates import (
    improvement_candidates,
    notice_candidates,
    quote_candidates,
)

SHOWN = 6
"""Of what would hang, as an example."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a feed holds: how much fits, and how much of that hangs, in order.

    first: the first few of it. shown, answered: the mix in per cent; missing: how many more of
    which band would make it what was chosen, where the rule lets all of them in. figure: the one
    item of a feed of figures.
    """

    kind: str
    fitting: int = 0
    hanging: int = 0
    first: Sequence[Any] = ()
    shown: Shares | None = None
    answered: Shares | None = None
    missing: Mapping[str, int] = field(default_factory=dict)
    figure: Mapping[str, Any] | None = None


def held_by(session: Session, rule: FeedRule, name: str, at: datetime) -> Held:
    """What a feed of this name holds by this rule at this moment."""
    if rule.kind in FIGURES:
        figure = figure_body(session, rule, at)
        return Held(rule.kind, hanging=int(figure["kind"] != "unasked"), figure=figure)
    pool = {
        "quotes": quote_candidates, "improvements": improvement_candidates,
        "notices": notice_candidates,
    }[rule.kind](session)  # fmt: skip
    fitting = [one for one in pool.values() if fits(rule, name, one, at)]
    shares = (answers_of(session, rule, at) or (None, 0))[0] if rule.kind == "quotes" else None
    chosen = choose(rule, fitting, at, shares)
    first = _first(session, rule.kind, [one.id for one in chosen[:SHOWN]])
    held = Held(rule.kind, len(fitting), len(chosen), first)
    return _with_mix(held, rule, chosen, shares, at) if rule.kind == "quotes" else held


def _with_mix(
    held: Held, rule: FeedRule, chosen: Sequence[Candidate], shares: Shares | None, at: datetime
) -> Held:
    takers = [Taker(str(one.id), one.like, is_pinned(one, at)) for one in chosen]
    bands = {taker.item: taker.band for taker in takers}
    counts = Counter(bands[item] or "" for item in turns(takers, rule.mix, shares))
    wanted = aim(rule.mix, shares)
    return Held(
        held.kind, held.fitting, held.hanging, held.first,
        shown=percents(shares_of(counts)),
        answered=percents(shares),
        missing=missing(counted(takers), wanted) if wanted and takers and not rule.bands else {},
    )  # fmt: skip


def _first(session: Session, kind: str, ids: Sequence[int]) -> list[Any]:
    quotes = select(Quote).options(
        joinedload(Quote.response).joinedload(SurveyResponse.touchpoint),
        joinedload(Quote.inspection),
    )
    query: Any = {
        "quotes": quotes.where(Quote.id.in_(ids)),
        "improvements": select(Improvement).where(Improvement.id.in_(ids)),
        "notices": select(Notice).where(Notice.id.in_(ids)),
    }[kind]
    found: dict[int, Any] = {row.id: row for row in session.scalars(query)}
    return [found[id_] for id_ in ids if id_ in found]
