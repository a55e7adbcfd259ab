"""Reading the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from signage.models.audit import AuditEntry

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries somebody wants to see; each that is None lets all through."""

    user_id: int | None = None
    act: str | None = None
    since: datetime | None = None
    before: datetime | None = None


def entries(session: Session, sought: Sought, *, skip: int, size: int) -> Sequence[AuditEntry]:
    """The newest first."""
    return session.scalars(
        _wanted(sought).order_by(AuditEntry.id.desc()).offset(skip).limit(size)
    ).all()


def entries_after(session: Session, sought: Sought, last: int) -> Sequence[AuditEntry]:
    """The next few hundred after the entry with this number, the oldest first."""
    wanted = _wanted(sought).where(AuditEntry.id > last)
    return session.scalars(wanted.order_by(AuditEntry.id).limit(AT_ONCE)).all()


def _wanted(sought: Sought) -> Select[AuditEntry]:
    wanted = select(AuditEntry)
    if sought.user_id is not None:
        wanted = wanted.where(AuditEntry.user_id == sought.user_id)
    if sought.act is not None:
        wanted = wanted.where(AuditEntry.act == sought.act)
    if sought.since is not None:
        wanted = wanted.where(AuditEntry.made_at >= sought.since)
    if sought.before is not None:
        wanted = wanted.where(AuditEntry.made_at < sought.before)
    return wanted
