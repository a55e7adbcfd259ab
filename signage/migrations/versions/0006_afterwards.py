"""What happens to a quote after its approval."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "expiries",
        sa.Column("id", ID, nullable=False),
        sa.Column("touchpoint_id", ID, nullable=True),
        sa.Column("tag_id", ID, nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["touchpoint_id"], ["touchpoints.id"], name=op.f("fk_expiries_touchpoint_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tags.id"], name=op.f("fk_expiries_tag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expiries")),
        sa.UniqueConstraint("touchpoint_id", name=op.f("uq_expiries_touchpoint_id")),
        sa.UniqueConstraint("tag_id", name=op.f("uq_expiries_tag_id")),
    )  # fmt: skip
    op.create_table(
        "withdrawals",
        sa.Column("id", ID, nullable=False),
        sa.Column("scope", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_withdrawals_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawals")),
    )
    op.create_index(op.f("ix_withdrawals_ended_at"), "withdrawals", ["ended_at"], unique=False)
    op.create_table(
        "duplicates",
        sa.Column("quote_id", ID, autoincrement=False, nullable=False),
        sa.Column("of_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quotes.id"], name=op.f("fk_duplicates_quote_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["of_id"], ["quotes.id"], name=op.f("fk_duplicates_of_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_duplicates_user_id")),
        sa.PrimaryKeyConstraint("quote_id", name=op.f("pk_duplicates")),
    )
    op.create_index(op.f("ix_duplicates_of_id"), "duplicates", ["of_id"], unique=False)
    op.create_table(
        "likenesses",
        sa.Column("key", ID, autoincrement=False, nullable=False),
        sa.Column("quote_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quotes.id"], name=op.f("fk_likenesses_quote_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "quote_id", name=op.f("pk_likenesses")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_likenesses_quote_id"), "likenesses", ["quote_id"], unique=False)
    with op.batch_alter_table("quotes") as table:
        for name in ("expires_at", "pinned_at", "pinned_until"):
            table.add_column(sa.Column(name, MOMENT, nullable=True))
        table.create_index("ix_quotes_state_expires_at", ["state", "expires_at"], unique=False)
    with op.batch_alter_table("decisions") as table:
        table.add_column(sa.Column("withdrawal_id", ID, nullable=True))
        table.create_foreign_key(
            op.f("fk_decisions_withdrawal_id"), "withdrawals", ["withdrawal_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("decisions") as table:
        table.drop_constraint(op.f("fk_decisions_withdrawal_id"), type_="foreignkey")
        table.drop_column("withdrawal_id")
    op.drop_index("ix_quotes_state_expires_at", table_name="quotes")
    # Not in a batch: making SQLite's table anew would drop this one, and with it all that hangs on
    # its rows.
    for name in ("pinned_until", "pinned_at", "expires_at"):
        op.drop_column("quotes", name)
    op.drop_index(op.f("ix_likenesses_quote_id"), table_name="likenesses")
    op.drop_table("likenesses")
    op.drop_index(op.f("ix_duplicates_of_id"), table_name="duplicates")
    op.drop_table("duplicates")
    op.drop_index(op.f("ix_withdrawals_ended_at"), table_name="withdrawals")
    op.drop_table("withdrawals")
    op.drop_table("expiries")
