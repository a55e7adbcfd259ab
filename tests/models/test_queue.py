from datetime import datetime, timedelta

import pytest

from signage.actions import decide
from signage.models import Database
from signage.models.queue import (
    EXCERPT,
    count_in,
    count_newer,
    hanging,
    published,
    queue,
    quote_with_response,
    quotes_with_responses,
)
from tests.answers import draft, hung, take


@pytest.fixture
def five(database: Database, at: datetime) -> Database:
    comments = [draft(str(n), at=at, score=n, comment=f"Said {n}.") for n in range(1, 6)]
    take(database, *comments, at=at)
    return database


def test_the_oldest_wait_first_and_a_stretch_begins_where_it_is_asked_to(five: Database) -> None:
    with five.read() as session:
        assert [item.id for item in queue(session, "waiting", start=0, size=3)] == [1, 2, 3]
        assert [item.id for item in queue(session, "waiting", start=4, size=3)] == [4, 5]
        assert queue(session, "waiting", start=6, size=3) == []
        assert queue(session, "set_aside", start=0, size=3) == []
        first = queue(session, "waiting", start=0, size=1)[0]
    assert (first.metric, first.score, first.excerpt) == ("nps", 1, "Said 1.")


def test_a_line_of_the_queue_is_short_whatever_the_comment(
    database: Database, at: datetime
) -> None:
    take(database, draft(at=at, comment="å" * 9000), at=at)

    with database.read() as session:
        assert len(queue(session, "waiting", start=0, size=1)[0].excerpt) == EXCERPT


def test_counts(five: Database, lead: int, at: datetime) -> None:
    decide.set_aside(five, 5, revision=0, user_id=lead, at=at)

    with five.read() as session:
        assert (count_in(session, "waiting"), count_in(session, "set_aside")) == (4, 1)
        assert (count_newer(session, 2), count_newer(session, 5)) == ((2, 4), (0, 5))


def test_a_quote_comes_with_its_answer_or_not_at_all(five: Database) -> None:
    with five.read() as session:
        found = quote_with_response(session, 3)
        assert found is not None
        assert found.response.comment == "Said 3."
        assert quote_with_response(session, 99) is None
        several = quotes_with_responses(session, [4, 99, 2, 4])
        assert [quote.id for quote in several] == [4, 2]
        assert quotes_with_responses(session, []) == []


def test_the_newest_published_stand_first_and_can_be_searched(
    database: Database, lead: int, at: datetime
) -> None:
    for n, comment in enumerate(("Fresh bread.", "50% off", "BREAD again")):
        hung(database, str(n), lead=lead, at=at + timedelta(minutes=n), comment=comment)

    with database.read() as session:

        def found(search: str, skip: int = 0) -> list[int]:
            return [quote.id for quote in published(session, search=search, skip=skip, size=2)]

        assert found("") == [3, 2]
        assert found("", skip=2) == [1]
        assert found("bread") == [3, 1]
        assert found("0%") == [2]
        assert found("_") == []
        assert hanging(session) == {"q1", "q2", "q3"}


@pytest.mark.parametrize("search", ["öppet", "ÖPPET", "strasse", "Straße", "100%"])
def test_a_search_takes_capitals_of_every_alphabet_for_small_ones(
    database: Database, lead: int, at: datetime, search: str
) -> None:
    hung(database, "1", lead=lead, at=at, comment="ÖPPET i Straße 5, 100% bra")
    hung(database, "2", lead=lead, at=at, comment="Closed")

    with database.read() as session:
        found = published(session, search=search, skip=0, size=9)
    assert [quote.id for quote in found] == [1]
