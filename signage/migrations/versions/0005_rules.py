"""Rules that decide."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rules",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_rules_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules")),
    )
    op.create_table(
        "rulings",
        sa.Column("id", ID, nullable=False),
        sa.Column("quote_id", ID, nullable=False),
        sa.Column("rule_id", ID, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("did", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=True),
        sa.Column("why", sa.String(length=32), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quotes.id"], name=op.f("fk_rulings_quote_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rule_id"], ["rules.id"], name=op.f("fk_rulings_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulings")),
    )
    with op.batch_alter_table("rulings") as table:
        table.create_index(op.f("ix_rulings_quote_id"), ["quote_id"], unique=False)
        table.create_index("ix_rulings_rule_id_id", ["rule_id", "id"], unique=False)
    op.create_table(
        "trusted_sources",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_trusted_sources_user_id")),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_trusted_sources")),
    )
    with op.batch_alter_table("quotes") as table:
        table.add_column(sa.Column("ruled", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("feeds", sa.JSON(), nullable=True))
        table.create_index("ix_quotes_state_ruled", ["state", "ruled"], unique=False)
    with op.batch_alter_table("decisions") as table:
        table.add_column(sa.Column("rule_id", ID, nullable=True))
        table.add_column(sa.Column("words", sa.JSON(), nullable=True))
        table.create_foreign_key(op.f("fk_decisions_rule_id"), "rules", ["rule_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("decisions") as table:
        table.drop_constraint(op.f("fk_decisions_rule_id"), type_="foreignkey")
        table.drop_column("words")
        table.drop_column("rule_id")
    with op.batch_alter_table("quotes") as table:
        table.drop_index("ix_quotes_state_ruled")
    # Not in a batch: making SQLite's table anew would drop this one, and with it all that hangs on
    # its rows.
    op.drop_column("quotes", "feeds")
    op.drop_column("quotes", "ruled")
    op.drop_table("trusted_sources")
    with op.batch_alter_table("rulings") as table:
        table.drop_index("ix_rulings_rule_id_id")
        table.drop_index(op.f("ix_rulings_quote_id"))
    op.drop_table("rulings")
    op.drop_table("rules")
