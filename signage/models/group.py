"""Groups of screens, which are shown the same by the same plan."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from signage.models.base import Base, PrimaryKey
from signage.models.screen import Screen


class Group(Base):
    """Screens that belong together; a screen without one is in "no group"."""

    __tablename__ = "groups"
    # An id is never used again: a plan must not show a new group what a deleted one was shown.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[PrimaryKey]
    name: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Sized:
    """A group with how many screens it has."""

    id: int
    name: str
    screens: int


def groups(session: Session) -> list[Group]:
    """Every group, by name."""
    return sorted(session.scalars(select(Group)), key=lambda group: group.name.casefold())


def sized_groups(session: Session) -> list[Sized]:
    """The same with the number of their screens."""
    rows = session.execute(
        select(Group.id, Group.name, func.count(Screen.id))
        .outerjoin(Screen, Screen.group_id == Group.id)
        .group_by(Group.id, Group.name)
    )
    return sorted((Sized(*row) for row in rows), key=lambda group: group.name.casefold())


def without_group(session: Session) -> int:
    """How many screens are in no group."""
    return session.scalar(select(func.count(Screen.id)).where(Screen.group_id.is_(None))) or 0
