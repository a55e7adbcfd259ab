"""One `signage serve` with its database, and what the bench asks of it: as a person's browser and
a program with a token would."""

import json
import sys
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Self

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from bench.fanout_parts.house import SECRET, furnish, reviewer
from bench.fanout_parts.processes import SERVERS, Talker
from bench.fleet_parts.crowd import LONGEST, Crowd
from signage import clock
from signage.actions.sign_ins import sign_in
from signage.actions.simulated import simulated_keys
from signage.actions.tokens import issue_token
from signage.core.scopes import TAKEOVERS
from signage.live.state import read_heads
from signage.models import Database
from tests.serving import free_port

QUIET, A_SCREEN, A_LOOK = 0.1, 40e-6, 0.25
"""A server is quiet when it uses so little of a core, and a screen, for so many seconds."""
UNTIL_QUIET = 5.0
"""Seconds that this is waited for: many screens may leave no server so quiet."""
TAKEOVER = {"headline": "Please leave by the stairs", "urgent": True, "minutes": 60}


class House:
    """The server, and its screens once they were brought in."""

    def __init__(self, folder: Path, screens: int) -> None:
        self._port = free_port()
        url = f"sqlite:///{folder}/signage.db"
        self._environ = {
            "SIGNAGE_DATA": str(folder), "SIGNAGE_SECRET_KEY": SECRET, "DATABASE_URL": url,
            "SIGNAGE_PORT": str(self._port), "LANG": "en",
        }  # fmt: skip
        furnish(url, screens=0, waiting=1)
        self.database = Database(url)
        at, user = clock.now(), reviewer(self.database)
        keys = simulated_keys(self.database, SECRET, screens, counted=True, at=at)
        self._cookie = _signed(sign_in(self.database, user, at=at))
        self._token = issue_token(
            self.database, "bench", user_id=user, at=at, scopes=[TAKEOVERS]
        )  # fmt: skip
        self._log = (folder / "log").open("a")
        self._server = self._serve()
        self.crowd = Crowd(f"http://localhost:{self._port}", keys)

    def __enter__(self) -> Self:
        self.await_serving()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.crowd.end()
        self._server.end()
        self.database.engine.dispose()
        self._log.close()

    def heads(self) -> Mapping[str, tuple[str, int]]:
        """Where each feed is."""
        with self.database.read() as session:
            return {name: (head.epoch, head.rev) for name, head in read_heads(session).items()}

    def page(self, path: str) -> float:
        """Seconds of a page for somebody who is signed in."""
        began = monotonic()
        self._ask("GET", path, {"Cookie": self._cookie})
        return monotonic() - began

    def take_over(self) -> int:
        """Hang a notice on every screen; gives its id."""
        told = self._ask("POST", "/api/v1/takeovers", self._bearer(), json.dumps(TAKEOVER))
        return int(json.loads(told)["id"])

    def give_back(self, takeover: int) -> None:
        """End it."""
        self._ask("DELETE", f"/api/v1/takeovers/{takeover}", self._bearer())

    def memory(self) -> int:
        """Of the server, bytes."""
        return self._server.memory()

    def processor(self) -> float:
        """Of the server, seconds so far."""
        return self._server.processor() / 1e9

    def until_quiet(self) -> None:
        """Until the server has done what there was to do."""
        used, ends = self.processor(), monotonic() + UNTIL_QUIET
        enough = (QUIET + A_SCREEN * self.crowd.many) * A_LOOK
        while monotonic() < ends:
            sleep(A_LOOK)
            before, used = used, self.processor()
            if used - before < enough:
                return

    def kill(self) -> None:
        """Kill the server, and start another."""
        self._server.kill()
        self._server = self._serve()

    def await_serving(self) -> float:
        """When it takes requests."""
        assert self._server.hear().startswith("Serving on")
        return monotonic()

    def _serve(self) -> Talker:
        program = (sys.executable, "-m", "bench.fleet_parts.served")
        return Talker(program, SERVERS, self._environ, log=self._log)

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}

    def _ask(self, method: str, path: str, headers: Mapping[str, str], body: str = "") -> bytes:
        connection = HTTPConnection("localhost", self._port, timeout=LONGEST)
        try:
            connection.request(method, path, body or None, dict(headers))
            response = connection.getresponse()
            told = response.read()
            if response.status not in {200, 201}:
                raise RuntimeError(f"{path} was answered with {response.status}")
            return told
        finally:
            connection.close()


def _signed(token: str) -> str:
    app = Flask("desk")
    app.secret_key = SECRET
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return f"signage={signer.dumps({'sign_in': token})}"
