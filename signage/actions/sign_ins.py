"""Sign-ins: each is one browser of one person, and can be ended by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.core.tokens import new_token, token_hash
from signage.errors import Refused
from signage.models import Database, SignIn, User

SIGN_IN_LIVES = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is kept when somebody was last there."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person at the desk."""

    user_id: int
    name: str
    email: str
    language: str
    role: str
    sign_in_id: int
    how: str
    """`password`, `link`, `provider`; empty where it is not known any more."""
    since: datetime
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Device:
    """What is kept of where somebody signs in."""

    agent: str = ""
    """What the browser calls itself."""
    network: str = ""
    """Of its address, the network alone."""


SOMEWHERE = Device()


def sign_in(database: Database, user_id: int, *, at: datetime, device: Device = SOMEWHERE) -> str:
    """Begin a sign-in whose password was checked; gives its token."""
    with database.write() as session:
        session.execute(delete(SignIn).where(SignIn.expires_at <= at))
        return begin_sign_in(session, user_id, "password", device, at)


def note_failure(
    database: Database, user_id: int | None, *, at: datetime, detail: str = "password"
) -> None:
    """Somebody could not sign in. Which address they tried is not kept, only whose account it
    was, where there is one."""
    with database.write() as session:
        about = f"user {user_id}" if user_id else ""
        note(session, "sign-in-failed", user_id=None, about=about, detail=detail, at=at)


def signed_in(database: Database, token: str, *, at: datetime) -> SignedIn:
    """Who holds this token; raises Refused."""
    with database.read() as session:
        found = session.scalars(
            select(SignIn).where(SignIn.token_hash == token_hash(token), SignIn.expires_at > at)
        ).one_or_none()
        if found is None or found.user.disabled_at is not None:
            raise Refused
        user = found.user
        return SignedIn(
            user.id, user.name, user.email, user.language, user.role,
            found.id, found.how or "", found.created_at, found.seen_at,
        )  # fmt: skip


def note_seen(database: Database, person: SignedIn, *, at: datetime) -> None:
    """Keep when somebody was last there, unless that was done lately."""
    if person.seen_at is not None and at - person.seen_at < SEEN_EVERY:
        return
    with database.write() as session:
        for row, id_ in ((SignIn.seen_at, person.sign_in_id), (User.last_seen_at, person.user_id)):
            table = row.class_
            session.execute(update(table).where(table.id == id_).values({row: at}))


def sign_out(database: Database, token: str) -> None:
    """End a sign-in."""
    with database.write() as session:
        session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def begin_sign_in(session: Session, user_id: int, how: str, device: Device, at: datetime) -> str:
    """A new sign-in, in the transaction of what lets the person in; gives its token."""
    token = new_token()
    session.add(
        SignIn(
            token_hash=token_hash(token),
            user_id=user_id,
            created_at=at,
            expires_at=at + SIGN_IN_LIVES,
            how=how,
            agent=device.agent[:200],
            address=device.network,
            seen_at=at,
        )
    )
    session.execute(update(User).where(User.id == user_id).values(last_seen_at=at))
    note(session, "sign-in", user_id=user_id, about=f"user {user_id}", detail=how, at=at)
    return token
