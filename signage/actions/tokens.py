"""Tokens that let programs send answers in."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from signage.actions.audit import note
from signage.core.text import one_line
from signage.core.tokens import new_token, token_hash
from signage.errors import Invalid, Problem, Refused
from signage.models import ApiToken, Database
from signage.words import N_


def issue_token(database: Database, name: str, *, user_id: int | None, at: datetime) -> str:
    """A new token; shown once, kept as a hash."""
    name = one_line(name)
    if not name or len(name) > 80:
        text = N_("Give the token a name of at most 80 characters, such as the tool it is for.")
        raise Invalid([Problem("bad-name", text, "name")])
    token = f"sgn_{new_token()}"
    with database.write() as session:
        made = ApiToken(name=name, token_hash=token_hash(token), created_by=user_id, created_at=at)
        session.add(made)
        session.flush()
        note(session, "token-made", user_id=user_id, about=f"token {made.id}", at=at)
    return token


def revoke_token(
    database: Database, token_id: int, *, at: datetime, user_id: int | None = None
) -> None:
    """End a token at once."""
    with database.write() as session:
        ended = session.execute(
            update(ApiToken)
            .where(ApiToken.id == token_id, ApiToken.revoked_at.is_(None))
            .values(revoked_at=at)
            .returning(ApiToken.id)
        ).all()
        if ended:
            note(session, "token-revoked", user_id=user_id, about=f"token {token_id}", at=at)


def token_id(database: Database, token: str, *, at: datetime) -> int:
    """Which token this is; raises Refused. Its last use is noted once a minute at most."""
    with database.read() as session:
        found = session.execute(
            select(ApiToken.id, ApiToken.last_used_at).where(
                ApiToken.token_hash == token_hash(token), ApiToken.revoked_at.is_(None)
            )
        ).one_or_none()
    if found is None:
        raise Refused
    if found.last_used_at is None or at - found.last_used_at > timedelta(minutes=1):
        with database.write() as session:
            session.execute(update(ApiToken).where(ApiToken.id == found.id).values(last_used_at=at))
    return int(found.id)
