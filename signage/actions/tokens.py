"""Tokens that let programs in, each for what it is meant for."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select, update

from signage.actions.audit import note
from signage.core.scopes import RESPONSES, SCOPES, read_scopes
from signage.core.text import one_line
from signage.core.tokens import new_token, token_hash
from signage.errors import Invalid, NotAllowed, Problem, Refused
from signage.models import ApiToken, Database
from signage.words import N_


def issue_token(
    database: Database,
    name: str,
    *,
    user_id: int | None,
    at: datetime,
    scopes: Collection[str] = (RESPONSES,),
) -> str:
    """A new token for what `scopes` name; shown once, kept as a hash."""
    name = one_line(name)
    if not scopes or not set(scopes) <= SCOPES.keys():
        text = N_("Choose what the program may do.")
        raise Invalid([Problem("no-scope", text, "scopes")])
    if not name or len(name) > 80:
        text = N_("Give the token a name of at most 80 characters, such as the tool it is for.")
        raise Invalid([Problem("bad-name", text, "name")])
    token = f"sgn_{new_token()}"
    with database.write() as session:
        made = ApiToken(
            name=name, token_hash=token_hash(token), created_by=user_id, created_at=at,
            scopes=" ".join(sorted(scopes)),
        )  # fmt: skip
        session.add(made)
        session.flush()
        about = f"token {made.id}"
        note(session, "token-made", user_id=user_id, about=about, detail=made.scopes, at=at)
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


def token_id(database: Database, token: str, *, at: datetime, scope: str | None = None) -> int:
    """Which token this is; raises Refused, and NotAllowed for one that is not for `scope`. Its last
    use is noted once a minute at most."""
    with database.read() as session:
        found = session.execute(
            select(ApiToken.id, ApiToken.last_used_at, ApiToken.scopes).where(
                ApiToken.token_hash == token_hash(token), ApiToken.revoked_at.is_(None)
            )
        ).one_or_none()
    if found is None:
        raise Refused
    if scope is not None and scope not in read_scopes(found.scopes):
        raise NotAllowed(scope)
    if found.last_used_at is None or at - found.last_used_at > timedelta(minutes=1):
        with database.write() as session:
            session.execute(update(ApiToken).where(ApiToken.id == found.id).values(last_used_at=at))
    return int(found.id)
