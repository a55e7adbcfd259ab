from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions.tokens import issue_token, revoke_token, token_id
from signage.errors import Invalid, Refused
from signage.models import ApiToken, Database
from tests.answers import everything


def test_a_token_is_told_once_and_kept_as_a_hash(
    database: Database, lead: int, at: datetime
) -> None:
    token = issue_token(database, "Survey tool", user_id=lead, at=at)

    assert token.startswith("sgn_")
    assert len(token) >= 36
    assert token not in str(everything(database))
    assert token_id(database, token, at=at) == 1


def test_its_last_use_is_noted_once_a_minute_at_most(
    database: Database, lead: int, at: datetime
) -> None:
    token = issue_token(database, "Survey tool", user_id=lead, at=at)
    token_id(database, token, at=at)
    token_id(database, token, at=at + timedelta(seconds=59))

    with database.read() as session:
        assert session.scalars(select(ApiToken.last_used_at)).one() == at

    later = at + timedelta(seconds=61)
    token_id(database, token, at=later)
    with database.read() as session:
        assert session.scalars(select(ApiToken.last_used_at)).one() == later


def test_a_revoked_token_is_refused_at_once_and_the_other_is_not(
    database: Database, lead: int, at: datetime
) -> None:
    token = issue_token(database, "Survey tool", user_id=lead, at=at)
    other = issue_token(database, "Other tool", user_id=lead, at=at)
    number = token_id(database, token, at=at)

    revoke_token(database, number, at=at)
    revoke_token(database, number, at=at + timedelta(days=1))

    with pytest.raises(Refused):
        token_id(database, token, at=at)
    assert token_id(database, other, at=at) != number
    with database.read() as session:
        assert session.get_one(ApiToken, number).revoked_at == at


@pytest.mark.parametrize("token", ["", "sgn_", "sgn_wrong", "å" * 40, "\ud800"])
def test_a_wrong_token_is_refused(database: Database, lead: int, at: datetime, token: str) -> None:
    issue_token(database, "Survey tool", user_id=lead, at=at)

    with pytest.raises(Refused):
        token_id(database, token, at=at)


@pytest.mark.parametrize("name", ["", "   ", "<b></b>", "a" * 81])
def test_a_token_needs_a_name(database: Database, lead: int, at: datetime, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        issue_token(database, name, user_id=lead, at=at)

    assert refused.value.problems[0].field == "name"
