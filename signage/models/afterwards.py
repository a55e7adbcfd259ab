"""What becomes of quotes after their approval: when they end, in what sweep they left, and who said
the same."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Id, PrimaryKey, Short, Word


class Expiry(Base):
    """How many days quotes of one touchpoint, or with one tag, may hang; others go by the
    preference."""

    __tablename__ = "expiries"

    id: Mapped[PrimaryKey]
    touchpoint_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("touchpoints.id", ondelete="CASCADE"), unique=True
    )
    tag_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("tags.id", ondelete="CASCADE"), unique=True
    )
    days: Mapped[int]


class Withdrawal(Base):
    """A sweep: all that a respondent or a source said leaves the walls, in batches."""

    __tablename__ = "withdrawals"

    id: Mapped[PrimaryKey]
    scope: Mapped[Word]
    """respondent or source."""
    value: Mapped[Short]
    """Which of them."""
    reason: Mapped[Word]
    user_id: Mapped[int] = mapped_column(Id, ForeignKey("users.id"))
    made_at: Mapped[datetime]
    found: Mapped[int]
    """How many quotes the person was asked about."""
    done: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    """None while there is more to take down: this column is the schedule."""

    @property
    def cause(self) -> str:
        """The id that ties it to its decisions, changes, recalls and lines of the log."""
        return f"w{self.id}"


class Duplicate(Base):
    """Somebody found that a quote says the same as another, which speaks for both."""

    __tablename__ = "duplicates"

    quote_id: Mapped[int] = mapped_column(
        Id, ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    of_id: Mapped[int] = mapped_column(Id, ForeignKey("quotes.id", ondelete="CASCADE"), index=True)
    """The quote that speaks; never itself a duplicate."""
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    made_at: Mapped[datetime]


class Likeness(Base):
    """A key that quotes share which may say the same (signage.core.likeness): where to look."""

    __tablename__ = "likenesses"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    key: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    quote_id: Mapped[int] = mapped_column(
        Id,
        ForeignKey("quotes.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
