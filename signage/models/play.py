"""Proof of play: what screens say that they have shown."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Id, Word


class Play(Base):
    """How often and how long a screen showed a scene in one hour (UTC)."""

    __tablename__ = "plays"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    hour: Mapped[datetime] = mapped_column(primary_key=True)
    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    scene: Mapped[Word] = mapped_column(primary_key=True)
    times: Mapped[int]
    seconds: Mapped[int]


class ItemPlay(Base):
    """The same of one item on one day (UTC): `q12`, `i3`, `n4`; none of its words."""

    __tablename__ = "item_plays"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    day: Mapped[date] = mapped_column(primary_key=True)
    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    item: Mapped[Word] = mapped_column(primary_key=True, index=True)
    times: Mapped[int]
    seconds: Mapped[int]


class PlayQueue(Base):
    """A player's own queue, and up to which of its batches all were taken: each counts once."""

    __tablename__ = "play_queues"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), primary_key=True
    )
    queue: Mapped[Word] = mapped_column(primary_key=True)
    taken: Mapped[int]
    taken_at: Mapped[datetime]
