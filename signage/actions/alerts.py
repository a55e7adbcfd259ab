"""Alerts: screens of one site that went dark are told of once, and once when all are back."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from signage import logs
from signage.core.outages import Site, is_heard, may_tell
from signage.models import Alert, AlertChannel, AlertMessage, BlindSpot, Database, Outage, Screen
from signage.models.watched import Seen, open_outages, seen

KEPT = timedelta(days=400)
"""Outages and alerts that ended are forgotten after this."""

IsOff = Callable[[Seen], bool]


def tell(session: Session, is_off: IsOff, *, at: datetime) -> None:
    """An alert for each site of which screens went dark, once its other screens have settled."""
    waiting: dict[str, list[Outage]] = defaultdict(list)
    for outage in open_outages(session):
        if outage.alert_id is None and outage.back_at is None:
            waiting[outage.site].append(outage)
    sites = _sites(session, waiting, is_off, at) if waiting else {}
    for name, outages in waiting.items():
        since = min(outage.noticed_at for outage in outages)
        if may_tell(sites[name], since, at):
            _announce(session, name, outages, sites[name], at)


def clear(session: Session, *, at: datetime) -> None:
    """The one all-clear of each alert whose outages are all over; where no screen came back, as
    their links were revoked, there is nothing to tell."""
    on = exists().where(Outage.alert_id == Alert.id, Outage.ended_at.is_(None))
    over = session.scalars(select(Alert).where(Alert.cleared_at.is_(None), ~on)).all()
    for alert in over:
        alert.cleared_at = at
        back = Outage.alert_id == alert.id, Outage.ended_by == "back"
        if session.scalar(select(Outage.id).where(*back).limit(1)) is not None:
            _send(session, alert, "clear", at)


def forget_watch(database: Database, *, at: datetime) -> None:
    """Drop what ended longer ago than anybody asks for; safe to run twice."""
    before = at - KEPT
    with database.write() as session:
        session.execute(delete(Outage).where(Outage.ended_at < before))
        session.execute(delete(Alert).where(Alert.cleared_at < before))
        session.execute(delete(AlertMessage).where(AlertMessage.made_at < before))
        session.execute(delete(BlindSpot).where(BlindSpot.until < before))


def _announce(
    session: Session, name: str, outages: Sequence[Outage], site: Site, at: datetime
) -> None:
    dark = max(site.dark, len(outages))
    alert = Alert(site=name, dark=dark, total=max(site.total, dark), made_at=at)
    session.add(alert)
    session.flush()
    for outage in outages:
        outage.alert_id = alert.id
    _send(session, alert, "dark", at)


def _send(session: Session, alert: Alert, what: str, at: datetime) -> None:
    """Into the outbox of every address, in the transaction of what it tells of."""
    channels = session.scalars(select(AlertChannel.id).order_by(AlertChannel.id))
    session.add_all(
        AlertMessage(channel_id=channel, alert_id=alert.id, what=what, made_at=at, due_at=at)
        for channel in channels
    )
    session.flush()
    logs.event("alert", what=what, alert=alert.id, dark=alert.dark, of=alert.total)


def _sites(
    session: Session, names: Collection[str], is_off: IsOff, at: datetime
) -> dict[str, Site]:
    """How the screens of some sites stand that are to be on now."""
    dark = {outage.screen_id for outage in open_outages(session) if outage.back_at is None}
    there: dict[str, list[Seen]] = defaultdict(list)
    for screen in seen(
        session, Screen.revoked_at.is_(None), Screen.counted, Screen.last_seen_at.is_not(None),
        Screen.site.in_(names),
    ):  # fmt: skip
        if screen.id in dark or not is_off(screen):
            there[screen.site].append(screen)
    return {name: _site(there[name], dark, at) for name in names}


def _site(screens: Sequence[Seen], dark: Collection[int], at: datetime) -> Site:
    gone = [screen for screen in screens if screen.id in dark]
    silent = [screen for screen in screens if not is_heard(screen.last_seen_at, at)]
    stale = [screen for screen in silent if screen.id not in dark]
    return Site(len(screens), len(gone), len(stale))
