"""Passwords: as Argon2id alone, and changed by whoever has the old one."""

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update

from signage.actions.audit import note
from signage.errors import Conflict, Invalid, Problem
from signage.models import Database, LoginLink, SignIn, User
from signage.words import N_

SHORTEST, LONGEST = 12, 1000
DIFFERENT = 5
"""Fewer different characters are guessed first, however long the row of them is."""

# OWASP's Argon2id figures: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hash_password(password: str) -> str:
    """Argon2id; takes about 20 ms of a core, so the server calls it outside its loop."""
    return _hasher.hash(password)


def password_fits(kept: str, given: str) -> bool:
    """Whether a password is the one; takes as long as hashing it."""
    try:
        return _hasher.verify(kept, given)
    except VerificationError:
        return False
    except InvalidHashError:  # somebody who has none: as long, so that the time tells nothing
        password_fits(NOBODY, given)
        return False


NOBODY = hash_password("nobody has this password")
"""Compared with when an address is unknown, so that the time taken tells nothing."""


def kept_password(database: Database, email: str) -> tuple[int | None, str]:
    """User id and password hash for an address; a hash nobody fits when it is unknown."""
    with database.read() as session:
        found = session.execute(
            select(User.id, User.password_hash).where(
                User.email == email.strip().lower(), User.disabled_at.is_(None)
            )
        ).one_or_none()
    return (found.id, found.password_hash) if found else (None, NOBODY)


def password_of(database: Database, user_id: int) -> str:
    """The hash that a person's password is kept as; empty where they have none."""
    with database.read() as session:
        return session.scalar(select(User.password_hash).where(User.id == user_id)) or ""


def problems_of_password(password: str, field: str = "password") -> list[Problem]:
    """What is wrong with a new password."""
    if len(password) < SHORTEST:
        text = N_("At least {least} characters: three or four words do well.")
        return [Problem("short", text, field, {"least": SHORTEST})]
    if len(set(password.casefold())) < DIFFERENT:
        text = N_("Use at least {least} different characters: three or four words do well.")
        return [Problem("plain", text, field, {"least": DIFFERENT})]
    if len(password) > LONGEST:
        return [Problem("long", N_("At most {most} characters."), field, {"most": LONGEST})]
    return []


def change_password(
    database: Database, user_id: int, *, before: str, after: str, keep: int, at: datetime
) -> None:
    """Put one hash in the place of another. Every other sign-in of the person ends, but for `keep`,
    and so do links that would sign them in. Raises Conflict where the password is not the one that
    was checked any more."""
    with database.write() as session:
        changed = session.execute(
            update(User)
            .where(User.id == user_id, User.password_hash == before)
            .values(password_hash=after)
            .returning(User.id)
        ).all()
        if not changed:
            raise Conflict
        session.execute(delete(SignIn).where(SignIn.user_id == user_id, SignIn.id != keep))
        session.execute(
            update(LoginLink)
            .where(LoginLink.user_id == user_id, LoginLink.used_at.is_(None))
            .values(expires_at=at)
        )
        note(session, "password-changed", user_id=user_id, about=f"user {user_id}", at=at)


def check_password(password: str, field: str = "password") -> None:
    """Raises Invalid with what is wrong with a new password."""
    if problems := problems_of_password(password, field):
        raise Invalid(problems)
