"""Searching comments: one question, asked of SQLite's or of PostgreSQL's index.

Both indexes are kept by the database itself and by actions/words.py (migration 0010): no row of a
model stands for them.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Text, column, func, literal, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Mapped, Session

from signage.core.searching import Term
from signage.models.base import Base, PrimaryKey
from signage.models.response import SurveyResponse

WORDS = "comment_words"
"""SQLite's index: an FTS5 table that keeps no text of its own. Its id is the answer's."""
WORDS_INDEX = "ix_survey_responses_words"
"""PostgreSQL's: over the words of the comment, as the function `signage_words` tells them."""

_SQLITE = table(WORDS, column("rowid"), column(WORDS))


class WordsLeft(Base):
    """A comment was erased and is found no more, but its words still lie in older pages of SQLite's
    index, until these are written anew."""

    __tablename__ = "words_left"

    id: Mapped[PrimaryKey]
    made_at: Mapped[datetime]


def holds(session: Session, terms: Sequence[Term]) -> ColumnElement[bool]:
    """Whether an answer's comment holds all the terms; needs at least one."""
    if session.get_bind().dialect.name == "sqlite":
        found = select(_SQLITE.c.rowid).where(text(f"{WORDS} MATCH :typed"))
        return SurveyResponse.id.in_(found.params(typed=_for_sqlite(terms)))
    words = func.signage_words(SurveyResponse.comment)
    wanted = func.signage_query(literal(_for_postgresql(terms), Text), type_=TSQUERY)
    return words.op("@@", is_comparison=True)(wanted)


def _for_sqlite(terms: Sequence[Term]) -> str:
    """In FTS5's language. The words hold letters and figures alone: nothing needs escaping."""
    return " AND ".join(f'"{" ".join(term.words)}"{" *" * term.prefix}' for term in terms)


def _for_postgresql(terms: Sequence[Term]) -> str:
    said = []
    for term in terms:
        words = [f"'{word}'" for word in term.words]
        said.append(f"({' <-> '.join(words)}{':*' * term.prefix})")
    return " & ".join(said)
