"""From SQLite to PostgreSQL: everything is there as it was, and goes on."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import func, select, text

from signage.actions.audit import examine_chain
from signage.actions.epochs import Heads, heads_of
from signage.actions.witness import keep, seen_now
from signage.actions.words import forget_words
from signage.core.searching import terms_of
from signage.keeping.copying import LEFT, Progress
from signage.keeping.move import Moved, move
from signage.live.state import feed_answers
from signage.models import Base, Database, SurveyResponse
from signage.models.search import holds
from tests.answers import changes, hung, items, waiting
from tests.keeping.moving import KEY, Stored, fill, last_quote, settings_of, stored
from tests.live.test_relay import Process
from tests.services import fresh_postgres
from tests.serving import Server, free_port

AT = datetime(2026, 4, 14, 7, 42, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


@dataclass(frozen=True)
class Installation:
    """One that was moved."""

    data: Path
    url: str
    erased: int
    """The last quote that the old database had numbered."""
    before: Stored
    """What was in the old database."""
    sums: tuple[str, str]
    """Its file before and after."""
    there: Stored
    """What was in the new one right after."""
    told: list[Progress]
    moved: Moved
    heads: Heads
    """What walls have, that hear of every change."""
    highest: int
    """The last quote that the old database has."""


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path
) -> Iterator[Installation]:
    data = tmp_path_factory.mktemp("data")
    (data / "signage.db").write_bytes(empty_file.read_bytes())
    erased = fill(data, at=AT)
    old = Database(settings_of(data).database_url)
    keep(seen_now(old, running=False), data)
    before, heads, highest, told = stored(old), heads_in(old), last_quote(old), list[Progress]()
    old.engine.dispose()
    with fresh_postgres(empty=True) as url:
        bring_an_extension(url)
        sum_before = sum_of(data)
        moved = move(settings_of(data, url), at=LATER, on_progress=told.append)
        new = Database(url)
        there = stored(new)
        new.engine.dispose()
        yield Installation(
            data, url, erased, before, (sum_before, sum_of(data)), there, told, moved, heads,
            highest,
        )  # fmt: skip


def bring_an_extension(url: str) -> None:
    """As providers have some in each database; where this machine has it."""
    database = Database(url)
    with database.engine.begin() as connection:
        known = text("SELECT count(*) FROM pg_available_extensions WHERE name = 'hstore'")
        if connection.scalar(known):
            connection.execute(text("CREATE EXTENSION hstore"))
    database.engine.dispose()


@pytest.fixture
def new(installation: Installation) -> Iterator[Database]:
    """The new database."""
    opened = Database(installation.url)
    yield opened
    opened.engine.dispose()


def sum_of(data: Path) -> str:
    return hashlib.sha256((data / "signage.db").read_bytes()).hexdigest()


def test_every_row_of_every_table_is_there_to_the_letter(installation: Installation) -> None:
    before, there = installation.before, dict(installation.there)
    assert {name for name, rows in before.items() if not rows} == set()
    assert there.pop("words_left") == [], "of SQLite's index of words there is nothing to tell"
    last = there["audit_entries"].pop()
    assert last[1] == "moved"
    for name, rows in there.items():
        assert rows == before[name], name


def test_the_old_database_is_as_it_was(installation: Installation) -> None:
    before, after = installation.sums
    assert before == after
    assert list(installation.data.glob("signage.db-*")) == []


def test_it_is_told_how_far_it_has_come(installation: Installation) -> None:
    done = [progress.done for progress in installation.told]
    total = sum(len(rows) for name, rows in installation.before.items() if name not in LEFT)
    assert done == sorted(done)
    assert {progress.total for progress in installation.told} == {done[-1]} == {total}
    assert installation.moved.rows == total
    assert {progress.table for progress in installation.told} == set(Base.metadata.tables) - LEFT


def test_the_next_of_each_gets_a_number_that_none_had(
    installation: Installation, new: Database
) -> None:
    assert installation.highest < installation.erased
    assert waiting(new, "next", at=LATER) > installation.erased
    with new.write() as session:
        for table in Base.metadata.sorted_tables:
            if (column := table.autoincrement_column) is None:
                continue
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            following = session.scalar(select(func.nextval(sequence)))
            last = session.scalar(select(func.max(column)))
            assert (following or 0) > (last or 0), table.name


def test_an_answer_comes_in_is_decided_of_and_reaches_the_walls(new: Database) -> None:
    before, process = heads_in(new)["quotes"], Process(new)
    quote = hung(new, "after", lead=1, at=LATER, comment="It came after the move.")
    assert f"q{quote}" in items(new)
    epoch, rev = heads_in(new)["quotes"]
    assert (epoch, changes(new)[-1]) == (before[0], (rev, "put", f"q{quote}"))

    process.relay.announce()

    assert process.revs() == list(range(before[1] + 1, rev + 1))


def test_walls_go_on_without_a_snapshot(installation: Installation, new: Database) -> None:
    have = installation.heads
    quote = hung(new, "for walls", lead=1, at=LATER, comment="For walls.")
    with new.read() as session:
        answers = feed_answers(session, list(have), have)
    assert all("changes" in answer for answer in answers.values())
    assert f"q{quote}" in {each["item"] for each in answers["quotes"]["changes"]}


def test_the_audit_log_still_follows_and_words_are_found(new: Database) -> None:
    assert examine_chain(new).broken is None
    forget_words(new)
    with new.read() as session:
        found = select(SurveyResponse.external_id).where(holds(session, terms_of("slashes")))
        assert session.scalars(found).all() == ["hard"]


def test_a_server_on_it_serves(installation: Installation) -> None:
    server = Server(installation.data, free_port(), KEY, chosen={"DATABASE_URL": installation.url})
    server.start()
    try:
        answer = requests.get(f"{server.url}/readyz", timeout=30)
        assert answer.json()["parts"]["migrations"] == {"status": "up"}
    finally:
        server.stop()
    now = heads_in(server.database)
    server.database.engine.dispose()
    had = installation.heads
    assert {name: now[name][0] for name in had} == {name: had[name][0] for name in had}


def heads_in(database: Database) -> Heads:
    with database.read() as session:
        return heads_of(session)
