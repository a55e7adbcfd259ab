"""Screens that are simulated, and screens that count in no figure."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | Sequence[str] | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make them."""
    for name, default in (("simulated", sa.false()), ("counted", sa.true())):
        op.add_column(
            "screens", sa.Column(name, sa.Boolean(), server_default=default, nullable=False)
        )


def downgrade() -> None:
    """Take them back."""
    for name in ("counted", "simulated"):
        op.drop_column("screens", name)
