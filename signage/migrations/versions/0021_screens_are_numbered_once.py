"""The number of a screen is never given again: a key of one that is gone names no other."""

from collections.abc import Sequence

from alembic import op

revision: str = "0021"
down_revision: str | Sequence[str] | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Have SQLite remember the highest; PostgreSQL does so by itself."""
    _anew(remembers=True)


def downgrade() -> None:
    """Have it count on from what there is."""
    _anew(remembers=False)


def _anew(*, remembers: bool) -> None:
    if op.get_bind().dialect.name == "sqlite":
        kept = {"sqlite_autoincrement": remembers}
        with op.batch_alter_table("screens", recreate="always", table_kwargs=kept):
            pass
