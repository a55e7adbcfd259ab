"""The whole product, served as `signage serve` does, that also does what the bench says.
Run under gevent.monkey, as `signage serve` is patched.

    approve    the next waiting quote; answers when its transaction had committed
    withdraw   the quote that was approved last; the same
    again      emits the latest change once more, as it is; answers when that began
    heads      answers where each feed is

Moments are seconds of the steady clock, which all processes of a machine share.
"""

import os
from collections.abc import Callable
from time import monotonic

import gevent
from gevent.fileobject import FileObject
from sqlalchemy import select

from bench.fanout_parts.house import next_quotes, reviewer
from signage import clock
from signage.actions.decide import approve, withdraw
from signage.app import Product, create_app
from signage.live.limits import WALL
from signage.models import Feed, FeedChange
from signage.serve import serve
from signage.settings import read_settings


class Obedient:
    """A product, and who tells it what to do."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._database = product.database
        self._decider: gevent.Greenlet | None = None
        self._committed = 0.0
        self._quote = 0
        # Asked before the relay is, whose announcement is what takes time.
        self._database.on_commit(self._note)

    def obey(self, port: int) -> None:
        """Take lines until they end, and end with them."""
        print(f"port {port}", flush=True)
        gevent.spawn(self._obey)

    def approve(self) -> float:
        """One decision, published at once, as there is no grace period."""
        self._quote = next_quotes(self._database, 1)[0]
        user = reviewer(self._database)
        return self._decide(
            lambda: approve(
                self._database, self._quote, revision=0, user_id=user, at=clock.now()
            )
        )  # fmt: skip

    def withdraw(self) -> float:
        """The way back."""
        user = reviewer(self._database)
        return self._decide(
            lambda: withdraw(
                self._database, self._quote, reason="private", user_id=user, at=clock.now()
            )
        )  # fmt: skip

    def again(self) -> None:
        """The bare broadcast of the same size: announcing twice is harmless."""
        latest = (
            select(FeedChange, Feed.name, Feed.epoch)
            .join(Feed)
            .where(Feed.name == "quotes")
            .order_by(FeedChange.id.desc())
            .limit(1)
        )
        with self._database.read() as session:
            change, name, epoch = session.execute(latest).one()
        body = {"rev": change.rev, "op": change.op, "item": change.item}
        changes = [body if change.body is None else {**body, "body": change.body}]
        told = {"feed": name, "epoch": epoch, "changes": changes}
        # Answered first, so that the walls listen while it is sent, as they do after a decision.
        print(monotonic(), flush=True)
        self._product.sockets.emit("changes", told, to=name, namespace=WALL, ignore_queue=True)

    def heads(self) -> str:
        """Epoch and rev of each feed, by name."""
        with self._database.read() as session:
            rows = session.execute(select(Feed.name, Feed.epoch, Feed.rev)).all()
        return ";".join(f"{name} {epoch} {rev}" for name, epoch, rev in rows)

    def _obey(self) -> None:
        for line in FileObject(0, "r", closefd=False):
            answer = getattr(self, line.strip())()
            if answer is not None:
                print(answer, flush=True)
        os._exit(0)

    def _decide(self, act: Callable[[], object]) -> float:
        self._decider = gevent.getcurrent()
        act()
        self._decider = None
        return self._committed

    def _note(self) -> None:
        if self._decider is gevent.getcurrent():
            self._committed = monotonic()


def main() -> None:
    """Serve as the environment says."""
    product = create_app(read_settings(os.environ))
    serve(product, Obedient(product).obey)


if __name__ == "__main__":
    main()
