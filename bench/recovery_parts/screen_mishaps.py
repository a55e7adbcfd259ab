"""What happens to screens: power cuts, wiped storage, links that end and begin."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bench.recovery_parts.fuse import Crashed
from bench.recovery_parts.player import Player
from bench.recovery_parts.town import KEY, Town
from signage.actions.screens import ScreenDraft, change_screen, renew_link, revoke_screen
from signage.errors import SignageError
from signage.models import Database


class ScreenMishaps:
    """Draws a screen, and does it to that one."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._chance = town.chance

    def kinds(self) -> dict[Callable[[], object], int]:
        """What may happen, and how often."""
        return {
            self._power: 6, self._wipe: 2, self._revoke: 2, self._renew: 2, self._add: 2,
            self._change: 2,
        }  # fmt: skip

    def _power(self) -> None:
        """A power cut; the device's clock may come back wrong."""
        player = self._one()
        player.switch_off()
        right = int(self._town.time.clock().timestamp() * 1000)
        wrong = self._chance.choice((0, right - 86_400_000, right, right + 86_400_000))

        def back() -> None:
            if not player.on:
                player.switch_on(wrong)

        self._town.time.later(self._chance.uniform(0.1, 2), back)

    def _wipe(self) -> None:
        self._one().wipe()

    def _revoke(self) -> None:
        self._at_desk(lambda database, screen: revoke_screen(database, screen, at=self._at()))

    def _renew(self) -> None:
        """The old link ends; a player opens the new one, on the same device."""
        self._at_desk(self._link_anew)

    def _link_anew(self, database: Database, screen_id: int) -> None:
        key = renew_link(database, KEY, screen_id, at=self._at())
        for player in self._town.screens[screen_id]:
            if self._chance.random() < 0.8:
                player.switch_off()
        self._town.link(screen_id, key)

    def _add(self) -> None:
        self._at_desk(lambda database, _: self._town.add_screen(database))

    def _change(self) -> None:
        draft = ScreenDraft(f"Renamed at {self._town.time.now():.3f}")
        self._at_desk(
            lambda database, screen: change_screen(database, screen, draft, at=self._at())
        )

    def _at_desk(self, call: Callable[[Database, int], object]) -> None:
        process = self._town.any_process()
        screen_id = self._chance.choice(sorted(self._town.screens))
        if process is not None:
            with suppress(Crashed, SignageError, SQLAlchemyError):
                process.do(lambda: call(process.database, screen_id))

    def _one(self) -> Player:
        return self._chance.choice(self._town.players())

    def _at(self) -> datetime:
        return self._town.time.clock()
