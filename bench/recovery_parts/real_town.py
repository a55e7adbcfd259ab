"""Real servers, real sockets, players in this process, somebody at the desk."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import select

from bench.recovery_parts.catching_up import catch_up
from bench.recovery_parts.deeds import Deeds
from bench.recovery_parts.desk import Browser, Desk
from bench.recovery_parts.keeper import Keeper
from bench.recovery_parts.ledger import Deed, Ledger
from bench.recovery_parts.loop import Loop
from bench.recovery_parts.player import Player
from bench.recovery_parts.proxy import Proxy
from bench.recovery_parts.servers import KEY, Site
from bench.recovery_parts.websocket import WebSocketLine
from signage import clock
from signage.actions.screens import ScreenDraft, add_screen
from signage.actions.sign_ins import sign_in
from signage.models import Database, Feed, User

SCREENS = 4
LONGEST_WAIT = 4.0
"""Seconds until a player tries again, at most: thirty would make most of a run waiting."""


@dataclass(slots=True)
class RealTown:
    """All of it; the same parts as a simulated one, as far as deeds and checks go."""

    site: Site
    chance: Random
    time: Loop = field(default_factory=Loop)
    screens: dict[int, list[Player]] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    found: list[str] = field(default_factory=list)
    faults: int = 0
    jumped: bool = False
    secret_key: str = KEY
    lines: dict[Player, WebSocketLine] = field(default_factory=dict)
    proxy: Proxy = field(init=False)
    database: Database = field(init=False)
    desk: Desk = field(init=False)
    keeper: Keeper = field(init=False)
    deeds: Deeds = field(init=False)

    def __post_init__(self) -> None:
        ports = [server.port for server in self.site.servers]
        self.keeper = Keeper(self.time, self.site, self.violated)
        self.proxy = Proxy(self.time, self.chance, lambda: ports)
        self.database = Database(self.site.database_url)
        user_id = self._furnish()
        browser = Browser(sign_in(self.database, user_id, at=clock.now()))
        chance = Random(self.chance.random())  # noqa: S311 - the desk's own, in its own thread
        self.deeds = Deeds(self.ledger, chance, user_id, grace=0)
        self.desk = Desk(self.database, self.ledger, browser, lambda: chance.choice([None, *ports]))
        self.desk.ask(self.deeds.others.prefer)
        self.desk.ask(lambda: self.deeds.others.receive(30))
        for _ in range(SCREENS):
            self.add_screen()

    def violated(self, told: str) -> None:
        """Something does not hold."""
        self.found.append(told)

    def look(self) -> Database:
        """The database, for reading."""
        return self.database

    def decide(self) -> None:
        """Have something done at the desk, once what is under way there is done."""
        if not self.desk.busy:
            self.desk.ask(self._draw)

    def add_screen(self) -> None:
        """A new screen and its player."""
        name = f"Screen {len(self.screens) + 1}"
        screen_id, key = add_screen(self.database, KEY, ScreenDraft(name), at=clock.now())
        self.link(screen_id, key)

    def link(self, screen_id: int, key: str) -> None:
        """A player opens a screen's link."""
        player = Player(self.time, self._dial, key, self.chance)
        player.longest_wait = LONGEST_WAIT
        self.screens.setdefault(screen_id, []).append(player)
        player.switch_on(round(clock.now().timestamp() * 1000))

    def players(self) -> list[Player]:
        """All of them."""
        return [player for players in self.screens.values() for player in players]

    def close(self) -> None:
        """End."""
        for player in self.players():
            player.switch_off()
        self.desk.close()
        self.proxy.close()
        self.time.close()
        self.database.engine.dispose()

    def _dial(self, player: Any) -> WebSocketLine:  # noqa: ANN401 - a Conversation, in truth a Player
        line = self.lines[player] = WebSocketLine(self.time, player, self.proxy.port)
        return line

    def _draw(self) -> Deed:
        catch_up(self)
        return self.deeds.draw()

    def _furnish(self) -> int:
        with self.database.write() as session:
            user = User(
                email="lead@example.com", name="Lead", language="en", role="admin",
                created_at=clock.now(),
                password_hash="-",  # noqa: S106 - nobody signs in with it
            )  # fmt: skip
            session.add(user)
            session.scalars(select(Feed).where(Feed.name == "quotes")).one().options = {"size": 8}
            session.flush()
            return user.id
