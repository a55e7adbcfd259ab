"""Screens as lists and pages show them: each with its state and what its page said last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from signage.core.agents import Report, report_of, was_heard
from signage.core.hours import hours_of
from signage.core.vitals import Vitals
from signage.core.watching import Standing, state_of
from signage.models import Agent, Device, Screen, ScreenVitals
from signage.models.pairing import BOTH_WITHIN
from signage.models.screens import States
from signage.web.context import at, parts
from signage.words import N_

STARTS = {
    "kept": N_("It can start without the server."),
    "starting": N_("It cannot start without the server yet: its player is still being kept."),
    "insecure": N_(
        "It cannot start without the server: its address is plain http. Serve the wall by https, "
        "or allow the address in the browser's policies, as the kiosk does."
    ),
    "unsupported": N_("It cannot start without the server: its browser keeps no pages."),
    "failed": N_(
        "It cannot start without the server: its player could not be kept. Is its storage full?"
    ),
}
"""Whether a wall starts by itself, by what its page says; see signage.core.vitals."""
STATE_WORDS = {
    "on": N_("On"),
    "stale": N_("Silent"),
    "dark": N_("Dark"),
    "off": N_("Off by its hours"),
    "never": N_("Never seen"),
    "revoked": N_("Revoked"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One screen. `twice`: two devices use its token."""

    screen: Screen
    standing: Standing
    vitals: Vitals | None = None
    told_at: datetime | None = None
    twice: bool = False
    agent: Agent | None = None

    @property
    def report(self) -> Report:
        """How its device is, as the agent there said last."""
        return report_of(self.agent.said if self.agent else None)

    @property
    def agent_there(self) -> bool:
        """Whether that was lately."""
        return self.agent is not None and was_heard(self.agent.heard_at, at())

    @property
    def state(self) -> str:
        """One of STATE_WORDS."""
        return "revoked" if self.screen.revoked_at else str(self.standing.state)


def states(reading: Session) -> States:
    """The states as this moment's conditions."""
    return States(reading, at())


def lines_of(reading: Session, screens: Sequence[Screen]) -> list[Line]:
    """One for each: four queries, however many there are."""
    here, ids = parts().connected(), [screen.id for screen in screens]
    said = reading.scalars(select(ScreenVitals).where(ScreenVitals.screen_id.in_(ids)))
    vitals = {row.screen_id: row for row in said}
    two = set(reading.scalars(select(Device.screen_id).where(Device.screen_id.in_(ids), _two())))
    agents = reading.scalars(select(Agent).where(Agent.screen_id.in_(ids)))
    agent_of = {agent.screen_id: agent for agent in agents}
    lines = []
    for screen in screens:
        standing = state_of(
            hours_of(screen), screen.last_seen_at, at=at(), connected=screen.id in here
        )
        row = vitals.get(screen.id)
        page = Vitals(**row.said) if row else None
        told_at = row.told_at if row else None
        agent = agent_of.get(screen.id)
        lines.append(Line(screen, standing, page, told_at, screen.id in two, agent))
    return lines


def _two() -> ColumnElement[bool]:
    since = at() - BOTH_WITHIN
    return and_(Device.heard_at > since, Device.other_heard_at > since)
