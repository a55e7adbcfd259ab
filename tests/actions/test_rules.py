"""Making, changing and switching rules: each is noted, and makes another set of rules."""

from datetime import datetime

import pytest
from sqlalchemy import select

from signage.actions import rules
from signage.core.rules import Conditions, Outcome
from signage.errors import Invalid
from signage.models import AuditEntry, Database
from signage.models.ruleset import rule_set
from tests.ruling import APPROVE, PRAISE, rule, switch, trusted


def noted(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.act, row.about, row.detail) for row in rows]


def number_of(database: Database) -> int:
    with database.read() as session:
        return rule_set(session).version


@pytest.mark.both
def test_each_act_is_in_the_audit_log_and_makes_another_set(
    database: Database, lead: int, at: datetime
) -> None:
    first = rule(database, "First", lead=lead, at=at)
    second = rule(database, "Second", lead=lead, at=at, state="off")
    rules.move_rule(database, second, -1, user_id=lead, at=at)
    rules.delete_rule(database, first, user_id=lead, at=at)
    rules.restore_rule(database, first, user_id=lead, at=at)
    trusted(database, lead, at)
    rules.trust(database, "shop", trusted=False, user_id=lead, at=at)

    rule_1, rule_2, source = f"rule {first}", f"rule {second}", "source shop"
    assert noted(database) == [
        ("rule-changed", rule_1, "made"), ("rule-changed", rule_1, "on"),
        ("rule-changed", rule_2, "made"), ("rule-changed", rule_2, "off"),
        ("rule-changed", rule_2, "moved"), ("rule-changed", rule_1, "deleted"),
        ("rule-changed", rule_1, "restored"), ("source-changed", source, "trusted"),
        ("source-changed", source, "not trusted"),
    ]  # fmt: skip
    assert number_of(database) == 9


def test_what_changes_nothing_makes_no_other_set(
    database: Database, lead: int, at: datetime
) -> None:
    only = rule(database, lead=lead, at=at)
    before = number_of(database)

    rules.move_rule(database, only, 1, user_id=lead, at=at)
    rules.restore_rule(database, only, user_id=lead, at=at)
    rules.trust(database, "shop", trusted=False, user_id=lead, at=at)

    assert number_of(database) == before


def test_rules_are_put_in_the_order_of_their_places(
    database: Database, lead: int, at: datetime
) -> None:
    first, second, third = (rule(database, name, lead=lead, at=at) for name in "abc")
    switch(database, second, "off", lead=lead, at=at)
    switch(database, third, "watch", lead=lead, at=at)

    with database.read() as session:
        asked = rule_set(session).rules
    assert [(each.id, each.watches) for each in asked] == [(first, False), (third, True)]


def test_there_is_a_bound_on_rules(database: Database, lead: int, at: datetime) -> None:
    draft = rules.RuleDraft("One of many", PRAISE, APPROVE)
    for _ in range(rules.MOST):
        rules.make_rule(database, draft, user_id=lead, at=at)

    with pytest.raises(Invalid, match="too-many-rules"):
        rules.make_rule(database, draft, user_id=lead, at=at)


@pytest.mark.parametrize("name", ["", "  ", "n" * 61])
def test_a_rule_has_a_name(database: Database, lead: int, at: datetime, name: str) -> None:
    draft = rules.RuleDraft(name, PRAISE, APPROVE)
    with pytest.raises(Invalid, match="bad-name"):
        rules.make_rule(database, draft, user_id=lead, at=at)


def test_words_are_kept_once_and_tidy(database: Database, lead: int, at: datetime) -> None:
    untidy = Conditions(words=(" so   good ", "so good", "", "fa\u0308lt"))
    draft = rules.RuleDraft("Praise", untidy, Outcome(tags=(" praise ", "praise")))

    made = rules.make_rule(database, draft, user_id=lead, at=at)

    assert made.conditions["words"] == ["so good", "fält"]
    assert made.outcome["tags"] == ["praise"]
