"""Keeping what a machine found as it is: somebody looked, and answers for it."""

from datetime import datetime

from signage.actions.inspect import inspect_one, seen_of
from signage.errors import Conflict, Invalid, NotFound, Problem
from signage.models import Database, Quote, Remark
from signage.models.remark import Span, kept_in
from signage.words import N_

OPEN = ("waiting", "set_aside")
"""States in which there is still something to choose."""


def keep_finding(
    database: Database, quote_id: int, span: Span, *, kept: bool, user_id: int, at: datetime
) -> None:
    """Keep a finding as it is, or take that back; again is harmless. Raises Invalid where nothing
    was found there, and Conflict when the quote is decided already."""
    inspect_one(database, quote_id, at=at)
    with database.write() as session:
        quote = session.get(Quote, quote_id)
        if quote is None:
            raise NotFound
        if quote.state not in OPEN:
            raise Conflict
        if span not in {(each.start, each.end) for each in seen_of(session, quote).findings}:
            raise Invalid([_NOTHING])
        if (span in kept_in(session, quote_id)) == kept:
            return
        session.add(
            Remark(
                quote_id=quote_id, kind="keep" if kept else "unkeep", start=span[0], end=span[1],
                user_id=user_id, made_at=at,
            )
        )  # fmt: skip


_NOTHING = Problem(
    "no-finding", N_("Nothing is found there any more. Load the page again."), "start"
)
