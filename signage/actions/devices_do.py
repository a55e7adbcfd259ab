"""Whether what only a screen's device can do may be asked of it now."""

from datetime import datetime

from sqlalchemy.orm import Session

from signage.actions.programme import LEASE_HOURS
from signage.core.agents import was_heard
from signage.core.commands import SCREENSHOT
from signage.errors import Invalid, Problem
from signage.models import Agent, Screen
from signage.models.owing import owes
from signage.words import N_


def check_device(session: Session, screen: Screen, what: str, at: datetime) -> None:
    """Raises Invalid where its agent is not there, or for a picture with words that left."""
    agent = session.get(Agent, screen.id)
    if agent is None:
        text = N_("Its device has no program that could do that. Its page says how to get one.")
        raise Invalid([Problem("no-agent", text, "what")])
    if not was_heard(agent.heard_at, at):
        text = N_("The program on its device was not heard of for a while. Is the device on?")
        raise Invalid([Problem("agent-away", text, "what")])
    if what == SCREENSHOT and may_show_what_left(session, screen, at):
        text = N_(
            "Words were taken off the walls, and it is not confirmed yet that they are off this"
            " one. No picture of it is taken until then."
        )
        raise Invalid([Problem("owes", text, "what")])


def may_show_what_left(session: Session, screen: Screen, at: datetime) -> bool:
    """Whether words that were taken off the walls may still be on this one."""
    return owes(session, screen, at=at, lease_hours=LEASE_HOURS)
