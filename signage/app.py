"""Putting the product together: the only module that knows all the others."""

from dataclasses import dataclass

from apscheduler.schedulers.base import BaseScheduler
from flask import Flask
from flask_socketio import SocketIO

from signage import clock, jobs, web
from signage.actions.setup import set_up
from signage.actions.uploads import fail_running
from signage.live.bounded import LARGEST_MESSAGE
from signage.live.gateway import WALL, WallGateway
from signage.live.presence import Presence
from signage.live.relay import Relay
from signage.migrate import migrate
from signage.models import Database
from signage.settings import Settings


@dataclass(frozen=True, slots=True)
class Product:
    """One running product: `flask` answers HTTP and sockets, `start` makes things happen."""

    settings: Settings
    database: Database
    flask: Flask
    sockets: SocketIO
    relay: Relay
    scheduler: BaseScheduler

    def start(self) -> None:
        """Begin announcing and, where this process is to, the jobs."""
        self.relay.start()
        if self.settings.schedule:
            self.scheduler.start()

    def stop(self) -> None:
        """End both."""
        self.relay.stop()
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)


def create_app(settings: Settings) -> Product:
    """The product, its database brought up to date, not yet started."""
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url)
    migrate(database)
    set_up(database)
    fail_running(database, settings.uploads, at=clock.now())
    presence = Presence(database)
    flask = web.create_flask(settings, database, presence.connected)
    sockets = SocketIO(
        flask,
        async_mode="gevent",
        transports=["websocket"],
        namespaces=[WALL],  # and not "/", which would be open to everybody
        max_http_buffer_size=LARGEST_MESSAGE,
        manage_session=False,
    )
    sockets.on_namespace(WallGateway(database, settings.secret_key, presence))
    presence.on_cut(lambda sid: sockets.server.disconnect(sid, namespace=WALL))
    relay = Relay(
        database,
        presence,
        lambda event, message, room: sockets.emit(event, message, to=room, namespace=WALL),
    )
    return Product(settings, database, flask, sockets, relay, jobs.schedule(database, settings))
