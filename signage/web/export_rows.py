"""What found quotes are as rows of a spreadsheet."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from signage.actions.bodies import shown_of_each
from signage.core.scores import band
from signage.core.verbatim import Piece, published
from signage.models import Decision, Quote, Tag
from signage.models.tag import tags_of

COLUMNS = (
    "quote", "state", "source", "answer", "answered_at", "received_at", "metric", "kind", "score",
    "band", "touchpoint", "segment", "language", "tags", "comment", "published_text", "shown_as",
    "published_at", "decided_at", "verdict", "decided_by", "reason",
)  # fmt: skip
"""Names for programs, so the same in every language; docs/operations.md says what they hold."""
FOR_ADMINS = ("respondent",)
"""Told to an admin only: it leads to a person."""

Row = list[object]


def rows_of(session: Session, quotes: Sequence[Quote], *, whole: bool) -> list[Row]:
    """A row for each, in order; `whole` with what is for admins. As many statements for many."""
    shown = shown_of_each(session, [each for each in quotes if each.state == "published"])
    decided = _latest(session, quotes)
    tags = tags_of(session, [each.id for each in quotes])
    return [_row(each, shown, decided, tags, whole=whole) for each in quotes]


def _row(
    quote: Quote,
    shown: Mapping[int, tuple[Sequence[Piece], str | None]],
    decided: Mapping[int, Decision],
    tags: Mapping[int, Sequence[Tag]],
    *,
    whole: bool,
) -> Row:
    answer, decision = quote.response, decided.get(quote.id)
    pieces, who = shown.get(quote.id, (None, None))
    row: Row = [
        quote.id, quote.state, answer.source, answer.external_id, _time(answer.answered_at),
        _time(answer.received_at), answer.metric, answer.kind, answer.score,
        None if answer.score is None else band(answer.metric, answer.score),
        answer.touchpoint.name if answer.touchpoint else None, answer.segment, quote.language,
        ", ".join(tag.name for tag in tags.get(quote.id, ())), answer.comment,
        None if pieces is None else published(pieces), who,
        None if pieces is None else _time(quote.published_at),
    ]  # fmt: skip
    row += _decision(decision)
    return [*row, answer.respondent] if whole else row


def _decision(decision: Decision | None) -> Row:
    if decision is None:
        return [None] * 4
    who = decision.user.name if decision.user else decision.rule.name if decision.rule else None
    return [_time(decision.made_at), decision.verdict, who, decision.reason]


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")


def _latest(session: Session, quotes: Sequence[Quote]) -> dict[int, Decision]:
    """The latest decision of each that is not the product's own publishing."""
    ids = (
        select(func.max(Decision.id))
        .where(Decision.quote_id.in_([each.id for each in quotes]), Decision.verdict != "publish")
        .group_by(Decision.quote_id)
    )
    found = session.scalars(
        select(Decision)
        .where(Decision.id.in_(ids))
        .options(joinedload(Decision.user), joinedload(Decision.rule))
    )
    return {each.quote_id: each for each in found}
