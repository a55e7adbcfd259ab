"""Commands to screens: asked for, handed over, settled once, and given up in time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.bodies import milliseconds
from signage.actions.devices_do import check_device
from signage.core.commands import ALL, BY_AGENT, COMMANDS, Said, limit_of
from signage.errors import Invalid, NotFound, Problem
from signage.models import Command, Database, Screen
from signage.words import N_

MOST_OPEN = 5
"""Of one screen, at a time."""
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Open:
    """A command that is to be done."""

    id: int
    screen_id: int
    what: str
    expires_at: datetime

    def as_told(self) -> dict[str, Any]:
        """As screens are told of it (docs/protocol.md)."""
        return {"id": self.id, "what": self.what, "until": milliseconds(self.expires_at)}


def command(
    database: Database,
    screen_id: int,
    what: str,
    *,
    user_id: int | None,
    at: datetime,
    by: str = "",
) -> int:
    """Ask a screen to do something; gives the command's id. `by` says in the audit log what asked,
    where it was no person."""
    if what not in ALL:
        raise Invalid([Problem("unknown", N_("Choose a command from the list."), "what")])
    with database.write() as session:
        screen = session.get(Screen, screen_id)
        if screen is None:
            raise NotFound
        if screen.revoked_at is not None:
            text = N_("Its link has ended: nothing reaches it.")
            raise Invalid([Problem("revoked", text, "what")])
        if what in BY_AGENT:
            check_device(session, screen, what, at)
        mine = _open(at).where(Command.screen_id == screen_id).subquery("mine")
        waiting = select(func.count()).select_from(mine)
        if (session.scalar(waiting) or 0) >= MOST_OPEN:
            text = N_("{most} commands wait for this screen. Let it do them first.")
            raise Invalid([Problem("too-many", text, "what", {"most": MOST_OPEN})])
        made = Command(
            screen_id=screen_id, what=what, user_id=user_id, made_at=at,
            expires_at=at + limit_of(what), detail="",
        )  # fmt: skip
        session.add(made)
        about = f"screen {screen_id}"
        detail = f"{what}, {by}" if by else what
        note(session, "screen-commanded", user_id=user_id, about=about, detail=detail, at=at)
        session.flush()
        return made.id


def open_commands(session: Session, *, at: datetime) -> list[Open]:
    """Those that screens' pages are to do, the oldest first."""
    asked = _open(at).where(Command.what.in_(COMMANDS)).order_by(Command.id)
    return [Open(*row) for row in session.execute(asked)]


def note_told(database: Database, ids: Collection[int], *, at: datetime) -> None:
    """They were handed to their screens; the first time counts."""
    if not ids:
        return
    with database.write() as session:
        session.execute(
            update(Command).where(Command.id.in_(ids), Command.told_at.is_(None)).values(told_at=at)
        )


def settle(database: Database, said: Iterable[tuple[int, Said]], *, at: datetime) -> int:
    """What screens' pages say of their commands: screen id and outcome. What is settled, another
    screen's, or said too late changes nothing; gives how many were settled."""
    with database.write() as session:
        return settle_in(session, said, among=COMMANDS, at=at)


def settle_in(
    session: Session, said: Iterable[tuple[int, Said]], *, among: Collection[str], at: datetime
) -> int:
    """The same within a transaction; `among`: the commands that are for whoever says it."""
    settled = 0
    for screen_id, each in said:
        changed = session.execute(
            update(Command)
            .where(
                Command.id == each.id,
                Command.screen_id == screen_id,
                Command.what.in_(among),
                Command.settled_at.is_(None),
                Command.expires_at > at,
            )
            .values(settled_at=at, outcome=each.outcome, detail=each.detail)
            .returning(Command.id)
        ).all()
        settled += len(changed)
    return settled


def expire_commands(database: Database, *, at: datetime) -> int:
    """Give up what was not done in time, and forget what is long past; gives how many were given
    up. Safe to run twice."""
    late = (Command.settled_at.is_(None), Command.expires_at <= at)
    past = Command.settled_at < at - KEPT
    with database.read() as session:
        due = select(Command.id).where(or_(and_(*late), past)).limit(1)
        if session.scalar(due) is None:
            return 0
    with database.write() as session:
        given_up = session.execute(
            update(Command)
            .where(*late)
            .values(settled_at=at, outcome="expired")
            .returning(Command.id)
        ).all()
        session.execute(delete(Command).where(past))
        return len(given_up)


def commands_of(
    session: Session, screen_id: int, *, most: int = 20, before: int | None = None
) -> Sequence[Command]:
    """The latest of one screen, the newest first; those before one of them, where it is named."""
    mine = select(Command).where(Command.screen_id == screen_id)
    if before is not None:
        mine = mine.where(Command.id < before)
    return session.scalars(mine.order_by(Command.id.desc()).limit(most)).all()


def by_screen(commands: Iterable[Open]) -> Mapping[int, list[Open]]:
    """Screen id → its commands."""
    found: dict[int, list[Open]] = {}
    for each in commands:
        found.setdefault(each.screen_id, []).append(each)
    return found


def _open(at: datetime) -> Select[int, int, str, datetime]:
    columns = (Command.id, Command.screen_id, Command.what, Command.expires_at)
    return select(*columns).where(Command.settled_at.is_(None), Command.expires_at > at)
