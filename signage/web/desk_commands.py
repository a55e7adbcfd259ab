"""Commands to one screen, and what became of them."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import commands
from signage.actions.screenshots import KEPT
from signage.core.agents import was_heard
from signage.core.commands import ALL, BY_AGENT, COMMANDS, OUTCOMES, SURE, WHY
from signage.errors import Invalid, NotFound, Problem
from signage.models import Agent, Screen, Screenshot
from signage.models.people import names_of_people
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require

pages = Blueprint("commands", __name__, url_prefix="/desk/screens")
pages.before_request(require("screens"))


@pages.get("/<int:screen_id>/commands")
def commands_page(screen_id: int) -> str:
    """What it can be asked to do, and the latest that it was."""
    return _page(screen_id, ())


@pages.post("/<int:screen_id>/commands")
def send(screen_id: int) -> Response | tuple[str, int]:
    """Ask it to do something."""
    what = forms.text("what", 32)
    try:
        commands.command(database(), screen_id, what, user_id=me().user_id, at=at())
    except Invalid as invalid:
        return _page(screen_id, invalid.problems), 422
    return redirect(url_for("commands.commands_page", screen_id=screen_id))


def _page(screen_id: int, problems: Sequence[Problem]) -> str:
    with database().read() as session:
        screen = session.get(Screen, screen_id)
        if screen is None:
            raise NotFound
        latest = commands.commands_of(session, screen_id)
        names = names_of_people(session)
        agent = session.get(Agent, screen_id)
        return render_template(
            "desk/commands.html", screen=screen, latest=latest, names=names, problems=problems,
            commands=ALL, of_page=COMMANDS, of_agent=BY_AGENT, sure=SURE, outcomes=OUTCOMES,
            why=WHY, now=at(), agent=agent, agent_there=agent and was_heard(agent.heard_at, at()),
            picture=_picture(session, screen_id),
            open=any(each.settled_at is None and each.expires_at > at() for each in latest),
        )  # fmt: skip


def _picture(session: Session, screen_id: int) -> Screenshot | None:
    found = session.get(Screenshot, screen_id)
    return found if found and found.taken_at > at() - KEPT else None
