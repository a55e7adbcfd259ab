"""Who reviews what: tags, claims, keys, consent."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("key", name=op.f("uq_tags_key")),
    )
    op.create_table(
        "quote_tags",
        sa.Column("quote_id", ID, autoincrement=False, nullable=False),
        sa.Column("tag_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quotes.id"], name=op.f("fk_quote_tags_quote_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tags.id"], name=op.f("fk_quote_tags_tag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("quote_id", "tag_id", name=op.f("pk_quote_tags")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_quote_tags_tag_id"), "quote_tags", ["tag_id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("quote_id", ID, autoincrement=False, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("page", sa.String(length=32), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quotes.id"], name=op.f("fk_claims_quote_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_claims_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("quote_id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_user_id"), "claims", ["user_id"], unique=False)
    op.create_table(
        "shortcuts",
        sa.Column("user_id", ID, autoincrement=False, nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_shortcuts_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_shortcuts")),
    )
    with op.batch_alter_table("survey_responses") as table:
        table.add_column(sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("consent_source", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("consent_scope", sa.String(length=32), nullable=True))


def downgrade() -> None:
    # Not in a batch: making SQLite's table anew would drop this one, and with it all that hangs on
    # its rows.
    for name in ("consent_scope", "consent_source", "consent_at"):
        op.drop_column("survey_responses", name)
    op.drop_table("shortcuts")
    op.drop_index(op.f("ix_claims_user_id"), table_name="claims")
    op.drop_table("claims")
    op.drop_index(op.f("ix_quote_tags_tag_id"), table_name="quote_tags")
    op.drop_table("quote_tags")
    op.drop_table("tags")
