from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from signage.actions.claims import CLAIM_LASTS, MOST_AT_ONCE, claim, release
from signage.actions.erase import erase
from signage.models import Claim, Database, User
from signage.models.desk_news import held
from tests import answers

pytestmark = pytest.mark.both
SECOND = timedelta(seconds=1)


@pytest.fixture
def maria(database: Database, at: datetime) -> int:
    with database.write() as session:
        user = User(
            email="maria@example.com", name="Maria", password_hash="-", language="en", created_at=at
        )
        session.add(user)
        session.flush()
        return user.id


@pytest.fixture
def quotes(database: Database, at: datetime) -> list[int]:
    return [answers.waiting(database, str(n), at=at) for n in range(3)]


def holders(database: Database, at: datetime) -> dict[int, str]:
    with database.read() as session:
        return {each.quote: each.by for each in held(session, at=at)}


def test_a_quote_is_dealt_to_one_person(
    database: Database, quotes: list[int], lead: int, maria: int, at: datetime
) -> None:
    one, two, three = quotes
    assert claim(database, [one, two], user_id=maria, page="m", at=at) == [one, two]

    assert claim(database, [one, two, three], user_id=lead, page="l", at=at) == [three]

    assert holders(database, at) == {one: "Maria", two: "Maria", three: "Lead"}


def test_a_claim_ends_by_itself_without_activity(
    database: Database, quotes: list[int], lead: int, maria: int, at: datetime
) -> None:
    claim(database, quotes[:1], user_id=maria, page="m", at=at)

    assert claim(database, quotes[:1], user_id=lead, page="l", at=at + CLAIM_LASTS - SECOND) == []
    assert holders(database, at + CLAIM_LASTS) == {}
    assert claim(database, quotes[:1], user_id=lead, page="l", at=at + CLAIM_LASTS) == quotes[:1]
    assert claim(database, quotes[:1], user_id=maria, page="m", at=at + CLAIM_LASTS) == []


def test_activity_renews_it(
    database: Database, quotes: list[int], lead: int, maria: int, at: datetime
) -> None:
    claim(database, quotes[:1], user_id=maria, page="m", at=at)
    claim(database, quotes[:1], user_id=maria, page="m", at=at + CLAIM_LASTS - SECOND)

    assert claim(database, quotes[:1], user_id=lead, page="l", at=at + CLAIM_LASTS) == []


def test_going_on_and_leaving_give_back(
    database: Database, quotes: list[int], maria: int, at: datetime
) -> None:
    one, two, three = quotes
    claim(database, [one, two], user_id=maria, page="m", at=at)
    claim(database, [two, three], user_id=maria, page="m", at=at)
    assert set(holders(database, at)) == {two, three}

    release(database, user_id=maria, page="m")
    release(database, user_id=maria, page="m")

    assert holders(database, at) == {}


def test_of_ten_pages_of_one_person_the_last_to_ask_holds_it(
    database: Database, quotes: list[int], maria: int, at: datetime
) -> None:
    for page in range(10):
        assert claim(database, quotes[:1], user_id=maria, page=str(page), at=at) == quotes[:1]
    for page in range(9):
        release(database, user_id=maria, page=str(page))

    assert holders(database, at) == {quotes[0]: "Maria"}


def test_what_is_not_there_or_too_much_is_not_dealt(
    database: Database, quotes: list[int], maria: int, at: datetime
) -> None:
    assert claim(database, [99, quotes[0]], user_id=maria, page="m", at=at) == quotes[:1]
    many = [*range(1000, 1000 + MOST_AT_ONCE), quotes[1]]
    assert claim(database, many, user_id=maria, page="m", at=at) == []


def test_an_erased_quote_is_nobodys(
    database: Database, quotes: list[int], maria: int, at: datetime
) -> None:
    claim(database, quotes[:1], user_id=maria, page="m", at=at)
    erase(database, "shop", "0", at=at)

    with database.read() as session:
        assert session.query(Claim).count() == 0


def test_of_many_who_ask_at_once_one_gets_it(
    database: Database, quotes: list[int], lead: int, maria: int, at: datetime
) -> None:
    other = Database(database.url)  # as another process would

    def ask(turn: int) -> list[int]:
        which, user = ((database, lead), (other, maria))[turn % 2]
        return claim(which, quotes[:1], user_id=user, page=str(turn), at=at)

    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(ask, range(8)))
    other.engine.dispose()

    winners = {turn % 2 for turn, ids in enumerate(got) if ids}
    assert len(winners) == 1
