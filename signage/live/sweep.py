"""Work that must never stop: done when somebody wakes it, and each second anyway."""

from collections.abc import Callable

import gevent
from gevent.event import Event

from signage.live.ending import PATIENCE, end
from signage.live.outage import Outage

SWEEP_SECONDS = 1.0


class Sweep:
    """One greenlet. Whatever the work raises, it is done again a second later."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        self._work = work
        self._wake = Event()
        self._outage = Outage(name)
        self._running: gevent.Greenlet | None = None
        self._ending = False

    def start(self) -> None:
        """Begin; again is harmless."""
        if self._running is None:
            self._ending = False
            self._running = gevent.spawn(self._run)

    def stop(self) -> None:
        """End, once the work that is under way is done, if that is soon."""
        if self._running is not None:
            self._ending = True
            self._wake.set()
            self._running.join(timeout=PATIENCE)
            end(self._running)
            self._running = None

    def wake(self) -> None:
        """Do it now rather than at the next second; also from other threads."""
        self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait(timeout=SWEEP_SECONDS)
            self._wake.clear()
            if self._ending:
                return
            try:
                self._work()
            except Exception as error:  # whatever it was, the next second must come
                self._outage.failed(error)
                gevent.sleep(SWEEP_SECONDS)
            else:
                self._outage.healed()
