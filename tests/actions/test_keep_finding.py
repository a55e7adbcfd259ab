from datetime import datetime

import pytest

from signage.actions import decide
from signage.actions.keep_finding import keep_finding
from signage.errors import Conflict, Invalid, NotFound
from signage.models import Database
from signage.models.remark import Span, kept_in, remarks_of
from tests import answers

SAID = "Mail bo@example.se, all else was fine."
FOUND = (5, 18)


def kept(database: Database, quote: int) -> list[Span]:
    with database.read() as session:
        return list(kept_in(session, quote))


@pytest.mark.both
def test_who_kept_a_finding_and_took_it_back_is_remembered(
    database: Database, lead: int, at: datetime
) -> None:
    quote = answers.waiting(database, at=at, comment=SAID)

    for wanted in (True, True, False, False, True):
        keep_finding(database, quote, FOUND, kept=wanted, user_id=lead, at=at)
        assert kept(database, quote) == ([FOUND] if wanted else [])

    with database.read() as session:
        made = [(each.kind, each.user_id) for each in remarks_of(session, quote)]
    assert made == [("keep", lead), ("unkeep", lead), ("keep", lead)]


@pytest.mark.parametrize("span", [(0, 4), (5, 17), (-1, 18), (5, 10**9)])
def test_only_a_finding_can_be_kept(
    database: Database, lead: int, at: datetime, span: Span
) -> None:
    quote = answers.waiting(database, at=at, comment=SAID)

    with pytest.raises(Invalid):
        keep_finding(database, quote, span, kept=True, user_id=lead, at=at)

    assert kept(database, quote) == []


def test_what_is_decided_is_left_alone(database: Database, lead: int, at: datetime) -> None:
    quote = answers.waiting(database, at=at, comment=SAID)
    decide.reject(database, quote, revision=0, reason="private", user_id=lead, at=at)

    with pytest.raises(Conflict):
        keep_finding(database, quote, FOUND, kept=True, user_id=lead, at=at)
    with pytest.raises(NotFound):
        keep_finding(database, quote + 1, FOUND, kept=True, user_id=lead, at=at)
