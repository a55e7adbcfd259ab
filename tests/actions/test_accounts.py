from datetime import datetime, timedelta

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from sqlalchemy import func, select

from signage.actions import accounts, passwords, sign_ins
from signage.actions.accounts import Newcomer
from signage.errors import Invalid, NotFound, Refused
from signage.models import Database, SignIn, User
from tests.answers import everything

PASSWORD = "bread butter cheese"


def join(database: Database, token: str, at: datetime, email: str = "ida@example.com") -> str:
    return accounts.join(
        database, token, Newcomer("Ida Ek", email, passwords.hash_password(PASSWORD), "sv"), at=at
    )


def test_an_invitation_makes_one_account_and_signs_it_in(database: Database, at: datetime) -> None:
    assert not accounts.has_users(database)
    token = accounts.invite(database, at=at)
    assert accounts.purpose_of(database, token, at=at) == "invite"

    entered = join(database, token, at, email=" Ida@Example.com ")

    assert accounts.has_users(database)
    person = sign_ins.signed_in(database, entered, at=at)
    assert (person.name, person.email, person.language) == ("Ida Ek", "ida@example.com", "sv")


def test_neither_link_nor_sign_in_is_kept_as_it_is(database: Database, at: datetime) -> None:
    token = accounts.invite(database, at=at)
    entered = join(database, token, at)

    kept = str(everything(database))
    assert token not in kept
    assert entered not in kept
    assert PASSWORD not in kept


def test_a_link_works_once(database: Database, lead: int, at: datetime) -> None:
    invitation = accounts.invite(database, at=at)
    link = accounts.invite(database, at=at, user_id=lead)
    join(database, invitation, at)
    accounts.follow(database, link, at=at)
    before = everything(database)

    with pytest.raises(NotFound):
        join(database, invitation, at, email="other@example.com")
    with pytest.raises(NotFound):
        accounts.follow(database, link, at=at)
    for token in (invitation, link, "never was"):
        with pytest.raises(NotFound):
            accounts.purpose_of(database, token, at=at)

    assert everything(database) == before


def test_a_link_works_for_a_day(database: Database, lead: int, at: datetime) -> None:
    link = accounts.invite(database, at=at, user_id=lead)
    invitation = accounts.invite(database, at=at)
    ended = at + timedelta(hours=24)

    assert accounts.purpose_of(database, link, at=ended - timedelta(seconds=1)) == "sign-in"
    with pytest.raises(NotFound):
        accounts.purpose_of(database, link, at=ended)
    with pytest.raises(NotFound):
        accounts.follow(database, link, at=ended)
    with pytest.raises(NotFound):
        join(database, invitation, ended)


def test_a_link_does_what_it_was_made_for_and_nothing_else(
    database: Database, lead: int, at: datetime
) -> None:
    invitation = accounts.invite(database, at=at)
    link = accounts.invite(database, at=at, user_id=lead)

    with pytest.raises(NotFound):
        accounts.follow(database, invitation, at=at)
    with pytest.raises(NotFound):
        join(database, link, at)

    # Neither was used up by the wrong try.
    assert accounts.purpose_of(database, invitation, at=at) == "invite"
    assert (
        sign_ins.signed_in(database, accounts.follow(database, link, at=at), at=at).user_id == lead
    )


@pytest.mark.usefixtures("lead")
def test_an_address_has_one_account_and_the_link_stays_good(
    database: Database, at: datetime
) -> None:
    token = accounts.invite(database, at=at)

    with pytest.raises(Invalid) as refused:
        join(database, token, at, email="LEAD@example.com")

    assert refused.value.problems[0].field == "email"
    assert accounts.purpose_of(database, token, at=at) == "invite"


def test_passwords_are_hashed_with_argon2id_at_the_figures_of_owasp() -> None:
    for kept in (passwords.hash_password(PASSWORD), passwords.NOBODY):
        found = extract_parameters(kept)
        assert found.type is Type.ID
        assert (found.memory_cost, found.time_cost, found.parallelism) == (19456, 2, 1)


def test_a_password_fits_itself_alone() -> None:
    kept = passwords.hash_password(PASSWORD)

    assert passwords.password_fits(kept, PASSWORD)
    assert not passwords.password_fits(kept, PASSWORD.upper())
    assert not passwords.password_fits(passwords.NOBODY, PASSWORD)


def test_an_unknown_or_closed_account_costs_as_much_as_a_known_one(
    database: Database, at: datetime
) -> None:
    join(database, accounts.invite(database, at=at), at)
    assert passwords.kept_password(database, " IDA@example.com ")[0] == 1

    assert passwords.kept_password(database, "who@example.com") == (None, passwords.NOBODY)
    with database.write() as session:
        session.get_one(User, 1).disabled_at = at
    assert passwords.kept_password(database, "ida@example.com") == (None, passwords.NOBODY)


def test_a_closed_account_is_signed_out(database: Database, lead: int, at: datetime) -> None:
    token = sign_ins.sign_in(database, lead, at=at)
    with database.write() as session:
        session.get_one(User, lead).disabled_at = at

    with pytest.raises(Refused):
        sign_ins.signed_in(database, token, at=at)


def test_a_sign_in_ends_by_itself_and_is_cleared_away(
    database: Database, lead: int, at: datetime
) -> None:
    token = sign_ins.sign_in(database, lead, at=at)
    ended = at + timedelta(days=14)
    assert sign_ins.signed_in(database, token, at=ended - timedelta(seconds=1)).user_id == lead

    with pytest.raises(Refused):
        sign_ins.signed_in(database, token, at=ended)

    sign_ins.sign_in(database, lead, at=ended)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_signing_out_ends_one_browser_alone(database: Database, lead: int, at: datetime) -> None:
    here, there = (sign_ins.sign_in(database, lead, at=at) for _ in range(2))

    sign_ins.sign_out(database, here)
    sign_ins.sign_out(database, here)

    with pytest.raises(Refused):
        sign_ins.signed_in(database, here, at=at)
    assert sign_ins.signed_in(database, there, at=at).user_id == lead


@pytest.mark.parametrize(
    ("name", "email", "password", "fields"),
    [
        ("", "ida@example.com", PASSWORD, ["name"]),
        ("Ida", "ida", PASSWORD, ["email"]),
        ("Ida", "@example.com", PASSWORD, ["email"]),
        ("Ida", "ida@example", PASSWORD, ["email"]),
        ("Ida", "ida ek@example.com", PASSWORD, ["email"]),
        ("Ida", f"{'a' * 200}@example.com", PASSWORD, ["email"]),
        ("Ida" * 67, "ida@example.com", PASSWORD, ["name"]),
        ("Ida", "ida@example.com", "short", ["password"]),
        ("Ida", "ida@example.com", "a" * 1001, ["password"]),
        (" ", "", "", ["name", "email", "password"]),
    ],
)
def test_each_bad_field_of_a_new_account_is_named(
    name: str, email: str, password: str, fields: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        accounts.check_account(name, email, password)

    assert [problem.field for problem in refused.value.problems] == fields
    assert all(problem.message() for problem in refused.value.problems)


def test_a_good_account_has_no_problem() -> None:
    accounts.check_account("Ida", "ida@example.com", PASSWORD)


def test_the_desks_language_is_one_that_it_has(database: Database, lead: int, at: datetime) -> None:
    token = sign_ins.sign_in(database, lead, at=at)
    accounts.speak_at_desk(database, lead, "fi")
    assert sign_ins.signed_in(database, token, at=at).language == "fi"

    with pytest.raises(Invalid):
        accounts.speak_at_desk(database, lead, "xx")
    assert sign_ins.signed_in(database, token, at=at).language == "fi"


def test_a_link_for_the_first_account_ends_with_the_next_one_and_with_the_first_account(
    database: Database, at: datetime
) -> None:
    older = accounts.invite(database, at=at, first=True)
    printed = accounts.invite(database, at=at, first=True)
    with pytest.raises(NotFound):
        accounts.purpose_of(database, older, at=at)
    asked_for = accounts.invite(database, at=at)

    accounts.join(database, asked_for, Newcomer("A", "a@example.com", "-", "en"), at=at)

    with pytest.raises(NotFound):
        accounts.purpose_of(database, printed, at=at)
    with pytest.raises(NotFound):
        accounts.join(database, printed, Newcomer("B", "b@example.com", "-", "en"), at=at)
