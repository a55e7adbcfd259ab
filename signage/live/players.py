"""Players of paired screens: their tokens are renewed, and two players of one token are noticed.

A player's page makes up a word for itself, so one that comes back is told from another. Who came
first and is heard although another came after it is a second device with a copy of the token: a
page that was only loaded anew is heard no more, even where its socket is closed late.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import or_, select

from signage import clock
from signage.actions.devices import (
    RENEW,
    Heard,
    begin_new_tokens,
    note_arrivals,
    note_others,
    renew_tokens,
)
from signage.actions.screens import Admission
from signage.live.sweep import Sweep
from signage.models import Database, Device
from signage.models.pairing import BOTH_WITHIN

T = TypeVar("T")

Emit = Callable[[str, dict[str, Any], str], None]
"""Event, message, sid."""

BATCH = 100
"""Screens in one transaction."""
LAST_WORDS = 10.0
"""Seconds in which something of a page that is gone may still be on its way."""
OVERLAP = timedelta(seconds=5)
"""Of two looks: what another process wrote may be seen late."""
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Player:
    """One socket of a device."""

    screen_id: int
    heard: Heard
    issued_at: datetime
    spoke: bool = False
    """Since the last look."""
    given: bool = False
    """A token: it was not used yet, and another would end it before it can be."""
    passed: float | None = None
    """When another was first seen to have come after it, by a steady clock."""

    @property
    def place(self) -> tuple[int, int]:
        """The device that it was let in as: screen and era."""
        return self.screen_id, self.heard.era


@dataclass(slots=True)
class News:
    """What is to be written at the next look."""

    arrived: dict[int, Heard] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)
    due: set[str] = field(default_factory=set)


class Players:
    """The players of this process. The gateway only tells; everything is written a moment later."""

    def __init__(
        self,
        database: Database,
        secret_key: str,
        emit: Emit,
        steady: Callable[[], float] = monotonic,
    ) -> None:
        self._database = database
        self._secret_key = secret_key
        self._emit = emit
        self._steady = steady
        self._here: dict[str, Player] = {}
        self._news = News()
        self._looked = BEGINNING
        self._sweep = Sweep("looking after players", self.look)

    def start(self) -> None:
        """Begin; again is harmless."""
        self._sweep.start()

    def stop(self) -> None:
        """End."""
        self._sweep.stop()

    def came(self, sid: str, admission: Admission, heard: Heard) -> None:
        """A player was let in by a token of its screen's device."""
        screen_id = admission.screen.id
        self._here[sid] = Player(screen_id, heard, admission.issued_at or BEGINNING)
        if admission.page != heard.page:
            self._news.arrived[screen_id] = heard
        if admission.shown:
            self._news.shown[screen_id] = admission.shown
            self._here[sid].issued_at = clock.now()
        if admission.must_renew:
            self.renew(sid, admission.era)

    def went(self, sid: str) -> None:
        """It is gone."""
        self._here.pop(sid, None)
        self._news.due.discard(sid)

    def spoke(self, sid: str) -> None:
        """It said something."""
        player = self._here.get(sid)
        if player is not None:
            player.spoke = True
            if not player.given and clock.now() - player.issued_at > RENEW:
                self._news.due.add(sid)

    def renew(self, sid: str, era: int) -> None:
        """Give it another token now; from now on it belongs to this era of its device."""
        if (player := self._here.get(sid)) is not None:
            player.heard = replace(player.heard, era=era)
            self._news.due.add(sid)
            self._sweep.wake()

    def look(self) -> None:
        """Write what was told, give tokens, and find screens that have two players."""
        at = clock.now()
        news, self._news = self._news, News()
        try:
            self._write(news, at)
        except BaseException:
            self._put_back(news)
            raise
        self._find_others(at)

    def _write(self, news: News, at: datetime) -> None:
        for shown in _pages(news.shown):
            begin_new_tokens(self._database, {id_: news.shown[id_] for id_ in shown}, at=at)
        for arrived in _pages(news.arrived):
            note_arrivals(self._database, {id_: news.arrived[id_] for id_ in arrived}, at=at)
        self._give([sid for sid in news.due if sid in self._here], at)

    def _put_back(self, news: News) -> None:
        """What was told meanwhile is newer."""
        newer = self._news
        self._news = News(
            {**news.arrived, **newer.arrived}, {**news.shown, **newer.shown}, news.due | newer.due
        )

    def _give(self, sids: list[str], at: datetime) -> None:
        for some in _pages(sids):
            players = {sid: self._here[sid].place for sid in some if sid in self._here}
            given = {*players.values()}
            tokens = renew_tokens(self._database, self._secret_key, given, at=at)
            for sid, place in players.items():
                if sid in self._here and place in tokens:
                    self._here[sid].issued_at, self._here[sid].given = at, True
                    self._emit("token", {"token": tokens[place]}, sid)

    def _find_others(self, at: datetime) -> None:
        with self._database.read() as session:
            rows = session.execute(
                select(Device.screen_id, Device.page, Device.other_heard_at).where(
                    or_(
                        Device.came_at >= self._looked - OVERLAP,
                        Device.other_heard_at >= at - BOTH_WITHIN,
                    )
                )
            ).all()
        self._looked = at
        latest = {row.screen_id: row for row in rows}
        found = defaultdict(list)
        for player in self._here.values():
            row = latest.get(player.screen_id)
            self._place(player, row.page if row else None)
            spoke, player.spoke = player.spoke, False
            is_last = row is not None and row.other_heard_at is not None and player.passed is None
            if spoke and (is_last or self._is_other(player)):
                found[player.screen_id].append(player.heard)
        if found:
            note_others(self._database, found, at=at)

    def _place(self, player: Player, last: str | None) -> None:
        """Whether it is the last that came of its screen; None: nobody came lately."""
        if last == player.heard.page:
            player.passed = None
        elif last is not None and player.passed is None:
            player.passed = self._steady()

    def _is_other(self, player: Player) -> bool:
        """Whether what it says now was said after another had come."""
        return player.passed is not None and self._steady() - player.passed >= LAST_WORDS


def _pages(all_: Iterable[T]) -> Iterator[list[T]]:
    left = iter(all_)
    while page := list(islice(left, BATCH)):
        yield page
