"""Takeovers on chosen screens, texts and goals that are kept ready for them; commands."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | Sequence[str] | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in (
        sa.Column("look", sa.String(32), server_default=sa.text("'notice'"), nullable=False),
        sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("targets", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sent_key", sa.String(200), nullable=True),
    ):
        op.add_column("notices", column)
    op.create_index("ix_notices_sent_key", "notices", ["sent_key"], unique=True)
    op.add_column("api_tokens", _scopes())
    op.create_table(
        "prepared_texts",
        sa.Column("look", sa.String(32), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        *_ready(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_texts")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "goals",
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("metric", sa.String(32), nullable=False),
        sa.Column("tenths", sa.Integer(), nullable=False),
        sa.Column("by_itself", sa.Boolean(), nullable=False),
        sa.Column("reached_at", TIME, nullable=True),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("notice_id", ID, nullable=True),
        *_ready(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_goals_settled_at"), "goals", ["settled_at"])
    _commands()


def downgrade() -> None:
    for table in ("commands", "goals", "prepared_texts"):
        op.drop_table(table)
    op.drop_column("api_tokens", "scopes")
    op.drop_index("ix_notices_sent_key", "notices")
    for name in ("sent_key", "targets", "urgent", "look"):
        op.drop_column("notices", name)


def _scopes() -> sa.Column[str]:
    given = sa.text("'responses'")
    return sa.Column("scopes", sa.String(200), server_default=given, nullable=False)


def _ready() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("headline", sa.String(200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("targets", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", TIME, nullable=False),
    )


def _commands() -> None:
    op.create_table(
        "commands",
        sa.Column("id", ID, nullable=False),
        sa.Column("screen_id", ID, nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("told_at", TIME, nullable=True),
        sa.Column("settled_at", TIME, nullable=True),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("detail", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screens.id"], name=op.f("fk_commands_screen_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commands")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_commands_screen_id_id", "commands", ["screen_id", "id"])
    op.create_index(op.f("ix_commands_settled_at"), "commands", ["settled_at"])
