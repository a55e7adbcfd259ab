"""The tallies that every score is computed from always equal a recount of the answers."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from signage.actions.erase import erase
from signage.actions.tally import TallyKey, tally_key
from signage.models import Database, SurveyResponse, Tally
from signage.models.tallies import day_tallies, kinds_measured, window_by_touchpoint
from tests.answers import draft, take

AT = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)

FIELDS = st.fixed_dictionaries(
    {"score": st.sampled_from([1, 3, 5])},
    optional={
        "comment": st.just("Good bread."),
        "metric": st.sampled_from(["nps", "csat"]),
        "kind": st.sampled_from(["relational", "transactional"]),
        "touchpoint": st.sampled_from(["Shop", "Website"]),
        "segment": st.sampled_from(["Home", "Office"]),
        "answered_at": st.sampled_from(["2026-04-12T23:59:59Z", "2026-04-13T00:30:00+02:00"]),
    },
) | st.just({"comment": "No opinion."})
OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "receive", "receive", "erase"]),
        st.lists(st.tuples(st.sampled_from("abc"), FIELDS), min_size=1, max_size=3),
    ),
    max_size=8,
)


@contextmanager
def fresh(empty_file: Path) -> Iterator[Database]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "signage.db"
        path.write_bytes(empty_file.read_bytes())
        database = Database(f"sqlite:///{path}")
        try:
            yield database
        finally:
            database.engine.dispose()


def recounted(database: Database) -> dict[TallyKey, int]:
    with database.read() as session:
        keys = [
            tally_key(each, each.touchpoint_id) for each in session.scalars(select(SurveyResponse))
        ]
    return dict(Counter(key for key in keys if key))


def tallied(database: Database) -> dict[TallyKey, int]:
    with database.read() as session:
        return {
            TallyKey(*(getattr(row, name) for name in TallyKey._fields)): row.n
            for row in session.scalars(select(Tally))
        }


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
def test_tallies_equal_a_recount_whatever_comes_in_and_is_erased(
    empty_file: Path, operations: list[tuple[str, list[tuple[str, dict[str, object]]]]]
) -> None:
    with fresh(empty_file) as database:
        for verb, answers in operations:
            if verb == "erase":
                erase(database, "shop", answers[0][0], at=AT)
            else:
                take(database, *(draft(id_, at=AT, **fields) for id_, fields in answers), at=AT)

            assert tallied(database) == recounted(database)


def test_a_day_ends_at_midnight_utc(database: Database) -> None:
    take(
        database,
        draft("1", at=AT, score=9, answered_at="2026-04-13T00:30:00+02:00"),
        draft("2", at=AT, score=9, answered_at="2026-04-13T00:30:00Z"),
        at=AT,
    )

    assert {key.day for key in tallied(database)} == {date(2026, 4, 12), date(2026, 4, 13)}


@pytest.fixture
def three_weeks(database: Database) -> Database:
    """One relational 10 and one transactional 2 a day, the latter in the shop."""
    days = [AT - timedelta(days=back) for back in range(21)]
    for place, day in enumerate(days):
        take(
            database,
            draft(f"r{place}", at=AT, score=10, kind="relational", answered_at=day),
            draft(f"t{place}", at=AT, score=2, touchpoint="Shop", answered_at=day),
            at=AT,
        )
    take(database, draft("more", at=AT, score=2, answered_at=AT), at=AT)
    return database


def test_a_window_holds_its_first_and_its_last_day(three_weeks: Database) -> None:
    today = AT.date()
    with three_weeks.read() as session:
        found = day_tallies(session, "nps", "relational", today - timedelta(days=6), today)

    assert len(found) == 7
    assert {(each.score, each.n) for each in found} == {(10, 1)}
    assert {each.day for each in found} == {today - timedelta(days=back) for back in range(7)}


def test_relational_and_transactional_answers_are_never_pooled(three_weeks: Database) -> None:
    today = AT.date()
    with three_weeks.read() as session:
        found = day_tallies(session, "nps", "transactional", today, today)
        kinds = kinds_measured(session, "nps", today - timedelta(days=30), today)
        none = kinds_measured(session, "ces", today - timedelta(days=30), today)

    assert [(each.score, each.n) for each in found] == [(2, 2)]
    assert list(kinds) == [("transactional", 22), ("relational", 21)]
    assert list(none) == []


def test_a_touchpoint_has_its_own_counts(three_weeks: Database) -> None:
    today = AT.date()
    with three_weeks.read() as session:
        shop = day_tallies(session, "nps", "transactional", today, today, touchpoint_id=1)
        nowhere = day_tallies(session, "nps", "transactional", today, today, touchpoint_id=9)
        window = window_by_touchpoint(session, "nps", "transactional", today, today)

    assert [(each.score, each.n) for each in shop] == [(2, 1)]
    assert nowhere == []
    assert window == {0: {2: 1}, 1: {2: 1}}
