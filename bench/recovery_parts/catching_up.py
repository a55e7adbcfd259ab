"""Bringing the ledger up to what was not told: new quotes, and deeds without an answer."""

from typing import Protocol

from sqlalchemy import select

from bench.recovery_parts.ledger import Ledger, about_quote
from signage.models import Database, Quote, SurveyResponse


class Books(Protocol):
    """Who has a ledger and can look at the database."""

    @property
    def ledger(self) -> Ledger: ...

    def look(self) -> Database: ...


def catch_up(town: Books) -> None:
    """Tell the ledger which quotes came of answers, and what became of what is unsure."""
    ledger = town.ledger
    with town.look().read() as session:
        rows = session.execute(
            select(Quote.id, Quote.state, Quote.revision, SurveyResponse.external_id).join(
                SurveyResponse, SurveyResponse.id == Quote.response_id
            )
        ).all()
    there = {row.id: row for row in rows}
    for quote_id in [id_ for id_ in ledger.quotes if about_quote(id_) in ledger.unsure]:
        ledger.unsure.discard(about_quote(quote_id))
        ledger.latest.pop(quote_id, None)
        if (row := there.get(quote_id)) is None:
            ledger.forgotten(quote_id)
        else:
            ledger.quotes[quote_id], ledger.revisions[quote_id] = row.state, row.revision
    for row in rows:
        if row.id not in ledger.quotes:
            ledger.quotes[row.id] = row.state
            ledger.answers[row.id] = row.external_id
            ledger.received.add(row.external_id)
