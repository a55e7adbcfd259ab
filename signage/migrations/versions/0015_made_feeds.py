"""Feeds that are made at the desk."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | Sequence[str] | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "made_feeds",
        sa.Column("id", ID, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_made_feeds_feed_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_made_feeds_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_feeds")),
        sa.UniqueConstraint("feed_id", name=op.f("uq_made_feeds_feed_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_made_feeds_due_at"), "made_feeds", ["due_at"])


def downgrade() -> None:
    # An earlier version would not follow them, and another feed may get the name.
    made = op.get_bind().execute(sa.text("SELECT feed_id, id FROM made_feeds")).all()
    op.drop_index(op.f("ix_made_feeds_due_at"), "made_feeds")
    op.drop_table("made_feeds")
    feeds = sa.table("feeds", sa.column("id", ID), sa.column("name", sa.String()))
    for feed_id, number in made:
        op.execute(sa.delete(feeds).where(feeds.c.id == feed_id, feeds.c.name == f"f{number}"))
