"""Short ways to a rule, to quotes that went through the rules, and to what was said of them."""

from datetime import datetime

from sqlalchemy import select

from signage.actions import rules
from signage.actions.apply_rules import apply_rules
from signage.actions.inspect import inspect_all
from signage.core.rules import Conditions, Outcome
from signage.models import Database, Decision, Rule, Ruling

PRAISE = Conditions(score_from=9, longest=12, words=("thank*", "great"), findings="none")
APPROVE = Outcome("approve")


def rule(
    database: Database,
    name: str = "Short praise",
    conditions: Conditions = PRAISE,
    outcome: Outcome = APPROVE,
    *,
    lead: int,
    at: datetime,
    state: str = "on",
) -> int:
    """A rule, switched on where nothing else is said; gives its id."""
    draft = rules.RuleDraft(name, conditions, outcome)
    made = rules.make_rule(database, draft, user_id=lead, at=at)
    switch(database, made.id, state, lead=lead, at=at)
    return made.id


def switch(database: Database, rule_id: int, state: str, *, lead: int, at: datetime) -> None:
    """Whatever its version."""
    version = the_rule(database, rule_id).version
    rules.switch_rule(database, rule_id, state, version=version, user_id=lead, at=at)


def trusted(database: Database, lead: int, at: datetime, source: str = "shop") -> None:
    """Rules may decide of the source."""
    rules.trust(database, source, trusted=True, user_id=lead, at=at)


def run(database: Database, at: datetime) -> int:
    """What the jobs do: inspect, then put to the rules."""
    inspect_all(database, at=at)
    return apply_rules(database, at=at)


def the_rule(database: Database, rule_id: int) -> Rule:
    """As it is now."""
    with database.read() as session:
        return session.get_one(Rule, rule_id)


def said(database: Database, quote_id: int) -> list[tuple[str, str | None, str | None]]:
    """What rules said of a quote: did, verdict, why."""
    with database.read() as session:
        rows = session.scalars(
            select(Ruling).where(Ruling.quote_id == quote_id).order_by(Ruling.id)
        )
        return [(row.did, row.verdict, row.why) for row in rows]


def decisions(database: Database, quote_id: int) -> list[Decision]:
    """In order."""
    with database.read() as session:
        rows = session.scalars(
            select(Decision).where(Decision.quote_id == quote_id).order_by(Decision.id)
        )
        return list(rows)
