"""Taking answers, or what screens have shown, out: noted before the first row leaves."""

from datetime import datetime

from signage.actions import audit
from signage.models import Database


def note_export(database: Database, *, what: str, rows: str, user_id: int, at: datetime) -> None:
    """Note who took out how much, and by which filters."""
    with database.write() as session:
        audit.note(session, "exported", user_id=user_id, about=rows, detail=what, at=at)


def note_plays_export(
    database: Database, *, what: str, user_id: int | None, at: datetime, by: str = ""
) -> None:
    """The same of what screens have shown; `by` says what took it out, where it was no person."""
    detail = ", ".join(each for each in (what, by) if each)
    with database.write() as session:
        audit.note(session, "plays-exported", user_id=user_id, detail=detail, at=at)
