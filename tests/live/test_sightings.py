"""What walls say of themselves: noted in memory, kept together, said again after a fault."""

import logging
from datetime import datetime, timedelta

import gevent
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError

from signage import meters
from signage.actions import decide
from signage.actions.prefer import prefer
from signage.core.vitals import read_vitals
from signage.live.sightings import BATCH, Sightings
from signage.models import (
    Database,
    EditionReceipt,
    Preferences,
    Recall,
    Receipt,
    Screen,
    ScreenVitals,
)
from tests.answers import hung
from tests.patience import eventually
from tests.screening import heads, receipts, screen
from tests.web.conftest import statements

pytestmark = pytest.mark.both

SECOND = timedelta(seconds=1)


def seen_at(database: Database, screen_id: int) -> datetime | None:
    with database.read() as session:
        return session.get_one(Screen, screen_id).last_seen_at


def many(database: Database, n: int, at: datetime) -> list[int]:
    """Screens made at once."""
    with database.write() as session:
        made = [
            Screen(
                name=f"Wall {place}", site="", locale="en", timezone="UTC", theme="auto",
                motion=True, diagonal_inch=55, distance_m=4, key_hash=str(place), created_at=at,
            )
            for place in range(n)
        ]  # fmt: skip
        session.add_all(made)
        session.flush()
        return [each.id for each in made]


def recalled(database: Database, lead: int, at: datetime, name: str = "1") -> str:
    """A quote that hung and was withdrawn; gives the cause."""
    quote = hung(database, name, lead=lead, at=at)
    return decide.withdraw(database, quote, reason="private", user_id=lead, at=at).cause


def test_nothing_is_written_before_the_flush(database: Database, at: datetime) -> None:
    wall, sightings = screen(database, at=at), Sightings(database)

    with statements(database) as seen:
        sightings.note(wall, at=at)
    assert seen == []
    sightings.flush()
    assert seen_at(database, wall) == at


def test_what_was_noted_in_parts_is_kept_together(
    database: Database, lead: int, at: datetime
) -> None:
    wall, sightings = screen(database, at=at), Sightings(database)
    cause = recalled(database, lead, at)
    prefer(database, Preferences(title="New"), at=at)

    sightings.note(wall, at=at, edition=1)
    sightings.note(wall, at=at + SECOND, painted=heads(database))
    sightings.note(wall, at=at + 2 * SECOND, painted={})
    sightings.flush()

    assert receipts(database) == {(cause, wall): at + 2 * SECOND}
    assert seen_at(database, wall) == at + 2 * SECOND
    with database.read() as session:
        assert session.scalars(select(EditionReceipt.screen_id)).all() == [wall]


def test_the_last_contact_is_written_every_ten_seconds(database: Database, at: datetime) -> None:
    wall, sightings = screen(database, at=at), Sightings(database)
    written = []
    for seconds in (0, 5, 9, 10, 15, 20):
        sightings.note(wall, at=at + seconds * SECOND)
        sightings.flush()
        written.append(seen_at(database, wall))

    kept = [0, 0, 0, 10, 10, 20]
    assert written == [at + seconds * SECOND for seconds in kept]


def test_a_screen_that_there_is_not_is_passed_over(database: Database, at: datetime) -> None:
    wall, sightings = screen(database, at=at), Sightings(database)

    sightings.note(77, at=at, painted=heads(database), edition=3)
    sightings.note(wall, at=at)
    sightings.flush()

    assert seen_at(database, wall) == at


def test_a_screen_that_is_deleted_meanwhile_keeps_no_other_from_being_seen(
    database: Database, at: datetime
) -> None:
    wall, other, sightings = screen(database, at=at), screen(database, at=at), Sightings(database)
    for each in (wall, other):
        sightings.note(each, at=at)
    sightings.flush()
    with database.write() as session:
        session.delete(session.get_one(Screen, wall))

    later = at + 60 * SECOND
    for each in (wall, other):
        sightings.note(each, at=later, painted=heads(database))
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        sightings.flush()
    sightings.flush()

    assert seen_at(database, other) == later


def test_a_database_that_does_not_answer_loses_nothing(
    database: Database, lead: int, at: datetime
) -> None:
    wall, sightings = screen(database, at=at), Sightings(database)
    cause = recalled(database, lead, at)
    sightings.note(wall, at=at, painted=heads(database))
    with database.write() as session:
        session.execute(update(Screen).values(name="x"))
    whole, database._sessions = database._sessions, _broken  # type: ignore[assignment]

    with pytest.raises(OperationalError):
        sightings.flush()
    sightings.note(wall, at=at + SECOND)
    database._sessions = whole
    sightings.flush()

    assert receipts(database) == {(cause, wall): at + SECOND}


def _broken(*_: object, **__: object) -> None:
    raise OperationalError("", {}, Exception("no connection"))


_broken.begin = _broken  # type: ignore[attr-defined]


def confirmed_so_far() -> float:
    return meters.REGISTRY.get_sample_value("signage_confirmed_seconds_count") or 0.0


def test_another_process_may_keep_the_same(database: Database, lead: int, at: datetime) -> None:
    wall, one, other = screen(database, at=at), Sightings(database), Sightings(database)
    recalled(database, lead, at)
    for sightings in (one, other):
        sightings.note(wall, at=at)
        sightings.flush()
    before = confirmed_so_far()

    for sightings in (one, other):
        sightings.note(wall, at=at + SECOND, painted=heads(database))
        sightings.flush()

    assert len(receipts(database)) == 1
    assert confirmed_so_far() == before + 1


def test_a_receipt_is_logged_with_its_cause(
    database: Database, lead: int, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    wall, sightings = screen(database, at=at), Sightings(database)
    cause = recalled(database, lead, at)
    sightings.note(wall, at=at + 2 * SECOND, painted=heads(database))

    with caplog.at_level(logging.INFO, "signage.delivery"):
        sightings.flush()

    (line,) = [record for record in caplog.records if record.message == "confirmed"]
    assert line.fields == {"cause": cause, "screen": wall, "seconds": 2.0}  # type: ignore[attr-defined]


def test_statements_do_not_grow_with_screens(database: Database, lead: int, at: datetime) -> None:
    walls, sightings = many(database, BATCH, at), Sightings(database)
    counts = []
    for number, some in enumerate([walls[:2], walls, walls]):
        recalled(database, lead, at, str(number))
        for wall in some:
            sightings.note(wall, at=at + number * SECOND, painted=heads(database))
        with statements(database) as seen:
            sightings.flush()
        counts.append(len({statement.split("VALUES")[0] for statement in seen}))

    assert len(receipts(database)) == 2 + 2 * BATCH + (BATCH - 2)
    assert max(counts) <= 11


def test_a_wall_that_has_nothing_new_to_say_costs_two_questions(
    database: Database, lead: int, at: datetime
) -> None:
    wall, sightings = screen(database, at=at), Sightings(database)
    recalled(database, lead, at)
    for _ in range(2):
        sightings.note(wall, at=at, painted=heads(database))
        with statements(database) as seen:
            sightings.flush()

    asked = [statement for statement in seen if "advisory" not in statement]
    assert all(statement.startswith("SELECT") for statement in asked)
    assert len(asked) == 2


def test_a_database_that_was_put_back_is_believed(
    database: Database, lead: int, at: datetime
) -> None:
    wall, sightings = screen(database, at=at), Sightings(database)
    for name in "12":
        recalled(database, lead, at, name)
    sightings.note(wall, at=at, painted=heads(database))
    sightings.flush()
    with database.write() as session:
        session.execute(delete(Recall).where(Recall.id == 2))
        session.execute(update(Screen).values(settled_recall_id=0))
        session.execute(delete(Receipt))

    sightings.note(wall, at=at + SECOND, painted=heads(database))
    sightings.flush()

    assert list(receipts(database).values()) == [at + SECOND]


def test_it_flushes_by_itself_and_once_more_at_the_end(database: Database, at: datetime) -> None:
    wall, other, sightings = screen(database, at=at), screen(database, at=at), Sightings(database)
    sightings.start()
    sightings.start()
    sightings.note(wall, at=at)
    eventually(lambda: seen_at(database, wall), pause=gevent.sleep)
    sightings.note(other, at=at)
    sightings.stop()
    sightings.stop()

    assert seen_at(database, other) == at


def kept_vitals(database: Database, screen_id: int) -> dict[str, object] | None:
    with database.read() as session:
        row = session.get(ScreenVitals, screen_id)
        return row.said if row else None


def test_how_a_page_is_is_kept_when_it_changes_and_now_and_then(
    database: Database, at: datetime
) -> None:
    wall, sightings = screen(database, at=at), Sightings(database)
    errors = meters.WALL_ERRORS._value.get()

    def beat(seconds: int, **said: object) -> dict[str, object] | None:
        told = read_vitals({"uptime": seconds, "worker": "kept", **said})
        sightings.note(wall, at=at + seconds * SECOND, vitals=told)
        sightings.flush()
        return kept_vitals(database, wall)

    assert beat(0) == read_vitals({"worker": "kept"}).as_json()
    assert (beat(30) or {})["uptime"] == 0, "nothing new"
    assert (beat(60, errors=2) or {})["errors"] == 2
    assert (beat(700, errors=2) or {})["uptime"] == 700
    assert meters.WALL_ERRORS._value.get() == errors + 2
    with statements(database) as seen:
        sightings.note(wall, at=at + 701 * SECOND, vitals=read_vitals({"errors": 2}))
        sightings.note(wall, at=at + 702 * SECOND)
    assert seen == []


def test_how_a_page_is_survives_a_flush_that_failed(
    database: Database, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall, sightings = screen(database, at=at), Sightings(database)
    sightings.note(wall, at=at, vitals=read_vitals({"errors": 1}))
    with monkeypatch.context() as patched:
        patched.setattr("signage.live.sightings.see", raising)
        with pytest.raises(OperationalError):
            sightings.flush()
    sightings.note(wall, at=at + SECOND)
    sightings.flush()

    assert (kept_vitals(database, wall) or {})["errors"] == 1


def raising(*_: object) -> None:
    raise OperationalError("see", {}, Exception("gone"))
