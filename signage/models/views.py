"""Filters of the find page that somebody keeps."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from signage.models.base import Base, Id, PrimaryKey, Short


class SavedView(Base):
    """Filters by a name, for one person or for everybody."""

    __tablename__ = "saved_views"

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(Id, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[Short]
    shared: Mapped[bool]
    query: Mapped[dict[str, Any]] = mapped_column(JSON())
    """The page's own parameters."""
    made_at: Mapped[datetime]


def views_of(session: Session, user_id: int) -> list[SavedView]:
    """A person's own views and those that are shared, by name."""
    mine = or_(SavedView.user_id == user_id, SavedView.shared)
    return list(session.scalars(select(SavedView).where(mine).order_by(SavedView.name)))
