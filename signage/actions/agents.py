"""Agents: let in by a token of their own, heard, and given what they are to do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.commands import settle_in
from signage.core.agents import EVERY, Report, report_of
from signage.core.commands import BY_AGENT, LIMIT, Said
from signage.core.tokens import new_token, token_hash
from signage.errors import Invalid, NotFound, Problem, Refused
from signage.models import Agent, Command, Database, Screen
from signage.words import N_

NOTED = timedelta(seconds=30)
"""That it was heard is written this often, and whenever something happens."""


@dataclass(frozen=True, slots=True)
class Word:
    """What an agent says: how its device is, which commands it takes upon itself, and what became
    of those that it took."""

    report: Report
    takes: Collection[int] = ()
    said: Sequence[Said] = ()


@dataclass(frozen=True, slots=True)
class ToDo:
    """A command that is to be done, and how many seconds are left to begin it."""

    id: int
    what: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Told:
    """What an agent is told. `goes`: of the commands that it takes, those that are its to do."""

    commands: Sequence[ToDo] = ()
    goes: Collection[int] = ()
    every: int = field(default=EVERY)


def make_agent(
    database: Database, screen_id: int, *, at: datetime, user_id: int | None = None, by: str = ""
) -> str:
    """A token for the program on a screen's device, told once; one that it had ends. Here and below
    `by` says in the audit log what did it, where it was no person."""
    token = f"sga_{new_token()}"
    with database.write() as session:
        screen = session.get(Screen, screen_id)
        if screen is None:
            raise NotFound
        if screen.revoked_at is not None:
            text = N_("This screen was revoked. Pair it again first.")
            raise Invalid([Problem("revoked", text)])
        session.execute(delete(Agent).where(Agent.screen_id == screen_id))
        session.add(Agent(screen_id=screen_id, token_hash=token_hash(token), made_at=at, said={}))
        about = f"screen {screen_id}"
        note(session, "agent-made", user_id=user_id, about=about, detail=by, at=at)
    return token


def end_agent(
    database: Database, screen_id: int, *, at: datetime, user_id: int | None = None, by: str = ""
) -> None:
    """End a screen's agent: its token lets nothing in any more."""
    with database.write() as session:
        if session.get(Screen, screen_id) is None:
            raise NotFound
        end_agent_in(session, screen_id, at=at, user_id=user_id, by=by)


def end_agent_in(
    session: Session, screen_id: int, *, at: datetime, user_id: int | None, by: str
) -> None:
    """The same within a transaction, as where another device takes the place of its own."""
    ended = session.execute(
        delete(Agent).where(Agent.screen_id == screen_id).returning(Agent.screen_id)
    ).all()
    if ended:
        about = f"screen {screen_id}"
        note(session, "agent-ended", user_id=user_id, about=about, detail=by, at=at)


def agent_of(database: Database, token: str) -> Agent:
    """Whose token this is. Raises Refused for one that is unknown or ended."""
    with database.read() as session:
        found = session.scalars(
            select(Agent).where(Agent.token_hash == token_hash(token))
        ).one_or_none()
    if found is None:
        raise Refused
    return found


def hear(database: Database, agent: Agent, word: Word, *, at: datetime) -> Told:
    """An agent speaks: keep what it says, and tell it what is to be done. A command is handed to
    whoever takes it first, once. Raises Refused where its token ended meanwhile."""
    goes: list[int] = []
    if word.takes or word.said or _is_news(agent, word.report, at):
        with database.write() as session:
            _note_heard(session, agent, word.report, at)
            mine = [(agent.screen_id, each) for each in word.said]
            settle_in(session, mine, among=BY_AGENT, at=at)
            goes = _take(session, agent.screen_id, word.takes, at)
    with database.read() as session:
        waiting = [
            ToDo(id_, what, (made_at + LIMIT - at).total_seconds())
            for id_, what, made_at in session.execute(_waiting(agent.screen_id, at))
        ]
    return Told(waiting, goes)


def _is_news(agent: Agent, report: Report, at: datetime) -> bool:
    # Heard of in the future: the clock was set back since.
    heard = agent.heard_at
    due = heard is None or at - heard >= NOTED or heard > at
    return due or report.alarms_unlike(report_of(agent.said))


def _note_heard(session: Session, agent: Agent, report: Report, at: datetime) -> None:
    noted = session.execute(
        update(Agent)
        .where(Agent.screen_id == agent.screen_id, Agent.token_hash == agent.token_hash)
        .values(heard_at=at, said=report.as_json())
        .returning(Agent.screen_id)
    ).all()
    if not noted:
        raise Refused


def _take(session: Session, screen_id: int, takes: Collection[int], at: datetime) -> list[int]:
    taken = (
        update(Command)
        .where(
            Command.id.in_(takes), Command.screen_id == screen_id, Command.what.in_(BY_AGENT),
            Command.told_at.is_(None), Command.settled_at.is_(None), Command.made_at > at - LIMIT,
        )
        .values(told_at=at)
        .returning(Command.id)
    )  # fmt: skip
    return sorted(session.scalars(taken)) if takes else []


def _waiting(screen_id: int, at: datetime) -> Select[int, str, datetime]:
    return (
        select(Command.id, Command.what, Command.made_at)
        .where(
            Command.screen_id == screen_id, Command.what.in_(BY_AGENT),
            Command.told_at.is_(None), Command.settled_at.is_(None), Command.made_at > at - LIMIT,
        )
        .order_by(Command.id)
    )  # fmt: skip
