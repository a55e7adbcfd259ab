"""A model of the player: docs/protocol.md once more, in Python, for any wire (player.js)."""

from collections.abc import Sequence
from random import Random
from typing import Any

from bench.recovery_parts.conversation import Conversation
from bench.recovery_parts.lines import Dial, Json
from bench.recovery_parts.page import Held, Page, positions, with_feed
from bench.recovery_parts.world import Time
from signage.core.feeds import Change, FeedState, Step, answered, apply_all


class Player(Conversation):
    """Applies what it is told, writes it, shows it, confirms."""

    def __init__(self, time: Time, dial: Dial, key: str, chance: Random) -> None:
        super().__init__(time, dial, key, chance)
        self.page = Page(time, chance)
        self.on = False
        self.is_known = True
        """Whether the database can know of it: not if its link was made after the backup that was
        put back. Such a one is sent away when it comes."""

    def switch_on(self, device_ms: int = 0) -> None:
        """Power; `device_ms`: what the device's own clock says."""
        self.on = True
        self.page.switch_on(device_ms)
        self.begin()

    def switch_off(self) -> None:
        """A power cut."""
        self.on = False
        self.end()
        self.page.switch_off()

    def wipe(self) -> None:
        """Its storage is emptied, and it starts anew."""
        self.switch_off()
        self.page.kept = Held()
        self.switch_on()

    def position(self) -> dict[str, Any]:
        """Where it stands."""
        held = self.page.held
        return {
            "feeds": positions(held.feeds),
            "painted": positions(self.page.lasting),
            "programme": None if held.programme is None else held.programme["version"],
            "player": "0.1.0",
            "scene": "quote",
            "errors": 0,
        }

    def answered(self, answer: Json, asked: float) -> bool:
        """Take an answer in."""
        self.page.correct(answer["now"], asked)
        held = self.page.held
        after = answered(held.feeds, answer["feeds"])
        programme = answer["programme"] or held.programme
        self._hold(Held(programme, after.feeds, answer["now"]), after.dropped)
        return not after.gap

    def told(self, name: str, said: Json) -> bool:
        """Take changes or a programme in."""
        held = self.page.held
        if name == "programme":
            self._hold(Held(said, held.feeds, held.contact), ())
            return False
        had = held.feeds.get(said["feed"])
        if had is None:
            return False
        step = self.apply(had, said["epoch"], [Change(**change) for change in said["changes"]])
        if step.feed is not had:
            now = with_feed(held, said["feed"], step.feed, self.page.clock())
            self._hold(now, (said["feed"],) if step.dropped else ())
        return not step.gap

    def apply(self, had: FeedState, epoch: str, changes: Sequence[Change]) -> Step:
        """The apply rule; a player that is broken on purpose has another."""
        return apply_all(had, epoch, changes)

    def ended(self, reason: str) -> None:
        """The link has ended: forget all. Another protocol only loads the page anew."""
        if reason != "protocol":
            self.page.forget()

    def _hold(self, held: Held, dropped: Sequence[str]) -> None:
        def confirm() -> None:
            for name in dropped:
                if feed := held.feeds.get(name):
                    said = {"feed": name, "epoch": feed.epoch, "rev": feed.rev}
                    self.say("confirm", said)

        if dropped:
            self.page.lose(held, confirm)
        else:
            self.page.hold(held)
