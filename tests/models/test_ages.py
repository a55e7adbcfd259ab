from datetime import datetime, timedelta

from signage.actions import decide
from signage.models import Database
from signage.models.ages import Waiting, waiting_now
from tests.answers import waiting
from tests.web.conftest import statements


def test_nothing_waits(database: Database) -> None:
    with database.read() as session:
        assert waiting_now(session) == Waiting(0, None, None)


def test_the_oldest_and_the_middle_are_told(database: Database, lead: int, at: datetime) -> None:
    times = [at - timedelta(hours=hours) for hours in (9, 7, 5, 3, 1)]
    quotes = [waiting(database, f"{n}", at=time) for n, time in enumerate(times)]
    decide.reject(database, quotes[0], revision=0, reason="other", user_id=lead, at=at)

    with database.read() as session, statements(database) as seen:
        assert waiting_now(session) == Waiting(4, times[1], times[3])
    assert len(seen) == 2
