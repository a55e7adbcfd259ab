"""Improvements and notices in feeds that were made at the desk."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from signage.actions.bodies import improvement_body, words_taken
from signage.actions.outbox_many import Wanted, Written, change_many
from signage.core.feed_rules import Candidate, choose, fits, next_moment
from signage.core.painted import Part
from signage.models import Improvement, Notice
from signage.models.candidates import improvement_candidates, notice_candidates
from signage.models.feed_rule import Made, hung_in, made_feeds


def place_improvement(
    session: Session, improvement_id: int, at: datetime, *, cause: str | None = None
) -> list[Part]:
    """Have an improvement hang where the rules let it, as it is now, and nowhere else; gives the
    changes that took a customer's words from beside it."""
    made = made_feeds(session, "improvements")
    written = _settle_improvements(session, made, at, cause, improvement_id)
    return [
        Part(each.feed.id, each.feed.epoch, change.rev)
        for each in made
        if (change := written.get((each.feed.id, f"i{improvement_id}")))
        and change.before is not None
        and words_taken(change.before, change.after or {})
    ]


def tell_summary(
    session: Session, body: Mapping[str, Any], at: datetime, *, cause: str | None = None
) -> None:
    """Tell the count of the year in these feeds as well."""
    made = made_feeds(session, "improvements")
    change_many(session, [Wanted(each.feed, "summary", body) for each in made], at, cause=cause)


def settle_improvements(
    session: Session, made: Iterable[Made], at: datetime, *, cause: str | None = None
) -> None:
    """Have these feeds hold what their rules say now."""
    _settle_improvements(session, list(made), at, cause, 0)


def settle_notices(
    session: Session,
    made: Iterable[Made],
    body_of: Callable[[Notice], dict[str, Any]],
    at: datetime,
    *,
    cause: str | None = None,
    told: int = 0,
) -> None:
    """The same of notices; told: the one that is told anew where it hangs already."""

    def body(_: Made, id_: int) -> dict[str, Any]:
        return body_of(session.get_one(Notice, id_))

    made = list(made)
    session.flush()
    if made:
        settling = _Settling(session, made, notice_candidates(session), "n")
        settling.write(body, at, cause, told)


def _settle_improvements(
    session: Session, made: list[Made], at: datetime, cause: str | None, told: int
) -> dict[tuple[int, str], Written]:
    def body(each: Made, id_: int) -> dict[str, Any]:
        return improvement_body(session, session.get_one(Improvement, id_), at.date(), each.name)

    session.flush()
    if not made:
        return {}
    settling = _Settling(session, made, improvement_candidates(session), "i")
    return settling.write(body, at, cause, told)


@dataclass(frozen=True, slots=True)
class _Settling:
    """first: what the items of such a feed begin with."""

    session: Session
    made: Sequence[Made]
    pool: Mapping[int, Candidate]
    first: str

    def write(
        self,
        body: Callable[[Made, int], dict[str, Any]],
        at: datetime,
        cause: str | None,
        told: int,
    ) -> dict[tuple[int, str], Written]:
        """Whatever the feeds lack or hold beyond their rules, and the one that is told anew."""
        hung = hung_in(self.session, [each.feed.id for each in self.made])
        wanted: list[Wanted] = []
        for each in self.made:
            there, chosen = hung[each.feed.id], self._chosen(each, at)
            put = [id_ for id_ in chosen if id_ not in there or id_ == told]
            wanted += [Wanted(each.feed, f"{self.first}{id_}", body(each, id_)) for id_ in put]
            gone = sorted(there - set(chosen))
            wanted += [Wanted(each.feed, f"{self.first}{id_}", None) for id_ in gone]
        return change_many(self.session, wanted, at, cause=cause)

    def _chosen(self, made: Made, at: datetime) -> list[int]:
        fitting = [one for one in self.pool.values() if fits(made.rule, made.name, one, at)]
        made.of.due_at = next_moment(made.rule, fitting, at)
        return [one.id for one in choose(made.rule, fitting, at)]
