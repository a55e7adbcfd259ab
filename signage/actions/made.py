"""Quotes in feeds that were made at the desk: each feed holds what its rule lets in of what was
approved, and nothing else. `cause` as in FeedChange.

Whatever happens to a quote is put to the rules of all these feeds in the transaction in which it
happens; what time alone changes is noted in `due_at`, for the job that sweeps expiries.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from signage.actions.bodies import quote_bodies, words_taken
from signage.actions.outbox_many import Key, Wanted, Written, change_many
from signage.core.feed_rules import Candidate, choose, fits, next_moment
from signage.core.mix import Shares
from signage.core.painted import Part
from signage.models import Quote, SurveyResponse
from signage.models.candidates import quote_candidates
from signage.models.feed_rule import Made, bodies_in, holding, hung_in, made_feeds

TURNS = "turns"
"""The item that tells how a feed's quotes take turns."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What one feed comes to: who leaves it, and whose bodies are told."""

    made: Made
    leave: Collection[int]
    put: Sequence[Candidate]


def place(
    session: Session, quote_ids: Collection[int], at: datetime, *, cause: str | None = None
) -> dict[int, list[Part]]:
    """Have quotes hang where the rules let them, as they are now, and nowhere else; what makes
    room, or takes the place of one that left, follows. Gives by quote the changes that took words
    of the customer away."""
    session.flush()
    made = made_feeds(session, "quotes")
    if not made or not quote_ids:
        return {}
    steps = _Placing(session, made, set(quote_ids), at).steps()
    written = _write(session, steps, at, cause)
    return _parts(made, written, quote_ids)


def settle(
    session: Session, made: Iterable[Made], at: datetime, *, cause: str | None = None
) -> None:
    """Have these feeds hold what their rules say now, from nothing: when a rule or the answers'
    mix has changed, or time has passed."""
    session.flush()
    made = list(made)
    if not made:
        return
    pool = quote_candidates(session)
    hung = hung_in(session, [each.feed.id for each in made])
    told = bodies_in(session, list(hung), TURNS)
    steps = []
    for each in made:
        fitting = [one for one in pool.values() if fits(each.rule, each.name, one, at)]
        each.of.due_at = next_moment(each.rule, fitting, at)
        chosen = choose(each.rule, fitting, at, shares_told(told.get(each.feed.id)))
        steps.append(_step(each, hung[each.feed.id], chosen, ()))
    _write(session, steps, at, cause)


class _Placing:
    """Some quotes put to the rules of all feeds.

    A feed with room takes what fits. From a full one something may have been left out: where a
    quote leaves it, or may stand elsewhere by now, all that is published is looked at. One that
    comes is held against those that hang there, which is enough (core.feed_rules.choose).
    """

    def __init__(self, session: Session, made: Sequence[Made], ids: set[int], at: datetime) -> None:
        self._session, self._ids, self._at = session, ids, at
        self._moved = quote_candidates(session, ids)
        came = {each.feed.id: self._fitting(each, self._moved) for each in made}
        held = holding(session, list(came), [f"q{id_}" for id_ in ids])
        self._made = [each for each in made if came[each.feed.id] or each.feed.id in held]
        self._came = came
        self._hung = hung_in(session, [each.feed.id for each in self._made])

    def steps(self) -> list[_Step]:
        """What each feed that is concerned comes to."""
        reach = {each.feed.id: self._reach(each) for each in self._made}
        pool = self._pool(reach)
        crowded = [feed_id for feed_id, how in reach.items() if how != "room"]
        told = bodies_in(self._session, crowded, TURNS)
        return [
            self._chosen(each, pool, reach[each.feed.id], shares_told(told.get(each.feed.id)))
            for each in self._made
        ]

    def _reach(self, made: Made) -> str:
        """Whom a feed must choose among: nobody (room), those that hang and come, or all."""
        hung = self._hung[made.feed.id]
        if len(hung) >= made.rule.size and hung & self._ids:
            return "all"
        both = hung | {one.id for one in self._came[made.feed.id]}
        return "hanging" if len(both) > made.rule.size else "room"

    def _pool(self, reach: Mapping[int, str]) -> dict[int, Candidate]:
        if "all" in reach.values():
            return quote_candidates(self._session)
        hang = [self._hung[feed_id] for feed_id, how in reach.items() if how == "hanging"]
        others = set().union(*hang) - self._ids
        return self._moved | (quote_candidates(self._session, others) if others else {})

    def _chosen(
        self, made: Made, pool: Mapping[int, Candidate], how: str, shares: Shares | None
    ) -> _Step:
        came, hung = self._came[made.feed.id], self._hung[made.feed.id]
        if how == "room":
            _note_due(made, came, self._at)
            return _Step(made, (hung & self._ids) - {one.id for one in came}, came)
        if how == "all":
            among = self._fitting(made, pool)
        else:
            stay = hung - self._ids
            among = [*came, *(one for one in pool.values() if one.id in stay)]
        _note_due(made, among, self._at)
        return _step(made, hung, choose(made.rule, among, self._at, shares), self._ids)

    def _fitting(self, made: Made, pool: Mapping[int, Candidate]) -> list[Candidate]:
        return [one for one in pool.values() if fits(made.rule, made.name, one, self._at)]


def shares_told(turns: Mapping[str, Any] | None) -> Shares | None:
    """The shares that walls go by."""
    return turns["shares"] if turns else None


def _note_due(made: Made, came: Iterable[Candidate], at: datetime) -> None:
    due = next_moment(made.rule, came, at)
    if due is not None and (made.of.due_at is None or due < made.of.due_at):
        made.of.due_at = due


def _step(made: Made, hung: set[int], chosen: Sequence[Candidate], ids: Collection[int]) -> _Step:
    put = [one for one in chosen if one.id not in hung or one.id in ids]
    return _Step(made, hung - {one.id for one in chosen}, put)


def _write(
    session: Session, steps: Sequence[_Step], at: datetime, cause: str | None
) -> dict[Key, Written]:
    bodies = _bodies(session, {one.id for step in steps for one in step.put})
    wanted = []
    for step in steps:
        feed = step.made.feed
        put = sorted(step.put, key=lambda one: (one.since, one.id))
        wanted += [Wanted(feed, f"q{one.id}", bodies[one.id]) for one in put]
        wanted += [Wanted(feed, f"q{id_}", None) for id_ in sorted(step.leave)]
    return change_many(session, wanted, at, cause=cause)


def _bodies(session: Session, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    with_answers = select(Quote).options(
        joinedload(Quote.response).joinedload(SurveyResponse.touchpoint),
        joinedload(Quote.inspection),
    )
    # What was changed without the session's knowledge, such as ends that follow new terms, counts.
    anew = with_answers.where(Quote.id.in_(ids)).execution_options(populate_existing=True)
    return quote_bodies(session, session.scalars(anew).all())


def _parts(
    made: Sequence[Made], written: Mapping[Key, Written], quote_ids: Collection[int]
) -> dict[int, list[Part]]:
    parts: dict[int, list[Part]] = {}
    for feed in (each.feed for each in made):
        for id_ in quote_ids:
            change = written.get((feed.id, f"q{id_}"))
            if change is None or change.before is None:
                continue
            if change.after is None or words_taken(change.before, change.after):
                parts.setdefault(id_, []).append(Part(feed.id, feed.epoch, change.rev))
    return parts
