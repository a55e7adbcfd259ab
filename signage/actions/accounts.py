"""Who may work at the desk: one-time links and sign-ins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, and_, func, select, update
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.passwords import problems_of_password
from signage.actions.sign_ins import SOMEWHERE, Device, begin_sign_in
from signage.core.roles import ADMIN, LEAD, ROLES
from signage.core.text import one_line
from signage.core.tokens import new_token, token_hash
from signage.errors import Invalid, NotFound, Problem
from signage.models import Database, LoginLink, User
from signage.words import LANGUAGES, N_

LINK_LIVES = timedelta(hours=24)


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
    email: str = "",
    by: int | None = None,
) -> str:
    """A token for a link that works once within a day: it makes an account with this role, or signs
    `user_id` in. Only its hash is kept. `first` makes the first account, an admin's, and only while
    there is none; it ends the links that were printed for that before. Somebody who is invited by
    their `email` may also come by way of the sign-in provider."""
    if role not in ROLES:
        raise Invalid([Problem("unknown", N_("Choose a role from the list."), "role")])
    token = new_token()
    with database.write() as session:
        if first:
            session.execute(update(LoginLink).where(_first_unused(at)).values(expires_at=at))
        link = LoginLink(
            token_hash=token_hash(token),
            purpose="sign-in" if user_id else "first" if first else "invite",
            user_id=user_id,
            role=None if user_id else ADMIN if first else role,
            email=email or None,
            created_at=at,
            created_by=by,
            expires_at=at + LINK_LIVES,
        )
        session.add(link)
        session.flush()
        if user_id:
            note(session, "link-made", user_id=by, about=f"user {user_id}", at=at)
        elif not first:
            note(session, "invited", user_id=by, about=f"invitation {link.id}", detail=role, at=at)
    return token


def purpose_of(database: Database, token: str, *, at: datetime) -> str:
    """What a one-time link does, `sign-in` or `invite`; raises NotFound when it was used, ran
    out, never was, or was for the first account and there is one."""
    with database.read() as session:
        purpose = session.scalar(select(LoginLink.purpose).where(_holds(token, at)))
        if purpose is None or (purpose == "first" and _somebody(session)):
            raise NotFound
    return "sign-in" if purpose == "sign-in" else "invite"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who gets an account."""

    name: str
    email: str
    password_hash: str
    """Empty for somebody who signs in elsewhere alone."""
    language: str


def join(
    database: Database, token: str, who: Newcomer, *, at: datetime, device: Device = SOMEWHERE
) -> str:
    """Make an account by a one-time link and sign it in; gives the sign-in token."""
    with database.write() as session:
        link = _use(session, token, ("invite", "first"), at)
        if link.purpose == "first" and _somebody(session):
            raise NotFound
        role = (link.role or LEAD) if _somebody(session) else ADMIN  # somebody must be one
        user_id = new_user(session, who, role, via=f"invitation {link.id}", at=at)
        return begin_sign_in(session, user_id, "link", device, at)


def new_user(session: Session, who: Newcomer, role: str, *, via: str, at: datetime) -> int:
    """An account, in the transaction of what lets the person in (`via`); gives its id."""
    email = one_line(who.email).lower()
    if session.scalar(select(User.id).where(User.email == email)) is not None:
        text = N_("There is an account with this address already: sign in instead.")
        raise Invalid([Problem("taken", text, "email")])
    user = User(
        email=email,
        name=one_line(who.name),
        password_hash=who.password_hash,
        language=who.language if who.language in LANGUAGES else "en",
        role=role,
        created_at=at,
    )
    session.add(user)
    session.flush()
    note(session, "joined", user_id=user.id, about=via, detail=role, at=at)
    return user.id


def check_account(name: str, email: str, password: str) -> None:
    """Raises Invalid with what is wrong with a new account's fields."""
    if problems := [
        *problems_of_name(name),
        *problems_of_email(email),
        *problems_of_password(password),
    ]:
        raise Invalid(problems)


def problems_of_name(name: str) -> list[Problem]:
    """What is wrong with a person's name."""
    if not one_line(name):
        return [Problem("missing", N_("Write your name."), "name")]
    if len(one_line(name)) > 200:
        return [Problem("long", N_("At most {most} characters."), "name", {"most": 200})]
    return []


def problems_of_email(email: str) -> list[Problem]:
    """What is wrong with an address."""
    at = email.strip().find("@")
    if at < 1 or "." not in email.strip()[at:] or len(email) > 200 or " " in email.strip():
        return [Problem("bad-email", N_("Write an e-mail address."), "email")]
    return []


def follow(database: Database, token: str, *, at: datetime, device: Device = SOMEWHERE) -> str:
    """Sign in by a one-time link; gives the sign-in token."""
    with database.write() as session:
        user_id = _use(session, token, ("sign-in",), at).user_id
        if user_id is None:
            raise NotFound
        return begin_sign_in(session, user_id, "link", device, at)


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
) -> Row[int, str, int | None, str | None]:
    """Claim a one-time link by a conditional UPDATE, so that it lets one person in, once; gives
    its id, purpose, user id and role."""
    used = session.execute(
        update(LoginLink)
        .where(_holds(token, at), LoginLink.purpose.in_(purposes))
        .values(used_at=at)
        .returning(LoginLink.id, LoginLink.purpose, LoginLink.user_id, LoginLink.role)
    ).all()
    if len(used) != 1:
        raise NotFound
    return used[0]
