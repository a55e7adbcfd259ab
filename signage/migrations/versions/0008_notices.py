"""Notices, pictures, and what touchpoints are called on walls."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | Sequence[str] | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("id", ID, nullable=False),
        sa.Column("digest", sa.String(length=200), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        sa.UniqueConstraint("digest", name=op.f("uq_pictures_digest")),
    )
    op.create_table(
        "notices",
        sa.Column("id", ID, nullable=False),
        sa.Column("headline", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("picture_id", ID, nullable=True),
        sa.Column("picture_tells", sa.String(length=200), nullable=False),
        sa.Column("shows_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shows_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("takes_over", sa.Boolean(), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_notices_made_by")),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["pictures.id"], name=op.f("fk_notices_picture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        # A screen that was away must not take a new notice for an old one.
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notices") as table:
        table.create_index(op.f("ix_notices_ended_at"), ["ended_at"])
    with op.batch_alter_table("touchpoints") as table:
        table.add_column(sa.Column("shown_as", sa.String(length=200), nullable=True))


def downgrade() -> None:
    # Not in a batch: making SQLite's table anew would drop this one, and with it all that hangs on
    # its rows.
    op.drop_column("touchpoints", "shown_as")
    with op.batch_alter_table("notices") as table:
        table.drop_index(op.f("ix_notices_ended_at"))
    op.drop_table("notices")
    op.drop_table("pictures")
