"""Comments are found by their words, the same on both databases."""

import string
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from signage.actions.erase import erase
from signage.actions.words import forget_words
from signage.core.searching import terms_of
from signage.models import Database, SurveyResponse, WordsLeft
from signage.models.search import holds
from tests.answers import draft, take

SAID = {
    "sv": "Bra service för alla, även på Öland.",
    "en": "Waited for the driver; don't ask. E-post 12e3x a/b!",
    "de": "Die Straße war gesperrt. GRÖSSE passt.",
    "ru": "Очень ХОРОШО",
    "da": "Smørrebrød og æbler",
}

FINDS: dict[str, list[str]] = {
    "för": ["sv"],
    "for": ["en"],
    "FÖR": ["sv"],
    "oland": [],
    "öland": ["sv"],
    "bra alla": ["sv"],
    "bra driver": [],
    '"service för"': ["sv"],
    '"för service"': [],
    '"service för': ["sv"],
    "serv*": ["sv"],
    "serv": [],
    "don't": ["en"],
    "e-post": ["en"],
    "e-po*": ["en"],
    "12e3x b": ["en"],
    "straße": ["de"],
    "größe": [],
    "хорошо": ["ru"],
    "ÆBLER": ["da"],
    "aebler": [],
    "smørrebrød": ["da"],
    "o\u0308land": ["sv"],
}
HOSTILE = (
    "'; DROP TABLE quotes; --", "a AND", "NEAR(a b)", "comment:a", "a OR b", "NOT a", "^a",
    "a + b", "(a", "a)", "{a}", "-a", "a:*", "'a'", "a\\", "a\0b", "a%_", "a & !b | c",
    "<-> a", "”a”",
    "é" * 300, "x " * 500, "rowid", "comment_words", "* a", "a" * 5000,
)  # fmt: skip
CHECK = "INSERT INTO comment_words (comment_words) VALUES ('integrity-check')"


def found(database: Database, typed: str) -> list[str]:
    """The answers whose comments hold what was typed."""
    with database.read() as session:
        rows = session.scalars(
            select(SurveyResponse.external_id)
            .where(holds(session, terms_of(typed)))
            .order_by(SurveyResponse.external_id)
        )
        return list(rows)


def fill(database: Database, at: datetime) -> None:
    drafts = [draft(name, at=at, comment=comment) for name, comment in SAID.items()]
    take(database, *drafts, draft("mute", at=at, score=3), at=at)


def test_words_are_found(database: Database, at: datetime) -> None:
    fill(database, at)

    assert {typed: found(database, typed) for typed in FINDS} == FINDS


def test_nothing_that_is_typed_breaks_a_statement(database: Database, at: datetime) -> None:
    fill(database, at)

    for typed in HOSTILE:
        assert isinstance(found(database, typed), list), typed


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters() | st.sampled_from(string.punctuation + ' "*'), max_size=40))
def test_nothing_at_all_does(database: Database, typed: str) -> None:
    if terms_of(typed):
        assert found(database, typed) == []


def test_what_is_erased_is_found_no_more(database: Database, at: datetime) -> None:
    fill(database, at)

    assert erase(database, "shop", "sv", at=at)

    assert found(database, "öland") == []
    assert found(database, "for") == ["en"]


def test_a_comment_that_comes_later_is_found(database: Database, at: datetime) -> None:
    take(database, draft("1", at=at, score=3), at=at)
    take(database, draft("1", at=at, comment="Late, but kind."), at=at)

    assert found(database, "kind late") == ["1"]


@pytest.mark.sqlite_alone
def test_erased_words_leave_the_pages_of_the_index(database: Database, at: datetime) -> None:
    others = [draft(f"{n}", at=at, comment=f"Unlike{n} words.") for n in range(300)]
    take(database, *others, draft("z", at=at, comment="Zyxwvut."), at=at)
    erase(database, "shop", "z", at=at)
    assert _stands_in_pages(database, b"zyxwvut")

    forget_words(database)
    forget_words(database)

    assert not _stands_in_pages(database, b"zyxwvut")
    assert found(database, "unlike8") == ["8"]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(WordsLeft)) == 0
    with database.write() as session:  # raises where the index is not as the comments are
        session.execute(text(CHECK))


def _stands_in_pages(database: Database, word: bytes) -> bool:
    """A word that shares no beginning with its neighbours stands there whole."""
    with database.read() as session:
        pages = session.scalars(text("SELECT block FROM comment_words_data"))
        return any(word in page for page in pages)
