"""What happens to real screens: power cuts, wiped storage, links that end and begin."""

from collections.abc import Callable
from datetime import datetime

from bench.recovery_parts.ledger import Deed
from bench.recovery_parts.player import Player
from bench.recovery_parts.real_town import RealTown
from bench.recovery_parts.servers import KEY
from signage import clock
from signage.actions.screens import ScreenDraft, change_screen, renew_link, revoke_screen
from signage.models import Database

MOST_SECONDS = 2.0
DAY_MS = 86_400_000


class RealScreenMishaps:
    """Draws a screen, and does it to that one."""

    def __init__(self, town: RealTown) -> None:
        self._town = town
        self._chance = town.chance

    def kinds(self) -> dict[str, tuple[Callable[[], object], int]]:
        """What may happen, and how often."""
        return {
            "a player reads nothing": (self._stop_reading, 5),
            "power cut": (self._power, 5),
            "wiped": (lambda: self._one().wipe(), 2),
            "link renewed": (self._renew, 2),
            "screen changed": (self._change, 2),
        }

    def _stop_reading(self) -> None:
        if line := self._town.lines.get(self._one()):
            line.stop_reading(self._chance.uniform(0.5, MOST_SECONDS))

    def _power(self) -> None:
        """The device's clock comes back wrong."""
        player = self._one()
        player.switch_off()
        right = round(clock.now().timestamp() * 1000)
        wrong = self._chance.choice((0, right - DAY_MS, right + DAY_MS))

        def back() -> None:
            if not player.on:
                player.switch_on(wrong)

        self._later(back)

    def _renew(self) -> None:
        """At the desk, as all that needs the database: it may be down."""
        town, screen_id = self._town, self._chance.choice(sorted(self._town.screens))

        def call(database: Database, at: datetime) -> str:
            revoke_screen(database, screen_id, at=at)
            return renew_link(database, KEY, screen_id, at=at)

        def opened(key: str) -> None:
            for player in town.screens[screen_id]:
                player.switch_off()
            town.screens[screen_id] = []
            town.link(screen_id, key)

        accepted = lambda key: town.time.soon(lambda: opened(key))  # noqa: E731
        town.desk.ask(lambda: Deed("renew link", call, accepted, f"link {screen_id}"))

    def _change(self) -> None:
        town, screen_id = self._town, self._chance.choice(sorted(self._town.screens))
        draft = ScreenDraft(f"Renamed {town.time.now():.3f}")

        def call(database: Database, at: datetime) -> None:
            change_screen(database, screen_id, draft, at=at)

        town.desk.ask(lambda: Deed("change screen", call, lambda _: None, f"screen {screen_id}"))

    def _one(self) -> Player:
        return self._chance.choice(self._town.players())

    def _later(self, call: Callable[[], object]) -> None:
        self._town.time.later(self._chance.uniform(0.2, MOST_SECONDS), call)
