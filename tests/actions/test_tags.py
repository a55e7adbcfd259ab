from datetime import datetime

import pytest

from signage.actions.tags import LONGEST, MOST_OF_A_QUOTE, put_tag, tag, untag
from signage.errors import Invalid, NotFound
from signage.models import Database
from signage.models.tag import all_tags, tags_of
from tests import answers


def names(database: Database, quote_id: int) -> list[str]:
    with database.read() as session:
        return [each.name for each in tags_of(session, [quote_id]).get(quote_id, ())]


def test_a_tag_is_made_once_whatever_its_capitals(
    database: Database, lead: int, at: datetime
) -> None:
    one, two = (answers.waiting(database, str(n), at=at) for n in range(2))

    tag(database, one, "  Delivery \n time ", user_id=lead, at=at)
    tag(database, one, "delivery time", user_id=lead, at=at)
    tag(database, two, "DELIVERY TIME", user_id=lead, at=at)

    assert names(database, one) == names(database, two) == ["Delivery time"]
    with database.read() as session:
        assert len(all_tags(session)) == 1


def test_a_tag_that_no_quote_has_is_forgotten(database: Database, lead: int, at: datetime) -> None:
    one, two = (answers.waiting(database, str(n), at=at) for n in range(2))
    made = tag(database, one, "Price", user_id=lead, at=at)
    tag(database, two, "Price", user_id=lead, at=at)

    untag(database, one, made.id, user_id=lead, at=at)
    untag(database, one, made.id, user_id=lead, at=at)

    assert names(database, one) == []
    assert names(database, two) == ["Price"]
    untag(database, two, made.id, user_id=lead, at=at)
    with database.read() as session:
        assert all_tags(session) == []


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * (LONGEST + 1)])
def test_a_tag_needs_a_name_that_can_be_read(
    database: Database, lead: int, at: datetime, name: str
) -> None:
    quote = answers.waiting(database, at=at)

    with pytest.raises(Invalid):
        tag(database, quote, name, user_id=lead, at=at)

    with database.read() as session:
        assert all_tags(session) == []


def test_nothing_is_tagged_that_is_not_there(database: Database, lead: int, at: datetime) -> None:
    with pytest.raises(NotFound):
        tag(database, 7, "Price", user_id=lead, at=at)


def test_a_quote_has_only_so_many(database: Database, lead: int, at: datetime) -> None:
    quote = answers.waiting(database, at=at)
    with database.write() as session:
        for n in range(MOST_OF_A_QUOTE):
            put_tag(session, quote, f"Tag {n}", user_id=lead, at=at)

    with pytest.raises(Invalid):
        tag(database, quote, "One more", user_id=lead, at=at)

    tag(database, quote, "tag 3", user_id=lead, at=at)  # it has that one
    assert len(names(database, quote)) == MOST_OF_A_QUOTE
