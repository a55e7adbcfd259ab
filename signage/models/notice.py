"""Notices, the pictures on them, and the texts that are kept ready for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, false, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from signage.models.base import Base, Id, Long, PrimaryKey, Short, Word


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
    __table_args__ = (
        Index("ix_notices_sent_key", "sent_key", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[PrimaryKey]
    headline: Mapped[Short]
    words: Mapped[Long]
    picture_id: Mapped[int | None] = mapped_column(Id, ForeignKey("pictures.id"))
    picture_tells: Mapped[Short]
    """What is to be seen on the picture, for who does not see it."""
    shows_from: Mapped[datetime]
    shows_until: Mapped[datetime | None]
    takes_over: Mapped[bool]
    """Hangs alone for as long as it shows."""
    made_by: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it was taken down, or its time was over."""
    look: Mapped[Word] = mapped_column(default="notice", server_default=text("'notice'"))
    """notice or celebration."""
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Goes before all others that take over, and is never dimmed."""
    targets: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """On which screens (core/targets.py); None: on every one. Only where it takes over."""
    sent_key: Mapped[Short | None]
    """What a program called it, after the id of its token: the same again is the same notice."""

    picture: Mapped[Picture | None] = relationship()


class Ready:
    """Words that are kept ready to take over."""

    id: Mapped[PrimaryKey]
    headline: Mapped[Short]
    words: Mapped[Long]
    minutes: Mapped[int]
    """How long it takes over."""
    targets: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """As those of a notice."""
    made_by: Mapped[int | None] = mapped_column(Id)
    made_at: Mapped[datetime]


class PreparedText(Ready, Base):
    """A text that is hung by one press; an urgent one hangs everywhere."""

    __tablename__ = "prepared_texts"
    # An id is never used again: who keeps one must not hang another text.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    look: Mapped[Word]
    urgent: Mapped[bool]


class Goal(Ready, Base):
    """What is celebrated when it is reached. It is reached once."""

    __tablename__ = "goals"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    what: Mapped[Word]
    """score: that the score of the metric is at least so high; count: that so many gave its best
    score."""
    metric: Mapped[Word]
    tenths: Mapped[int]
    """What is wanted, in tenths: a score of CES has a decimal."""
    by_itself: Mapped[bool]
    """Whether the walls celebrate at once, or a person is asked."""
    reached_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it was celebrated, or somebody said that it is not to be."""
    notice_id: Mapped[int | None] = mapped_column(Id)
    """The celebration."""


def open_takeovers(session: Session, at: datetime) -> Sequence[Notice]:
    """Those that are on or to come, the earliest first."""
    return session.scalars(
        select(Notice)
        .where(Notice.takes_over.is_(True), Notice.ended_at.is_(None), Notice.shows_until > at)
        .order_by(Notice.shows_from, Notice.id)
    ).all()


def prepared_texts(session: Session) -> Sequence[PreparedText]:
    """What is kept ready, the urgent ones first."""
    order = (PreparedText.urgent.desc(), PreparedText.id)
    return session.scalars(select(PreparedText).order_by(*order)).all()
