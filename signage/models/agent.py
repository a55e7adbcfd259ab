"""Agents: the programs on screens' devices, and what they have photographed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Hash, Id, Json


class Agent(Base):
    """What lets the program on one screen's device in, and what it said last."""

    __tablename__ = "agents"

    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    token_hash: Mapped[Hash]
    made_at: Mapped[datetime]
    heard_at: Mapped[datetime | None]
    """When it was heard of last, noted twice a minute at most."""
    said: Mapped[Json]
    """The fields of signage.core.agents.Report; none before its first word."""


class Screenshot(Base):
    """The latest picture of what one screen showed. Customers' words may be on it: it is kept for
    an hour, and goes when words leave the walls."""

    __tablename__ = "screenshots"

    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    taken_at: Mapped[datetime]
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary(), deferred=True)
    """WebP, drawn anew."""
