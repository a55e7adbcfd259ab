"""What goes wrong in simulated time. Each mishap lasts at most MOST_SECONDS, or is over at once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bench.recovery_parts.catching_up import catch_up
from bench.recovery_parts.fuse import Crashed
from bench.recovery_parts.ledger import Ledger
from bench.recovery_parts.screen_mishaps import ScreenMishaps
from bench.recovery_parts.town import Town
from bench.recovery_parts.wire import Weather
from signage.actions.outbox import forget_history
from signage.keeping.backup import back_up
from signage.keeping.restore import restore

MOST_SECONDS = 2.0


class Mishaps:
    """Draws them, and ends them."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._chance = town.chance
        self._backup: Ledger | None = None
        self._ended = False
        self._kinds: dict[Callable[[], object], int] = {
            self._crash: 10, self._crash_all: 2, self._weather: 24, self._cut: 6,
            self._fill_disk: 4, self._jump: 3, self._forget: 3, self._back_up: 3,
            self._restore: 3, **ScreenMishaps(town).kinds(),
        }  # fmt: skip

    def draw(self) -> None:
        """One of them."""
        self._town.faults += 1
        self._chance.choices(list(self._kinds), list(self._kinds.values()))[0]()

    def end(self) -> None:
        """No fault lasts beyond this moment; who lost something on its line is cut off, as TCP
        would."""
        self._ended = True
        town = self._town
        town.wire.weather = Weather()
        self._free_disk()
        for line in [line for line in town.wire.lines if line.lossy]:
            line.cut(0.0, 0.0)
        for process in town.processes:
            process.fuse.left = None
        while sum(process.alive for process in town.processes) < 1:
            town.boot()
        for player in town.players():
            if not player.on:
                player.switch_on()

    def _crash(self) -> None:
        if process := self._town.any_process():
            process.fuse.left = self._chance.randrange(1, 40)
            self._later(lambda: None if self._ended else process.die())
            self._later(self._replace, at_least=0.2)

    def _crash_all(self) -> None:
        for process in self._town.processes:
            process.die()
        self._later(self._replace)

    def _replace(self) -> None:
        town = self._town
        wanted = self._chance.choice((1, 1, 2))
        if sum(process.alive for process in town.processes) < wanted:
            town.boot()
            catch_up(town)

    def _weather(self) -> None:
        some = self._chance
        self._town.wire.weather = Weather(
            slowest=some.choice((0.05, 0.5, 2.0)), lost=some.choice((0, 0.3, 0.6)),
            repeated=some.choice((0, 0.5)), refused=some.choice((0, 0.5)),
        )  # fmt: skip
        self._later(lambda: setattr(self._town.wire, "weather", Weather()))

    def _cut(self) -> None:
        for line in list(self._town.wire.lines):
            if self._chance.random() < 0.5:
                self._town.wire.cut(line)

    def _fill_disk(self) -> None:
        with closing(sqlite3.connect(self._town.file)) as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
        self._bound_disk(pages + self._chance.randrange(3))
        self._later(self._free_disk)

    def _free_disk(self) -> None:
        self._bound_disk(2**30)

    def _bound_disk(self, pages: int) -> None:
        self._town.most_pages = pages
        for process in self._town.processes:
            process.fuse.most_pages = pages

    def _jump(self) -> None:
        self._town.jumped = True
        self._town.time.ahead += timedelta(seconds=self._chance.uniform(-7200, 7200))

    def _forget(self) -> None:
        if process := self._town.any_process():
            with suppress(Crashed, SQLAlchemyError):
                process.do(lambda: forget_history(process.database))

    def _back_up(self) -> None:
        town = self._town
        catch_up(town)
        back_up(town.settings, self._file, force=True, at=town.time.clock())
        self._backup, self._backed_up = town.ledger.copy(), set(town.players())

    def _restore(self) -> None:
        """From an older backup, as the manual says: the servers stand still meanwhile."""
        town = self._town
        if self._backup is None:
            self._back_up()
            return
        for process in town.processes:
            process.die()
        town.look_away()
        restore(town.settings, self._file, at=town.time.clock())
        town.ledger.back_to(self._backup)
        for player in town.players():
            player.is_known &= player in self._backed_up
        self._later(self._replace)

    @property
    def _file(self) -> Path:
        return self._town.folder / "backup.tar.gz"

    def _later(self, call: Callable[[], object], *, at_least: float = 0.0) -> None:
        self._town.time.later(self._chance.uniform(at_least, MOST_SECONDS), call)
