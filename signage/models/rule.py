"""Rules that decide, what they said of quotes, and which sources they may decide of."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Id, Json, PrimaryKey, Short, Word


class Rule(Base):
    """Conditions and what follows from them; rules are asked in the order of `position`."""

    __tablename__ = "rules"

    id: Mapped[PrimaryKey]
    name: Mapped[Short]
    position: Mapped[int]
    state: Mapped[Word]
    """watch (notes what it would do), on or off."""
    conditions: Mapped[Json]
    """As signage.core.rules.Conditions is written down."""
    outcome: Mapped[Json]
    """As signage.core.rules.Outcome is written down."""
    version: Mapped[int] = mapped_column(default=1)
    """Rises with each change, so that nobody changes what they have not seen."""
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    """Who changed it last."""
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    """A deleted rule stays for the history of what it decided."""


class Ruling(Base):
    """What one rule said of one quote, as of the quote's latest passage through the rules."""

    __tablename__ = "rulings"
    __table_args__ = (Index("ix_rulings_rule_id_id", "rule_id", "id"),)

    id: Mapped[PrimaryKey]
    quote_id: Mapped[int] = mapped_column(
        Id, ForeignKey("quotes.id", ondelete="CASCADE"), index=True
    )
    rule_id: Mapped[int | None] = mapped_column(Id, ForeignKey("rules.id"))
    """None where the quote could not be shown to the rules at all."""
    revision: Mapped[int]
    did: Mapped[Word]
    """decided, held (a person must look), added (a tag or a limit), or watched."""
    verdict: Mapped[Word | None]
    """What it decided or would decide; None where it decides nothing."""
    why: Mapped[Word | None]
    """Why a person must look: rule, source, timed-out, failed, not-inspected."""
    words: Mapped[list[Any]] = mapped_column(JSON())
    """[start, end] of the words behind it, in code points of the comment."""
    made_at: Mapped[datetime]


class TrustedSource(Base):
    """A source that rules may decide of; of all others a person must look."""

    __tablename__ = "trusted_sources"

    source: Mapped[Short] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    since: Mapped[datetime]
