"""The real server in simulated time: one process of it, which can die at any statement."""

from collections.abc import Callable
from random import Random
from typing import TypeVar

import gevent
from flask.testing import EnvironBuilder
from sqlalchemy.exc import SQLAlchemyError

from bench.recovery_parts.fuse import Crashed, Fuse
from bench.recovery_parts.greenlets import Work, started
from bench.recovery_parts.socket import Socket
from bench.recovery_parts.wire import Line
from bench.recovery_parts.world import SimulatedTime
from signage.app import create_app
from signage.models import Database
from signage.settings import Settings

T = TypeVar("T")

SLOWEST_WAKING = 0.05
"""Seconds."""


class Process:
    """Sockets are lines of the simulated wire; what greenlets would do is done when time comes."""

    def __init__(self, time: SimulatedTime, settings: Settings, chance: Random) -> None:
        self.alive = True
        self.fuse = Fuse()
        self.on_commit: Callable[[], None] = lambda: None
        self._time = time
        self._chance = chance
        self._product = create_app(settings)
        self._server = self._product.sockets.server
        self._lines: dict[Line, Socket] = {}
        self.fuse.watch(self.database.engine)
        self.database.on_commit(self._committed)
        self._works = started(self._product)
        for work in self._works:
            self._sweep(work)

    @property
    def database(self) -> Database:
        """Its own engine on the database."""
        return self._product.database

    def do(self, call: Callable[[], T]) -> T:
        """Have it do something; raises Crashed if it dies of it, or was dead."""
        if not self.alive:
            raise Crashed
        try:
            done = call()
            gevent.sleep(0)  # what it spawned gets its turn
        except Crashed:
            self.die()
            raise
        finally:
            self._wake()
        return done

    def came(self, line: Line) -> bool:
        """A line was opened."""
        if not self.alive:
            return False
        socket = Socket(f"eio{id(line)}-{self._time.now()}", line, self)
        self._lines[line] = socket
        self._server.eio.sockets[socket.sid] = socket
        environ = EnvironBuilder(self._product.flask, path="/socket.io").get_environ()
        environ["flask.app"] = self._product.flask
        return self._try(lambda: self._server.eio.handlers["connect"](socket.sid, environ))

    def said(self, line: Line, text: str) -> None:
        """A player said something."""
        if socket := self._lines.get(line):
            self._try(lambda: self._server.eio.receive(socket, text))

    def went(self, line: Line) -> None:
        """A line ended."""
        if socket := self._lines.get(line):
            self._try(lambda: self.hung_up(socket))

    def hung_up(self, socket: Socket) -> None:
        """One side ended a line."""
        self._lines.pop(socket.line, None)
        self._server.eio.sockets.pop(socket.sid, None)
        self._server.eio.handlers["disconnect"](socket.sid, "transport close")

    def tick(self) -> None:
        """Perhaps die."""
        self.fuse.tick()

    def die(self) -> None:
        """As by kill -9: nothing is finished, and all connections end."""
        if not self.alive:
            return
        self.alive = False
        self.fuse.cut(self.database.engine)
        for line in list(self._lines):
            line.cut(self._chance.uniform(0, 0.1), 0.0)
        self._lines.clear()

    def _try(self, call: Callable[[], object]) -> bool:
        try:
            self.do(call)
        except Crashed:
            return False
        return True

    def _committed(self) -> None:
        self.tick()
        self.on_commit()

    def wake(self) -> None:
        """Another process committed."""
        if self.alive:
            for work in self._works:
                work.wake.set()
            self._wake()

    def _wake(self) -> None:
        for work in self._works:
            if self.alive and work.was_woken():
                wait = self._chance.uniform(0.001, SLOWEST_WAKING)
                self._time.later(wait, lambda work=work: self._run(work))  # type: ignore[misc]

    def _sweep(self, work: Work) -> None:
        if self.alive:
            self._time.later(work.seconds, lambda: self._sweep(work))
            self._run(work)

    def _run(self, work: Work) -> None:
        try:
            self.do(work.call)
        except Crashed:
            pass
        except SQLAlchemyError:  # the disk is full: the next sweep must come
            work.failed += 1
