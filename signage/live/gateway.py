"""The sockets of walls: who connects, and one answer to every hello (docs/protocol.md)."""

import logging
from typing import Any

from flask import request
from flask_socketio import ConnectionRefusedError as SocketRefused
from flask_socketio import Namespace, disconnect, join_room
from sqlalchemy.exc import SQLAlchemyError

from signage import clock
from signage.actions.bodies import milliseconds
from signage.actions.programme import PLAYLIST, PROTOCOL
from signage.actions.screens import screen_of, see_screen
from signage.errors import Refused
from signage.live.presence import Presence
from signage.live.state import feed_answers, read_have
from signage.models import Database, preferences

WALL = "/wall"

log = logging.getLogger(__name__)


class WallGateway(Namespace):  # type: ignore[misc]  # Flask-SocketIO ships no types
    """Namespace /wall: a screen's key opens it, and it tells of that screen's feeds alone."""

    def __init__(self, database: Database, secret_key: str, presence: Presence) -> None:
        super().__init__(WALL)
        self._database = database
        self._secret_key = secret_key
        self._presence = presence

    def on_connect(self, auth: object = None) -> None:
        """Let a screen in by its key, or refuse it with the reason."""
        told = auth if isinstance(auth, dict) else {}
        if told.get("protocol") != PROTOCOL:
            raise SocketRefused("refused", {"reason": "protocol"})
        try:
            screen = screen_of(self._database, self._secret_key, told.get("token"), at=clock.now())
        except Refused as refused:
            raise SocketRefused("refused", {"reason": str(refused)}) from refused
        except SQLAlchemyError as error:
            # Without an answer the wall would wait for ever: it is told to come again.
            log.exception("a wall could not be let in")
            raise SocketRefused("refused", {"reason": "later"}) from error
        self._presence.add(_sid(), screen)

    def on_disconnect(self, reason: object = None) -> None:  # noqa: ARG002 - Flask-SocketIO's signature
        """A wall went; its other sockets, if any, stay."""
        self._presence.remove(_sid())

    def on_hello(self, said: object = None) -> dict[str, Any] | None:
        """Answer with what this screen lacks: programme, and for each feed the missing changes
        or a snapshot. Joins the rooms first, so that nothing falls between."""
        for scene in PLAYLIST:
            join_room(scene["feed"])
        return self._answer(said)

    def on_heartbeat(self, said: object = None) -> dict[str, Any] | None:
        """The same answer, every 30 s: what was missed is noticed then at the latest."""
        return self._answer(said)

    def on_confirm(self, said: object = None) -> None:
        """A drop was painted away. Noted as a sign of life; receipts are kept per screen later."""
        if (screen_id := self._presence.screen_id(_sid())) is not None and isinstance(said, dict):
            see_screen(self._database, screen_id, at=clock.now())

    def _answer(self, said: object) -> dict[str, Any] | None:
        screen_id = self._presence.screen_id(_sid())
        try:
            if screen_id is None:
                raise Refused("unknown")
            screen = see_screen(self._database, screen_id, at=clock.now())
            if not self._presence.let_in(_sid(), screen):
                raise Refused("revoked")
        except Refused:
            disconnect()
            return None
        have = said if isinstance(said, dict) else {}
        with self._database.read() as session:
            told = self._presence.tell(_sid(), screen, preferences(session))
            names = [scene["feed"] for scene in told["playlist"]]
            feeds = feed_answers(session, names, read_have(have.get("feeds")))
        return {
            "now": milliseconds(clock.now()),
            "programme": None if have.get("programme") == told["version"] else told,
            "feeds": feeds,
        }


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it
