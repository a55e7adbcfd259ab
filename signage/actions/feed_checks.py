"""Whether the rule of a feed makes sense, before it is kept: every problem is named at once."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage.core.feed_rules import DAYS, KINDS, MEANT, ORDERS, SIZES, FeedRule
from signage.core.mix import MODES
from signage.core.rules import BAND_NAMES
from signage.errors import Problem
from signage.models import Touchpoint
from signage.words import N_

MOST_LISTED = 50
"""Of what a filter lets through."""
LONGEST = 200


def check_rule(session: Session, rule: FeedRule) -> list[Problem]:
    """What is wrong with it."""
    if rule.kind not in KINDS:
        return [Problem("not-allowed", N_("Choose from the list."), "kind")]
    return [*_filters(session, rule), *_numbers(rule), *_choices(rule)]


def _filters(session: Session, rule: FeedRule) -> Iterator[Problem]:
    meant = MEANT[rule.kind]
    for field in ("touchpoints", "segments", "tags", "languages"):
        given = getattr(rule, field)
        if field not in meant:
            continue
        if len(given) > MOST_LISTED or any(len(str(each)) > LONGEST for each in given):
            text = N_("At most {most} of them.")
            yield Problem("too-many", text, field, {"most": MOST_LISTED})
    known = select(Touchpoint.id).where(Touchpoint.id.in_(rule.touchpoints))
    if rule.touchpoints and set(session.scalars(known)) != set(rule.touchpoints):
        yield Problem("unknown", N_("Choose a touchpoint from the list."), "touchpoints")
    if not set(rule.bands) <= set(BAND_NAMES):
        yield Problem("not-allowed", N_("Choose from the list."), "bands")


def _numbers(rule: FeedRule) -> Iterator[Problem]:
    least, most = DAYS
    if rule.days is not None and not least <= rule.days <= most:
        text = N_("From {least} to {most} days, or nothing.")
        yield Problem("out-of-range", text, "days", {"least": least, "most": most})
    least, most = SIZES
    if not least <= rule.size <= most:
        text = N_("From {least} to {most}.")
        yield Problem("out-of-range", text, "size", {"least": least, "most": most})


def _choices(rule: FeedRule) -> Iterator[Problem]:
    if rule.mix not in MODES:
        yield Problem("unknown", N_("Choose a mix from the list."), "mix")
    if rule.order not in ORDERS:
        yield Problem("not-allowed", N_("Choose from the list."), "order")
