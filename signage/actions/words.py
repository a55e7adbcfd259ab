"""Keeping the index of comments' words in step.

Deletions and changes reach SQLite's index by triggers, and PostgreSQL keeps its own. New answers
are added batch by batch: by a trigger, each row would cost three times as much.
"""

from datetime import datetime

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from signage.models import Database
from signage.models.search import WORDS, WordsLeft

_PAGES = 400
"""Written anew in one transaction: some hundredths of a second."""
_MOST_STEPS = 500


def index_words(session: Session, first: int, last: int) -> None:
    """Make the comments of new answers findable, from id `first` to `last`, in the transaction that
    wrote them."""
    if session.get_bind().dialect.name != "sqlite":
        return
    session.execute(
        text(
            f"INSERT INTO {WORDS} (rowid, comment) SELECT id, comment FROM survey_responses"  # noqa: S608 - our own name
            " WHERE id BETWEEN :first AND :last AND comment IS NOT NULL"
        ),
        {"first": first, "last": last},
    )


def note_erased(session: Session, at: datetime) -> None:
    """Remember that an erased comment's words lie in the index until `forget_words`."""
    if session.get_bind().dialect.name == "sqlite":
        session.add(WordsLeft(made_at=at))


def forget_words(database: Database) -> None:
    """Write the index anew where erased words still lie in it, in short transactions. Searching
    never finds them meanwhile. Safe to run twice, and goes on where it was stopped."""
    with database.read() as session:
        last = session.scalar(select(WordsLeft.id).order_by(WordsLeft.id.desc()).limit(1))
    if last is None:
        return
    pages = -_PAGES  # the minus begins a full merge; without it the one under way goes on
    for _ in range(_MOST_STEPS):
        if not _merge(database, pages):
            break
        pages = _PAGES
    else:
        return
    with database.write() as session:
        session.execute(delete(WordsLeft).where(WordsLeft.id <= last))
    database.empty_log()


def _merge(database: Database, pages: int) -> bool:
    """Whether there was anything to do: FTS5 says so by the number of rows that it wrote."""
    with database.write() as session:
        connection = session.connection()
        written = text("SELECT total_changes()")
        before = connection.scalar(written) or 0
        connection.execute(
            text(f"INSERT INTO {WORDS} ({WORDS}, rank) VALUES ('merge', :pages)"),  # noqa: S608 - our own name
            {"pages": pages},
        )
        return (connection.scalar(written) or 0) - before >= 2
