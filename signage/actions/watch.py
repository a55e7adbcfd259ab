"""Looking after the screens: outages open, are told, and end."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from signage.actions.alerts import clear, tell
from signage.core.hours import Hours
from signage.core.hours import is_off as off_by
from signage.core.outages import LATELY, blind_spot, is_heard, steady_after
from signage.core.watching import DARK, dark_since
from signage.models import BlindSpot, Database, LastLook, Outage, Screen, WatchedSpan
from signage.models.watched import (
    Seen,
    blind_spots,
    by_id,
    looked_at,
    many_lately,
    open_outages,
    seen,
)

THE_ROW = 1


def watch(database: Database, *, at: datetime) -> None:
    """One look at all screens; safe to run twice. A server that was away has seen nothing
    meanwhile: that time makes no screen dark."""
    with database.write() as session:
        _note_look(session, at)
        look = _Look(session, at)
        look.begin_watching()
        look.end_watching()
        look.follow_open()
        look.open()
        tell(session, look.is_off, at=at)


class _Look:
    """One look, in one transaction."""

    def __init__(self, session: Session, at: datetime) -> None:
        self._session = session
        self._at = at
        self._off: dict[Hours, bool] = {}

    def begin_watching(self) -> None:
        """Screens that came for the first time, or again after their link had ended."""
        watched = select(WatchedSpan.screen_id).where(WatchedSpan.until.is_(None))
        new = self._session.execute(
            select(Screen.id, Screen.last_seen_at).where(
                Screen.revoked_at.is_(None), Screen.counted, Screen.last_seen_at.is_not(None),
                Screen.id.not_in(watched),
            )
        ).all()  # fmt: skip
        ids = [screen_id for screen_id, _ in new]
        known = select(WatchedSpan.screen_id).where(WatchedSpan.screen_id.in_(ids))
        before = set(self._session.scalars(known))
        self._session.add_all(
            WatchedSpan(screen_id=screen_id, since=last_seen_at)
            for screen_id, last_seen_at in new
            # One that was watched before must come back first.
            if screen_id not in before or is_heard(last_seen_at, self._at)
        )
        self._session.flush()

    def end_watching(self) -> None:
        """Screens whose link was revoked: what they are is no longer asked."""
        revoked = select(Screen.id).where(Screen.revoked_at.is_not(None))
        self._session.execute(
            update(WatchedSpan)
            .where(WatchedSpan.until.is_(None), WatchedSpan.screen_id.in_(revoked))
            .values(until=self._at)
        )
        self._session.execute(
            update(Outage)
            .where(Outage.ended_at.is_(None), Outage.screen_id.in_(revoked))
            .values(ended_at=self._at, ended_by="revoked")
        )

    def follow_open(self) -> None:
        """Outages that are open: is the screen back, and for long enough?"""
        outages = open_outages(self._session)
        ids = [outage.screen_id for outage in outages]
        screens = by_id(seen(self._session, Screen.id.in_(ids)))
        lately = many_lately(self._session, ids, self._at - LATELY)
        for outage in outages:
            heard = screens[outage.screen_id].last_seen_at
            if not is_heard(heard, self._at):
                outage.back_at = None
            else:
                outage.back_at = outage.back_at or heard
                steady = steady_after(lately.get(outage.screen_id, 0))
                if outage.back_at and self._at - outage.back_at >= steady:
                    outage.ended_at, outage.ended_by = outage.back_at, "back"
        self._session.flush()
        clear(self._session, at=self._at)

    def open(self) -> None:
        """An outage for each screen that is dark and has none."""
        has_one = select(Outage.screen_id).where(Outage.ended_at.is_(None))
        # One that got a new link must come back first.
        watched = select(WatchedSpan.screen_id).where(WatchedSpan.until.is_(None))
        silent = seen(
            self._session, Screen.revoked_at.is_(None), Screen.counted,
            Screen.last_seen_at <= self._at - DARK, Screen.id.not_in(has_one),
            Screen.id.in_(watched),
        )  # fmt: skip
        silent = [screen for screen in silent if not self.is_off(screen)]
        if not silent:
            return
        first = min(screen.last_seen_at for screen in silent if screen.last_seen_at)
        blind = blind_spots(self._session, first)
        for screen in silent:
            heard = screen.last_seen_at
            since = heard and dark_since(screen.hours, heard, at=self._at, blind=blind)
            if since:
                self._session.add(
                    Outage(screen_id=screen.id, site=screen.site, since=since, noticed_at=self._at)
                )
        self._session.flush()

    def is_off(self, screen: Seen) -> bool:
        """By its hours; worked out once for all that have the same."""
        if screen.hours not in self._off:
            self._off[screen.hours] = off_by(screen.hours, self._at)
        return self._off[screen.hours]


def _note_look(session: Session, at: datetime) -> None:
    """That somebody looks, and since when nobody did."""
    last = looked_at(session)
    if last is None:
        # The first look of all: what screens were before it, nobody watched.
        heard = session.scalar(
            select(Screen.last_seen_at).order_by(Screen.last_seen_at.desc().nulls_last()).limit(1)
        )
        last = min(heard or at, at)
        session.add(LastLook(id=THE_ROW, looked_at=at))
    else:
        session.execute(update(LastLook).values(looked_at=at))
    if spot := blind_spot(last, at):
        session.add(BlindSpot(since=spot[0], until=spot[1]))
    session.flush()
