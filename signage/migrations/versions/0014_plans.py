"""Plans of what hangs when, drafted and published."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | Sequence[str] | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "published_plans",
        sa.Column("id", ID, nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("back_to_id", ID, nullable=True),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["back_to_id"],
            ["published_plans.id"],
            name=op.f("fk_published_plans_back_to_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_published_plans_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_plans")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "plan_drafts",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_plan_drafts_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_drafts")),
    )


def downgrade() -> None:
    op.drop_table("plan_drafts")
    op.drop_table("published_plans")
