"""What goes wrong in real time; each mishap is over within MOST_SECONDS."""

from collections.abc import Callable, Iterator

from bench.recovery_parts.hostile import Stranger, some_insult
from bench.recovery_parts.proxy import RealWeather
from bench.recovery_parts.real_screen_mishaps import MOST_SECONDS, RealScreenMishaps
from bench.recovery_parts.real_town import RealTown
from signage import clock

MOST_JUMP = 7200.0
"""Seconds by which a clock is wrong at most."""


class RealMishaps:
    """Draws them, and ends them."""

    def __init__(self, town: RealTown) -> None:
        self._town = town
        self._chance = town.chance
        self.strangers: list[Stranger] = []
        self._kinds: dict[str, tuple[Callable[[], object], int]] = {
            "kill a server": (self._kill, 10),
            "a server hangs": (self._hang, 4),
            "a clock jumps": (self._jump, 4),
            "weather": (self._weather, 10),
            "resets": (self._reset, 4),
            **RealScreenMishaps(town).kinds(),
            "strangers": (self._strangers, 4),
        }
        if town.site.redis is not None:
            self._kinds["Redis down"] = (lambda: self._down(redis=True), 6)
            self._kinds["PostgreSQL down"] = (lambda: self._down(redis=False), 6)
        else:
            self._kinds["disk full"] = (self._fill_disk, 6)
        self.names: list[str] = []
        self._lasting = 0

    def draw(self) -> None:
        """One of them."""
        names = list(self._kinds)
        weights = [weight for _, weight in self._kinds.values()]
        name = self._chance.choices(names, weights)[0]
        self.names.append(name)
        self._town.faults += 1
        self._kinds[name][0]()

    def is_over(self) -> bool:
        """Whether no fault lasts, and all servers take requests again that were killed. One that
        ended by itself comes back as it can: screens that are connected do not get the more time
        for that."""
        servers = self._town.site.servers
        return not self._lasting and all(
            server.by_itself or server.takes_requests() for server in servers
        )

    def unpunished(self, patience: float) -> Iterator[str]:
        """Strangers who were not cut off though they said what cannot be taken."""
        until = self._town.time.now() + patience
        asked = [each for each in self.strangers if each.insult.reason]
        while any(_goes_on(each) for each in asked) and self._town.time.now() < until:
            self._town.time.run(0.1)
        yield from (f"not cut off: {each.insult.name}" for each in asked if _goes_on(each))
        for each in self.strangers:
            each.leave()

    def end(self) -> None:
        """Everything is as it should be from here on."""
        self._town.proxy.clear()
        for player in self._town.players():
            if not player.on:
                player.switch_on(round(clock.now().timestamp() * 1000))

    def _kill(self) -> None:
        server = self._chance.choice(self._town.site.servers)
        self._later(server.start)  # which kills it first

    def _hang(self) -> None:
        server = self._chance.choice(self._town.site.servers)
        server.pause(on=True)
        self._later(lambda: server.pause(on=False))

    def _jump(self) -> None:
        """And is put right later; servers that share a database disagree meanwhile."""
        server = self._chance.choice(self._town.site.servers)
        self._town.jumped = True
        server.set_clock(self._chance.uniform(-MOST_JUMP, MOST_JUMP))
        self._later(lambda: server.set_clock(0))

    def _weather(self) -> None:
        chance = self._chance
        self._town.proxy.weather = RealWeather(
            slowest=chance.choice((0.0, 0.5)), swallowed=chance.choice((0.0, 0.3)),
            halved=chance.choice((0.0, 0.2)), repeated=chance.choice((0.0, 0.2)),
            refused=chance.choice((0.0, 0.5)),
        )  # fmt: skip
        self._later(self._town.proxy.clear)

    def _reset(self) -> None:
        for pipe in list(self._town.proxy.pipes):
            if self._chance.random() < 0.5:
                pipe.reset()

    def _strangers(self) -> None:
        ports = [server.port for server in self._town.site.servers]
        key = self._chance.choice(self._town.players()).key
        for _ in range(3):
            port = self._chance.choice(ports)
            insult = some_insult(self._chance)
            self.strangers.append(Stranger(self._town.time, port, key, insult))

    def _down(self, *, redis: bool) -> None:
        service = self._town.site.redis if redis else self._town.site.postgres
        assert service is not None
        if self._chance.random() < 0.5:
            service.pause()
            self._later(service.go_on, is_harm=not redis)
        else:
            service.go_on()  # what an earlier one paused would not end
            service.stop(kill=True)
            self._later(service.start, is_harm=not redis)

    def _fill_disk(self) -> None:
        server = self._chance.choice(self._town.site.servers)
        files = [*self._town.site.folder.glob("signage.db*")]
        server.fill_disk(min(file.stat().st_size for file in files))
        self._later(lambda: server.fill_disk(-1), is_harm=True)

    def _later(self, call: Callable[[], object], *, is_harm: bool = False) -> None:
        """is_harm: until then the database is kept from answering."""
        site = self._town.site

        def end() -> None:
            call()
            self._lasting -= 1
            if is_harm:
                site.heal()

        self._lasting += 1
        if is_harm:
            site.harm()
        self._town.time.later(self._chance.uniform(0.2, MOST_SECONDS), end)


def _goes_on(stranger: Stranger) -> bool:
    return stranger.said_at is not None and stranger.closed_at is None
