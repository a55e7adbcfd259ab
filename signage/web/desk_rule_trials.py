"""What a rule would have done, and what it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.actions.rules import load
from signage.actions.try_rule import try_rule
from signage.models import Decision, Quote, Ruling
from signage.models.feed_rule import word_feeds
from signage.models.queue import quotes_with_responses
from signage.models.ruleset import as_asked
from signage.web import forms
from signage.web.context import database
from signage.web.permit import require
from signage.web.rule_words import then_lines

pages = Blueprint("rule_trials", __name__, url_prefix="/desk/settings/rules")
pages.before_request(require("rules"))

PAGE = 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a comment; `marked` where a rule went by it."""

    text: str
    marked: bool


def marked(comment: str, spans: Sequence[Sequence[int]]) -> list[Stretch]:
    """The comment with the words that a rule went by marked."""
    ends = {0, len(comment), *(min(edge, len(comment)) for span in spans for edge in span)}
    return [
        Stretch(comment[a:b], any(start <= a and b <= end for start, end in spans))
        for a, b in pairwise(sorted(ends))
    ]


@pages.get("/<int:rule_id>/trial")
def trial_page(rule_id: int) -> str:
    """Past answers for which the rule would have done something."""
    page = forms.page_number()
    trial = try_rule(database(), rule_id)
    hits = trial.hits[(page - 1) * PAGE : page * PAGE]
    with database().read() as session:
        rule = load(session, rule_id)
        spans = {hit.case.quote_id: hit.said.words for hit in hits}
        lines, made = _lines(session, spans), word_feeds(session)
    return render_template(
        "desk/rule_trial.html", rule=rule, trial=trial, lines=lines, page=page,
        then=then_lines(as_asked(rule).outcome, made), verdict=as_asked(rule).outcome.verdict,
        more=len(trial.hits) > page * PAGE,
    )  # fmt: skip


@pages.get("/<int:rule_id>/rulings")
def rulings_page(rule_id: int) -> str:
    """What it decided, held, added and noted, the latest first."""
    page = forms.page_number()
    with database().read() as session:
        rule = load(session, rule_id)
        said = session.scalars(
            select(Ruling)
            .where(Ruling.rule_id == rule_id)
            .order_by(Ruling.id.desc())
            .offset((page - 1) * PAGE)
            .limit(PAGE + 1)
        ).all()
        lines = _lines(session, {each.quote_id: each.words for each in said[:PAGE]})
        undoable = _undoable(session, [each.quote_id for each in said[:PAGE]])
    rulings = {each.quote_id: each for each in said}
    return render_template(
        "desk/rule_rulings.html", rule=rule, lines=lines, rulings=rulings, page=page,
        undoable=undoable, more=len(said) > PAGE,
    )  # fmt: skip


def _lines(
    session: Session, spans: Mapping[int, Sequence[Sequence[int]]]
) -> list[dict[str, object]]:
    return [
        {"quote": quote, "comment": marked(quote.response.comment or "", spans[quote.id])}
        for quote in quotes_with_responses(session, list(spans))
    ]


def _undoable(session: Session, quote_ids: Sequence[int]) -> dict[int, int]:
    """Quote id → the rule's decision, where it is the latest and can still be taken back."""
    rows = session.execute(
        select(Decision.quote_id, Decision.id)
        .join(Quote, Quote.id == Decision.quote_id)
        .where(
            Decision.quote_id.in_(quote_ids),
            Decision.rule_id.is_not(None),
            Quote.state.in_(("approved", "rejected", "set_aside")),
        )
        .order_by(Decision.id)
    )
    return dict(rows.all())
