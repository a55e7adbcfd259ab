"""Takeovers: what has the walls to itself, and how it comes there."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import goals, notices, takeovers
from signage.core.targets import read_targets
from signage.models import Goal, Notice, PreparedText
from signage.models.notice import open_takeovers, prepared_texts
from signage.web.context import at, database, me, parts
from signage.web.permit import require
from signage.web.where import Names
from signage.words import N_, translate

pages = Blueprint("takeovers", __name__, url_prefix="/desk/takeovers")
pages.before_request(require("notices"))

ENDED = 10


@pages.get("")
def list_page() -> str:
    """What takes over now or later, what was reached, and what is kept ready."""
    with database().read() as session:
        over = open_takeovers(session, at())
        ended = session.scalars(_ended().order_by(Notice.id.desc()).limit(ENDED)).all()
        texts, aims = prepared_texts(session), _aims(session)
        shown: list[Notice | PreparedText | Goal] = [*over, *texts, *aims]
        names = Names(session, [read_targets(each.targets) for each in shown])
        return render_template(
            "desk/takeovers.html", over=over, ended=ended, texts=texts, now=at(),
            goals=_far(session, aims), where=lambda each: names.of(read_targets(each.targets)),
            gone=lambda each: names.gone(read_targets(each.targets)),
        )  # fmt: skip


@pages.get("/emergency")
def emergency_page() -> str:
    """The urgent texts, each on a key."""
    with database().read() as session:
        texts = [text for text in prepared_texts(session) if text.urgent]
        reached = takeovers.reach(session, None)
    on = len(set(reached) & parts().connected().keys())
    return render_template("desk/emergency.html", texts=texts, screens=len(reached), on=on)


@pages.post("/texts/<int:text_id>/hanging")
def hanging(text_id: int) -> Response:
    """Hang a text that is kept ready."""
    takeovers.hang_text(database(), text_id, user_id=me().user_id, at=at())
    return _back(N_("It hangs. Below is the way back."))


@pages.post("/goals/<int:goal_id>/celebration")
def celebration(goal_id: int) -> Response:
    """Celebrate a goal that was reached."""
    goals.celebrate(database(), goal_id, user_id=me().user_id, at=at())
    return _back(N_("It hangs. Below is the way back."))


@pages.post("/goals/<int:goal_id>/passing")
def passing(goal_id: int) -> Response:
    """Do not celebrate it."""
    goals.let_pass(database(), goal_id, user_id=me().user_id, at=at())
    return _back(N_("It is not celebrated."))


@pages.post("/<int:notice_id>/end")
def end(notice_id: int) -> Response:
    """Back to what the screens showed before."""
    notices.end_notice(database(), notice_id, user_id=me().user_id, at=at())
    return _back(N_("Ended. The walls show again what they showed before."))


def _ended() -> Select[Notice]:
    is_over = or_(Notice.ended_at.is_not(None), Notice.shows_until <= at())
    return select(Notice).where(Notice.takes_over.is_(True), is_over)


def _aims(session: Session) -> Sequence[Goal]:
    """Goals that are not settled, those that are reached first."""
    order = (Goal.reached_at.is_(None), Goal.id)
    return session.scalars(select(Goal).where(Goal.settled_at.is_(None)).order_by(*order)).all()


def _far(session: Session, aims: Sequence[Goal]) -> list[Mapping[str, Any]]:
    """Each goal with how far it is, both as they are read."""
    kinds = {(goal.what, goal.metric) for goal in aims}
    far = {kind: goals.standing(session, *kind) for kind in kinds}
    return [
        {
            "goal": goal,
            "wanted": goal.tenths / 10,
            "now": None if (now := far[goal.what, goal.metric]) is None else now / 10,
        }
        for goal in aims
    ]


def _back(text: str) -> Response:
    flash(translate(text))
    return redirect(url_for("takeovers.list_page"))
