"""What happened at the desk since: told to everybody who reviews, without a word of a customer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from signage.models.account import User
from signage.models.claim import Claim
from signage.models.quote import Decision, Quote

_Named = Select[int, int, str, int | None, str]

OPEN = ("waiting", "set_aside")
MOST = 200
"""Decisions told at once; who missed more loads the page again."""


@dataclass(frozen=True, slots=True)
class Held:
    """A quote that somebody looks at."""

    quote: int
    user: int
    by: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, with the state that it led to. user, by: None where the product itself acted."""

    id: int
    quote: int
    verdict: str
    user: int | None
    by: str | None


@dataclass(frozen=True, slots=True)
class News:
    """after: the decision that `decided` follows on; since: the latest decision; newest: the latest
    quote. A page that knows less than `after` has missed something and asks."""

    after: int
    since: int
    newest: int
    decided: tuple[Decided, ...]
    held: tuple[Held, ...]


def news(session: Session, since: int, *, at: datetime) -> News:
    """Decisions after the one with the id `since`, and who looks at what just now."""
    decided = tuple(Decided(*row) for row in session.execute(_decided(since)))
    return News(
        after=since,
        since=decided[-1].id if decided else since,
        newest=session.scalar(select(func.max(Quote.id))) or 0,
        decided=decided,
        held=tuple(held(session, at=at)),
    )


def latest_decision(session: Session) -> int:
    """The id of the latest decision; 0 where there is none."""
    return session.scalar(select(func.max(Decision.id))) or 0


def held(session: Session, *, at: datetime, of: Iterable[int] | None = None) -> list[Held]:
    """Claims that are in force, of all quotes or of some, in the order of the quotes."""
    query = (
        select(Claim.quote_id, Claim.user_id, User.name)
        .join(User, User.id == Claim.user_id)
        .join(Quote, Quote.id == Claim.quote_id)
        .where(Claim.ends_at > at, Quote.state.in_(OPEN))
        .order_by(Claim.quote_id)
    )
    if of is not None:
        query = query.where(Claim.quote_id.in_(list(of)))
    return [Held(*row) for row in session.execute(query)]


def last_decision(session: Session, quote_id: int) -> Decided | None:
    """The latest decision on a quote."""
    query = (
        _named().where(Decision.quote_id == quote_id).order_by(None).order_by(Decision.id.desc())
    )
    row = session.execute(query.limit(1)).one_or_none()
    return Decided(*row) if row else None


def _decided(since: int) -> _Named:
    return _named().where(Decision.id > since).limit(MOST)


def _named() -> _Named:
    return (
        select(Decision.id, Decision.quote_id, Decision.verdict, Decision.user_id, User.name)
        .outerjoin(User, User.id == Decision.user_id)
        .order_by(Decision.id)
    )
