"""People, their sessions, and what they did."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

# Rows are only ever added. The third one is for INSERT OR REPLACE, which deletes without saying so.
# A later migration that copies the table (batch_alter_table) has to make them again.
ON_SQLITE = (
    """CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
    """CREATE TRIGGER audit_entries_remain BEFORE DELETE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
    """CREATE TRIGGER audit_entries_follow BEFORE INSERT ON audit_entries
    WHEN NEW.id <= (SELECT max(id) FROM audit_entries)
    BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END""",
)
ON_POSTGRESQL = (
    """CREATE FUNCTION refuse_to_change_the_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit log cannot be changed'; END $$""",
    """CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_audit_log()""",
    """CREATE TRIGGER audit_entries_remain BEFORE TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit_log()""",
)


def upgrade() -> None:
    with op.batch_alter_table("users") as table:
        table.add_column(
            sa.Column("role", sa.String(length=32), server_default="viewer", nullable=False)
        )
        table.add_column(sa.Column("last_seen_at", MOMENT, nullable=True))
    op.execute("UPDATE users SET role = 'admin'")  # until now everybody might do everything
    with op.batch_alter_table("login_links") as table:
        table.add_column(sa.Column("role", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("email", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("created_at", MOMENT, nullable=True))
        table.add_column(sa.Column("created_by", ID, nullable=True))
        table.create_foreign_key(
            op.f("fk_login_links_created_by"), "users", ["created_by"], ["id"], ondelete="SET NULL"
        )
        table.create_index(op.f("ix_login_links_email"), ["email"], unique=False)
    with op.batch_alter_table("sign_ins") as table:
        table.add_column(sa.Column("how", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("agent", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("address", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("seen_at", MOMENT, nullable=True))
    _make_identities()
    _make_audit_log()


def _make_identities() -> None:
    op.create_table(
        "identities",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_identities_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identities_issuer_subject")),
    )
    with op.batch_alter_table("identities") as table:
        table.create_index(op.f("ix_identities_user_id"), ["user_id"], unique=False)


def _make_audit_log() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("seal", name=op.f("uq_audit_entries_seal")),
    )
    with op.batch_alter_table("audit_entries") as table:
        table.create_index(op.f("ix_audit_entries_made_at"), ["made_at"], unique=False)
        table.create_index(op.f("ix_audit_entries_user_id"), ["user_id"], unique=False)
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in ON_SQLITE if on_sqlite else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("audit_entries")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_to_change_the_audit_log()")
    op.drop_table("identities")
    with op.batch_alter_table("sign_ins") as table:
        for name in ("seen_at", "address", "agent", "how"):
            table.drop_column(name)
    with op.batch_alter_table("login_links") as table:
        table.drop_index(op.f("ix_login_links_email"))
        table.drop_constraint(op.f("fk_login_links_created_by"), type_="foreignkey")
        for name in ("created_by", "created_at", "email", "role"):
            table.drop_column(name)
    # Not in a batch: making SQLite's table anew would drop this one, and with it all that hangs on
    # its rows.
    op.drop_column("users", "last_seen_at")
    op.drop_column("users", "role")
