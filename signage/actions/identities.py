"""Coming in by way of the sign-in provider: who is known, who is invited, who is refused."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from signage.actions.accounts import Newcomer, new_user
from signage.actions.audit import note
from signage.actions.sign_ins import SOMEWHERE, Device, begin_sign_in
from signage.core.roles import LEAD
from signage.errors import Refused
from signage.models import Database, Identity, LoginLink, User


@dataclass(frozen=True, slots=True)
class Known:
    """What the provider says of somebody; its signature was checked."""

    issuer: str
    subject: str
    email: str = ""
    verified: bool = False
    """Whether the provider itself has made sure that the address is theirs."""
    name: str = ""
    language: str = "en"


def come_in(
    database: Database, who: Known, *, role: str, at: datetime, device: Device = SOMEWHERE
) -> str:
    """Sign somebody in; gives the sign-in token.

    By issuer and subject where they came before; else by their verified address, to an account or
    an invitation with it; else, where strangers get a `role`, to a new account – but never to the
    first one: nobody but its admin could make another admin. Raises Refused with `unverified`,
    `closed`, `other`, `first` or `unknown`.
    """
    with database.write() as session:
        user = _came_before(session, who) or _welcome(session, who, role, at)
        if user.disabled_at is not None:
            raise Refused("closed")
        return begin_sign_in(session, user.id, "provider", device, at)


def _came_before(session: Session, who: Known) -> User | None:
    return session.scalars(
        select(User)
        .join(Identity, Identity.user_id == User.id)
        .where(Identity.issuer == who.issuer, Identity.subject == who.subject)
    ).one_or_none()


def _welcome(session: Session, who: Known, role: str, at: datetime) -> User:
    email = who.email.strip().lower()
    if not email or not who.verified or len(who.subject) > 255:
        raise Refused("unverified")
    user = session.scalars(select(User).where(User.email == email)).one_or_none()
    if user is not None and _is_taken(session, user, who):
        raise Refused("other")
    if user is None:
        user = session.get_one(User, _made(session, who, email, role, at))
    if user.disabled_at is None:
        session.add(
            Identity(user_id=user.id, issuer=who.issuer, subject=who.subject, created_at=at)
        )
        note(session, "identity-linked", user_id=user.id, about=f"user {user.id}", at=at)
    return user


def _is_taken(session: Session, user: User, who: Known) -> bool:
    """Whether the account belongs to another subject of this provider: an address that went to
    somebody new does not take the old one's account along."""
    taken = select(Identity.id).where(Identity.user_id == user.id, Identity.issuer == who.issuer)
    return session.scalars(taken).first() is not None


def _made(session: Session, who: Known, email: str, role: str, at: datetime) -> int:
    newcomer = Newcomer(who.name[:200] or email, email, "", who.language)
    invited = session.execute(
        update(LoginLink)
        .where(
            LoginLink.email == email, LoginLink.purpose == "invite",
            LoginLink.used_at.is_(None), LoginLink.expires_at > at,
        )
        .values(used_at=at)
        .returning(LoginLink.id, LoginLink.role)
        .execution_options(synchronize_session=False)
    ).all()  # fmt: skip
    if invited:
        link = max(invited, key=lambda one: one.id)
        return new_user(session, newcomer, link.role or LEAD, via=f"invitation {link.id}", at=at)
    if session.scalar(select(User.id).limit(1)) is None:
        raise Refused("first")
    if not role:
        raise Refused("unknown")
    return new_user(session, newcomer, role, via="provider", at=at)
