"""Screens that are watched, alerts, and what screens have shown."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | Sequence[str] | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "last_look",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_look")),
    )
    op.create_table(
        "blind_spots",
        sa.Column("id", ID, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blind_spots")),
    )
    op.create_index(op.f("ix_blind_spots_until"), "blind_spots", ["until"])
    op.create_table(
        "watched_spans",
        sa.Column("id", ID, nullable=False),
        sa.Column("screen_id", ID, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["screen_id"],
            ["screens.id"],
            name=op.f("fk_watched_spans_screen_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_spans")),
    )
    op.create_index(op.f("ix_watched_spans_screen_id"), "watched_spans", ["screen_id"])
    op.create_table(
        "alerts",
        sa.Column("id", ID, nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("dark", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    op.create_table(
        "outages",
        sa.Column("id", ID, nullable=False),
        sa.Column("screen_id", ID, nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=32), server_default=sa.text("''"), nullable=False),
        sa.Column("alert_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_outages_alert_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f("fk_outages_screen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
    )
    op.create_index(op.f("ix_outages_alert_id"), "outages", ["alert_id"])
    op.create_index(op.f("ix_outages_ended_at"), "outages", ["ended_at"])
    op.create_index(op.f("ix_outages_screen_id"), "outages", ["screen_id"])
    op.create_index(op.f("ix_outages_since"), "outages", ["since"])
    op.create_index(
        "uq_outages_open",
        "outages",
        ["screen_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "alert_channels",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("nonce", sa.String(length=200), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_alert_channels_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_channels")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "alert_messages",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("alert_id", ID, nullable=True),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_alert_messages_alert_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["alert_channels.id"],
            name=op.f("fk_alert_messages_channel_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_messages")),
    )
    op.create_index(op.f("ix_alert_messages_alert_id"), "alert_messages", ["alert_id"])
    op.create_index(op.f("ix_alert_messages_channel_id"), "alert_messages", ["channel_id"])
    op.create_index(
        "ix_alert_messages_due_at",
        "alert_messages",
        ["due_at"],
        sqlite_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
    )
    op.create_table(
        "plays",
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("screen_id", ID, nullable=False),
        sa.Column("scene", sa.String(length=32), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f("fk_plays_screen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hour", "screen_id", "scene", name=op.f("pk_plays")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_plays_screen_id"), "plays", ["screen_id"])
    op.create_table(
        "item_plays",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("screen_id", ID, nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f("fk_item_plays_screen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("day", "screen_id", "item", name=op.f("pk_item_plays")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_item_plays_item"), "item_plays", ["item"])
    op.create_index(op.f("ix_item_plays_screen_id"), "item_plays", ["screen_id"])
    op.create_table(
        "play_queues",
        sa.Column("screen_id", ID, nullable=False),
        sa.Column("queue", sa.String(length=32), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f("fk_play_queues_screen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("screen_id", "queue", name=op.f("pk_play_queues")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("play_queues")
    op.drop_table("item_plays")
    op.drop_table("plays")
    op.drop_table("alert_messages")
    op.drop_table("alert_channels")
    op.drop_table("outages")
    op.drop_table("alerts")
    op.drop_table("watched_spans")
    op.drop_table("blind_spots")
    op.drop_table("last_look")
