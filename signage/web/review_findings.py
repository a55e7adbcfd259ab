"""What was found in a quote's comment, as the review page shows it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from signage.actions.inspect import seen_of
from signage.core.findings import Kind, Level
from signage.models import Quote, Remark
from signage.models.remark import kept_in
from signage.words import N_, translate

LONGEST_SHOWN = 60

KIND_NAMES: dict[Kind, str] = {
    "email": N_("E-mail address"), "phone": N_("Phone number"),
    "personal_number": N_("Personal number"), "organisation_number": N_("Organisation number"),
    "iban": N_("Bank account"), "card": N_("Card number"), "address": N_("Postal address"),
    "url": N_("Link"), "staff_name": N_("Name of staff"), "probable_name": N_("Name?"),
    "order_number": N_("Order number"), "dirty_word": N_("Rude word"),
}  # fmt: skip
LEVEL_NAMES: dict[Level, str] = {
    "low": N_("low"),
    "medium": N_("medium"),
    "high": N_("high"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding. start, end: code points; label: what a mask over it says; kept: somebody looked
    at it and keeps it as it is, by: who."""

    start: int
    end: int
    level: Level
    label: str
    words: str
    kind_name: str
    level_name: str
    reason: str
    kept: bool
    by: str


@dataclass(frozen=True, slots=True)
class Found:
    """lines: in the order of the comment; whole: a machine read all of it."""

    lines: tuple[Line, ...]
    whole: bool


def found_in(session: Session, quote: Quote) -> Found:
    """For templates/desk/review_findings.html."""
    seen, kept = seen_of(session, quote), kept_in(session, quote.id)
    comment = quote.response.comment or ""
    lines = (
        Line(
            each.start, each.end, each.level, each.label, shortened(comment[each.start : each.end]),
            translate(KIND_NAMES[each.kind]), translate(LEVEL_NAMES[each.level]), each.why(),
            (each.start, each.end) in kept, _by(kept.get((each.start, each.end))),
        )
        for each in seen.findings
    )  # fmt: skip
    return Found(tuple(lines), seen.whole)


def _by(kept: Remark | None) -> str:
    return kept.user.name if kept and kept.user else ""


def shortened(words: str) -> str:
    """On one line, and no longer than a line."""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]} …"
