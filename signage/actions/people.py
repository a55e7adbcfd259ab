"""Who may come to the desk, and as what: an admin's work."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from signage.actions import accounts
from signage.actions.audit import note
from signage.core.roles import ADMIN, ROLES
from signage.core.text import one_line
from signage.errors import Invalid, NotFound, Problem
from signage.models import Database, LoginLink, SignIn, User
from signage.words import N_


def invite_person(database: Database, *, role: str, email: str, by: int, at: datetime) -> str:
    """A link with which one person makes an account; gives its token, which is shown once."""
    email = one_line(email).lower()
    if email:
        if problems := accounts.problems_of_email(email):
            raise Invalid(problems)
        with database.read() as session:
            if session.scalar(select(User.id).where(User.email == email)) is not None:
                text = N_("There is an account with this address already.")
                raise Invalid([Problem("taken", text, "email")])
    return accounts.invite(database, at=at, role=role, email=email, by=by)


def revoke_invitation(database: Database, link_id: int, *, by: int, at: datetime) -> None:
    """Take an invitation back; raises NotFound when it was used, ran out, or never was."""
    with database.write() as session:
        revoked = session.execute(
            update(LoginLink)
            .where(
                LoginLink.id == link_id, LoginLink.purpose == "invite",
                LoginLink.used_at.is_(None), LoginLink.expires_at > at,
            )
            .values(expires_at=at)
            .returning(LoginLink.id)
        ).all()  # fmt: skip
        if not revoked:
            raise NotFound
        note(session, "invitation-revoked", user_id=by, about=f"invitation {link_id}", at=at)


def change_role(
    database: Database, user_id: int, role: str, *, by: int | None, at: datetime
) -> None:
    """Give somebody another role; it holds from their next click on."""
    if role not in ROLES:
        raise Invalid([Problem("unknown", N_("Choose a role from the list."), "role")])
    with database.write() as session:
        user = _person(session, user_id)
        if user.role == role:
            return
        _leave_an_admin(session, user)
        detail = f"{user.role} > {role}"
        user.role = role
        note(session, "role-changed", user_id=by, about=f"user {user_id}", detail=detail, at=at)


def deactivate(database: Database, user_id: int, *, by: int | None, at: datetime) -> None:
    """Shut somebody out at once. What they decided stays theirs; they can be let in again."""
    with database.write() as session:
        user = _person(session, user_id)
        if user.disabled_at is not None:
            return
        _leave_an_admin(session, user)
        user.disabled_at = at
        session.execute(delete(SignIn).where(SignIn.user_id == user_id))
        session.execute(
            update(LoginLink)
            .where(LoginLink.user_id == user_id, LoginLink.used_at.is_(None))
            .values(expires_at=at)
        )
        note(session, "deactivated", user_id=by, about=f"user {user_id}", at=at)


def reactivate(database: Database, user_id: int, *, by: int | None, at: datetime) -> None:
    """Let somebody in again, in the role that they had."""
    with database.write() as session:
        user = _person(session, user_id)
        if user.disabled_at is not None:
            user.disabled_at = None
            note(session, "reactivated", user_id=by, about=f"user {user_id}", at=at)


def rename(database: Database, user_id: int, name: str) -> None:
    """Change what somebody is called."""
    if problems := accounts.problems_of_name(name):
        raise Invalid(problems)
    with database.write() as session:
        session.execute(update(User).where(User.id == user_id).values(name=one_line(name)))


def person_with(database: Database, email: str) -> int:
    """The id of the account with this address; raises NotFound."""
    with database.read() as session:
        found = session.scalar(select(User.id).where(User.email == email.strip().lower()))
    if found is None:
        raise NotFound
    return found


def _person(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def _leave_an_admin(session: Session, user: User) -> None:
    """Somebody must be left who can do everything."""
    if user.role != ADMIN or user.disabled_at is not None:
        return
    others = session.scalar(
        select(func.count())
        .select_from(User)
        .where(User.role == ADMIN, User.disabled_at.is_(None), User.id != user.id)
    )
    if not others:
        text = N_("This is the only admin. Make somebody else an admin first.")
        raise Invalid([Problem("last-admin", text, "role")])
