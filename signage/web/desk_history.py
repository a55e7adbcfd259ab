"""The history of one quote: from its arrival to the wall, and away again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from signage.actions.decide import CLOSED, OPEN, REASONS
from signage.actions.programme import LEASE_HOURS
from signage.core.verbatim import Piece, Revision, struck
from signage.errors import NotFound
from signage.models import Decision, Quote, QuoteRevision, Recall, Remark
from signage.models.deliveries import Delivery, recall_deliveries
from signage.models.history import History, history_of
from signage.models.rule import Rule, Ruling
from signage.web.context import at, database
from signage.web.permit import require
from signage.web.review_findings import shortened

pages = Blueprint("history", __name__, url_prefix="/desk/quotes")
pages.before_request(require("moderate"))


LIGHT = {"corrected", "inspected", "ruled", "revised", "tag", "untag", "keep", "unkeep"}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history; the template knows each kind, and which of the fields it has.

    about: a tag, or the words that were found. weighty: it changed what becomes of the quote.
    """

    at: datetime
    kind: str
    who: str = ""
    reason: str = ""
    about: str = ""
    revision: int = 0
    pieces: tuple[Piece, ...] = ()
    n: int = 0
    recall: Recall | None = None
    delivery: Delivery | None = None
    ruling: Ruling | None = None
    rule: Rule | None = None
    words: tuple[str, ...] = ()

    @property
    def weighty(self) -> bool:
        return self.kind not in LIGHT


@pages.get("/<int:quote_id>")
def quote_page(quote_id: int) -> str:
    """One quote, as it came, as it stands, and each step between."""
    with database().read() as session:
        history = history_of(session, quote_id)
        if history is None:
            raise NotFound
        quote = history.quote
        events = sorted(_events(session, history), key=lambda event: event.at)
        revisions = {each.number: each for each in quote.revisions}
        return render_template(
            "desk/quote.html", quote=quote, history=history, events=events, reasons=REASONS,
            pieces=_pieces(quote, revisions.get(quote.revision)), closed=CLOSED, open=OPEN,
        )  # fmt: skip


def _events(session: Session, history: History) -> Iterator[Event]:
    """In the order in which things of one moment follow on each other."""
    quote, comment = history.quote, history.quote.response.comment or ""
    yield Event(quote.response.received_at, "arrived")
    for sent in history.sent[1:]:
        yield Event(sent, "corrected")
    if (seen := history.inspection) is not None:
        kind = "inspected" if seen.state == "done" else "not-inspected"
        yield Event(seen.inspected_at, kind, n=len(seen.findings))
    for ruling, rule in history.rulings:
        words = tuple(comment[start:end] for start, end in ruling.words)
        yield Event(ruling.made_at, "ruled", ruling=ruling, rule=rule, words=words)
    for remark in history.remarks:
        yield _remarked(remark, comment)
    yield from _decided(quote)
    yield from _recalled(session, history)


def _remarked(remark: Remark, comment: str) -> Event:
    about = remark.tag or shortened(comment[remark.start or 0 : remark.end or 0])
    who = remark.user.name if remark.user else ""
    return Event(remark.made_at, remark.kind, who=who, about=about)


def _decided(quote: Quote) -> Iterator[Event]:
    """Decisions, each after the revision that it binds to, where that was made for it."""
    shown = 0
    people = {each.user_id: each.user.name for each in quote.decisions if each.user}
    revisions = {each.number: each for each in quote.revisions}
    for decision in quote.decisions:
        for number in range(shown + 1, decision.revision + 1):
            yield from _revised(quote, revisions.get(number), people)
        shown = max(shown, decision.revision)
        yield _event(decision)
    for number in range(shown + 1, quote.revision + 1):
        yield from _revised(quote, revisions.get(number), people)


def _revised(
    quote: Quote, revision: QuoteRevision | None, people: Mapping[int | None, str]
) -> Iterator[Event]:
    if revision is not None:
        yield Event(
            revision.made_at, "revised", who=people.get(revision.user_id, ""),
            revision=revision.number, pieces=_pieces(quote, revision),
        )  # fmt: skip


def _event(decision: Decision) -> Event:
    return Event(
        decision.made_at,
        decision.verdict,
        who=decision.user.name if decision.user else "",
        reason=decision.reason or "",
        revision=decision.revision,
        rule=decision.rule,
        words=tuple(str(word) for word in decision.words or ()),
    )


def _recalled(session: Session, history: History) -> Iterator[Event]:
    found = recall_deliveries(session, history.recalls, at=at(), lease_hours=LEASE_HOURS)
    for recall in history.recalls:
        yield Event(recall.made_at, "recalled", recall=recall, delivery=found[recall.id])


def _pieces(quote: Quote, revision: QuoteRevision | None) -> tuple[Piece, ...]:
    spans = Revision.from_json(revision.spans) if revision else Revision()
    return struck(quote.response.comment or "", spans)
