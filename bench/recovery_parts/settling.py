"""After the faults: how soon every connected screen equals the database, and what else holds."""

from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bench.recovery_parts import checks
from bench.recovery_parts.ledger import Ledger
from bench.recovery_parts.player import Player
from bench.recovery_parts.truth import Truth, truth
from signage.actions.screens import screen_of
from signage.errors import Refused
from signage.models import Database

PATIENCE = 5.0
"""Seconds until a connected screen must be equal."""
COMING_BACK = 75.0
"""Seconds until every screen with a good link must be connected: the longest wait, and a question
that gets no answer in it."""
STEP = 0.25


class Passing(Protocol):
    """Time that can be let pass."""

    def now(self) -> float: ...

    def run(self, seconds: float) -> None: ...


class Place(Protocol):
    """What is looked at, simulated or real."""

    @property
    def time(self) -> Passing: ...

    @property
    def screens(self) -> dict[int, list[Player]]: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def secret_key(self) -> str: ...

    found: list[str]
    jumped: bool
    """Whether a server's clock ever did."""

    def look(self) -> Database: ...


def settle(town: Place, *, rounds: float) -> float:
    """Wait for the screens, and then `rounds` seconds in which they confirm and are marked; then
    look at everything. Gives the seconds until the last screen was equal."""
    slowest = _Waiting(town).wait()
    town.time.run(rounds)
    told = truth(town.look())
    town.found += [
        *checks.check_revs(told, all_announced=rounds > 0),
        *checks.check_accepted(told, town.ledger),
        *checks.check_hanging(told),
        *checks.check_receipts(told, town.screens, clocks_agree=not town.jumped),
    ]
    return slowest


def look_at_receipts(town: Place) -> None:
    """In the midst of everything: whether each receipt is true already now."""
    told = truth(town.look())
    town.found += checks.check_receipts(told, town.screens, clocks_agree=not town.jumped)


class _Waiting:
    """For all screens, each with its own patience: from when it came back."""

    def __init__(self, town: Place) -> None:
        self._town = town
        self._began = town.time.now()
        self._waiting = {
            player: screen for screen, players in town.screens.items() for player in players
        }
        self._slowest = 0.0

    def wait(self) -> float:
        while self._waiting:
            self._look(self._truth())
            self._town.time.run(STEP)
        return self._slowest

    def _truth(self) -> Truth | None:
        try:
            return truth(self._town.look())
        except SQLAlchemyError:  # it was down a moment ago
            return None

    def _look(self, told: Truth | None) -> None:
        now = self._town.time.now()
        for player, screen_id in list(self._waiting.items()):
            began = max(self._began, player.joined_at or now)
            wrong = self._wrong(player, screen_id, told) if told else "the database is silent"
            if wrong is None:
                self._slowest = max(self._slowest, now - began)
            elif now - began <= PATIENCE and now - self._began <= COMING_BACK:
                continue
            else:
                self._town.found.append(f"screen {screen_id}, {now - began:.1f} s after: {wrong}")
            del self._waiting[player]

    def _wrong(self, player: Player, screen_id: int, told: Truth) -> str | None:
        if not player.on:
            return None
        if not self._is_let_in(player.key):
            items = player.page.items("quotes")
            return f"its link has ended, and it shows {sorted(items)}" if items else None
        if player.joined_at is None:
            return "it has not come back"
        return checks.equals(player, screen_id, told)

    def _is_let_in(self, key: str) -> bool:
        try:
            screen_of(self._town.look(), self._town.secret_key, key)
        except Refused:
            return False
        return True
