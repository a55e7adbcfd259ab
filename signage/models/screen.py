"""Displays."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Hash, Id, Json, PrimaryKey, Short, Word, WordList


class Screen(Base):
    """A display that is let in by its signed link; revoking ends that."""

    __tablename__ = "screens"
    __table_args__ = (
        Index("ix_screens_site_name_id", "site", "name", "id"),
        Index("ix_screens_last_seen_at", "last_seen_at"),
        # A number is never used again: a key of a screen that is gone names no other.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[PrimaryKey]
    name: Mapped[Short]
    site: Mapped[Short]
    locale: Mapped[Word]
    timezone: Mapped[Short]
    theme: Mapped[Word]
    """auto, ink or paper."""
    motion: Mapped[bool]
    diagonal_inch: Mapped[int]
    distance_m: Mapped[int]
    key_hash: Mapped[Hash]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    settled_recall_id: Mapped[int] = mapped_column(Id, default=0, server_default="0")
    """Recalls up to this one are settled with it: it has confirmed them, or never had the words."""
    seen_edition_id: Mapped[int] = mapped_column(Id, default=0, server_default="0")
    """The latest programme that it has applied."""
    night_from: Mapped[Word] = mapped_column(default="", server_default=text("''"))
    """HH:MM in the screen's time zone, until `night_to`; both empty: no night."""
    night_to: Mapped[Word] = mapped_column(default="", server_default=text("''"))
    night_percent: Mapped[int] = mapped_column(default=20, server_default="20")
    """How bright the picture is at night; 0 is black."""
    group_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("groups.id", ondelete="SET NULL"), index=True
    )
    """None: in no group."""
    tags: Mapped[list[str]] = mapped_column(WordList(), default=list, server_default=text("'[]'"))
    turned: Mapped[int] = mapped_column(default=0, server_default="0")
    """Degrees by which the picture is turned to the right: 0, 90, 180 or 270."""
    unheard_since: Mapped[datetime | None]
    """When epochs were renewed, until the screen has told under the new ones what it shows. What
    it did before, after the backup was made, is not known: what it confirmed counts no more."""
    simulated: Mapped[bool] = mapped_column(default=False, server_default=false())
    """No display: a connection that behaves like one."""
    counted: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether it is among the figures, such as receipts. Simulated ones are if asked."""


class ScreenVitals(Base):
    """What a screen's page said last of its own state, kept now and then."""

    __tablename__ = "screen_vitals"

    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    told_at: Mapped[datetime]
    said: Mapped[Json]
    """The fields of signage.core.vitals.Vitals."""
