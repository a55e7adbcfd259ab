"""What must reach screens, and what they confirmed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Id, PrimaryKey, Word


class Edition(Base):
    """Programme N: one change of what screens are told besides their feeds."""

    __tablename__ = "editions"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[PrimaryKey]
    what: Mapped[Word]
    """company (preferences), screen (set up differently), link (a new one), revoked, paired (anew),
    settled (of two players one stays), group (one was given up), plan (published) or holidays
    (worked out again)."""
    screen_id: Mapped[int | None] = mapped_column(Id, ForeignKey("screens.id", ondelete="CASCADE"))
    """The one screen that it concerns; None: all."""
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    """None where nobody signed in did it, e.g. on the command line."""
    made_at: Mapped[datetime]


class EditionReceipt(Base):
    """A screen has applied programme N."""

    __tablename__ = "edition_receipts"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    edition_id: Mapped[int] = mapped_column(
        Id, ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True
    )
    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), primary_key=True
    )
    seen_at: Mapped[datetime]


class Recall(Base):
    """Customers' words that were taken off all walls; each screen that may have them confirms."""

    __tablename__ = "recalls"
    # A screen remembers up to which recall it is settled: an id is never used again.
    __table_args__ = (Index("ix_recalls_made_at", "made_at"), {"sqlite_autoincrement": True})

    id: Mapped[PrimaryKey]
    quote_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("quotes.id", ondelete="SET NULL"), index=True
    )
    """None once the answer was erased."""
    cause: Mapped[Word]
    """The id that ties decision, change and receipt together in logs, as in FeedChange."""
    hung_since: Mapped[datetime]
    """A screen that was last in contact before this never had the words."""
    made_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    """When the withdrawal was taken back: the words hang again, and nothing is owed."""


class RecallPart(Base):
    """The change of one feed that a screen must have painted: words may also hang beside an
    improvement."""

    __tablename__ = "recall_parts"
    __table_args__ = (
        Index("ix_recall_parts_feed_id_rev", "feed_id", "rev"),
        {"sqlite_with_rowid": False},
    )

    recall_id: Mapped[int] = mapped_column(
        Id, ForeignKey("recalls.id", ondelete="CASCADE"), primary_key=True
    )
    feed_id: Mapped[int] = mapped_column(
        Id, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True
    )
    epoch: Mapped[Word]
    rev: Mapped[int]


class FormerCopy(Base):
    """What a device that a screen had before may still hold: it was left when the screen got
    another link or device, and nobody hears whether it has forgotten what it showed."""

    __tablename__ = "former_copies"
    # Receipts tell by it what was before them: an id is never used again.
    __table_args__ = (
        Index("ix_former_copies_screen_id", "screen_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[PrimaryKey]
    screen_id: Mapped[int] = mapped_column(Id, ForeignKey("screens.id", ondelete="CASCADE"))
    seen_at: Mapped[datetime]
    """When it was in contact at the latest: its lease runs from then."""
    ended_at: Mapped[datetime]


class Receipt(Base):
    """A screen has painted a recall away."""

    __tablename__ = "receipts"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    recall_id: Mapped[int] = mapped_column(
        Id, ForeignKey("recalls.id", ondelete="CASCADE"), primary_key=True
    )
    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), primary_key=True
    )
    confirmed_at: Mapped[datetime]
    former_copy_id: Mapped[int] = mapped_column(Id, default=0, server_default="0")
    """The latest former copy of the screen when this was given: it says nothing of that one, nor
    of those before it. 0: there was none."""


class ScreenPosition(Base):
    """What a screen last said that it shows of a feed, painted."""

    __tablename__ = "screen_positions"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), primary_key=True
    )
    feed_id: Mapped[int] = mapped_column(
        Id, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True
    )
    epoch: Mapped[Word]
    rev: Mapped[int]
    painted_at: Mapped[datetime]
