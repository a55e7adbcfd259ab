"""Ending sign-ins; it holds from the next request or message of that browser on."""

from datetime import datetime

from sqlalchemy import delete

from signage.actions.audit import note
from signage.errors import NotFound
from signage.models import Database, SignIn


def end_session(
    database: Database, sign_in_id: int, *, of: int, by: int | None, at: datetime
) -> None:
    """End one sign-in of a person; raises NotFound where it is not theirs, or has ended."""
    with database.write() as session:
        ended = session.execute(
            delete(SignIn).where(SignIn.id == sign_in_id, SignIn.user_id == of).returning(SignIn.id)
        ).all()
        if not ended:
            raise NotFound
        note(session, "session-ended", user_id=by, about=f"user {of}", at=at)


def end_sessions(
    database: Database, *, of: int, by: int | None, at: datetime, keep: int | None = None
) -> int:
    """End all sign-ins of a person, but for `keep`; gives how many."""
    with database.write() as session:
        ending = delete(SignIn).where(SignIn.user_id == of)
        if keep is not None:
            ending = ending.where(SignIn.id != keep)
        ended = session.execute(ending.returning(SignIn.id)).all()
        if ended:
            detail = f"{len(ended)} sessions"
            note(session, "session-ended", user_id=by, about=f"user {of}", detail=detail, at=at)
    return len(ended)
