"""Groups of screens, and tags on them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = (
    ", \n\tCONSTRAINT fk_screens_group_id"
    " FOREIGN KEY(group_id) REFERENCES groups (id) ON DELETE SET NULL"
)


def upgrade() -> None:
    op.create_table(
        "groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("name", name=op.f("uq_groups_name")),
        sqlite_autoincrement=True,
    )
    op.add_column("screens", sa.Column("group_id", ID, nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        _write_key_down(f"{KEY}\n)", "\n)")
    else:
        op.create_foreign_key(
            op.f("fk_screens_group_id"), "screens", "groups", ["group_id"], ["id"],
            ondelete="SET NULL",
        )  # fmt: skip
    op.create_index(op.f("ix_screens_group_id"), "screens", ["group_id"])
    tags = sa.Column("tags", sa.Text(), server_default=sa.text("'[]'"), nullable=False)
    op.add_column("screens", tags)


def downgrade() -> None:
    op.drop_index(op.f("ix_screens_group_id"), "screens")
    op.drop_column("screens", "tags")
    if op.get_bind().dialect.name == "sqlite":
        _write_key_down("", KEY)
    op.drop_column("screens", "group_id")
    op.drop_table("groups")


def _write_key_down(new: str, old: str) -> None:
    """SQLite adds no foreign key to a table that is there, and making this one anew would drop it,
    and with it all that hangs on its rows. So its text is changed, as SQLite's own manual has it
    for changes that leave the rows as they are."""
    op.execute("PRAGMA writable_schema = ON")
    table = sa.table("sqlite_master", sa.column("sql"), sa.column("type"), sa.column("name"))
    op.execute(
        table.update()
        .where(table.c.type == "table", table.c.name == "screens")
        .values(sql=sa.func.replace(table.c.sql, old, new))
    )
    op.execute("PRAGMA writable_schema = RESET")
