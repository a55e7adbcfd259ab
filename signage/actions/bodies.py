"""What a wall is told of a quote and of an improvement (docs/protocol.md)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core import verbatim
from signage.core.attribution import attribution
from signage.core.reading import count_words
from signage.core.scores import SCALES, band
from signage.core.trends import Effect, effect
from signage.models import Improvement, Quote, QuoteRevision
from signage.models.duplicates import counts_also
from signage.models.tallies import tallies_by_touchpoint

EFFECT_DAYS = 90
SAID = (
    "pieces", "language", "metric", "score", "scale", "band", "answered_on", "expires_at",
)  # fmt: skip
"""What of a quote stands beside an improvement."""


def quote_body(session: Session, quote: Quote) -> dict[str, Any]:
    """The published form of a quote: pieces of the untouched comment, and as much of who said it
    as the consent allows."""
    return quote_bodies(session, [quote])[quote.id]


def quote_bodies(session: Session, quotes: Sequence[Quote]) -> dict[int, dict[str, Any]]:
    """Quote id → its published form; two statements for all whose answers are loaded."""
    revisions = revisions_of(session, quotes)
    also = counts_also(session, [quote.id for quote in quotes])
    return {quote.id: _quote_body(quote, revisions[quote.id], also) for quote in quotes}


def words_taken(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether one body of an item shows words of a customer, or a name, that the next does not."""
    said, says = before.get("said") or before, after.get("said") or after
    name = (before.get("who") or {}).get("text")
    if name is not None and name != (after.get("who") or {}).get("text"):
        return True
    return bool(said.get("pieces")) and said["pieces"] != says.get("pieces")


def pieces_of(session: Session, quote: Quote) -> tuple[verbatim.Piece, ...]:
    """The quote at its latest revision."""
    return pieces_of_each(session, [quote])[quote.id]


def pieces_of_each(
    session: Session, quotes: Sequence[Quote]
) -> dict[int, tuple[verbatim.Piece, ...]]:
    """Quote id → the quote at its latest revision; one statement for all of them."""
    spans = _spans_in_force(session, quotes)
    return {quote.id: _pieces(quote, _revision(quote, spans)) for quote in quotes}


def shown_of_each(
    session: Session, quotes: Sequence[Quote]
) -> dict[int, tuple[tuple[verbatim.Piece, ...], str | None]]:
    """Quote id → its pieces, and who said it as far as walls tell (None: "a customer"); one
    statement for all of them. The touchstone of every outlet besides the walls."""
    spans = _spans_in_force(session, quotes)
    shown = {}
    for quote in quotes:
        revision, said = _revision(quote, spans), quote.response
        who = attribution(said.consent, said.name, said.role, revision.who)
        shown[quote.id] = _pieces(quote, revision), who.text
    return shown


def latest_revision(session: Session, quote: Quote) -> verbatim.Revision:
    """Cuts and masks in force; none for revision 0."""
    return _revision(quote, _spans_in_force(session, [quote]))


def revisions_of(session: Session, quotes: Sequence[Quote]) -> dict[int, verbatim.Revision]:
    """Quote id → cuts and masks in force; one statement for all of them."""
    spans = _spans_in_force(session, quotes)
    return {quote.id: _revision(quote, spans) for quote in quotes}


def improvement_body(
    session: Session, improvement: Improvement, today: date, feed: str = "improvements"
) -> dict[str, Any]:
    """The published form of an improvement in a feed, with its effect measured up to `today`."""
    said = _said(session, improvement, feed)
    measured = measured_effect(session, improvement, today)
    body = {
        "id": f"i{improvement.id}",
        "kind": "improvement",
        "did": improvement.did,
        "label": improvement.label,
        "by": improvement.team,
        "done_on": improvement.done_on.isoformat() if improvement.done_on else None,
        "touchpoint": improvement.touchpoint.title if improvement.touchpoint else None,
        "said": said,
        "effect": _effect_body(measured, _days_after(improvement, today)) if measured else None,
        "measured_again_on": (
            measured.measured_again_on.isoformat()
            if measured and measured.measured_again_on
            else None
        ),
        "published_at": milliseconds(improvement.published_at),
    }
    said_text = " ".join(piece.get("text") or "" for piece in said["pieces"]) if said else ""
    return {**body, "words": count_words(improvement.did) + count_words(said_text)}


def measured_effect(session: Session, improvement: Improvement, today: date) -> Effect | None:
    """NPS at its touchpoint before and after; None while it is under way or has no touchpoint."""
    return measured_effects(session, [improvement], today).get(improvement.id)


def measured_effects(
    session: Session, improvements: Sequence[Improvement], today: date
) -> dict[int, Effect]:
    """Improvement id → NPS at its touchpoint before and after; one statement for all of them."""
    measured = {
        each.id: (each.done_on, each.touchpoint_id)
        for each in improvements
        if each.done_on and each.touchpoint_id
    }
    if not measured:
        return {}
    first = min(done_on for done_on, _ in measured.values()) - timedelta(days=EFFECT_DAYS)
    places = {place for _, place in measured.values()}
    tallies = tallies_by_touchpoint(session, "nps", "transactional", first, today, places)
    return {
        id_: effect("nps", tallies.get(place, ()), done_on=done_on, today=today, days=EFFECT_DAYS)
        for id_, (done_on, place) in measured.items()
    }


def milliseconds(at: datetime | None) -> int | None:
    """Since 1970, UTC."""
    return None if at is None else round(at.timestamp() * 1000)


def _quote_body(
    quote: Quote, revision: verbatim.Revision, also: Mapping[int, int]
) -> dict[str, Any]:
    response = quote.response
    pieces = _pieces(quote, revision)
    who = attribution(response.consent, response.name, response.role, revision.who)
    return {
        "id": f"q{quote.id}",
        "kind": "quote",
        "pieces": [piece.as_json() for piece in pieces],
        "language": quote.language,
        "metric": response.metric,
        "score": response.score,
        "scale": list(SCALES[response.metric]),
        "band": None if response.score is None else band(response.metric, response.score),
        "who": {"kind": who.kind, "text": who.text},
        "touchpoint": response.touchpoint.title if response.touchpoint else None,
        "answered_on": response.answered_at.date().isoformat(),
        "published_at": milliseconds(quote.published_at),
        "expires_at": milliseconds(quote.expires_at),
        "pinned": quote.pinned_at is not None,
        "pinned_until": milliseconds(quote.pinned_until),
        "also": also.get(quote.id, 0),
        "words": count_words(verbatim.published(pieces)),
    }


def _spans_in_force(session: Session, quotes: Sequence[Quote]) -> dict[int, Any]:
    revised = [quote.id for quote in quotes if quote.revision]
    if not revised:
        return {}
    rows = session.execute(
        select(QuoteRevision.quote_id, QuoteRevision.spans)
        .join(Quote, Quote.id == QuoteRevision.quote_id)
        .where(QuoteRevision.quote_id.in_(revised), QuoteRevision.number == Quote.revision)
    )
    return dict(rows.all())


def _revision(quote: Quote, spans: Mapping[int, Any]) -> verbatim.Revision:
    return verbatim.Revision.from_json(spans[quote.id]) if quote.revision else verbatim.Revision()


def _pieces(quote: Quote, revision: verbatim.Revision) -> tuple[verbatim.Piece, ...]:
    comment = quote.response.comment or ""
    pieces = verbatim.pieces(comment, revision)
    # The proof stands right before the way out, so that no caller can go round it.
    if not verbatim.is_verbatim(comment, pieces):
        raise AssertionError(f"quote {quote.id} is not verbatim")
    return pieces


def _said(session: Session, improvement: Improvement, feed: str) -> dict[str, Any] | None:
    """The first linked quote that is published and may hang there: nothing else reaches a wall."""
    quotes = [link.quote for link in improvement.links if link.quote.state != "erased"]
    for quote in quotes:
        if quote.state == "published" and quote.may_hang_in(feed):
            body = quote_body(session, quote)
            return {name: body[name] for name in SAID} | {"more": len(quotes) - 1}
    return None


def _days_after(improvement: Improvement, today: date) -> int:
    """Days of answers since it was done: fewer than before it, while it is young."""
    if improvement.done_on is None:
        return 0
    return min(EFFECT_DAYS, (today - improvement.done_on).days)


def _effect_body(measured: Effect, days_after: int) -> dict[str, Any] | None:
    before, after = measured.before, measured.after
    if measured.change is None or before.value is None or after.value is None:
        return None
    return {
        "metric": "nps",
        "before": {"score": round(before.value), "n": before.n},
        "after": {"score": round(after.value), "n": after.n},
        "direction": measured.change.direction,
        "days": EFFECT_DAYS,
        "days_after": days_after,
    }
