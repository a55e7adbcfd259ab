"""Putting quotes to the rules: what they decide is done, what they say is kept.

Each quote goes through each set of rules once. The rules are asked off the loop and outside of any
transaction; what they said counts only where the quote is still what they were told of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from signage.actions.afterwards import log_committed
from signage.actions.bodies import latest_revision
from signage.actions.consent import check_who
from signage.actions.rule_cases import Case, case_now, due, waiting_cases
from signage.actions.rulings import keep_rulings, words_of
from signage.actions.steps import move, note
from signage.core import verbatim
from signage.core.rules import Judgement, Rule, judge
from signage.errors import Invalid
from signage.models import Database, Quote, preferences
from signage.models.ruleset import rule_set
from signage.offloop import off_loop

BATCH = 50
MOST_BATCHES = 10
"""Of one run; the next one goes on."""
STATES = {"approve": "approved", "reject": "rejected", "set_aside": "set_aside"}


def apply_rules(database: Database, *, at: datetime) -> int:
    """Put to the rules what waits for them; gives how many quotes. Safe to run twice, and in
    several processes at once."""
    n = 0
    for _ in range(MOST_BATCHES):
        with database.read() as session:
            asked = rule_set(session)
            batch = due(session, asked.version, at, BATCH) if asked.version else []
        if not batch:
            break
        judged = off_loop(judge_each, batch, asked.rules)
        with database.write() as session:
            # Another set of rules: the next batch asks it.
            if rule_set(session).version == asked.version:
                n += _settle(session, batch, judged, asked.version, at)
    return n


def judge_each(batch: Sequence[Case], rules: Sequence[Rule]) -> dict[int, Judgement]:
    """Quote id → what the rules say of it."""
    return {case.quote_id: judge(case.facts, rules, barred=case.barred) for case in batch}


def outcome(session: Session, quote: Quote, at: datetime) -> Judgement:
    """What the rules say of a quote that was edited, within the transaction that edits it. What
    they say, tags and limits are kept; to decide is the caller's: `decided` names the rule that
    would, else a person must look. That a person decided of it before bars nothing here."""
    session.flush()
    asked = rule_set(session)
    case = case_now(session, quote)
    judgement = judge(case.facts, asked.rules, barred=case.barred)
    keep_rulings(session, quote, judgement, at)
    quote.ruled = asked.version
    return judgement


def _settle(
    session: Session,
    batch: Sequence[Case],
    judged: Mapping[int, Judgement],
    version: int,
    at: datetime,
) -> int:
    """Do what the rules said of those quotes that nothing has happened to meanwhile."""
    now = waiting_cases(session, [case.quote_id for case in batch])
    grace = timedelta(seconds=preferences(session).grace_seconds)
    n = 0
    for case in batch:
        if now.get(case.quote_id) == case and _claim(session, case, version):
            quote = session.get_one(Quote, case.quote_id)
            judgement = _sound(session, quote, judged[quote.id])
            _do(session, quote, case, judgement, at)
            if quote.state == "approved":
                quote.publish_at = at + max(grace, timedelta(hours=judgement.outcome.hours))
            n += 1
    return n


def _claim(session: Session, case: Case, version: int) -> bool:
    """A conditional UPDATE: no quote goes through the same set twice."""
    claimed = session.execute(
        update(Quote)
        .where(
            Quote.id == case.quote_id,
            Quote.state == "waiting",
            Quote.revision == case.revision,
            Quote.ruled < version,
        )
        .values(ruled=version)
        .returning(Quote.id)
    ).all()
    return len(claimed) == 1


def _do(session: Session, quote: Quote, case: Case, judgement: Judgement, at: datetime) -> None:
    keep_rulings(session, quote, judgement, at)
    if (said := judgement.decided) is None or said.verdict is None:
        return
    move(session, quote, ("waiting",), STATES[said.verdict])
    reason = judgement.outcome.reason if said.verdict == "reject" else None
    decision = note(session, quote, said.verdict, "waiting", None, at, reason)
    decision.rule_id, decision.words = said.rule_id, words_of(case.facts, said)
    fields = {"verdict": said.verdict, "quote": quote.id, "rule": said.rule_id}
    log_committed(session, "decided", cause=decision.cause, **fields)


def _sound(session: Session, quote: Quote, judgement: Judgement) -> Judgement:
    """An approval of what cannot be shown is none."""
    said = judgement.decided
    if said is None or said.verdict != "approve":
        return judgement
    try:
        revision = latest_revision(session, quote)
        verbatim.check(quote.response.comment or "", revision)
        check_who(quote, revision)
    except Invalid:
        held = replace(said, did="held", why="failed")
        return replace(judgement, decided=None, said=(*judgement.said[:-1], held))
    return judgement
