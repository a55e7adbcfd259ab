"""Trying a rule on past answers: what it would have done, had it been on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from signage.actions.bodies import revisions_of
from signage.actions.rule_cases import Case, cases, inspected, with_answers
from signage.actions.rules import load
from signage.beside import beside
from signage.core.findings import Known
from signage.core.rules import Rule, Said, judge
from signage.core.verbatim import Revision
from signage.models import Database, Quote, lists_in_force
from signage.models.ruleset import all_rules, as_asked

ANSWERS = 300
"""The latest answers that a rule is tried on."""
PATIENCE = 5
"""Answers that a pattern may take too long over; then the trial ends."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer for which the rule would have done something. state: the quote's, now."""

    case: Case
    state: str
    said: Said


@dataclass(frozen=True, slots=True)
class Trial:
    """tried: answers looked at. late: of those the ones that the rule took too long over."""

    tried: int
    hits: tuple[Hit, ...]
    late: int

    @property
    def barred(self) -> int:
        """Hits of sources that rules may not decide of."""
        return sum(hit.case.barred == "source" for hit in self.hits)

    @property
    def states(self) -> Counter[str]:
        """What became of the hits, as people or rules decided."""
        return Counter(hit.state for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Past:
    """A past answer: its case as it came in, its comment, whether it is inspected, its state."""

    case: Case
    comment: str
    inspected: bool
    state: str


def try_rule(database: Database, rule_id: int, *, most: int = ANSWERS) -> Trial:
    """Ask the rules as if this one were on, of the latest answers with a comment. What is not
    inspected yet is looked at for this once."""
    with database.read() as session:
        tried = load(session, rule_id)
        row = [rule for rule in all_rules(session) if rule.state == "on" or rule is tried]
        asked = [replace(as_asked(rule), watches=False) for rule in row]
        past = _past(session, most)
        known, _ = lists_in_force(session)
    return beside(_try, past, asked, rule_id, known)


def _past(session: Session, most: int) -> list[Past]:
    quotes = session.scalars(with_answers().order_by(Quote.id.desc()).limit(most)).all()
    # What was decided of is tried as it came in: that is what the rule would have seen.
    edited = revisions_of(session, [quote for quote in quotes if quote.state == "waiting"])
    revisions = {quote.id: edited.get(quote.id, Revision()) for quote in quotes}
    found = cases(session, quotes, anew=True, revisions=revisions)
    return [
        Past(case, quote.response.comment or "", quote.inspection is not None, quote.state)
        for case, quote in zip(found, quotes, strict=True)
    ]


def _try(past: Sequence[Past], asked: Sequence[Rule], rule_id: int, known: Known) -> Trial:
    needs_findings = any(rule.conditions and rule.conditions.findings for rule in asked)
    needs_language = any(rule.conditions and rule.conditions.languages for rule in asked)
    hits, tried, late = [], 0, 0
    for answer in past:
        case = answer.case
        if not answer.inspected and (needs_findings or needs_language):
            case = inspected(case, answer.comment, known)
        judgement = judge(case.facts, asked)
        tried += 1
        said = next((each for each in judgement.said if each.rule_id == rule_id), None)
        late += said is not None and said.why == "timed-out"
        if said is not None and said.why in {None, "rule"}:
            hits.append(Hit(case, answer.state, said))
        if late == PATIENCE:
            break
    return Trial(tried, tuple(hits), late)
