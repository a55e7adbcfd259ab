"""A customer's words on their way to the wall, and what was decided of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from signage.models.account import User
from signage.models.base import Base, Id, Json, Long, PrimaryKey, Word
from signage.models.inspection import Inspection
from signage.models.response import SurveyResponse
from signage.models.rule import Rule


class Quote(Base):
    """A response's comment; `state` is what the latest decision made of it.

    waiting → approved (in its grace period, or until its time) → published → withdrawn or expired;
    or set_aside, or rejected, or merged into another that says the same.
    """

    __tablename__ = "quotes"
    __table_args__ = (
        Index("ix_quotes_state_id", "state", "id"),
        Index("ix_quotes_state_publish_at", "state", "publish_at"),
        Index("ix_quotes_state_published_at", "state", "published_at"),
        Index("ix_quotes_state_ruled", "state", "ruled"),
        Index("ix_quotes_state_response_id", "state", "response_id"),
        Index("ix_quotes_state_expires_at", "state", "expires_at"),
        # An id is never used again: a page that still shows an erased quote must not approve
        # another one.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[PrimaryKey]
    response_id: Mapped[int] = mapped_column(
        Id, ForeignKey("survey_responses.id", ondelete="CASCADE"), unique=True
    )
    state: Mapped[Word]
    revision: Mapped[int] = mapped_column(default=0)
    """Number of the latest revision; 0 is the untouched comment."""
    publish_at: Mapped[datetime | None]
    """When the grace period ends: this column is the schedule."""
    published_at: Mapped[datetime | None]
    ruled: Mapped[int] = mapped_column(default=0, server_default="0")
    """The set of rules that it went through at its latest revision; 0 is none."""
    feeds: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    """Names of the feeds that it may hang in; None is all of them."""
    expires_at: Mapped[datetime | None]
    """When it leaves the walls by itself: this column is the schedule."""
    pinned_at: Mapped[datetime | None]
    """Since when it opens each round; None for quotes that take turns like all others."""
    pinned_until: Mapped[datetime | None]
    """When the pin ends by itself; None: when somebody takes it off."""

    response: Mapped[SurveyResponse] = relationship()
    inspection: Mapped[Inspection | None] = relationship(viewonly=True)
    revisions: Mapped[list["QuoteRevision"]] = relationship(order_by="QuoteRevision.number")
    decisions: Mapped[list["Decision"]] = relationship(order_by="Decision.id")

    @property
    def language(self) -> str | None:
        """As the source gave it, else as it was found out."""
        given = self.response.language
        return given or (self.inspection.language if self.inspection else None)

    def may_hang_in(self, feed: str) -> bool:
        """Whether no limit keeps it out of the feed."""
        return self.feeds is None or feed in self.feeds


class QuoteRevision(Base):
    """Cuts and masks over the untouched comment."""

    __tablename__ = "quote_revisions"
    __table_args__ = (UniqueConstraint("quote_id", "number"),)

    id: Mapped[PrimaryKey]
    quote_id: Mapped[int] = mapped_column(Id, ForeignKey("quotes.id", ondelete="CASCADE"))
    number: Mapped[int]
    spans: Mapped[Json]
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    made_at: Mapped[datetime]


class Decision(Base):
    """Who decided what, when, why, on which revision."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index("ix_decisions_made_at", "made_at"),
        Index("ix_decisions_user_id", "user_id"),
    )

    id: Mapped[PrimaryKey]
    quote_id: Mapped[int] = mapped_column(
        Id, ForeignKey("quotes.id", ondelete="CASCADE"), index=True
    )
    revision: Mapped[int]
    verdict: Mapped[Word]
    """approve, reject, set_aside, reopen, undo, publish, withdraw; move (to another time), pin,
    unpin, edit, expire, merge, part (merged no more)."""
    before: Mapped[Word]
    """The quote's state until then, to which an undo returns."""
    reason: Mapped[Long | None]
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    """None where the product itself acted, e.g. at the end of the grace period."""
    made_at: Mapped[datetime]
    rule_id: Mapped[int | None] = mapped_column(Id, ForeignKey("rules.id"))
    """The rule that decided, where no person did."""
    words: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    """The customer's words that the rule went by."""
    withdrawal_id: Mapped[int | None] = mapped_column(Id, ForeignKey("withdrawals.id"))
    """The sweep that it is part of."""

    @property
    def cause(self) -> str:
        """The id that ties it to changes, recalls and lines of the log: a sweep has one for all."""
        return f"w{self.withdrawal_id}" if self.withdrawal_id else f"d{self.id}"

    user: Mapped[User | None] = relationship()
    rule: Mapped[Rule | None] = relationship()
