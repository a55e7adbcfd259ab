"""Whether screens are there: since when each is watched, and when one was dark."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Id, PrimaryKey, Short, Word


class LastLook(Base):
    """When the screens were looked after last; one row."""

    __tablename__ = "last_look"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    looked_at: Mapped[datetime]


class BlindSpot(Base):
    """A time in which nobody watched, because the server was away or its database was; nothing is
    known of any screen."""

    __tablename__ = "blind_spots"

    id: Mapped[PrimaryKey]
    since: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)


class WatchedSpan(Base):
    """A time in which a screen is watched: from when it first came until its link was revoked."""

    __tablename__ = "watched_spans"

    id: Mapped[PrimaryKey]
    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), index=True
    )
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class Alert(Base):
    """Screens of one site that went dark together: told once, and once when all are back."""

    __tablename__ = "alerts"

    id: Mapped[PrimaryKey]
    site: Mapped[Short]
    """Empty for screens without a site."""
    dark: Mapped[int]
    """How many of the site's screens were dark then, and of how many that were to be on."""
    total: Mapped[int]
    made_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]

    @property
    def whole(self) -> bool:
        """Whether the whole site went."""
        return self.dark == self.total > 1


class Outage(Base):
    """A time in which a screen was dark."""

    __tablename__ = "outages"
    __table_args__ = (
        # One at a time: the database itself holds that none is opened twice.
        Index(
            "uq_outages_open",
            "screen_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    screen_id: Mapped[int] = mapped_column(
        Id, ForeignKey("screens.id", ondelete="CASCADE"), index=True
    )
    site: Mapped[Short]
    """As it was then."""
    since: Mapped[datetime] = mapped_column(index=True)
    noticed_at: Mapped[datetime]
    back_at: Mapped[datetime | None]
    """Since when it is heard again; the outage ends once that has lasted."""
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_by: Mapped[Word] = mapped_column(default="", server_default=text("''"))
    """back, or revoked: its link was."""
    alert_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("alerts.id", ondelete="SET NULL"), index=True
    )
    """None while it is not told."""
