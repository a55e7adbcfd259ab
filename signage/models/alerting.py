"""Where alerts go, and what is on its way there."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from signage.models.base import Base, Id, Long, PrimaryKey, Short, Word


class AlertChannel(Base):
    """An address that alerts are sent to."""

    __tablename__ = "alert_channels"
    # A webhook's secret is made of its number: none is used again.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[PrimaryKey]
    kind: Mapped[Word]
    """email or webhook."""
    address: Mapped[Long]
    nonce: Mapped[Short]
    """With the product's own key it gives a webhook's secret, which is nowhere kept."""
    made_by: Mapped[int | None] = mapped_column(Id, ForeignKey("users.id"))
    made_at: Mapped[datetime]


class AlertMessage(Base):
    """One message to one address: the outbox of alerts."""

    __tablename__ = "alert_messages"
    __table_args__ = (
        Index(
            "ix_alert_messages_due_at",
            "due_at",
            sqlite_where=text("sent_at IS NULL AND failed_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND failed_at IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    channel_id: Mapped[int] = mapped_column(
        Id, ForeignKey("alert_channels.id", ondelete="CASCADE"), index=True
    )
    alert_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("alerts.id", ondelete="CASCADE"), index=True
    )
    """None for a test."""
    what: Mapped[Word]
    """dark, clear or test."""
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    """When it was given up."""
    problem: Mapped[Short] = mapped_column(default="", server_default=text("''"))
    """Why the last try failed, in a fixed word such as `timeout` or `status 500`."""
