"""The sockets of walls: who connects, and one answer to every hello (docs/protocol.md)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask_socketio import ConnectionRefusedError as SocketRefused
from flask_socketio import Namespace
from sqlalchemy.exc import SQLAlchemyError

from signage import clock, logs, meters
from signage.actions.bodies import milliseconds
from signage.actions.devices import Heard
from signage.actions.programme import PROTOCOL
from signage.actions.screens import Admission, let_in, linked
from signage.core.devices import came_from, network_of
from signage.core.pairing import read_looks, read_page
from signage.core.plays import read_batch
from signage.core.vitals import read_vitals
from signage.errors import Refused
from signage.live.answers import Answers
from signage.live.commanding import Commanding
from signage.live.contacts import Contacts
from signage.live.knocks import Knocks
from signage.live.limits import WALL
from signage.live.outage import COUNTED, Outage
from signage.live.players import Players
from signage.live.plays import Plays
from signage.live.presence import Presence
from signage.live.sightings import Sightings
from signage.live.state import read_have, said_names
from signage.models import Database


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who keeps what walls say of themselves, and of what they have shown."""

    sightings: Sightings
    plays: Plays


class WallGateway(Namespace):  # type: ignore[misc]  # Flask-SocketIO ships no types
    """Namespace /wall: a screen's key opens it, and it tells of that screen's feeds alone.

    What walls say of themselves is noted in `sightings` and `plays`, and written later; that one
    came back is written at once.
    """

    def __init__(  # noqa: PLR0913 - the parts that what a wall says goes to
        self,
        database: Database,
        secret_key: str,
        presence: Presence,
        keepers: Keepers,
        players: Players,
        shell: str,
        commanding: Commanding,
        *,
        trusted_proxies: int = 0,
    ) -> None:
        super().__init__(WALL)
        self._knocks = Knocks(database)
        self._contacts = Contacts(database)
        self._secret_key = secret_key
        self._presence = presence
        self._sightings, self._plays = keepers.sightings, keepers.plays
        self._players = players
        self._shell = shell
        self._trusted_proxies = trusted_proxies
        self._commanding = commanding
        self._answers = Answers(database)
        self._outage = Outage("answering walls")

    def trigger_event(self, event: object, sid: str, *told: object) -> object:
        """Handle what a socket did or said. Not in a request's context as Flask-SocketIO does it:
        walls have no use for one, and it would take longer than the answer."""
        try:
            return self._handle(event, sid, told[-1] if told else None)
        except Refused as refused:
            self._close(sid, str(refused))
        except SQLAlchemyError as error:
            self._outage.failed(error)
            self._close(sid, "database")
        return self.server.not_handled  # an empty acknowledgement would come after the goodbye

    def _handle(self, event: object, sid: str, said: object) -> dict[str, Any] | None:
        fields = said if isinstance(said, dict) else {}
        match event:
            case "hello" | "heartbeat":
                return self._answer(str(event), sid, fields)
            case "confirm":
                self._confirm(sid, fields)
            case "outcome":
                self._commanding.heard(self._screen_id(sid), fields)
            # The library's own; whoever says these words is connected at that time.
            case "connect" if not self.server.manager.is_connected(sid, WALL):
                self._connect(sid, fields)
            case "disconnect" if not self.server.manager.is_connected(sid, WALL):
                self._presence.remove(sid)
                self._players.went(sid)
            case _:
                raise Refused("malformed")
        return None

    def _connect(self, sid: str, told: Mapping[str, Any]) -> None:
        """Let a screen in by its key, or refuse it with the reason."""
        try:
            if told.get("protocol") != PROTOCOL:
                raise Refused("protocol")
            page = read_page(told.get("page"))
            admission = self._let_in(told.get("token"), page)
        except Refused as refused:
            reason = str(refused)
        except SQLAlchemyError as error:
            # Without an answer the wall would wait for ever: it is told to come again.
            self._outage.failed(error)
            reason = "later"
        else:
            self._presence.add(sid, admission.screen, admission.by, page)
            if admission.is_device:
                looks = read_looks(told.get("looks"), network=self._network(sid))
                self._players.came(sid, admission, Heard(page, looks, admission.era))
            self._sightings.note(admission.screen.id, at=clock.now())
            return
        meters.REFUSED.labels(reason).inc()
        if reason not in COUNTED:
            logs.event("refused", reason=reason)
        raise SocketRefused("refused", {"reason": reason})

    def _let_in(self, key: object, page: str) -> Admission:
        screen_id = linked(self._secret_key, key)
        while True:
            moves = self._presence.moves
            admission = let_in(*self._knocks.screen(screen_id), key, page)
            self._contacts.keep(admission.screen, at=clock.now())
            # What changed while this was read is followed for walls that are connected: not yet us.
            if self._presence.moves == moves:
                return admission

    def _network(self, sid: str) -> str:
        return network_of(came_from(self.server.get_environ(sid, WALL), self._trusted_proxies))

    def _answer(self, event: str, sid: str, said: Mapping[str, Any]) -> dict[str, Any] | None:
        """What this screen lacks: programme, and for each feed the missing changes or a snapshot.
        The rooms are joined first, so that nothing falls between."""
        self._screen_id(sid)
        asked, (names, left) = clock.now(), self._presence.join(sid)
        self._join(sid, names, left)
        feeds = self._answers.to(names, read_have(said.get("feeds"), names), at=asked)
        screen_id = self._screen_id(sid)  # other walls had a turn meanwhile
        self._players.spoke(sid)
        lacks = self._presence.tell(sid, said.get("programme"))
        applied = None if lacks else self._presence.edition
        painted = read_have(said.get("painted"), names)
        vitals = read_vitals(said) if event == "heartbeat" else None
        has = frozenset(names) | said_names(said.get("feeds")) | said_names(said.get("painted"))
        self._presence.note(sid, has)
        self._sightings.note(
            screen_id, at=asked, painted=painted, edition=applied, vitals=vitals,
            whole=not lacks, has=has,
        )  # fmt: skip
        if event == "heartbeat":
            self._plays.note(sid, screen_id, read_batch(said.get("plays"), at=clock.now()))
        meters.HELLOS.labels(event).inc()
        self._outage.healed()
        now = milliseconds(clock.now())
        told = {"now": now, "programme": lacks, "feeds": feeds, "shell": self._shell}
        commands = self._commanding.waiting(screen_id, at=clock.now())
        return {**told, "commands": commands} if commands else told

    def _join(self, sid: str, names: Collection[str], left: Collection[str]) -> None:
        for name in names:
            self.server.enter_room(sid, name, namespace=WALL)
        for name in left:
            self.server.leave_room(sid, name, namespace=WALL)

    def _confirm(self, sid: str, said: Mapping[str, Any]) -> None:
        """A drop was painted away."""
        screen_id, names = self._screen_id(sid), self._presence.feeds(sid)
        painted = {name: said for name in names if name == said.get("feed")}
        has = self._presence.has(sid)
        self._sightings.note(screen_id, at=clock.now(), painted=read_have(painted, names), has=has)

    def _screen_id(self, sid: str) -> int:
        screen_id = self._presence.screen_id(sid)
        if screen_id is None:
            raise Refused("unknown")
        return screen_id

    def _close(self, sid: str, reason: str) -> None:
        meters.CUT_OFF.labels(reason).inc()
        if reason not in COUNTED:
            logs.event("cut-off", reason=reason)
        self.server.disconnect(sid, namespace=WALL, ignore_queue=True)
