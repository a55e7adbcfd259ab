"""What happens by itself, and when.

Every job can run twice; of several processes, the leader runs them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from apscheduler.schedulers.gevent import GeventScheduler

from signage import clock, logs, meters
from signage.actions.alerts import forget_watch
from signage.actions.apply_rules import apply_rules
from signage.actions.commands import expire_commands
from signage.actions.decide import publish_due
from signage.actions.deliver import send_alerts
from signage.actions.duplicates import key_new
from signage.actions.expire import expire_due
from signage.actions.feeds import age_feeds
from signage.actions.goals import look_for_goals
from signage.actions.hand_on import hand_on
from signage.actions.inspect import inspect_all, inspect_new
from signage.actions.made_turns import refresh_made
from signage.actions.measure import refresh_effects, refresh_stale
from signage.actions.notices import end_notices
from signage.actions.outbox import forget_history
from signage.actions.pairings import forget_pairings
from signage.actions.plays import forget_plays
from signage.actions.publish_plan import refresh_holidays
from signage.actions.receipts import forget_receipts
from signage.actions.screenshots import forget_screenshots
from signage.actions.sweep import carry_on
from signage.actions.turns import refresh_turns
from signage.actions.uploads import forget_uploads
from signage.actions.watch import watch
from signage.actions.words import forget_words
from signage.core.outages import LOOK_SECONDS
from signage.models import Database
from signage.models.trouble import trouble
from signage.settings import Settings


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the table: how often, and what."""

    name: str
    seconds: int
    run: Callable[[Database, Settings, datetime], object]


JOBS = (
    Job("publish-due", 1, lambda database, _, at: publish_due(database, at=at)),
    Job("inspect-new", 1, lambda database, _, at: inspect_new(database, at=at)),
    Job("inspect-all", 30, lambda database, _, at: inspect_all(database, at=at)),
    Job("apply-rules", 1, lambda database, _, at: apply_rules(database, at=at)),
    Job("expire-due", 1, lambda database, _, at: _expire(database, at)),
    Job("sweep-on", 1, lambda database, _, at: carry_on(database, at=at)),
    Job("hand-on", 60, lambda database, _, at: hand_on(database, at=at)),
    Job("refresh-turns", 10, lambda database, _, at: _refresh_turns(database, at)),
    Job("key-new", 1, lambda database, *_: key_new(database)),
    Job("refresh-metrics", 1, lambda database, _, at: refresh_stale(database, at=at)),
    Job("refresh-effects", 3600, lambda database, _, at: refresh_effects(database, at=at)),
    Job("end-notices", 60, lambda database, _, at: end_notices(database, at=at)),
    Job("refresh-holidays", 3600, lambda database, _, at: refresh_holidays(database, at=at)),
    Job("look-for-goals", 10, lambda database, _, at: look_for_goals(database, at=at)),
    Job("expire-commands", 10, lambda database, _, at: expire_commands(database, at=at)),
    Job("watch", LOOK_SECONDS, lambda database, _, at: watch(database, at=at)),
    Job(
        "send-alerts",
        2,
        lambda database, settings, at: send_alerts(database, settings, at=at, now=clock.now),
    ),
    Job("forget-watch", 3600, lambda database, _, at: forget_watch(database, at=at)),
    Job("forget-plays", 3600, lambda database, _, at: forget_plays(database, at=at)),
    Job("forget-history", 3600, lambda database, *_: forget_history(database)),
    Job("forget-words", 600, lambda database, *_: forget_words(database)),
    Job("forget-pairings", 600, lambda database, _, at: forget_pairings(database, at=at)),
    Job("forget-screenshots", 60, lambda database, _, at: forget_screenshots(database, at=at)),
    Job("forget-receipts", 3600, lambda database, _, at: forget_receipts(database, at=at)),
    Job(
        "forget-uploads",
        3600,
        lambda database, settings, at: forget_uploads(database, settings.uploads, at=at),
    ),
)


def _expire(database: Database, at: datetime) -> None:
    expire_due(database, at=at)
    age_feeds(database, at=at)


def _refresh_turns(database: Database, at: datetime) -> None:
    refresh_turns(database, at=at)
    refresh_made(database, at=at)


class Timetable:
    """The jobs of one process. They run while `leads` says that they are its own."""

    def __init__(
        self, database: Database, settings: Settings, leads: Callable[[], bool] = lambda: True
    ) -> None:
        self._parts = database, settings
        self._leads = leads
        self._failing: set[str] = set()
        self.scheduler = GeventScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        # That a job still waits for the database is said once, not at each of its times.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        for job in JOBS:
            self.scheduler.add_job(self.run, "interval", [job], seconds=job.seconds)

    def start(self) -> None:
        """Begin."""
        self.scheduler.start()

    def stop(self) -> None:
        """End; again is harmless."""
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)

    def run(self, job: Job) -> None:
        """Run a job if it is this process's to run. That the database cannot serve it just now is
        said once, and once when it can; its next time comes anyway."""
        if not self._leads():
            return
        at = clock.now()
        try:
            job.run(*self._parts, at)
        except Exception as error:
            meters.JOBS.labels(job.name, "failed").inc()
            if not self._is_known(job, error):
                raise
        else:
            meters.JOBS.labels(job.name, "done").inc()
            meters.JOB_DONE.labels(job.name).set(at.timestamp())
            if job.name in self._failing:
                self._failing.remove(job.name)
                logs.event("job-healed", level=logging.WARNING, job=job.name)

    def _is_known(self, job: Job, error: Exception) -> bool:
        """Whether it is the database's trouble and has its line in the log."""
        why = trouble(error)
        if why and job.name not in self._failing:
            self._failing.add(job.name)
            logs.event("job-failing", level=logging.WARNING, job=job.name, why=why)
        return why is not None
