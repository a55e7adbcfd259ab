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
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from signage.core.copies import SILENCE, Copy, copy_of, had_from
from signage.models.delivery import Edition, EditionReceipt, FormerCopy, Recall, Receipt
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
    """A recall or an edition: which screens owe, and where their receipts are. former: last contact
    of a device that the screen had before, which may still show what the screen has confirmed."""

    id: int
    owes: ColumnElement[bool]
    of: InstrumentedAttribute[int]
    screen: InstrumentedAttribute[int]
    at: InstrumentedAttribute[datetime]
    lease_hours: int | None
    former: ColumnElement[Any]

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
    """Recall id → how far it has come; one statement for all of them."""
    return _deliveries(session, [_recall(each, lease_hours, at) for each in recalls], at)


def edition_deliveries(
    session: Session, editions: Iterable[Edition], *, at: datetime
) -> dict[int, Delivery]:
    """Edition id → how many walls have applied it; one statement for all of them."""
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
    receipt, copy = Receipt, FormerCopy
    lives = copy.seen_at >= had, copy.seen_at > at - timedelta(hours=lease_hours)
    latest = select(func.max(copy.seen_at)).where(
        copy.screen_id == Screen.id, copy.id <= receipt.former_copy_id, *lives
    )
    # Most receipts come from screens that never had another device: nothing is looked up for them.
    has_former = receipt.former_copy_id > 0
    former = case((has_former, latest.correlate(Screen, receipt).scalar_subquery()), else_=None)
    asked = _Asked(
        recall.id, owes, receipt.recall_id, receipt.screen_id, receipt.confirmed_at, lease_hours,
        former,
    )  # fmt: skip
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
        edition.id, and_(*owes), receipt.edition_id, receipt.screen_id, receipt.seen_at, None,
        cast(null(), Screen.last_seen_at.type),
    )  # fmt: skip


def _deliveries(session: Session, asked: Sequence[_Asked], at: datetime) -> dict[int, Delivery]:
    if not asked:
        return {}
    hours = asked[0].lease_hours
    rows = session.execute(union_all(*(_counted(each, at) for each in asked)))
    return {
        id_: Delivery(
            owed=done + waiting + offline + died,
            confirmed=done, waiting=waiting, offline=offline, died=died, since=since,
            dies=latest + timedelta(hours=hours) if latest and hours is not None else None,
        )
        for id_, done, waiting, offline, died, since, latest in rows
    }  # fmt: skip


def _counted(asked: _Asked, at: datetime) -> Select[*tuple[Any, ...]]:
    """One row: the screens that owe a receipt or gave it, counted by what became of them."""
    columns = _contact.label("contact"), _given(asked, at).label("given"), asked.former.label("had")
    of = _of_screens(select(Screen.last_seen_at, *columns), asked, at).subquery().c
    has_given, behind = of.given.is_not(None), of.had.is_not(None)
    contact = case((and_(has_given, behind), of.had), else_=of.contact)
    died = and_(~has_given, of.contact <= asked.dead(at))
    here = and_(~has_given, of.last_seen_at > at - SILENCE, ~died)
    away = and_(~has_given, or_(of.last_seen_at.is_(None), of.last_seen_at <= at - SILENCE), ~died)
    gone = or_(and_(has_given, behind), away)
    counts = [func.count().filter(each) for each in (and_(has_given, ~behind), here, gone, died)]
    contacts = func.min(contact).filter(gone), func.max(contact).filter(gone)
    return select(literal(asked.id), *counts, *contacts)


def _lines(session: Session, asked: _Asked, at: datetime, skip: int, size: int) -> list[Line]:
    given = _given(asked, at)
    has_gone = and_(given.is_not(None), asked.former.is_(None))
    rows = session.execute(
        _of_screens(select(Screen, given, asked.former), asked, at)
        .order_by(has_gone, Screen.name, Screen.site, Screen.id)
        .offset(skip)
        .limit(size)
    )
    return [
        Line(screen.id, screen.name, screen.site, copy_of(
            done, screen.last_seen_at, at=at, lease_hours=asked.lease_hours,
            unheard_since=screen.unheard_since, former_at=former,
        ))
        for screen, done, former in rows
    ]  # fmt: skip


def _given(asked: _Asked, at: datetime) -> ColumnElement[datetime | None]:
    """When a screen gave its receipt, if that counts."""
    return case((asked.doubtful(at), None), else_=asked.at)


def _of_screens(
    wanted: Select[*tuple[Any, ...]], asked: _Asked, at: datetime
) -> Select[*tuple[Any, ...]]:
    """Of each screen that owes a receipt or gave it."""
    return (
        wanted.select_from(Screen)
        .outerjoin(asked.at.class_, and_(asked.screen == Screen.id, asked.of == asked.id))
        .where(or_(_given(asked, at).is_not(None), asked.owes), Screen.counted)
    )
