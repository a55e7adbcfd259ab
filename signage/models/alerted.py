"""Reading where alerts go, and whether they arrive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from signage.models.alerting import AlertChannel, AlertMessage
from signage.models.screen import Screen
from signage.models.watch import Alert, Outage
from signage.models.watched import DARK


@dataclass(frozen=True, slots=True)
class Address:
    """Where alerts go. `problem`: why the latest message is not there; it is tried again unless it
    is `given_up`."""

    id: int
    kind: str
    address: str
    sent_at: datetime | None
    problem: str
    given_up: bool


@dataclass(frozen=True, slots=True)
class News:
    """What each page of the desk says of the screens."""

    dark: int
    failing: int
    """Addresses at which the latest alert never arrived."""


def addresses(session: Session) -> list[Address]:
    """All of them, the oldest first."""
    latest = {each.channel_id: each for each in session.scalars(_latest())}
    channels = session.scalars(select(AlertChannel).order_by(AlertChannel.id)).all()
    return [_address(channel, latest.get(channel.id)) for channel in channels]


def news(session: Session) -> News:
    """For a line above every page."""
    latest = _latest().subquery()
    failing = select(func.count()).where(latest.c.failed_at.is_not(None))
    dark = select(func.count(Outage.id)).where(*DARK)
    row = session.execute(select(dark.scalar_subquery(), failing.scalar_subquery())).one()
    return News(*row)


def _latest() -> Select[AlertMessage]:
    """The last message to each address that was tried."""
    ids = (
        select(func.max(AlertMessage.id))
        .where(AlertMessage.tries > 0)
        .group_by(AlertMessage.channel_id)
    )
    return select(AlertMessage).where(AlertMessage.id.in_(ids))


def _address(channel: AlertChannel, message: AlertMessage | None) -> Address:
    given_up = message is not None and message.failed_at is not None
    return Address(
        channel.id,
        channel.kind,
        channel.address,
        message.sent_at if message else None,
        message.problem if message else "",
        given_up,
    )


def dark_with(session: Session, alert: Alert, *, most: int) -> Sequence[tuple[Outage, Screen]]:
    """What an alert counts among its site's dark screens, and another one has told of."""
    others = Outage.alert_id.is_(None) | (Outage.alert_id != alert.id)
    still = Outage.ended_at.is_(None) | (Outage.ended_at > alert.made_at)
    silent = Outage.back_at.is_(None) | (Outage.back_at > alert.made_at)
    rows = session.execute(
        select(Outage, Screen)
        .join(Screen, Screen.id == Outage.screen_id)
        .where(Outage.site == alert.site, Outage.noticed_at <= alert.made_at, others, still, silent)
        .order_by(Screen.name, Screen.id)
        .limit(most)
    )
    return [(outage, screen) for outage, screen in rows]
