"""People at the desk are told what happens there: who decided what, and who looks at what."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

import gevent
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage import clock
from signage.actions.claims import release
from signage.core.roles import ROLES, may
from signage.live.outage import Outage
from signage.live.presence import Emit
from signage.live.sweep import Sweep
from signage.models import Database, SignIn, User
from signage.models.desk_news import News, latest_decision, news

ROOM = "desk"
MODERATE = [role for role in ROLES if may(role, "moderate")]
"""Roles whose pages listen here."""


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of a person who is signed in. token: the hash of the sign-in that let it in."""

    user_id: int
    token: str
    page: str


class Desks:
    """The pages of this process. What happened is read from the database, whichever process it
    happened in: at once after a commit here, and each second anyway. While nobody listens nothing
    is read."""

    def __init__(self, database: Database, emit: Emit, cut: Callable[[str], None]) -> None:
        self._database = database
        self._emit = emit
        self._cut = cut
        self._pages: dict[str, DeskPage] = {}
        self._told: News | None = None
        self._telling = Sweep("telling desks", lambda: self.tell(at=clock.now()))
        self._returning = Outage("returning claims")
        self._listens = False

    def start(self) -> None:
        """Begin; again is harmless."""
        if not self._listens:
            self._listens = True
            self._database.on_commit(self.look)
        self._telling.start()

    def stop(self) -> None:
        """End."""
        self._telling.stop()

    def look(self) -> None:
        """Something committed somewhere: look now."""
        if self._pages:
            self._telling.wake()

    def add(self, sid: str, page: DeskPage) -> None:
        """A page came; before it asks for what it missed, so that nothing falls between."""
        if self._told is None:
            with self._database.read() as session:
                newest = latest_decision(session)
                self._told = News(newest, newest, 0, (), ())
        self._pages[sid] = page

    def remove(self, sid: str) -> None:
        """A page went; what it held is free again, unless it is back already."""
        gone = self._pages.pop(sid, None)
        if gone is not None and gone.page and gone not in self._pages.values():
            # The turn to write may have to be waited for: not in the sockets' own workers.
            gevent.spawn(self._return, gone)

    def tell(self, *, at: datetime) -> None:
        """Tell what is new, and send away whose sign-in has ended, or whose role does not
        reach here any more."""
        if not self._pages or self._told is None:
            self._told = None
            return
        with self._database.read() as session:
            ended = self._ended(session, at)
            told = news(session, self._told.since, at=at)
        for sid in ended:
            self._cut(sid)
            self.remove(sid)
        if told.decided or (told.newest, told.held) != (self._told.newest, self._told.held):
            self._emit("news", asdict(told), ROOM)
        self._told = told

    def _ended(self, session: Session, at: datetime) -> list[str]:
        tokens = {page.token for page in self._pages.values()}
        good = set(
            session.scalars(
                select(SignIn.token_hash)
                .join(User, User.id == SignIn.user_id)
                .where(
                    SignIn.token_hash.in_(tokens), SignIn.expires_at > at,
                    User.disabled_at.is_(None), User.role.in_(MODERATE),
                )
            )
        )  # fmt: skip
        return [sid for sid, page in self._pages.items() if page.token not in good]

    def _return(self, gone: DeskPage) -> None:
        try:
            release(self._database, user_id=gone.user_id, page=gone.page)
        except Exception as error:  # it ends by itself within two minutes
            self._returning.failed(error)
        else:
            self._returning.healed()
