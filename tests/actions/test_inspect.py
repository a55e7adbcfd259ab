"""What waits is inspected; what could not be is marked, so that a person must look."""

from datetime import datetime, timedelta

import pytest

from signage.actions import inspect
from signage.actions.inspect import inspect_all, inspect_new, seen_of
from signage.core import look as core_look
from signage.core.findings import MOST_CHARACTERS, Known
from signage.core.look import look
from signage.models import Database, Inspection, ListedWord, Quote
from signage.models.queue import quote_with_response
from tests.answers import draft, take

SWEDISH = "Bra bemötande, men ring mig gärna på anna@example.se i stället för att skicka brev."


def come_in(database: Database, at: datetime, *comments: str, language: str | None = None) -> None:
    given = {"language": language} if language else {}
    drafts = [draft(f"r{n}", at=at, comment=each, **given) for n, each in enumerate(comments)]
    take(database, *drafts, at=at)


def kept(database: Database) -> list[Inspection]:
    with database.read() as session:
        return list(session.query(Inspection).order_by(Inspection.quote_id))


@pytest.mark.both
def test_what_came_in_is_inspected_once(database: Database, at: datetime) -> None:
    come_in(database, at, SWEDISH, "All well.")

    assert inspect_new(database, at=at) == 2
    assert inspect_new(database, at=at) == inspect_all(database, at=at) == 0

    first, second = kept(database)
    assert [each.kind for each in first.found] == ["email"]
    assert (first.state, first.language, first.inspected_at) == ("done", "sv", at)
    assert second.found == ()


def test_no_words_of_the_customer_are_kept_with_the_findings(
    database: Database, at: datetime
) -> None:
    come_in(database, at, SWEDISH)
    inspect_new(database, at=at)

    assert "anna" not in str(kept(database)[0].findings)


def test_more_than_a_batch_is_inspected_in_one_run(database: Database, at: datetime) -> None:
    come_in(database, at, *(f"Comment number {n} of many." for n in range(inspect.BATCH + 3)))

    assert inspect_new(database, at=at) == inspect.BATCH + 3


@pytest.mark.both
def test_another_list_inspects_anew_what_still_waits_and_nothing_else(
    database: Database, at: datetime
) -> None:
    come_in(database, at, SWEDISH, "All well.", "Fine.")
    inspect_new(database, at=at)
    with database.write() as session:
        session.query(Quote).order_by(Quote.id).first().state = "rejected"  # type: ignore[union-attr]
        session.add(ListedWord(kind="staff", text="Bo Ek", made_at=at))

    later = at + timedelta(minutes=1)
    assert inspect_new(database, at=later) == 0
    assert inspect_all(database, at=later) == 2
    assert [each.inspected_at for each in kept(database)] == [at, later, later]


def test_a_finder_that_fails_leaves_the_comment_to_a_person(
    database: Database, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(comment: str, **_: object) -> None:
        raise RuntimeError(comment)

    monkeypatch.setattr(core_look, "find", broken)
    come_in(database, at, SWEDISH)

    assert inspect_new(database, at=at) == 1
    assert [(each.state, each.found) for each in kept(database)] == [("failed", ())]


def test_a_comment_that_is_not_read_to_its_end_is_left_to_a_person() -> None:
    seen = look("anna@example.se " + "a b " * MOST_CHARACTERS, None, Known())

    assert not seen.whole
    assert [each.kind for each in seen.findings] == ["email"]


def test_a_quote_speaks_the_language_that_its_source_gave_else_the_one_found_out(
    database: Database, at: datetime
) -> None:
    take(
        database,
        draft("given", at=at, comment=SWEDISH, language="nb"),
        draft("found", at=at, comment=SWEDISH),
        draft("neither", at=at, comment="🙂🙂"),
        at=at,
    )
    inspect_new(database, at=at)

    with database.read() as session:
        quotes = session.query(Quote).order_by(Quote.id).all()
        assert [quote.language for quote in quotes] == ["nb", "sv", None]


def test_before_its_inspection_a_quote_is_looked_at_on_the_spot(
    database: Database, at: datetime
) -> None:
    come_in(database, at, SWEDISH)
    with database.read() as session:
        quote = quote_with_response(session, 1)
        assert quote is not None
        on_the_spot = seen_of(session, quote)
    inspect_new(database, at=at)
    with database.read() as session:
        quote = quote_with_response(session, 1)
        assert quote is not None
        assert seen_of(session, quote) == on_the_spot
        assert on_the_spot.whole
