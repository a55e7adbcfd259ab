"""Notices, and the pictures on them."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from signage.models.base import Base, Id, Long, PrimaryKey, Short


class Picture(Base):
    """A picture as it was drawn anew; its name is its content's digest, so it never changes."""

    __tablename__ = "pictures"

    id: Mapped[PrimaryKey]
    digest: Mapped[Short] = mapped_column(unique=True)
    """SHA-256 in hexadecimal: nobody guesses it, and whoever has the notice has it."""
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary(), deferred=True)
    made_at: Mapped[datetime]


class Notice(Base):
    """A headline and a few words of the company's own, for a time."""

    __tablename__ = "notices"
    # An id is never used again: a screen that was away must not take a new one for an old one.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[PrimaryKey]
    headline: Mapped[Short]
    words: Mapped[Long]
    picture_id: Mapped[int | None] = mapped_column(Id, ForeignKey("pictures.id"))
    picture_tells: Mapped[Short]
    """What is to be seen on the picture, for who does not see it."""
    shows_from: Mapped[datetime]
    shows_until: Mapped[datetime | None]
    takes_over: Mapped[bool]
    """Hangs alone, on every wall, for as long as it shows."""
    made_by: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it was taken down, or its time was over."""

    picture: Mapped[Picture | None] = relationship()
