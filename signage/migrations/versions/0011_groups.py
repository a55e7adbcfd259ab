"""Groups of screens, tags on them, pairing, and devices."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
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
    turned = sa.Column("turned", sa.Integer(), server_default="0", nullable=False)
    op.add_column("screens", turned)
    op.create_index("ix_screens_site_name_id", "screens", ["site", "name", "id"])
    op.create_index("ix_screens_last_seen_at", "screens", ["last_seen_at"])
    _pairings()
    _devices()


def _pairings() -> None:
    op.create_table(
        "pairings",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("looks", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("screen_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f("fk_pairings_screen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairings")),
        sa.UniqueConstraint("code", name=op.f("uq_pairings_code")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_pairings_secret_hash")),
    )
    op.create_index(op.f("ix_pairings_expires_at"), "pairings", ["expires_at"])
    op.create_index(op.f("ix_pairings_screen_id"), "pairings", ["screen_id"])


def _devices() -> None:
    word = sa.String(length=32)
    op.create_table(
        "devices",
        sa.Column("screen_id", ID, autoincrement=False, nullable=False),
        sa.Column("era", sa.Integer(), server_default="1", nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("next_hash", sa.String(length=64), nullable=True),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("page", word, server_default=sa.text("''"), nullable=False),
        sa.Column("looks", sa.JSON(), nullable=False),
        sa.Column("came_at", MOMENT, nullable=True),
        sa.Column("heard_at", MOMENT, nullable=True),
        sa.Column("other_page", word, server_default=sa.text("''"), nullable=False),
        sa.Column("other_looks", sa.JSON(), nullable=False),
        sa.Column("other_heard_at", MOMENT, nullable=True),
        sa.Column("only_page", word, server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f("fk_devices_screen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("screen_id", name=op.f("pk_devices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_devices_token_hash")),
        sa.UniqueConstraint("next_hash", name=op.f("uq_devices_next_hash")),
    )
    op.create_index(op.f("ix_devices_came_at"), "devices", ["came_at"])
    op.create_index(op.f("ix_devices_other_heard_at"), "devices", ["other_heard_at"])


def downgrade() -> None:
    op.drop_table("devices")
    op.drop_table("pairings")
    op.drop_index("ix_screens_last_seen_at", "screens")
    op.drop_index("ix_screens_site_name_id", "screens")
    op.drop_index(op.f("ix_screens_group_id"), "screens")
    op.drop_column("screens", "turned")
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
