"""Reading rules: those in force, their version, which sources they may decide of."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from signage.core import rules
from signage.models.preference import Preference
from signage.models.quote import Decision
from signage.models.rule import Rule, Ruling, TrustedSource

VERSION = "rules_version"
"""The preference that counts the changes of rules; it is nobody's to choose."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules in force, in order, and the number of this set of them; 0 before there was any."""

    version: int
    rules: tuple[rules.Rule, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """What a rule did since some moment."""

    decided: int = 0
    watched: int = 0
    held: int = 0
    added: int = 0


def rule_set(session: Session) -> RuleSet:
    """The rules that decide or watch."""
    version = session.scalar(select(Preference.value).where(Preference.name == VERSION)) or 0
    asked = (rule for rule in all_rules(session) if rule.state != "off") if version else ()
    return RuleSet(int(version), tuple(map(as_asked, asked)))


def all_rules(session: Session) -> Sequence[Rule]:
    """Every rule that is not deleted, in order."""
    return session.scalars(
        select(Rule).where(Rule.deleted_at.is_(None)).order_by(Rule.position, Rule.id)
    ).all()


def as_asked(rule: Rule) -> rules.Rule:
    """A rule as it is put to answers. One that cannot be read fails with each of them."""
    watches = rule.state == "watch"
    try:
        conditions = rules.Conditions.from_json(rule.conditions)
        outcome = rules.Outcome.from_json(rule.outcome)
    except (TypeError, ValueError):
        return rules.Rule(rule.id, None, rules.Outcome(), watches)
    return rules.Rule(rule.id, conditions, outcome, watches)


def trusted_among(session: Session, sources: Iterable[str]) -> set[str]:
    """Those of the sources that rules may decide of."""
    asked = set(sources)
    return set(session.scalars(select(TrustedSource.source).where(TrustedSource.source.in_(asked))))


def counts(session: Session, since: datetime) -> dict[int, Count]:
    """Rule id → what it did since then."""
    decided = session.execute(
        select(Decision.rule_id, literal("decided"), func.count())
        .where(Decision.rule_id.is_not(None), Decision.made_at >= since)
        .group_by(Decision.rule_id)
    )
    said = session.execute(
        select(Ruling.rule_id, Ruling.did, func.count())
        .where(Ruling.rule_id.is_not(None), Ruling.did != "decided", Ruling.made_at >= since)
        .group_by(Ruling.rule_id, Ruling.did)
    )
    found: dict[int, dict[str, int]] = {}
    for rule_id, did, n in [*decided, *said]:
        found.setdefault(rule_id, {})[did] = n
    return {rule_id: Count(**each) for rule_id, each in found.items()}


def rulings_of(session: Session, quote_ids: Collection[int]) -> dict[int, list[tuple[Ruling, str]]]:
    """Quote id → what rules said of it, each with the rule's name; one statement for all."""
    found: dict[int, list[tuple[Ruling, str]]] = {}
    rows = session.execute(
        select(Ruling, Rule.name)
        .join(Rule, Rule.id == Ruling.rule_id, isouter=True)
        .where(Ruling.quote_id.in_(quote_ids))
        .order_by(Ruling.id)
    )
    for ruling, name in rows:
        found.setdefault(ruling.quote_id, []).append((ruling, name or ""))
    return found
