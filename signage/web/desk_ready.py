"""What is kept ready to take over: texts, and goals with their celebrations."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.actions import goals, texts
from signage.actions.goals import WHAT, GoalDraft
from signage.actions.notice_draft import LOOKS
from signage.errors import Conflict, Invalid, Problem
from signage.models import preferences
from signage.web import stale
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.web.ready_form import (
    GOAL,
    TEXT,
    Given,
    Kind,
    tenths,
    text_typed,
    told,
    typed,
)
from signage.web.where import offered
from signage.words import N_, translate

pages = Blueprint("ready", __name__, url_prefix="/desk/takeovers")
pages.before_request(require("notices"))

Answer = Response | tuple[str, int]


@pages.get("/texts/new")
def new_text_page() -> str:
    """An empty form."""
    return _form(TEXT, None, Given(urgent="urgent" in request.args), ())


@pages.get("/texts/<int:text_id>")
def text_page(text_id: int) -> str:
    """One text, to change."""
    with database().read() as session:
        kept = texts.load_text(session, text_id)
    return _form(TEXT, text_id, TEXT.given(kept), ())


@pages.post("/texts")
def create_text() -> Answer:
    """Keep a new one ready."""
    return _save_text(None)


@pages.post("/texts/<int:text_id>")
def change_text(text_id: int) -> Answer:
    """Change one."""
    return _save_text(text_id)


@pages.post("/texts/<int:text_id>/deletion")
def delete_text(text_id: int) -> Response:
    """Keep it no longer."""
    texts.delete_text(database(), text_id, user_id=me().user_id, at=at())
    return _back(N_("Deleted."))


@pages.get("/goals/new")
def new_goal_page() -> str:
    """A form that suggests the target of the NPS page, where one is set and no goal yet."""
    with database().read() as session:
        target = preferences(session).target_score
    wanted = "" if target is None else str(target)
    return _form(GOAL, None, Given(wanted=wanted), ())


@pages.get("/goals/<int:goal_id>")
def goal_page(goal_id: int) -> str:
    """One goal, to change."""
    with database().read() as session:
        kept = goals.load_goal(session, goal_id)
    return _form(GOAL, goal_id, GOAL.given(kept), ())


@pages.post("/goals")
def create_goal() -> Answer:
    """Aim at something new."""
    return _save_goal(None)


@pages.post("/goals/<int:goal_id>")
def change_goal(goal_id: int) -> Answer:
    """Aim at something else, while it is not reached."""
    return _save_goal(goal_id)


@pages.post("/goals/<int:goal_id>/deletion")
def delete_goal(goal_id: int) -> Response:
    """Aim at it no longer."""
    goals.delete_goal(database(), goal_id, user_id=me().user_id, at=at())
    return _back(N_("Deleted."))


def _save_text(text_id: int | None) -> Answer:
    given = typed()
    try:
        texts.write_text(
            database(), text_typed(given), user_id=me().user_id, at=at(), text_id=text_id,
            seen=stale.seen(),
        )  # fmt: skip
    except Invalid as invalid:
        return _form(TEXT, text_id, given, invalid.problems, seen=stale.seen()), 422
    except Conflict:
        return _form(TEXT, text_id, given, (), overtaken=True), 409
    return _back(N_("Saved."))


def _save_goal(goal_id: int | None) -> Answer:
    given = typed()
    reached = False
    if goal_id is not None:
        with database().read() as session:
            reached = goals.load_goal(session, goal_id).reached_at is not None
    try:
        draft = GoalDraft(
            given.what, given.metric, tenths(given.wanted), text_typed(given), given.by_itself
        )
        goals.write_goal(
            database(), draft, user_id=me().user_id, at=at(), goal_id=goal_id, seen=stale.seen()
        )
    except Invalid as invalid:
        return _form(GOAL, goal_id, given, invalid.problems, seen=stale.seen()), 422
    except Conflict:
        if reached:
            raise
        return _form(GOAL, goal_id, given, (), overtaken=True), 409
    return _back(N_("Saved."))


def _form(
    kind: Kind,
    id_: int | None,
    given: Given,
    problems: Sequence[Problem],
    *,
    seen: str | None = None,
    overtaken: bool = False,
) -> str:
    saved = None
    with database().read() as session:
        if id_ is not None:
            kept = kind.load(session, id_)
            seen = seen or kind.seen(kept)
            if overtaken:
                saved = stale.saved_meanwhile(kind.labels, told(given), told(kind.given(kept)))
        return render_template(
            kind.template, id=id_, given=given, problems=problems, looks=LOOKS, what=WHAT,
            offered=offered(session, given.targets), seen=seen, stale=saved,
        )  # fmt: skip


def _back(text: str) -> Response:
    flash(translate(text))
    return redirect(url_for("takeovers.list_page"))
