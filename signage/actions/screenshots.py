"""Pictures of what screens showed: the latest of each, for an hour."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from signage.actions.commands import settle_in
from signage.actions.devices_do import may_show_what_left
from signage.core.commands import BY_AGENT, SCREENSHOT, Said
from signage.core.pictures import Redrawn
from signage.errors import Conflict, Refused
from signage.models import Agent, Command, Database, Screen, Screenshot

KEPT = timedelta(hours=1)
LONGEST_SIDE = 1280
"""Dots: enough to read what hangs, and small enough to keep one of each screen."""


def check_wanted(database: Database, agent: Agent, command_id: int, *, at: datetime) -> None:
    """Raises Conflict where nothing waits for that picture of an agent, or words that left the
    walls may be on it; Refused where its token ended meanwhile."""
    with database.read() as session:
        _check(session, agent, command_id, at)


def keep_screenshot(
    database: Database, agent: Agent, command_id: int, picture: Redrawn, *, at: datetime
) -> None:
    """The picture that a command asked for; it takes the place of the one before. Raises as
    `check_wanted`."""
    screen_id = agent.screen_id
    with database.write() as session:
        _check(session, agent, command_id, at)
        fields = {
            "taken_at": at, "width": picture.width, "height": picture.height, "data": picture.data,
        }  # fmt: skip
        mine = Screenshot.screen_id == screen_id
        if not session.scalars(
            update(Screenshot).where(mine).values(**fields).returning(Screenshot.screen_id)
        ).all():
            session.add(Screenshot(screen_id=screen_id, **fields))
        settle_in(session, [(screen_id, Said(command_id, "done", ""))], among=BY_AGENT, at=at)


def latest_picture(session: Session, screen_id: int, *, at: datetime) -> bytes | None:
    """As long as it is kept."""
    kept = (Screenshot.screen_id == screen_id, Screenshot.taken_at > at - KEPT)
    return session.scalar(select(Screenshot.data).where(*kept))


def forget_screenshots(database: Database, *, at: datetime) -> None:
    """Drop those that were kept for long enough."""
    due = Screenshot.taken_at <= at - KEPT
    with database.read() as session:
        if session.scalar(select(Screenshot.screen_id).where(due).limit(1)) is None:
            return
    with database.write() as session:
        session.execute(delete(Screenshot).where(due))
    database.empty_log()


def drop_screenshots(session: Session, at: datetime) -> None:
    """All of them, and those under way: nobody knows which words are on which."""
    session.execute(
        update(Command)
        .where(Command.what == SCREENSHOT, Command.settled_at.is_(None))
        .values(settled_at=at, outcome="failed", detail="words-left")
    )
    session.execute(delete(Screenshot))


def _check(session: Session, agent: Agent, command_id: int, at: datetime) -> None:
    mine = Agent.screen_id == agent.screen_id, Agent.token_hash == agent.token_hash
    if session.scalar(select(Agent.screen_id).where(*mine)) is None:
        raise Refused
    wanted = select(Command.id).where(
        Command.id == command_id, Command.screen_id == agent.screen_id, Command.what == SCREENSHOT,
        Command.told_at.is_not(None), Command.settled_at.is_(None), Command.expires_at > at,
    )  # fmt: skip
    if session.scalar(wanted) is None:
        raise Conflict
    if may_show_what_left(session, session.get_one(Screen, agent.screen_id), at):
        raise Conflict
