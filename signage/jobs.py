"""What happens by itself, and when. Every job can run twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.gevent import GeventScheduler

from signage import clock
from signage.actions.decide import publish_due
from signage.actions.measure import refresh_effects, refresh_stale
from signage.actions.outbox import forget_history
from signage.actions.uploads import forget_uploads
from signage.models import Database


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the table: how often, and what."""

    name: str
    every: timedelta
    run: Callable[[Database], object]


JOBS = (
    Job("publish-due", timedelta(seconds=1), lambda db: publish_due(db, at=clock.now())),
    Job("refresh-metrics", timedelta(seconds=1), lambda db: refresh_stale(db, at=clock.now())),
    Job("refresh-effects", timedelta(hours=1), lambda db: refresh_effects(db, at=clock.now())),
    Job("forget-history", timedelta(hours=1), forget_history),
    Job("forget-uploads", timedelta(hours=1), lambda db: forget_uploads(db, at=clock.now())),
)


def schedule(database: Database) -> BaseScheduler:
    """A scheduler that runs the table; not started yet."""
    scheduler = GeventScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in JOBS:
        scheduler.add_job(
            job.run, "interval", [database], seconds=job.every.total_seconds(), id=job.name
        )
    return scheduler
