"""Ending a greenlet without waiting for it for ever."""

import gevent

PATIENCE = 2.0


def end(greenlet: gevent.Greenlet) -> None:
    """Kill a greenlet and wait a moment until it is gone. gevent's own waiting kill has no bound,
    and was seen to wait for good on one that was talking to a database."""
    greenlet.kill(block=False)
    greenlet.join(timeout=PATIENCE)
