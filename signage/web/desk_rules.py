"""Rules, under Settings: in order, written in plain words, tried before they are switched on."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from signage.actions import rules
from signage.actions.decide import REASONS
from signage.core.rules import LEVELS
from signage.errors import Invalid, Problem
from signage.models import Rule, Touchpoint
from signage.models.feed_rule import word_feeds
from signage.models.found import sources
from signage.models.ruleset import Count, all_rules, as_asked, counts
from signage.web import forms, rule_words
from signage.web.context import at, database, me
from signage.web.permit import require
from signage.web.rule_form import EMPTY, Given, draft_of, filled, typed
from signage.words import N_, translate

pages = Blueprint("rules", __name__, url_prefix="/desk/settings/rules")
pages.before_request(require("rules"))

MONTH = timedelta(days=30)
LANGUAGES = (
    "sv", "da", "nb", "nn", "fi", "is", "en", "de", "fr", "nl", "es", "it", "pt", "pl", "et", "lv",
    "lt", "ar", "fa", "so", "tr", "uk", "ru", "zh",
)  # fmt: skip
"""Offered in the form, the nearest first."""


@pages.get("")
def list_page() -> str:
    """All rules in the order in which they are asked, and what they did this month."""
    with database().read() as session:
        found = all_rules(session)
        did = counts(session, at() - MONTH)
        places, made = _touchpoints(session), word_feeds(session)
    lines = [_line(rule, places, made, did.get(rule.id, Count())) for rule in found]
    return render_template(
        "desk/rules.html", lines=lines, moved=forms.whole("moved"), way=forms.text("way", 8)
    )


@pages.get("/new")
def new_page() -> str:
    """An empty form."""
    return _form(None, EMPTY, ())


@pages.post("")
def create() -> Response | tuple[str, int]:
    """Make a rule: it watches."""
    given = typed()
    try:
        made = rules.make_rule(database(), draft_of(given), user_id=me().user_id, at=at())
    except Invalid as invalid:
        return _form(None, given, invalid.problems), 422
    return _saved(made)


@pages.get("/<int:rule_id>")
def edit_page(rule_id: int) -> str:
    """One rule, to change."""
    with database().read() as session:
        rule = rules.load(session, rule_id)
    asked = as_asked(rule)
    if asked.conditions is None:
        return _form(rule, {**EMPTY, "name": rule.name}, ())
    return _form(rule, filled(rule.name, asked.conditions, asked.outcome), ())


@pages.post("/<int:rule_id>")
def change(rule_id: int) -> Response | tuple[str, int]:
    """Change a rule; one that was on watches again."""
    given = typed()
    try:
        changed = rules.change_rule(
            database(), rule_id, draft_of(given), version=forms.whole("version"),
            user_id=me().user_id, at=at(),
        )  # fmt: skip
    except Invalid as invalid:
        with database().read() as session:
            rule = rules.load(session, rule_id)
        return _form(rule, given, invalid.problems), 422
    return _saved(changed)


@pages.post("/<int:rule_id>/state")
def state(rule_id: int) -> Response:
    """Let it watch, decide, or rest."""
    rules.switch_rule(
        database(), rule_id, forms.text("state"), version=forms.whole("version"),
        user_id=me().user_id, at=at(),
    )  # fmt: skip
    return redirect(url_for("rules.list_page", moved=rule_id))


@pages.post("/<int:rule_id>/position")
def position(rule_id: int) -> Response:
    """Have it asked earlier or later."""
    earlier = forms.text("way") == "earlier"
    rules.move_rule(database(), rule_id, -1 if earlier else 1, user_id=me().user_id, at=at())
    way = "earlier" if earlier else "later"
    return redirect(url_for("rules.list_page", moved=rule_id, way=way))


@pages.post("/<int:rule_id>/deletion")
def deletion(rule_id: int) -> Response:
    """Take it out; the page that follows offers to take that back."""
    rules.delete_rule(database(), rule_id, user_id=me().user_id, at=at())
    return redirect(url_for("rules.deleted_page", rule_id=rule_id))


@pages.get("/<int:rule_id>/deletion")
def deleted_page(rule_id: int) -> str:
    """A rule that was deleted, to take back."""
    with database().read() as session:
        rule = rules.any_rule(session, rule_id)
    return render_template("desk/rule_deleted.html", rule=rule)


@pages.post("/<int:rule_id>/restoration")
def restoration(rule_id: int) -> Response:
    """Take a deletion back."""
    rules.restore_rule(database(), rule_id, user_id=me().user_id, at=at())
    return redirect(url_for("rules.list_page", moved=rule_id))


def _saved(rule: Rule) -> Response:
    if forms.text("and") == "try":
        return redirect(url_for("rule_trials.trial_page", rule_id=rule.id))
    flash(translate(N_("Saved.")))
    return redirect(url_for("rules.list_page", moved=rule.id))


def _line(
    rule: Rule, places: dict[int, str], made: dict[str, str], did: Count
) -> dict[str, object]:
    asked = as_asked(rule)
    when = rule_words.when_lines(asked.conditions, places) if asked.conditions else None
    then = rule_words.then_lines(asked.outcome, made)
    return {"rule": rule, "when": when, "then": then, "did": did}


def _form(rule: Rule | None, given: Given, problems: Sequence[Problem]) -> str:
    with database().read() as session:
        choices = {
            "touchpoints": {str(id_): name for id_, name in _touchpoints(session).items()},
            "sources": {name: name for name in sources(session)},
            "feeds": rule_words.feed_texts(word_feeds(session)),
        }
    for name, chosen in choices.items():  # what the rule asks is shown, also where it is gone
        chosen |= {each: each for each in given[name] if each not in chosen}
    return render_template(
        "desk/rule.html", rule=rule, given=given, problems=problems, choices=choices,
        reasons=REASONS, words=rule_words, languages_offered=LANGUAGES, levels=LEVELS,
        chosen_languages=[each for each in given["languages"] if each not in LANGUAGES],
    )  # fmt: skip


def _touchpoints(session: Session) -> dict[int, str]:
    rows = session.execute(select(Touchpoint.id, Touchpoint.name).order_by(Touchpoint.position))
    return dict(rows.all())
