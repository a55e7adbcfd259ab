"""A simulated installation: servers on one database, a wire, screens, somebody at the desk."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bench.recovery_parts.deeds import Deeds
from bench.recovery_parts.fuse import Crashed
from bench.recovery_parts.ledger import Deed, Ledger
from bench.recovery_parts.player import Player
from bench.recovery_parts.process import Process
from bench.recovery_parts.wire import Wire
from bench.recovery_parts.world import SimulatedTime
from signage.actions.screens import ScreenDraft, add_screen
from signage.errors import SignageError
from signage.models import Database, Feed, User
from signage.settings import Settings, read_settings

KEY = "a key that only this simulation knows"
LOST_WAKING = 0.3
"""How often one server's word to the others gets lost: they look each second anyway."""


@dataclass(slots=True)
class Town:
    """All of it; `chance` decides everything that is left open."""

    folder: Path
    chance: Random
    time: SimulatedTime
    wire: Wire = field(init=False)
    processes: list[Process] = field(default_factory=list)
    screens: dict[int, list[Player]] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    deeds: Deeds = field(init=False)
    settings: Settings = field(init=False)
    most_pages: int = 2**30
    found: list[str] = field(default_factory=list)
    """Violations."""
    faults: int = 0
    jumped: bool = False
    player_class: type[Player] = Player
    secret_key: str = KEY
    looking: Database | None = None

    def __post_init__(self) -> None:
        self.settings = read_settings(
            {
                "SIGNAGE_DATA": str(self.folder),
                "SIGNAGE_SECRET_KEY": KEY,
                "SIGNAGE_SCHEDULE": "0",
                "SIGNAGE_SOCKETS": self.chance.choice(("direct", "ordinary")),
            }
        )
        self.wire = Wire(self.time, self.chance)
        self.wire.far = self.any_process

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / "signage.db"

    def any_process(self) -> Process | None:
        """Where a plain proxy leads somebody; None while no server runs."""
        running = [process for process in self.processes if process.alive]
        return self.chance.choice(running) if running else None

    def boot(self) -> Process:
        """Start a server."""
        process = Process(self.time, self.settings, self.chance)
        process.fuse.most_pages = self.most_pages
        process.on_commit = lambda: self._tell_others(process)
        self.processes = [other for other in self.processes if other.alive] + [process]
        return process

    def look(self) -> Database:
        """The database, for reading, whatever the servers do."""
        if self.looking is None:
            self.looking = Database(self.settings.database_url)
        return self.looking

    def look_away(self) -> None:
        """Let go of the database's file: another takes its place."""
        if self.looking is not None:
            self.looking.engine.dispose()
            self.looking = None

    def act(self, deed: Deed) -> None:
        """Have somebody do it at the desk, through any server."""
        process = self.any_process()
        if process is None:
            return
        try:
            made = process.do(lambda: deed.call(process.database, self.time.clock()))
        except SignageError:
            return
        except (Crashed, SQLAlchemyError):
            self.ledger.unsure.add(deed.about)
            return
        deed.accepted(made)

    def add_screen(self, database: Database) -> None:
        """A new screen, and a player with its link."""
        name = f"Screen {len(self.screens) + 1}"
        screen_id, key = add_screen(database, KEY, ScreenDraft(name), at=self.time.clock())
        self.link(screen_id, key)

    def link(self, screen_id: int, key: str) -> None:
        """A player opens a screen's link."""
        player = self.player_class(self.time, self.wire.dial, key, self.chance)
        self.screens.setdefault(screen_id, []).append(player)
        self.time.later(self.chance.uniform(0, 1), player.switch_on)

    def players(self) -> list[Player]:
        """All of them."""
        return [player for players in self.screens.values() for player in players]

    def _tell_others(self, process: Process) -> None:
        for other in self.processes:
            if other is not process and self.chance.random() >= LOST_WAKING:
                self.time.later(self.chance.uniform(0.001, 0.02), other.wake)


def settle_in(town: Town, template: Path, *, size: int, grace: int) -> None:
    """Fill an empty installation: an account, answers, screens."""
    shutil.copy(template, town.file)
    process = town.boot()
    with process.database.write() as session:
        user = User(
            email="lead@example.com", name="Lead", language="en", role="admin",
            created_at=town.time.clock(),
            password_hash="-",  # noqa: S106 - nobody signs in with it
        )  # fmt: skip
        session.add(user)
        session.scalars(select(Feed).where(Feed.name == "quotes")).one().options = {"size": size}
        session.flush()
    town.deeds = Deeds(town.ledger, town.chance, user.id, grace)
    town.act(town.deeds.others.prefer())
    town.act(town.deeds.others.receive(12))
    for _ in range(town.chance.randrange(2, 6)):
        town.add_screen(process.database)
