"""Looking for a text in a text, with capitals as each database knows them."""

from typing import Any

from sqlalchemy import ColumnElement, String, collate, func, text
from sqlalchemy.orm import Session


def holds(session: Session, column: ColumnElement[Any], search: str) -> ColumnElement[bool]:
    """Whether a text has this one in it, whatever the case of its letters."""
    if session.get_bind().dialect.name == "sqlite":
        folded = func.fold(column, type_=String)
        return folded.contains(search.casefold(), autoescape=True)
    # The database's own rules may know the letters of ASCII only; those of ICU know every alphabet,
    # if it was built with them. Capitals, since "ß" has them only as "SS".
    if session.scalar(text("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'")):
        column = collate(column, "und-x-icu")
    folded = func.upper(func.lower(column), type_=String)
    return folded.contains(search.lower().upper(), autoescape=True)
