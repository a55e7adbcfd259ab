"""Putting the product together: the only module that knows all the others."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_socketio import SocketIO

from signage import beside, clock, web
from signage.actions import witness
from signage.actions.setup import set_up
from signage.actions.uploads import fail_running
from signage.jobs import Timetable
from signage.leader import Leader
from signage.live.commanding import Commanding
from signage.live.desk import Desks
from signage.live.desk_gateway import DeskGateway
from signage.live.gateway import Keepers, WallGateway
from signage.live.limits import DESK, WALL
from signage.live.looking_on import LookingOn
from signage.live.players import Players
from signage.live.plays import Plays
from signage.live.presence import Presence
from signage.live.relay import Relay
from signage.live.sightings import Sightings
from signage.live.sockets import cut_off, open_sockets
from signage.live.wake import listen, waker
from signage.live.witnessing import Witnessing
from signage.migrate import migrate
from signage.models import Database
from signage.settings import Settings
from signage.web.shell import shell


@dataclass(frozen=True, slots=True)
class Product:
    """One running product: `flask` answers HTTP and sockets, `start` makes things happen."""

    settings: Settings
    database: Database
    flask: Flask
    sockets: SocketIO
    relay: Relay
    desks: Desks
    sightings: Sightings
    players: Players
    commanding: Commanding
    plays: Plays
    leader: Leader
    timetable: Timetable
    witnessing: Witnessing

    def start(self) -> None:
        """Begin announcing and, where this process is to, the jobs."""
        beside.start()
        self.sightings.start()
        self.plays.start()
        self.relay.start()
        self.players.start()
        self.desks.start()
        self.commanding.start()
        listen(self.sockets, self._look)
        self.witnessing.start()
        if self.settings.schedule:
            self.leader.start()
            self.timetable.start()

    def stop(self) -> None:
        """End all of it; walls are told."""
        self.sockets.server.eio.stop()
        self.relay.stop()
        self.players.stop()
        self.desks.stop()
        self.commanding.stop()
        self.sightings.stop()
        self.plays.stop()
        self.timetable.stop()
        self.leader.stop()
        self.witnessing.stop()
        beside.stop()

    def _look(self) -> None:
        """Something committed in another process."""
        self.relay.look()
        self.desks.look()
        self.commanding.look()


def create_app(settings: Settings) -> Product:
    """The product, its database brought up to date, not yet started."""
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url)
    migrate(database)
    set_up(database)
    witness.hear(database, settings.data, at=clock.now())
    fail_running(database, settings.uploads, at=clock.now())
    presence, sightings = Presence(database), Sightings(database)
    looking_on = LookingOn(database, shell().version)
    flask = web.create_flask(
        settings, database, presence.connected, lambda: relay.swept, looking_on.told
    )
    sockets = open_sockets(flask, settings)
    wake_others = waker(sockets)

    def emit(event: str, message: dict[str, Any], room: str) -> None:
        sockets.emit(event, message, to=room, namespace=WALL, ignore_queue=True)

    players = Players(database, settings.secret_key, emit)
    commanding = Commanding(database, presence, emit, wake_others)
    plays = Plays(database, emit)
    sockets.on_namespace(
        WallGateway(
            database,
            settings.secret_key,
            presence,
            Keepers(sightings, plays),
            players,
            shell().version,
            commanding,
            trusted_proxies=settings.trusted_proxies,
        )
    )
    presence.on_chosen(players.renew)
    presence.on_cut(lambda sid: cut_off(sockets, sid))
    relay = Relay(database, presence, emit, wake_others)
    desks = Desks(
        database,
        lambda event, message, room: sockets.emit(
            event, message, to=room, namespace=DESK, ignore_queue=True
        ),
        lambda sid: cut_off(sockets, sid, DESK),
    )
    sockets.on_namespace(DeskGateway(database, desks))
    leader = Leader(database)
    timetable = Timetable(database, settings, lambda: leader.leads)
    witnessing = Witnessing(database, settings.data)
    return Product(
        settings,
        database,
        flask,
        sockets,
        relay,
        desks,
        sightings,
        players,
        commanding,
        plays,
        leader,
        timetable,
        witnessing,
    )
