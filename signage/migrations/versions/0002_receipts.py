"""Receipts: what must reach screens, and what they confirmed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("id", ID, nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("screen_id", ID, nullable=True),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f("fk_editions_screen_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_editions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "screen_positions",
        sa.Column("screen_id", ID, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("painted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name=op.f("fk_screen_positions_feed_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["screen_id"],
            ["screens.id"],
            name=op.f("fk_screen_positions_screen_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("screen_id", "feed_id", name=op.f("pk_screen_positions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "edition_receipts",
        sa.Column("edition_id", ID, nullable=False),
        sa.Column("screen_id", ID, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["editions.id"],
            name=op.f("fk_edition_receipts_edition_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["screen_id"],
            ["screens.id"],
            name=op.f("fk_edition_receipts_screen_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("edition_id", "screen_id", name=op.f("pk_edition_receipts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recalls",
        sa.Column("id", ID, nullable=False),
        sa.Column("quote_id", ID, nullable=True),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("hung_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quotes.id"], name=op.f("fk_recalls_quote_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recalls")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("recalls") as table:
        table.create_index("ix_recalls_made_at", ["made_at"], unique=False)
        table.create_index(op.f("ix_recalls_quote_id"), ["quote_id"], unique=False)

    op.create_table(
        "recall_parts",
        sa.Column("recall_id", ID, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name=op.f("fk_recall_parts_feed_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recall_id"],
            ["recalls.id"],
            name=op.f("fk_recall_parts_recall_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recall_id", "feed_id", name=op.f("pk_recall_parts")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("recall_parts") as table:
        table.create_index("ix_recall_parts_feed_id_rev", ["feed_id", "rev"], unique=False)

    op.create_table(
        "receipts",
        sa.Column("recall_id", ID, nullable=False),
        sa.Column("screen_id", ID, nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recall_id"], ["recalls.id"], name=op.f("fk_receipts_recall_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f("fk_receipts_screen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recall_id", "screen_id", name=op.f("pk_receipts")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("feed_changes") as table:
        table.add_column(sa.Column("cause", sa.String(length=32), nullable=True))
    with op.batch_alter_table("screens") as table:
        for name in ("settled_recall_id", "seen_edition_id"):
            table.add_column(sa.Column(name, ID, server_default="0", nullable=False))


def downgrade() -> None:
    # Not in a batch: making SQLite's table anew would drop this one, and with it all that hangs on
    # its rows.
    op.drop_column("screens", "seen_edition_id")
    op.drop_column("screens", "settled_recall_id")
    with op.batch_alter_table("feed_changes") as table:
        table.drop_column("cause")

    op.drop_table("receipts")
    with op.batch_alter_table("recall_parts") as table:
        table.drop_index("ix_recall_parts_feed_id_rev")
    op.drop_table("recall_parts")
    with op.batch_alter_table("recalls") as table:
        table.drop_index(op.f("ix_recalls_quote_id"))
        table.drop_index("ix_recalls_made_at")

    op.drop_table("recalls")
    op.drop_table("edition_receipts")
    op.drop_table("screen_positions")
    op.drop_table("editions")
