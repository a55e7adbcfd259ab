"""Copies of devices that screens had before: they count until their lease ends."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | Sequence[str] | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "former_copies",
        sa.Column("id", ID, nullable=False),
        sa.Column("screen_id", ID, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f("fk_former_copies_screen_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_copies")),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("ix_former_copies_screen_id", "former_copies", ["screen_id"])
    op.add_column("receipts", sa.Column("former_copy_id", ID, server_default="0", nullable=False))


def downgrade() -> None:
    """Take them back."""
    op.drop_column("receipts", "former_copy_id")
    op.drop_index("ix_former_copies_screen_id", "former_copies")
    op.drop_table("former_copies")
