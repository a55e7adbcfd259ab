"""Asking the rules in order: the first decisive one wins, tags and limits gather on the way."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from signage.core.rules.conditions import Conditions, NotInspected, met
from signage.core.rules.facts import Facts, Span
from signage.core.rules.outcome import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in force; `watches` means that it only notes what it would do.

    conditions: None where what was kept of them cannot be read.
    """

    id: int
    conditions: Conditions | None
    outcome: Outcome
    watches: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What one rule said.

    did: decided, held (a person must look), added (a tag or a limit) or watched. verdict: what it
    decides or would decide. why: why a person must look: rule (it says so), timed-out, failed,
    not-inspected, consent, or what barred it. words: those behind it.
    """

    rule_id: int
    did: str
    verdict: Verdict | None = None
    why: str | None = None
    words: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What all rules together say. decided: the rule and outcome that decide without a person;
    None of both is for a person. tags and feeds as in Outcome."""

    decided: Said | None = None
    outcome: Outcome = Outcome()  # noqa: RUF009 - frozen
    tags: tuple[str, ...] = ()
    feeds: tuple[str, ...] | None = None
    said: tuple[Said, ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether a rule outweighs a person who has just approved: it rejects, sets aside, asks
        for a person, or could not be answered."""
        last = self.said[-1] if self.said else None
        return last is not None and last.did in {"decided", "held"} and last.verdict != "approve"


def judge(facts: Facts, rules: Iterable[Rule], *, barred: str | None = None) -> Judgement:
    """Ask the rules in order. `barred`: why none may decide of this answer without a person, such
    as its source; what one would decide is then noted."""
    judgement = Judgement()
    for rule in rules:
        words, failure = _asked(rule, facts)
        if words is None and failure is None:
            continue
        bar = barred
        if rule.outcome.verdict == "approve" and not facts.quotable:
            bar = "consent"
        said = _said(rule, words or (), failure, bar)
        judgement = replace(judgement, said=(*judgement.said, said))
        if rule.watches:
            continue
        if failure is None:
            judgement = _gathered(judgement, rule.outcome)
        if said.did == "decided":
            return replace(judgement, decided=said, outcome=rule.outcome)
        if said.did == "held":
            return judgement
    return judgement


def _asked(rule: Rule, facts: Facts) -> tuple[tuple[Span, ...] | None, str | None]:
    """The words behind it, or None where it does not hold; and what went wrong."""
    if rule.conditions is None:
        return None, "failed"
    try:
        return met(rule.conditions, facts), None
    except TimeoutError:
        return None, "timed-out"
    except NotInspected:
        return None, "not-inspected"
    except Exception:  # whatever it was, a person looks
        return None, "failed"


def _said(rule: Rule, words: tuple[Span, ...], failure: str | None, barred: str | None) -> Said:
    verdict = rule.outcome.verdict
    if rule.watches:
        return Said(rule.id, "watched", None if failure else verdict, failure, words)
    if failure is not None:
        return Said(rule.id, "held", None, failure)
    if verdict is None:
        return Said(rule.id, "added", None, None, words)
    if verdict == "person":
        return Said(rule.id, "held", verdict, "rule", words)
    if barred is not None:
        return Said(rule.id, "held", verdict, barred, words)
    return Said(rule.id, "decided", verdict, None, words)


def _gathered(judgement: Judgement, outcome: Outcome) -> Judgement:
    """Tags add up; of several limits, what all of them allow is left."""
    new = tuple(tag for tag in outcome.tags if tag not in judgement.tags)
    feeds = judgement.feeds
    if outcome.feeds is not None:
        before = outcome.feeds if feeds is None else feeds
        feeds = tuple(name for name in before if name in outcome.feeds)
    return replace(judgement, tags=(*judgement.tags, *new), feeds=feeds)
