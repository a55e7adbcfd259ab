"""What /metrics tells (docs/operations.md lists it): counted where it happens, read by Prometheus.

Names carry no customer's word and no screen's name; a label takes a few fixed values only.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600)

CONNECTIONS = Gauge("signage_connections", "Sockets that are open.", registry=REGISTRY)
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
ANNOUNCED = Histogram(
    "signage_announced_seconds", "From change to announcement.", registry=REGISTRY, buckets=_SECONDS
)
CONFIRMED = Histogram(
    "signage_confirmed_seconds",
    "From a recall's announcement to a screen's receipt.",
    registry=REGISTRY,
    buckets=_SECONDS,
)
OUTBOX_AGE = Gauge(
    "signage_outbox_age_seconds", "Age of the oldest change not announced.", registry=REGISTRY
)
