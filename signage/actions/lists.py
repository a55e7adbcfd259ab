"""The company's own lists: names of its staff, and templates of its order numbers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.core.findings.orders import problem_with
from signage.core.text import one_line
from signage.errors import Invalid, NotFound, Problem
from signage.models import Database, ListedWord
from signage.models.inspection import LIST_KINDS, ListKind
from signage.words import N_

LONGEST_NAME = 80
MOST: dict[ListKind, int] = {"staff": 2_000, "order": 100}
"""Lines of each list. Each pattern is looked for by itself, in every comment."""
EXAMPLE = "ORD-######"
_LISTS: dict[ListKind, str] = {"staff": "staff list", "order": "order patterns"}


def add_words(
    database: Database, kind: ListKind, lines: Sequence[str], *, user_id: int | None, at: datetime
) -> int:
    """Put lines on a list, those that stand on it already left out; how many came on. Raises
    Invalid, naming each bad line, and then none comes on."""
    wanted = _checked(kind, lines)
    with database.write() as session:
        there = {each.casefold() for each in session.scalars(_texts(kind))}
        new: dict[str, str] = {}
        for line in wanted:
            if line.casefold() not in there:
                new.setdefault(line.casefold(), line)
        if len(there) + len(new) > MOST[kind]:
            text = N_("A list holds at most {most} lines. Take some off first.")
            raise Invalid([Problem("too-many", text, kind, {"most": MOST[kind]})])
        for line in new.values():
            session.add(ListedWord(kind=kind, text=line, user_id=user_id, made_at=at))
        if new:
            detail = f"{len(new)} on"
            note(
                session,
                "settings-changed",
                user_id=user_id,
                about=_LISTS[kind],
                detail=detail,
                at=at,
            )
    return len(new)


def remove_word(database: Database, word_id: int, *, user_id: int | None, at: datetime) -> str:
    """Take a line off its list; the line. Raises NotFound."""
    with database.write() as session:
        word = session.get(ListedWord, word_id)
        if word is None:
            raise NotFound
        session.execute(delete(ListedWord).where(ListedWord.id == word_id))
        about = _LISTS[word.kind]
        note(session, "settings-changed", user_id=user_id, about=about, detail="1 off", at=at)
        return word.text


def listed(session: Session) -> dict[str, list[ListedWord]]:
    """Each kind → its lines, in the order of the alphabet."""
    words = sorted(session.scalars(select(ListedWord)), key=lambda word: word.text.casefold())
    return {kind: [word for word in words if word.kind == kind] for kind in LIST_KINDS}


def _texts(kind: str) -> Select[str]:
    return select(ListedWord.text).where(ListedWord.kind == kind)


def _checked(kind: ListKind, lines: Sequence[str]) -> list[str]:
    wanted = [line for each in lines if (line := one_line(each))]
    if not wanted:
        raise Invalid([Problem("missing", N_("Write at least one line."), kind)])
    problems = [problem for line in wanted if (problem := _problem(kind, line))]
    if problems:
        raise Invalid(problems)
    return wanted


def _problem(kind: str, line: str) -> Problem | None:
    if kind == "order":
        wrong = problem_with(line)
        return Problem("bad-pattern", wrong, kind, {"example": EXAMPLE}) if wrong else None
    letters = sum(each.isalpha() for each in line)
    if letters >= 2 and len(line) <= LONGEST_NAME:
        return None
    text = N_("“{line}” is no name: 2 to 80 characters, with at least two letters.")
    return Problem("bad-name", text, kind, {"line": line[:LONGEST_NAME]})
