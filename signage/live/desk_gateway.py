"""The sockets of people at the desk: the session's cookie opens them, and they only listen."""

from collections.abc import Mapping
from typing import Any

from flask import session as cookie
from flask_socketio import ConnectionRefusedError as SocketRefused
from flask_socketio import Namespace
from sqlalchemy.exc import SQLAlchemyError

from signage import clock, logs, meters
from signage.actions.sign_ins import signed_in
from signage.core.roles import may
from signage.core.tokens import token_hash
from signage.errors import Refused
from signage.live.desk import ROOM, DeskPage, Desks
from signage.live.limits import DESK
from signage.live.outage import COUNTED, Outage
from signage.models import Database

LONGEST_PAGE = 32


class DeskGateway(Namespace):  # type: ignore[misc]  # Flask-SocketIO ships no types
    """Namespace /desk: for whoever is signed in, from our own pages alone (the engine looks at the
    origin of each handshake)."""

    def __init__(self, database: Database, desks: Desks) -> None:
        super().__init__(DESK)
        self._database = database
        self._desks = desks
        self._outage = Outage("letting desks in")

    def trigger_event(self, event: object, sid: str, *told: object) -> None:
        """Handle what a socket did; the library's two events are all that there is."""
        connected = self.server.manager.is_connected(sid, DESK)
        if event == "connect" and not connected:
            said = told[-1] if told else None
            self._connect(sid, said if isinstance(said, dict) else {})
        elif event == "disconnect" and not connected:
            self._desks.remove(sid)

    def _connect(self, sid: str, said: Mapping[str, Any]) -> None:
        try:
            page = self._page(self.server.get_environ(sid, DESK), said.get("page"))
        except Refused:
            reason = "signed-out"
        except SQLAlchemyError as error:
            self._outage.failed(error)
            reason = "later"
        else:
            self._outage.healed()
            self._desks.add(sid, page)
            self.server.enter_room(sid, ROOM, namespace=DESK)
            return
        meters.REFUSED.labels(reason).inc()
        if reason not in COUNTED:
            logs.event("refused", reason=reason)
        raise SocketRefused("refused", {"reason": reason})

    def _page(self, environ: dict[str, Any], page: object) -> DeskPage:
        with environ["flask.app"].request_context(environ):
            token = cookie.get("sign_in", "")
        if not isinstance(token, str) or not token:
            raise Refused("signed-out")
        person = signed_in(self._database, token, at=clock.now())
        if not may(person.role, "moderate"):
            raise Refused("not-allowed")
        named = page if isinstance(page, str) and len(page) <= LONGEST_PAGE else ""
        return DeskPage(person.user_id, token_hash(token), named)
