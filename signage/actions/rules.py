"""Making rules, changing, ordering and switching them, and saying which sources they may decide of.

A rule starts by watching: it notes what it would do, and does nothing. So does one whose
conditions or outcome were changed.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from signage.actions import audit
from signage.actions.decide import REASONS
from signage.core.rules import FEEDS, Conditions, Outcome, check
from signage.core.rules.words import entry
from signage.core.text import one_line
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Preference, Rule, TrustedSource
from signage.models.feed_rule import word_feeds
from signage.models.ruleset import VERSION, all_rules
from signage.words import N_

MOST = 50
LONGEST_NAME = 60
STATES = ("watch", "on", "off")


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """What a person says of a rule."""

    name: str
    conditions: Conditions
    outcome: Outcome


def make_rule(database: Database, draft: RuleDraft, *, user_id: int, at: datetime) -> Rule:
    """Make a rule, the last in order, watching. Raises Invalid naming each problem."""
    with database.write() as session:
        draft = _checked(session, draft)
        there = select(func.count()).select_from(Rule).where(Rule.deleted_at.is_(None))
        if (session.scalar(there) or 0) >= MOST:
            text = N_("There are {most} rules already. Delete one first.")
            raise Invalid([Problem("too-many-rules", text, "name", {"most": MOST})])
        last = session.scalar(select(func.max(Rule.position))) or 0
        rule = Rule(
            name=draft.name, position=last + 1, state="watch", version=1, user_id=user_id,
            conditions=draft.conditions.to_json(), outcome=draft.outcome.to_json(), changed_at=at,
        )  # fmt: skip
        session.add(rule)
        session.flush()
        _renew(session)
        _audit(session, rule, "made", user_id, at)
        return rule


def change_rule(
    database: Database, rule_id: int, draft: RuleDraft, *, version: int, user_id: int, at: datetime
) -> Rule:
    """Change a rule that was seen at `version`. Another name changes nothing else; anything more,
    and one that was on watches again."""
    with database.write() as session:
        draft = _checked(session, draft)
        rule = _seen(session, rule_id, version)
        conditions, outcome = draft.conditions.to_json(), draft.outcome.to_json()
        if (rule.conditions, rule.outcome) != (conditions, outcome) and rule.state == "on":
            rule.state = "watch"
        rule.name, rule.conditions, rule.outcome = draft.name, conditions, outcome
        _touch(session, rule, "changed", user_id, at)
        return rule


def switch_rule(
    database: Database, rule_id: int, state: str, *, version: int, user_id: int, at: datetime
) -> Rule:
    """Let a rule watch, decide (on) or rest (off)."""
    if state not in STATES:
        raise Invalid([Problem("not-allowed", N_("Choose from the list."), "state")])
    with database.write() as session:
        rule = _seen(session, rule_id, version)
        rule.state = state
        _touch(session, rule, state, user_id, at)
        return rule


def move_rule(database: Database, rule_id: int, steps: int, *, user_id: int, at: datetime) -> Rule:
    """Have a rule asked earlier (-1) or later (+1); at the end of the row nothing happens."""
    with database.write() as session:
        rule = load(session, rule_id)
        row = list(all_rules(session))
        place = row.index(rule)
        other = place + (1 if steps > 0 else -1)
        if 0 <= other < len(row):
            row[place], row[other] = row[other], row[place]
            for number, each in enumerate(row, start=1):
                each.position = number
            _touch(session, rule, "moved", user_id, at)
        return rule


def delete_rule(database: Database, rule_id: int, *, user_id: int, at: datetime) -> Rule:
    """Take a rule out; what it decided stays, and says so. Again is harmless."""
    with database.write() as session:
        rule = any_rule(session, rule_id)
        if rule.deleted_at is None:
            rule.deleted_at = at
            _touch(session, rule, "deleted", user_id, at)
        return rule


def restore_rule(database: Database, rule_id: int, *, user_id: int, at: datetime) -> Rule:
    """Take a deletion back: the rule watches again, wherever it stood. Again is harmless."""
    with database.write() as session:
        rule = any_rule(session, rule_id)
        if rule.deleted_at is not None:
            rule.deleted_at = None
            rule.state = "watch" if rule.state == "on" else rule.state
            _touch(session, rule, "restored", user_id, at)
        return rule


def trust(database: Database, source: str, *, trusted: bool, user_id: int, at: datetime) -> None:
    """Say whether rules may decide of a source's answers without a person. Again is harmless."""
    if not source or len(source) > 200:
        raise NotFound
    with database.write() as session:
        row = session.get(TrustedSource, source)
        if trusted and row is None:
            session.add(TrustedSource(source=source, user_id=user_id, since=at))
        elif not trusted and row is not None:
            session.delete(row)
        else:
            return
        _renew(session)
        detail = "trusted" if trusted else "not trusted"
        about = f"source {source}"
        audit.note(session, "source-changed", user_id=user_id, about=about, detail=detail, at=at)


def load(session: Session, rule_id: int) -> Rule:
    """The rule; NotFound for one that is not there or was deleted."""
    rule = any_rule(session, rule_id)
    if rule.deleted_at is not None:
        raise NotFound
    return rule


def any_rule(session: Session, rule_id: int) -> Rule:
    """The rule, also one that was deleted."""
    rule = session.get(Rule, rule_id)
    if rule is None:
        raise NotFound
    return rule


def _seen(session: Session, rule_id: int, version: int) -> Rule:
    rule = load(session, rule_id)
    if rule.version != version:
        raise Conflict
    return rule


def _touch(session: Session, rule: Rule, deed: str, user_id: int, at: datetime) -> None:
    rule.version += 1
    rule.user_id, rule.changed_at = user_id, at
    _renew(session)
    _audit(session, rule, deed, user_id, at)


def _audit(session: Session, rule: Rule, deed: str, user_id: int, at: datetime) -> None:
    about = f"rule {rule.id}"
    audit.note(session, "rule-changed", user_id=user_id, about=about, detail=deed, at=at)


def _renew(session: Session) -> None:
    """Another set of rules: whatever waits goes through it."""
    session.flush()
    row = session.get(Preference, VERSION)
    if row is None:
        session.add(Preference(name=VERSION, value=1))
    else:
        row.value = int(row.value) + 1


def _checked(session: Session, draft: RuleDraft) -> RuleDraft:
    name = one_line(draft.name)
    asked = draft.conditions
    words = tuple(dict.fromkeys(word for word in map(entry, asked.words) if word))
    tags = tuple(dict.fromkeys(tag for tag in map(one_line, draft.outcome.tags) if tag))
    draft = RuleDraft(name, replace(asked, words=words), replace(draft.outcome, tags=tags))
    problems = []
    if not 0 < len(name) <= LONGEST_NAME:
        text = N_("A name of 1 to {most} characters.")
        problems.append(Problem("bad-name", text, "name", {"most": LONGEST_NAME}))
    try:
        feeds = (*FEEDS, *word_feeds(session))
        check(draft.conditions, draft.outcome, reasons=REASONS, feeds=feeds)
    except Invalid as invalid:
        problems += invalid.problems
    if problems:
        raise Invalid(problems)
    return draft
