"""What happens by itself, and when. Every job can run twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.gevent import GeventScheduler

from signage import clock
from signage.actions.decide import publish_due
from signage.actions.measure import refresh_effects, refresh_stale
from signage.actions.outbox import forget_history
from signage.actions.uploads import forget_uploads
from signage.models import Database
from signage.settings import Settings


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the table: how often, and what."""

    name: str
    seconds: int
    run: Callable[[Database, Settings, datetime], object]


JOBS = (
    Job("publish-due", 1, lambda database, _, at: publish_due(database, at=at)),
    Job("refresh-metrics", 1, lambda database, _, at: refresh_stale(database, at=at)),
    Job("refresh-effects", 3600, lambda database, _, at: refresh_effects(database, at=at)),
    Job("forget-history", 3600, lambda database, *_: forget_history(database)),
    Job(
        "forget-uploads",
        3600,
        lambda database, settings, at: forget_uploads(database, settings.uploads, at=at),
    ),
)


def schedule(database: Database, settings: Settings) -> BaseScheduler:
    """A scheduler that runs the table; not started yet."""
    scheduler = GeventScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in JOBS:
        scheduler.add_job(_run, "interval", [job, database, settings], seconds=job.seconds)
    return scheduler


def _run(job: Job, database: Database, settings: Settings) -> None:
    job.run(database, settings, clock.now())
