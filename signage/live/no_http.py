"""Requests that are no HTTP: counted, and one line each without a word of theirs."""

from signage import logs, meters


class NoHttp:
    """gevent's server writes what it thinks of such a request here, and quotes it; that may be
    long, and hold a key."""

    def write(self, _said: str) -> None:
        """One such request came, and was answered with 400."""
        meters.REFUSED.labels("not-http").inc()
        logs.event("refused", reason="not-http")

    def flush(self) -> None:
        """Nothing waits here."""
