from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from signage.actions import accounts, passwords, people, sessions, sign_ins
from signage.actions.accounts import Newcomer
from signage.actions.sign_ins import Device
from signage.errors import Conflict, Invalid, NotFound, Refused
from signage.models import AuditEntry, Database, SignIn, User
from signage.models.people import invitations, person, sessions_of
from signage.models.people import people as everybody
from tests.answers import everything


def somebody(database: Database, name: str, role: str, at: datetime) -> int:
    with database.write() as session:
        user = User(
            email=f"{name.lower()}@example.com", name=name, password_hash="-", language="en",
            role=role, created_at=at,
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


def acts(database: Database) -> list[tuple[str, int | None, str, str]]:
    with database.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    return [(entry.act, entry.user_id, entry.about, entry.detail) for entry in entries]


def join(database: Database, token: str, at: datetime) -> int:
    entered = accounts.join(database, token, Newcomer("Ida", "ida@example.com", "-", "en"), at=at)
    return sign_ins.signed_in(database, entered, at=at).user_id


def test_an_invitation_gives_its_role_and_is_noted(
    database: Database, lead: int, at: datetime
) -> None:
    token = people.invite_person(database, role="viewer", email=" Ida@Example.com", by=lead, at=at)
    with database.read() as session:
        (waiting,) = invitations(session, at=at)
    assert (waiting.role, waiting.email, waiting.by) == ("viewer", "ida@example.com", "Lead")

    ida = join(database, token, at)

    with database.read() as session:
        assert invitations(session, at=at) == []
        found = person(session, ida, at=at)
    assert found is not None
    assert (found.role, found.sessions, found.last_seen_at) == ("viewer", 1, at)
    assert acts(database) == [
        ("invited", lead, "invitation 1", "viewer"),
        ("joined", ida, "invitation 1", "viewer"),
        ("sign-in", ida, f"user {ida}", "link"),
    ]


def test_the_first_account_is_an_admins_whatever_the_link(database: Database, at: datetime) -> None:
    ida = join(database, accounts.invite(database, role="viewer", at=at), at)

    with database.read() as session:
        assert session.get_one(User, ida).role == "admin"


def test_an_invitation_taken_back_works_no_more(
    database: Database, lead: int, at: datetime
) -> None:
    token = people.invite_person(database, role="lead", email="", by=lead, at=at)

    people.revoke_invitation(database, 1, by=lead, at=at)

    with pytest.raises(NotFound):
        join(database, token, at)
    before = everything(database)
    for link_id in (1, 999):
        with pytest.raises(NotFound):
            people.revoke_invitation(database, link_id, by=lead, at=at)
    assert everything(database) == before


@pytest.mark.parametrize(
    ("role", "email", "field"),
    [("boss", "", "role"), ("lead", "ida", "email"), ("lead", "LEAD@example.com", "email")],
)
def test_a_bad_invitation_is_refused(
    database: Database, lead: int, at: datetime, role: str, email: str, field: str
) -> None:
    before = everything(database)

    with pytest.raises(Invalid) as refused:
        people.invite_person(database, role=role, email=email, by=lead, at=at)

    assert refused.value.problems[0].field == field
    assert everything(database) == before


def test_the_last_admin_stays_one(database: Database, lead: int, at: datetime) -> None:
    gone = somebody(database, "Gone", "admin", at)
    people.deactivate(database, gone, by=lead, at=at)
    before = everything(database)

    for attempt in (people.deactivate, people.change_role):
        role = ("viewer",) if attempt is people.change_role else ()
        with pytest.raises(Invalid) as refused:
            attempt(database, lead, *role, by=lead, at=at)
        assert refused.value.problems[0].code == "last-admin"
    assert everything(database) == before

    people.reactivate(database, gone, by=lead, at=at)
    people.change_role(database, lead, "viewer", by=gone, at=at)
    assert acts(database)[-1] == ("role-changed", gone, f"user {lead}", "admin > viewer")


def test_a_role_that_there_is_not_and_a_person_that_there_is_not(
    database: Database, lead: int, at: datetime
) -> None:
    with pytest.raises(Invalid):
        people.change_role(database, lead, "boss", by=lead, at=at)
    for call in (people.deactivate, people.reactivate):
        with pytest.raises(NotFound):
            call(database, 999, by=lead, at=at)
    with pytest.raises(NotFound):
        people.change_role(database, 999, "lead", by=lead, at=at)


def test_deactivating_ends_every_session_and_every_link_at_once(
    database: Database, lead: int, at: datetime
) -> None:
    ida = somebody(database, "Ida", "lead", at)
    token = sign_ins.sign_in(database, ida, at=at)
    link = accounts.invite(database, user_id=ida, at=at)

    people.deactivate(database, ida, by=lead, at=at)
    people.deactivate(database, ida, by=lead, at=at)

    with pytest.raises(Refused):
        sign_ins.signed_in(database, token, at=at)
    with pytest.raises(NotFound):
        accounts.follow(database, link, at=at)
    assert [act for act, *_ in acts(database)].count("deactivated") == 1
    people.reactivate(database, ida, by=lead, at=at)
    with pytest.raises(Refused):  # what has ended stays ended
        sign_ins.signed_in(database, token, at=at)


def test_one_session_or_all_can_be_ended_and_nobody_elses(
    database: Database, lead: int, at: datetime
) -> None:
    ida = somebody(database, "Ida", "lead", at)
    firefox = Device("Firefox", "203.0.113.x")
    mine = [sign_ins.sign_in(database, lead, at=at, device=firefox) for _ in range(3)]
    hers = sign_ins.sign_in(database, ida, at=at)
    with database.read() as session:
        shown = sessions_of(session, lead, at=at)
        her_id = session.scalars(select(SignIn.id).where(SignIn.user_id == ida)).one()
    assert {(one.agent, one.address, one.how) for one in shown} == {
        ("Firefox", "203.0.113.x", "password")
    }

    with pytest.raises(NotFound):
        sessions.end_session(database, her_id, of=lead, by=lead, at=at)
    kept = sign_ins.signed_in(database, mine[0], at=at).sign_in_id
    ended = sign_ins.signed_in(database, mine[1], at=at).sign_in_id
    sessions.end_session(database, ended, of=lead, by=lead, at=at)
    assert sessions.end_sessions(database, of=lead, by=lead, at=at, keep=kept) == 1

    for token in mine[1:]:
        with pytest.raises(Refused):
            sign_ins.signed_in(database, token, at=at)
    for token in (mine[0], hers):
        sign_ins.signed_in(database, token, at=at)
    assert sessions.end_sessions(database, of=lead, by=lead, at=at, keep=kept) == 0
    assert [act for act, *_ in acts(database)].count("session-ended") == 2


def test_when_somebody_was_last_there_is_kept_every_few_minutes(
    database: Database, lead: int, at: datetime
) -> None:
    token = sign_ins.sign_in(database, lead, at=at)
    for minutes, kept in ((1, 0), (4, 0), (6, 6), (10, 6), (11, 11)):
        moment = at + timedelta(minutes=minutes)
        seen = sign_ins.signed_in(database, token, at=moment)
        sign_ins.note_seen(database, seen, at=moment)
        with database.read() as session:
            assert session.get_one(User, lead).last_seen_at == at + timedelta(minutes=kept)


def test_a_new_password_ends_every_other_session_and_link(
    database: Database, lead: int, at: datetime
) -> None:
    here, there = (sign_ins.sign_in(database, lead, at=at) for _ in range(2))
    link = accounts.invite(database, user_id=lead, at=at)
    keep = sign_ins.signed_in(database, here, at=at).sign_in_id

    passwords.change_password(database, lead, before="-", after="new", keep=keep, at=at)

    assert passwords.password_of(database, lead) == "new"
    sign_ins.signed_in(database, here, at=at)
    with pytest.raises(Refused):
        sign_ins.signed_in(database, there, at=at)
    with pytest.raises(NotFound):
        accounts.follow(database, link, at=at)
    before = everything(database)
    with pytest.raises(Conflict):  # somebody was faster
        passwords.change_password(database, lead, before="-", after="other", keep=keep, at=at)
    assert everything(database) == before


def test_who_has_no_password_cannot_sign_in_by_one() -> None:
    for kept in ("", "-"):
        assert not passwords.password_fits(kept, "")
        assert not passwords.password_fits(kept, "nobody has this password")


def test_people_are_listed_by_name_and_those_who_are_out_come_last(
    database: Database, lead: int, at: datetime
) -> None:
    gone = somebody(database, "Anna", "viewer", at)
    somebody(database, "berit", "viewer", at)
    people.deactivate(database, gone, by=lead, at=at)

    with database.read() as session:
        assert [one.name for one in everybody(session, at=at)] == ["berit", "Lead", "Anna"]
        assert [one.name for one in everybody(session, at=at, skip=1, size=1)] == ["Lead"]
