"""What players say of themselves."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | Sequence[str] | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "screen_vitals",
        sa.Column("screen_id", ID, autoincrement=False, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["screen_id"],
            ["screens.id"],
            name=op.f("fk_screen_vitals_screen_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("screen_id", name=op.f("pk_screen_vitals")),
    )
    for name in ("night_from", "night_to"):
        column = sa.Column(name, sa.String(length=32), server_default=sa.text("''"), nullable=False)
        op.add_column("screens", column)
    op.add_column(
        "screens", sa.Column("night_percent", sa.Integer(), server_default="20", nullable=False)
    )


def downgrade() -> None:
    for name in ("night_percent", "night_to", "night_from"):
        op.drop_column("screens", name)
    op.drop_table("screen_vitals")
