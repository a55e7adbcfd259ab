"""What happens by itself."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from signage.actions import decide
from signage.jobs import JOBS, Job, Timetable
from signage.models import Database
from signage.settings import Settings
from tests.answers import changes, draft, everything, items, take, waiting
from tests.logged import logged

pytestmark = pytest.mark.both

BY_NAME = {job.name: job for job in JOBS}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data=tmp_path, database_url="", secret_key="k" * 32, url="http://localhost",
        host="127.0.0.1", port=80,
    )  # fmt: skip


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_can_run_twice_and_on_an_empty_product(
    job: Job, database: Database, settings: Settings, at: datetime
) -> None:
    job.run(database, settings, at)
    before = everything(database)

    job.run(database, settings, at)

    assert everything(database) == before


def test_an_approved_quote_is_published_by_itself(
    database: Database, settings: Settings, lead: int, at: datetime
) -> None:
    quote = waiting(database, at=at)
    decide.approve(database, quote, revision=0, user_id=lead, at=at)

    BY_NAME["publish-due"].run(database, settings, at + timedelta(seconds=9))

    assert list(items(database)) == [f"q{quote}"]


def test_the_score_follows_the_answers_by_itself(
    database: Database, settings: Settings, at: datetime
) -> None:
    take(database, draft(at=at, score=9), at=at)

    BY_NAME["refresh-metrics"].run(database, settings, at)

    assert items(database, "nps")["nps"]["n"] == 1
    assert changes(database, "nps") == [(1, "put", "nps")]


def test_names_are_told_apart_and_what_people_wait_for_runs_each_second() -> None:
    assert len(BY_NAME) == len(JOBS)
    assert {job.name for job in JOBS if job.seconds == 1} == {
        "publish-due", "expire-due", "sweep-on",
        "key-new", "inspect-new", "apply-rules", "refresh-metrics",
    }  # fmt: skip


def test_a_job_that_is_late_runs_once_and_never_beside_itself(
    database: Database, settings: Settings
) -> None:
    scheduler = Timetable(database, settings).scheduler
    scheduler.start(paused=True)
    planned = scheduler.get_jobs()
    scheduler.shutdown(wait=False)

    assert len(planned) == len(JOBS)
    for job in planned:
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)


def test_who_does_not_lead_runs_nothing(database: Database, settings: Settings) -> None:
    ran: list[str] = []
    job = Job("note", 1, lambda *_: ran.append("ran"))
    leads = False
    timetable = Timetable(database, settings, lambda: leads)

    timetable.run(job)
    assert ran == []

    leads = True
    timetable.run(job)
    assert ran == ["ran"]


def test_a_database_that_is_away_is_said_once_and_once_when_it_is_back(
    database: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    gone = iter((True, True, False, False))

    def ask(asked: Database, *_: object) -> None:
        url = "sqlite:////no/such/folder/signage.db" if next(gone) else asked.url
        opened = Database(url)
        try:
            with opened.read():
                pass
        finally:
            opened.engine.dispose()

    timetable = Timetable(database, settings)
    for _ in range(4):
        timetable.run(Job("ask", 1, ask))

    assert [record.getMessage() for record in logged(caplog)] == ["job-failing", "job-healed"]
    assert [record.exc_info for record in logged(caplog)] == [None, None]


def test_a_jobs_own_mistake_is_not_hidden(database: Database, settings: Settings) -> None:
    with pytest.raises(ZeroDivisionError):
        Timetable(database, settings).run(Job("wrong", 1, lambda *_: 1 / 0))
