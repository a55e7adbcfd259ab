"""Who may work at the desk: one-time links, passwords, sign-ins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import ColumnElement, Row, and_, delete, func, select, update
from sqlalchemy.orm import Session

from signage.core.roles import ADMIN, LEAD
from signage.core.text import one_line
from signage.core.tokens import new_token, token_hash
from signage.errors import Invalid, NotFound, Problem, Refused
from signage.models import Database, LoginLink, SignIn, User
from signage.words import LANGUAGES, N_

LINK_LIVES = timedelta(hours=24)
SIGN_IN_LIVES = timedelta(days=14)
SHORTEST_PASSWORD = 12

# OWASP's Argon2id figures: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person at the desk."""

    user_id: int
    name: str
    email: str
    language: str
    role: str


def hash_password(password: str) -> str:
    """Argon2id; takes about 20 ms of a core, so the server calls it outside its loop."""
    return _hasher.hash(password)


def password_fits(kept: str, given: str) -> bool:
    """Whether a password is the one; takes as long as hashing it."""
    try:
        return _hasher.verify(kept, given)
    except VerificationError:
        return False


NOBODY = hash_password("nobody has this password")
"""Compared with when an address is unknown, so that the time taken tells nothing."""


def has_users(database: Database) -> bool:
    """Whether anyone can sign in yet."""
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(User)) != 0


def invite(
    database: Database,
    *,
    at: datetime,
    user_id: int | None = None,
    first: bool = False,
    role: str = LEAD,
) -> str:
    """A token for a link that works once within a day: it makes an account with this role, or signs
    `user_id` in. Only its hash is kept. `first` makes the first account, an admin's, and only while
    there is none; it ends the links that were printed for that before."""
    token = new_token()
    with database.write() as session:
        if first:
            session.execute(update(LoginLink).where(_first_unused(at)).values(expires_at=at))
        session.add(
            LoginLink(
                token_hash=token_hash(token),
                purpose="sign-in" if user_id else "first" if first else "invite",
                user_id=user_id,
                role=None if user_id else ADMIN if first else role,
                created_at=at,
                expires_at=at + LINK_LIVES,
            )
        )
    return token


def purpose_of(database: Database, token: str, *, at: datetime) -> str:
    """What a one-time link does, `sign-in` or `invite`; raises NotFound when it was used, ran
    out, never was, or was for the first account and there is one."""
    with database.read() as session:
        purpose = session.scalar(select(LoginLink.purpose).where(_holds(token, at)))
        if purpose is None or (purpose == "first" and _somebody(session)):
            raise NotFound
    return "sign-in" if purpose == "sign-in" else "invite"


def join(
    database: Database,
    token: str,
    *,
    name: str,
    email: str,
    password_hash: str,
    language: str,
    at: datetime,
) -> str:
    """Make an account by a one-time link and sign it in; gives the sign-in token."""
    name, email = one_line(name), one_line(email).lower()
    with database.write() as session:
        link = _use(session, token, ("invite", "first"), at)
        if link.purpose == "first" and _somebody(session):
            raise NotFound
        if session.scalar(select(User.id).where(User.email == email)) is not None:
            text = N_("There is an account with this address already: sign in instead.")
            raise Invalid([Problem("taken", text, "email")])
        user = User(
            email=email,
            name=name,
            password_hash=password_hash,
            language=language if language in LANGUAGES else "en",
            role=link.role or LEAD,
            created_at=at,
        )
        session.add(user)
        session.flush()
        return _sign_in(session, user.id, at)


def check_account(name: str, email: str, password: str) -> None:
    """Raises Invalid with what is wrong with a new account's fields."""
    problems = []
    if not one_line(name):
        problems.append(Problem("missing", N_("Write your name."), "name"))
    elif len(one_line(name)) > 200:
        problems.append(Problem("long", N_("At most {most} characters."), "name", {"most": 200}))
    at = email.strip().find("@")
    if at < 1 or "." not in email.strip()[at:] or len(email) > 200 or " " in email.strip():
        problems.append(Problem("bad-email", N_("Write an e-mail address."), "email"))
    if len(password) < SHORTEST_PASSWORD:
        text = N_("At least {least} characters: three or four words do well.")
        problems.append(Problem("short", text, "password", {"least": SHORTEST_PASSWORD}))
    if len(password) > 1000:
        problems.append(
            Problem("long", N_("At most {most} characters."), "password", {"most": 1000})
        )
    if problems:
        raise Invalid(problems)


def follow(database: Database, token: str, *, at: datetime) -> str:
    """Sign in by a one-time link; gives the sign-in token."""
    with database.write() as session:
        user_id = _use(session, token, ("sign-in",), at).user_id
        if user_id is None:
            raise NotFound
        return _sign_in(session, user_id, at)


def kept_password(database: Database, email: str) -> tuple[int | None, str]:
    """User id and password hash for an address; a hash nobody fits when it is unknown."""
    with database.read() as session:
        found = session.execute(
            select(User.id, User.password_hash).where(
                User.email == email.strip().lower(), User.disabled_at.is_(None)
            )
        ).one_or_none()
    return (found.id, found.password_hash) if found else (None, NOBODY)


def sign_in(database: Database, user_id: int, *, at: datetime) -> str:
    """Begin a sign-in whose password was checked; gives its token."""
    with database.write() as session:
        session.execute(delete(SignIn).where(SignIn.expires_at <= at))
        return _sign_in(session, user_id, at)


def signed_in(database: Database, token: str, *, at: datetime) -> SignedIn:
    """Who holds this token; raises Refused."""
    with database.read() as session:
        found = session.scalars(
            select(SignIn).where(SignIn.token_hash == token_hash(token), SignIn.expires_at > at)
        ).one_or_none()
        if found is None or found.user.disabled_at is not None:
            raise Refused
        user = found.user
        return SignedIn(user.id, user.name, user.email, user.language, user.role)


def sign_out(database: Database, token: str) -> None:
    """End a sign-in."""
    with database.write() as session:
        session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def speak_at_desk(database: Database, user_id: int, language: str) -> None:
    """Choose the desk's language for one person."""
    if language not in LANGUAGES:
        raise Invalid([Problem("unknown", N_("Choose a language from the list."), "language")])
    with database.write() as session:
        session.execute(update(User).where(User.id == user_id).values(language=language))


def _holds(token: str, at: datetime) -> ColumnElement[bool]:
    return and_(
        LoginLink.token_hash == token_hash(token),
        LoginLink.used_at.is_(None),
        LoginLink.expires_at > at,
    )


def _first_unused(at: datetime) -> ColumnElement[bool]:
    return and_(
        LoginLink.purpose == "first", LoginLink.used_at.is_(None), LoginLink.expires_at > at
    )


def _somebody(session: Session) -> bool:
    return session.scalar(select(User.id).limit(1)) is not None


def _use(
    session: Session, token: str, purposes: tuple[str, ...], at: datetime
) -> Row[str, int | None, str | None]:
    """Claim a one-time link by a conditional UPDATE, so that it lets one person in, once; gives
    its purpose, user id and role."""
    used = session.execute(
        update(LoginLink)
        .where(_holds(token, at), LoginLink.purpose.in_(purposes))
        .values(used_at=at)
        .returning(LoginLink.purpose, LoginLink.user_id, LoginLink.role)
    ).all()
    if len(used) != 1:
        raise NotFound
    return used[0]


def _sign_in(session: Session, user_id: int, at: datetime) -> str:
    token = new_token()
    session.add(
        SignIn(
            token_hash=token_hash(token),
            user_id=user_id,
            created_at=at,
            expires_at=at + SIGN_IN_LIVES,
        )
    )
    return token
