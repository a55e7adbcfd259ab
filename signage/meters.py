"""What /metrics tells (docs/operations.md lists it): counted where it happens, read by Prometheus.

Names carry no customer's word and no screen's name; a label takes a few fixed values only.
"""

from time import monotonic

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

# When each number was first counted would double the answer; a restart shows in the process's own.
disable_created_metrics()  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600)
_PAGE_SECONDS = (0.005, 0.025, 0.1, 0.25, 1, 2.5, 10)


class Age(Gauge):
    """An age in seconds that goes on by itself from the last that was known, also while nobody can
    look; 0 where there is nothing that ages."""

    def __init__(self, name: str, documentation: str) -> None:
        super().__init__(name, documentation, registry=REGISTRY)
        self._known, self._known_at = 0.0, monotonic()
        self.set_function(self._now)

    def set(self, value: float) -> None:
        """What was seen just now."""
        self._known, self._known_at = float(value), monotonic()

    def _now(self) -> float:
        return self._known and self._known + monotonic() - self._known_at


# Walls.
CONNECTIONS = Gauge("signage_connections", "Sockets that are open.", registry=REGISTRY)
SCREENS = Gauge("signage_screens", "Screens that have a socket here.", registry=REGISTRY)
REFUSED = Counter(
    "signage_refused_total", "Sockets not let in, by reason.", ["reason"], registry=REGISTRY
)
CUT_OFF = Counter(
    "signage_cut_off_total",
    "Sockets closed by the server, by reason.",
    ["reason"],
    registry=REGISTRY,
)
QUEUED_BYTES = Gauge(
    "signage_queued_bytes", "Waiting for clients that lag, all together.", registry=REGISTRY
)
LAGGING = Gauge("signage_lagging", "Clients that something waits for.", registry=REGISTRY)
HELLOS = Counter(
    "signage_hellos_total", "Hellos and heartbeats answered.", ["event"], registry=REGISTRY
)
SNAPSHOTS = Counter("signage_snapshots_total", "Whole feeds sent.", ["feed"], registry=REGISTRY)
WALL_ERRORS = Counter(
    "signage_wall_errors_total", "Scenes that walls could not draw.", registry=REGISTRY
)
WALL_DROPPED_FRAMES = Counter(
    "signage_wall_dropped_frames_total",
    "Frames of cross-fades that came too late on a wall.",
    registry=REGISTRY,
)
WALL_UPDATES_FAILED = Counter(
    "signage_wall_updates_failed_total",
    "New players that a wall left again for the last that worked.",
    registry=REGISTRY,
)

# Delivery.
ANNOUNCED = Histogram(
    "signage_announced_seconds", "From change to announcement.", registry=REGISTRY, buckets=_SECONDS
)
CONFIRMED = Histogram(
    "signage_confirmed_seconds",
    "From a recall's announcement to a screen's receipt.",
    registry=REGISTRY,
    buckets=_SECONDS,
)
OUTBOX_AGE = Age("signage_outbox_age_seconds", "Age of the oldest change not announced.")
OUTBOX_CHANGES = Gauge(
    "signage_outbox_changes", "Changes committed and not announced.", registry=REGISTRY
)

# The process and what it stands on.
UP = Gauge("signage_up", "Whether a part answers: 1 or 0.", ["part"], registry=REGISTRY)
LEADER = Gauge("signage_leader", "Whether this process runs the jobs: 1 or 0.", registry=REGISTRY)
JOBS = Counter("signage_jobs_total", "Jobs run, by outcome.", ["job", "outcome"], registry=REGISTRY)
JOB_DONE = Gauge(
    "signage_job_done_timestamp_seconds",
    "When a job last did what it should, in Unix seconds.",
    ["job"],
    registry=REGISTRY,
)
REQUESTS = Counter(
    "signage_http_requests_total", "Requests answered, by class.", ["status"], registry=REGISTRY
)
REQUEST_SECONDS = Histogram(
    "signage_http_seconds",
    "From request to answer, by endpoint.",
    ["endpoint"],
    registry=REGISTRY,
    buckets=_PAGE_SECONDS,
)
