"""Searching comments; views that are kept.

Each database keeps the index of words in its own way. SQLite's triggers belong to the table
survey_responses: a later migration that makes that table anew must make them anew, too.
"""

from collections.abc import Iterator, Sequence
from unicodedata import category

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Letters, marks and figures are words, whatever the alphabet, and keep their marks: å is not a. No
# sizes of columns are kept: nothing is ranked.
TABLE = (
    "CREATE VIRTUAL TABLE comment_words USING fts5(comment, content='survey_responses', "
    "content_rowid='id', columnsize=0, "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N*'\")"
)
FILL = (
    "INSERT INTO comment_words (rowid, comment) "
    "SELECT id, comment FROM survey_responses WHERE comment IS NOT NULL"
)
FORGET = (
    "WHEN old.comment IS NOT NULL BEGIN INSERT INTO comment_words (comment_words, rowid, comment) "
    "VALUES ('delete', old.id, old.comment); END"
)
LEARN = (
    "WHEN new.comment IS NOT NULL BEGIN "
    "INSERT INTO comment_words (rowid, comment) VALUES (new.id, new.comment); END"
)
TRIGGERS = (
    ("comment_words_erased", "DELETE", FORGET),
    ("comment_words_left", "UPDATE OF comment", FORGET),
    ("comment_words_came", "UPDATE OF comment", LEARN),
)


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_saved_views_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index(op.f("ix_saved_views_user_id"), "saved_views", ["user_id"], unique=False)
    op.create_table(
        "words_left",
        sa.Column("id", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_words_left")),
    )
    op.create_index("ix_quotes_state_response_id", "quotes", ["state", "response_id"])
    op.create_index("ix_decisions_made_at", "decisions", ["made_at"])
    op.create_index("ix_decisions_user_id", "decisions", ["user_id"])
    op.create_index("ix_survey_responses_language", "survey_responses", ["language"])
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, *_ in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE comment_words")
    else:
        op.execute("DROP INDEX ix_survey_responses_words")
        op.execute("DROP FUNCTION signage_query(text)")
        op.execute("DROP FUNCTION signage_words(text)")
    op.drop_index("ix_survey_responses_language", "survey_responses")
    op.drop_index("ix_decisions_user_id", "decisions")
    op.drop_index("ix_decisions_made_at", "decisions")
    op.drop_index("ix_quotes_state_response_id", "quotes")
    op.drop_table("words_left")
    op.drop_index(op.f("ix_saved_views_user_id"), "saved_views")
    op.drop_table("saved_views")


def _sqlite() -> Iterator[str]:
    yield TABLE
    yield FILL
    for name, event, then in TRIGGERS:
        yield f"CREATE TRIGGER {name} AFTER {event} ON survey_responses {then}"


def _postgresql() -> Iterator[str]:
    """PostgreSQL's own parser takes some words apart and others together, by the rules of the
    database's locale; so the words are told apart here, the same everywhere, and only their places
    are PostgreSQL's. Its own rules of case may know the letters of ASCII alone: those of ICU know
    every alphabet, if it was built with them."""
    icu = op.get_bind().scalar(
        sa.text("SELECT count(*) FROM pg_collation WHERE collname = 'und-x-icu'")
    )
    lower = 'lower($1 COLLATE "und-x-icu")' if icu else "lower($1)"
    yield (
        "CREATE FUNCTION signage_words(text) RETURNS tsvector "  # noqa: S608 - our own words alone
        "LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ "
        "SELECT coalesce(string_agg(left(word, 200) || ':' || place, ' '), '')::tsvector "
        f"FROM regexp_split_to_table({lower}, '[^{_letters()}]+') "
        "WITH ORDINALITY AS told(word, place) WHERE word <> '' $$"
    )
    yield (
        "CREATE FUNCTION signage_query(text) RETURNS tsquery "
        f"LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT {lower}::tsquery $$"
    )
    yield (
        "CREATE INDEX ix_survey_responses_words ON survey_responses "
        "USING gin (signage_words(comment)) WHERE comment IS NOT NULL"
    )


def _letters() -> str:
    """Letters, marks and figures as ranges of a regular expression."""
    ranges: list[tuple[int, int]] = []
    for code in range(0x110000):
        if category(chr(code))[0] not in "LMN":
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
