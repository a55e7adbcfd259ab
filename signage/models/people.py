"""Looking people up: who is there, who is invited, where they are signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from signage.core.roles import ADMIN
from signage.models.account import LoginLink, SignIn, User

NAMED = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    id: int
    name: str
    email: str
    role: str
    last_seen_at: datetime | None
    disabled_at: datetime | None
    sessions: int
    """Browsers that are signed in."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that nobody has used yet; the link itself is not known."""

    id: int
    role: str
    email: str
    by: str
    expires_at: datetime


def who_can_help() -> Select[str, str]:
    """Name and address of some who may do everything."""
    return (
        select(User.name, User.email)
        .where(User.role == ADMIN, User.disabled_at.is_(None))
        .order_by(User.name)
        .limit(NAMED)
    )


def people(session: Session, *, at: datetime, skip: int = 0, size: int = 1000) -> list[Person]:
    """Everybody: those who can sign in first, then by name."""
    rows = session.execute(
        _people(at)
        .order_by(User.disabled_at.is_not(None), func.lower(User.name), User.id)
        .offset(skip)
        .limit(size)
    )
    return [Person(*row) for row in rows]


def person(session: Session, user_id: int, *, at: datetime) -> Person | None:
    """One of them."""
    row = session.execute(_people(at).where(User.id == user_id)).one_or_none()
    return Person(*row) if row else None


def names_of_people(session: Session) -> dict[int, str]:
    """Id → name, of everybody there ever was."""
    return dict(session.execute(select(User.id, User.name).order_by(func.lower(User.name))).all())


def invitations(session: Session, *, at: datetime) -> list[Invitation]:
    """Those that can still be used, the newest first."""
    rows = session.execute(
        select(LoginLink.id, LoginLink.role, LoginLink.email, User.name, LoginLink.expires_at)
        .outerjoin(User, User.id == LoginLink.created_by)
        .where(
            LoginLink.purpose == "invite", LoginLink.used_at.is_(None), LoginLink.expires_at > at
        )
        .order_by(LoginLink.id.desc())
        .limit(100)
    )
    return [
        Invitation(id_, role or "", email or "", by or "", until)
        for id_, role, email, by, until in rows
    ]


def sessions_of(session: Session, user_id: int, *, at: datetime) -> Sequence[SignIn]:
    """The browsers in which somebody is signed in, the one seen last first."""
    return session.scalars(
        select(SignIn)
        .where(SignIn.user_id == user_id, SignIn.expires_at > at)
        .order_by(SignIn.seen_at.desc().nulls_last(), SignIn.id.desc())
    ).all()


def _people(at: datetime) -> Select[int, str, str, str, datetime | None, datetime | None, int]:
    here = (
        select(func.count())
        .where(SignIn.user_id == User.id, SignIn.expires_at > at)
        .correlate(User)
        .scalar_subquery()
    )
    return select(
        User.id, User.name, User.email, User.role, User.last_seen_at, User.disabled_at, here
    )
