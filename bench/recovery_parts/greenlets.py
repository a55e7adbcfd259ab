"""What a product would do in greenlets of its own, to be done in simulated time instead."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import gevent
from gevent.event import Event

from signage.app import Product
from signage.live.sightings import FLUSH_SECONDS, Sightings
from signage.live.sweep import SWEEP_SECONDS, Sweep


@dataclass(slots=True)
class Work:
    """What is done every so many seconds, and when somebody wakes it."""

    call: Callable[[], object]
    seconds: float
    wake: Event = field(default_factory=Event)
    failed: int = 0

    def was_woken(self) -> bool:
        """Whether somebody did; forgotten by asking."""
        woken = self.wake.is_set()
        self.wake.clear()
        return bool(woken)


def started(product: Product) -> list[Work]:
    """Start a product without its greenlets; gives what they would do."""
    asked: list[Any] = []

    def spawn(call: Callable[..., object], *_: object, **__: object) -> gevent.Greenlet:
        asked.append(getattr(call, "__self__", None))
        return gevent.Greenlet(call)

    with patch.object(gevent, "spawn", spawn):
        product.start()
    return [work for owner in asked if (work := _work_of(owner)) is not None]


def _work_of(owner: object) -> Work | None:
    if isinstance(owner, Sweep):
        return Work(owner._work, SWEEP_SECONDS, owner._wake)  # noqa: SLF001 - not its own greenlet
    if isinstance(owner, Sightings):
        return Work(owner.flush, FLUSH_SECONDS)
    return None
