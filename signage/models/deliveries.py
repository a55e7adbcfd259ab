"""Reading what became of recalls and of programmes: counted, and screen by screen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from signage.core.copies import SILENCE, Copy, copy_of, had_from
from signage.models.delivery import Edition, EditionReceipt, Recall, Receipt
from signage.models.screen import Screen

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_contact: ColumnElement[datetime] = case(
    (Screen.unheard_since.is_(None), Screen.last_seen_at),
    (Screen.last_seen_at > Screen.unheard_since, Screen.last_seen_at),
    else_=Screen.unheard_since,
)
"""When a screen was in contact at the latest."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How many screens owe a receipt, and what became of it; the four others make `owed`.

    since: last contact of the one that is offline longest; dies: when the last offline copy does.
    """

    owed: int = 0
    confirmed: int = 0
    waiting: int = 0
    offline: int = 0
    died: int = 0
    since: datetime | None = None
    dies: datetime | None = None

    @property
    def gone(self) -> int:
        """Walls that show it no more: painted away, or ended by themselves."""
        return self.confirmed + self.died

    @property
    def complete(self) -> bool:
        """Whether nothing more is to come."""
        return self.gone == self.owed


@dataclass(frozen=True, slots=True)
class Line:
    """One screen of a delivery."""

    screen_id: int
    name: str
    site: str
    copy: Copy


@dataclass(frozen=True, slots=True)
class _Asked:
    """A recall or an edition: which screens owe, and where their receipts are."""

    id: int
    owes: ColumnElement[bool]
    of: InstrumentedAttribute[int]
    screen: InstrumentedAttribute[int]
    at: InstrumentedAttribute[datetime]
    lease_hours: int | None

    def doubtful(self, at: datetime) -> ColumnElement[bool]:
        """Screens of which it is not known what they show, since the database was put back: what
        they confirmed counts again once they were heard, or once every copy of then has died."""
        return and_(Screen.unheard_since.is_not(None), _contact > self.dead(at))

    def dead(self, at: datetime) -> datetime:
        """Copies that were in contact then or before have died."""
        return LONG_AGO if self.lease_hours is None else at - timedelta(hours=self.lease_hours)


def recall_deliveries(
    session: Session, recalls: Iterable[Recall], *, at: datetime, lease_hours: int
) -> dict[int, Delivery]:
    """Recall id → how far it has come; two statements for all of them."""
    return _deliveries(session, [_recall(each, lease_hours, at) for each in recalls], at)


def edition_deliveries(
    session: Session, editions: Iterable[Edition], *, at: datetime
) -> dict[int, Delivery]:
    """Edition id → how many walls have applied it; two statements for all of them."""
    return _deliveries(session, [_edition(each) for each in editions], at)


def recall_lines(
    session: Session, recall: Recall, *, at: datetime, lease_hours: int, skip: int, size: int
) -> list[Line]:
    """The screens that owe a receipt for a recall: those that have not given it first."""
    return _lines(session, _recall(recall, lease_hours, at), at, skip, size)


def edition_lines(
    session: Session, edition: Edition, *, at: datetime, skip: int, size: int
) -> list[Line]:
    """The screens that an edition concerns: those that have not applied it first."""
    return _lines(session, _edition(edition), at, skip, size)


def _recall(recall: Recall, lease_hours: int, at: datetime) -> _Asked:
    had = had_from(recall.hung_since, recall.made_at, lease_hours=lease_hours)
    owes = and_(Screen.created_at <= recall.made_at, Screen.last_seen_at >= had)
    receipt = Receipt
    asked = _Asked(
        recall.id, owes, receipt.recall_id, receipt.screen_id, receipt.confirmed_at, lease_hours
    )
    # The words may have hung once more after the backup was made, and on screens that had not them.
    return replace(asked, owes=or_(owes, asked.doubtful(at)))


def _edition(edition: Edition) -> _Asked:
    owes = [
        Screen.created_at <= edition.made_at,
        Screen.last_seen_at.is_not(None),
        Screen.revoked_at.is_(None),
    ]
    if edition.screen_id is not None:
        owes.append(Screen.id == edition.screen_id)
    receipt = EditionReceipt
    return _Asked(
        edition.id, and_(*owes), receipt.edition_id, receipt.screen_id, receipt.seen_at, None
    )


def _deliveries(session: Session, asked: Sequence[_Asked], at: datetime) -> dict[int, Delivery]:
    if not asked:
        return {}
    of = asked[0].of
    ids = [each.id for each in asked]
    given = (
        select(of, func.count())
        .join(Screen, Screen.id == asked[0].screen)
        .where(of.in_(ids), ~asked[0].doubtful(at), Screen.counted)
        .group_by(of)
    )
    confirmed = dict(session.execute(given).all())
    rows = session.execute(union_all(*(_open(each, at) for each in asked)))
    hours = asked[0].lease_hours
    found = {}
    for id_, waiting, offline, died, since, latest in rows:
        done = confirmed.get(id_, 0)
        found[id_] = Delivery(
            owed=done + waiting + offline + died,
            confirmed=done, waiting=waiting, offline=offline, died=died, since=since,
            dies=latest + timedelta(hours=hours) if latest and hours is not None else None,
        )  # fmt: skip
    return found


def _open(asked: _Asked, at: datetime) -> Select[*tuple[Any, ...]]:
    """One row: the screens whose receipt is missing, counted by what became of them."""
    seen, dead = Screen.last_seen_at, asked.dead(at)
    died = _contact <= dead
    here = and_(seen > at - SILENCE, ~died)
    gone = and_(or_(seen.is_(None), seen <= at - SILENCE), ~died)
    return select(
        literal(asked.id),
        func.count().filter(here),
        func.count().filter(gone),
        func.count().filter(died),
        func.min(_contact).filter(gone),
        func.max(_contact).filter(gone),
    ).where(asked.owes, or_(~_given(asked), asked.doubtful(at)), Screen.counted)


def _lines(session: Session, asked: _Asked, at: datetime, skip: int, size: int) -> list[Line]:
    given = case((asked.doubtful(at), None), else_=asked.at)
    rows = session.execute(
        select(Screen, given)
        .outerjoin(asked.at.class_, and_(asked.screen == Screen.id, asked.of == asked.id))
        .where(or_(given.is_not(None), asked.owes), Screen.counted)
        .order_by(given.is_not(None), Screen.name, Screen.site, Screen.id)
        .offset(skip)
        .limit(size)
    )
    hours = asked.lease_hours
    return [
        Line(screen.id, screen.name, screen.site, copy_of(
            done, screen.last_seen_at, at=at, lease_hours=hours, unheard_since=screen.unheard_since
        ))
        for screen, done in rows
    ]  # fmt: skip


def _given(asked: _Asked) -> ColumnElement[bool]:
    return exists().where(asked.of == asked.id, asked.screen == Screen.id)
