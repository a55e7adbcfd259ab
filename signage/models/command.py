"""What screens are asked to do, and what became of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Id, PrimaryKey, Short, Word


class Command(Base):
    """One thing that one screen is asked to do, within a time."""

    __tablename__ = "commands"
    # A player does each id once, and remembers that across a restart of the server.
    __table_args__ = (
        Index("ix_commands_screen_id_id", "screen_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[PrimaryKey]
    screen_id: Mapped[int] = mapped_column(Id, ForeignKey("screens.id", ondelete="CASCADE"))
    what: Mapped[Word]
    """One of core/commands.py."""
    user_id: Mapped[int | None] = mapped_column(Id)
    """Who asked for it; None for a program or the command line."""
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    """When it was first handed to the screen."""
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[Word | None]
    """done, failed or expired."""
    detail: Mapped[Short]
    """Why it failed, or what it shows (core/commands.py); never a word that hangs there."""
