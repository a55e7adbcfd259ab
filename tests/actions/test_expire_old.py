"""Quotes that an earlier version published."""

from datetime import datetime, timedelta

from signage.actions.expire import expire_due
from signage.models import Database, Quote
from tests.answers import hung, items, state_of


def test_what_had_no_end_gets_one_from_now_on(database: Database, lead: int, at: datetime) -> None:
    quote = hung(database, lead=lead, at=at)
    with database.write() as session:
        session.get_one(Quote, quote).expires_at = None
    now = at + timedelta(days=500)

    assert expire_due(database, at=now) == 0

    assert items(database)["q1"]["expires_at"] == (now + timedelta(days=60)).timestamp() * 1000
    assert expire_due(database, at=now + timedelta(days=60)) == 1
    assert state_of(database, quote) == "expired"
