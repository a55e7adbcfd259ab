"""What is kept ready to take over: texts, and goals with their celebrations."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.actions import goals, takeovers
from signage.actions.goals import WHAT, GoalDraft
from signage.actions.notice_draft import LOOKS
from signage.actions.takeovers import TextDraft
from signage.core.targets import Targets, read_targets
from signage.errors import Invalid, Problem
from signage.models import preferences
from signage.web import forms
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.web.where import offered, targets_as_typed, typed_targets
from signage.words import N_, translate

pages = Blueprint("ready", __name__, url_prefix="/desk/takeovers")
pages.before_request(require("notices"))

Answer = Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the form."""

    headline: str = ""
    words: str = ""
    minutes: str = "30"
    look: str = "notice"
    urgent: bool = False
    what: str = "score"
    metric: str = "nps"
    wanted: str = ""
    by_itself: bool = False
    targets: Targets | None = None


@pages.get("/texts/new")
def new_text_page() -> str:
    """An empty form."""
    return _form("desk/takeover_text.html", None, Given(urgent="urgent" in request.args), ())


@pages.get("/texts/<int:text_id>")
def text_page(text_id: int) -> str:
    """One text, to change."""
    with database().read() as session:
        kept = takeovers.load_text(session, text_id)
        given = Given(
            kept.headline, kept.words, str(kept.minutes), kept.look, kept.urgent,
            targets=read_targets(kept.targets),
        )  # fmt: skip
    return _form("desk/takeover_text.html", text_id, given, ())


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
    takeovers.delete_text(database(), text_id, user_id=me().user_id, at=at())
    return _back(N_("Deleted."))


@pages.get("/goals/new")
def new_goal_page() -> str:
    """A form that suggests the target of the NPS page, where one is set and no goal yet."""
    with database().read() as session:
        target = preferences(session).target_score
    wanted = "" if target is None else str(target)
    return _form("desk/takeover_goal.html", None, Given(wanted=wanted), ())


@pages.get("/goals/<int:goal_id>")
def goal_page(goal_id: int) -> str:
    """One goal, to change."""
    with database().read() as session:
        kept = goals.load_goal(session, goal_id)
        given = Given(
            kept.headline, kept.words, str(kept.minutes), what=kept.what, metric=kept.metric,
            wanted=f"{kept.tenths / 10:.1f}".removesuffix(".0"), by_itself=kept.by_itself,
            targets=read_targets(kept.targets),
        )  # fmt: skip
    return _form("desk/takeover_goal.html", goal_id, given, ())


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
    given = _typed()
    try:
        draft = _text(given)
        takeovers.write_text(database(), draft, user_id=me().user_id, at=at(), text_id=text_id)
    except Invalid as invalid:
        return _form("desk/takeover_text.html", text_id, given, invalid.problems), 422
    return _back(N_("Saved."))


def _save_goal(goal_id: int | None) -> Answer:
    given = _typed()
    if goal_id is not None:
        with database().read() as session:
            goals.load_goal(session, goal_id)
    try:
        draft = GoalDraft(
            given.what, given.metric, _tenths(given.wanted), _text(given), given.by_itself
        )
        goals.write_goal(database(), draft, user_id=me().user_id, at=at(), goal_id=goal_id)
    except Invalid as invalid:
        return _form("desk/takeover_goal.html", goal_id, given, invalid.problems), 422
    return _back(N_("Saved."))


def _text(given: Given) -> TextDraft:
    return TextDraft(
        given.headline, given.words, forms.whole("minutes"), given.look, given.urgent,
        typed_targets(),
    )  # fmt: skip


def _typed() -> Given:
    return Given(
        forms.text("headline"), forms.text("words"), forms.text("minutes"),
        forms.text("look") or "notice", "urgent" in request.form, forms.text("what"),
        forms.text("metric"), forms.text("wanted", 20), "by_itself" in request.form,
        targets_as_typed(),
    )  # fmt: skip


def _tenths(typed: str) -> int:
    """A number with one decimal, as it is typed anywhere: 5.5 or 5,5."""
    whole, _, rest = typed.replace("−", "-").replace(",", ".").partition(".")
    digits = whole.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 12 and rest in _DECIMALS):
        text = N_("Write a number, with one decimal at most.")
        raise Invalid([Problem("not-a-number", text, "wanted")])
    tenths = 10 * int(digits) + int(rest or 0)
    return -tenths if whole.startswith("-") else tenths


_DECIMALS = {"", *"0123456789"}


def _form(template: str, id_: int | None, given: Given, problems: Sequence[Problem]) -> str:
    with database().read() as session:
        choices = offered(session, given.targets)
        return render_template(
            template, id=id_, given=given, problems=problems, offered=choices, looks=LOOKS,
            what=WHAT,
        )  # fmt: skip


def _back(text: str) -> Response:
    flash(translate(text))
    return redirect(url_for("takeovers.list_page"))
