"""What the rules are told of quotes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, joinedload

from signage.actions.bodies import revisions_of
from signage.actions.consent import lacks_consent
from signage.core.findings import Known
from signage.core.look import look
from signage.core.rules import Facts, seen_in, visible
from signage.core.verbatim import Revision
from signage.models import (
    Claim,
    Decision,
    Inspection,
    Preferences,
    Quote,
    lists_in_force,
    preferences,
)
from signage.models.ruleset import trusted_among


@dataclass(frozen=True, slots=True)
class Case:
    """A quote as the rules see it. barred: why no rule may decide of it without a person: its
    source is not trusted, a person has decided of it before, or it could not be inspected."""

    quote_id: int
    revision: int
    facts: Facts
    barred: str | None


def due(session: Session, version: int, at: datetime, most: int) -> list[Case]:
    """Quotes that wait, were inspected, and did not go through this set of rules. One that a
    person has before them is left to that person."""
    _, lists = lists_in_force(session)
    claimed = exists().where(Claim.quote_id == Quote.id, Claim.ends_at > at)
    ready = (
        with_answers()
        .join(Inspection, Inspection.quote_id == Quote.id)
        .where(
            Quote.state == "waiting", Quote.ruled < version, Inspection.version == lists, ~claimed
        )
    )
    return cases(session, session.scalars(ready.order_by(Quote.id).limit(most)).all())


def waiting_cases(session: Session, ids: Sequence[int]) -> dict[int, Case]:
    """The same quotes as they are now, as far as they still wait, by id."""
    still = with_answers().where(Quote.id.in_(ids), Quote.state == "waiting")
    return {case.quote_id: case for case in cases(session, session.scalars(still).all())}


def cases(
    session: Session,
    quotes: Sequence[Quote],
    *,
    anew: bool = False,
    revisions: Mapping[int, Revision] | None = None,
) -> list[Case]:
    """The quotes' cases, in their order, at the revisions in force unless others are given; a few
    statements for all of them. With `anew` it bars nothing that a person has decided of them."""
    decided = set() if anew else _decided_by_people(session, [quote.id for quote in quotes])
    trusted = trusted_among(session, (quote.response.source for quote in quotes))
    chosen = preferences(session)
    revisions = revisions if revisions is not None else revisions_of(session, quotes)
    return [
        Case(
            quote.id,
            quote.revision,
            _facts(quote, chosen, visible(quote.response.comment or "", revisions[quote.id])),
            _barred(quote, trusted, decided),
        )
        for quote in quotes
    ]


def case_now(session: Session, quote: Quote) -> Case:
    """The case of one quote whatever was decided of it, inspected here where it is not: within a
    transaction nothing may wait for another thread."""
    (case,) = cases(session, [quote], anew=True)
    known, version = lists_in_force(session)
    if quote.inspection is not None and quote.inspection.version == version:
        return case
    return inspected(case, quote.response.comment or "", known)


def inspected(case: Case, comment: str, known: Known) -> Case:
    """The case of a comment that nobody had looked through, looked through now."""
    facts, seen = case.facts, look(comment, case.facts.language, known)
    findings = seen_in(facts.text, seen.findings) if seen.whole else None
    facts = replace(facts, findings=findings, language=facts.language or seen.language)
    barred = case.barred if case.barred == "source" else None if seen.whole else "not-inspected"
    return replace(case, facts=facts, barred=barred)


def with_answers() -> Select[Quote]:
    """Quotes with all that a case is made of."""
    return select(Quote).options(joinedload(Quote.response), joinedload(Quote.inspection))


def _decided_by_people(session: Session, ids: Sequence[int]) -> set[int]:
    by_people = select(Decision.quote_id).where(
        Decision.quote_id.in_(ids), Decision.user_id.is_not(None)
    )
    return set(session.scalars(by_people))


def _facts(quote: Quote, chosen: Preferences, text: str) -> Facts:
    response, seen = quote.response, quote.inspection
    whole = seen is not None and seen.state == "done"
    return Facts(
        text=text,
        metric=response.metric,
        source=response.source,
        score=response.score,
        touchpoint_id=response.touchpoint_id,
        segment=response.segment,
        language=response.language or (seen.language if seen else None),
        findings=seen_in(text, seen.found) if seen is not None and whole else None,
        quotable=not lacks_consent(quote, chosen),
    )


def _barred(quote: Quote, trusted: set[str], decided: set[int]) -> str | None:
    if quote.id in decided:
        return "person"
    if quote.response.source not in trusted:
        return "source"
    whole = quote.inspection is not None and quote.inspection.state == "done"
    return None if whole else "not-inspected"
