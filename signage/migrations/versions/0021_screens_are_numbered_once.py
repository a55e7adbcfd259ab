"""The number of a screen is never given again: a key of one that is gone names no other.

The chain goes 0018, 0021, 0020: there is no 0019, and what comes next follows 0020.
"""

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
    """Have it count on from what there is. Where SQLite follows references, to drop the table that
    is made anew would drop what refers to screens: it is refused."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite" and bind.exec_driver_sql("PRAGMA foreign_keys").scalar():
        raise RuntimeError("first say PRAGMA foreign_keys=OFF, outside of a transaction")
    _anew(remembers=False)


def _anew(*, remembers: bool) -> None:
    if op.get_bind().dialect.name == "sqlite":
        kept = {"sqlite_autoincrement": remembers}
        with op.batch_alter_table("screens", recreate="always", table_kwargs=kept):
            pass
