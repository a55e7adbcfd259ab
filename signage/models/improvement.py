"""You said, we did."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from signage.models.base import Base, Id, Long, PrimaryKey, Short
from signage.models.quote import Quote
from signage.models.response import Touchpoint


class Improvement(Base):
    """What was done about what customers said."""

    __tablename__ = "improvements"

    id: Mapped[PrimaryKey]
    did: Mapped[Long]
    label: Mapped[Short]
    """A few words, for the time axis of a chart."""
    team: Mapped[Short]
    done_on: Mapped[date | None]
    """None while it is under way."""
    touchpoint_id: Mapped[int | None] = mapped_column(Id, ForeignKey("touchpoints.id"))
    """Where its effect is measured."""
    made_by: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    touchpoint: Mapped[Touchpoint | None] = relationship()
    links: Mapped[list["ImprovementQuote"]] = relationship(
        order_by="ImprovementQuote.position", cascade="all, delete-orphan"
    )


class ImprovementQuote(Base):
    """A quote behind an improvement; the first one hangs beside it."""

    __tablename__ = "improvement_quotes"

    improvement_id: Mapped[int] = mapped_column(
        Id, ForeignKey("improvements.id", ondelete="CASCADE"), primary_key=True
    )
    quote_id: Mapped[int] = mapped_column(
        Id, ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]

    quote: Mapped[Quote] = relationship()
