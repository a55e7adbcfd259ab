"""Programs on screens' devices, and the pictures that they take.

The chain goes 0018, 0021, 0020: there is no 0019, and what comes next follows this one.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | Sequence[str] | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "agents",
        *_of_screen("agents"),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("heard_at", TIME, nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.UniqueConstraint("token_hash", name=op.f("uq_agents_token_hash")),
    )
    op.create_table(
        "screenshots",
        *_of_screen("screenshots"),
        sa.Column("taken_at", TIME, nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Take them back."""
    op.drop_table("screenshots")
    op.drop_table("agents")


def _of_screen(table: str) -> tuple[sa.Column[int] | sa.Constraint, ...]:
    return (
        sa.Column("screen_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f(f"fk_{table}_screen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("screen_id", name=op.f(f"pk_{table}")),
    )
