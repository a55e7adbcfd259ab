"""The log tells of what committed, and of nothing else."""

import logging

import pytest
from sqlalchemy.exc import IntegrityError

from signage.actions.afterwards import log_committed
from signage.models import Database, Touchpoint
from tests.logged import logged


def told(caplog: pytest.LogCaptureFixture) -> list[object]:
    return [(record.getMessage(), record.fields) for record in logged(caplog)]  # type: ignore[attr-defined]  # as logs.event gives it


def test_once_and_after_the_commit(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "signage.delivery")

    with database.write() as session:
        log_committed(session, "decided", cause="d1")
        session.add(Touchpoint(name="Shop", position=1))
        session.flush()
        assert told(caplog) == []
    with database.write():
        pass

    assert told(caplog) == [("decided", {"cause": "d1"})]


def test_each_of_several(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "signage.delivery")

    with database.write() as session:
        log_committed(session, "decided", cause="d1")
        log_committed(session, "decided", cause="d2")

    assert told(caplog) == [("decided", {"cause": "d1"}), ("decided", {"cause": "d2"})]


def test_nothing_of_what_was_taken_back(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "signage.delivery")
    twice = [Touchpoint(name="Shop", position=1), Touchpoint(name="Shop", position=2)]

    def fail() -> None:
        with database.write() as session:
            log_committed(session, "decided", cause="d1")
            session.add_all(twice)

    with pytest.raises(IntegrityError):
        fail()

    assert told(caplog) == []
