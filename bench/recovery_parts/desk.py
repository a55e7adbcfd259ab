"""Somebody at the desk, in a thread of their own: decides by the pages, or by the actions."""

import queue
import re
import threading
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from time import monotonic
from types import SimpleNamespace
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy.exc import SQLAlchemyError

from bench.recovery_parts.ledger import Deed, Ledger
from bench.recovery_parts.servers import KEY
from signage import clock
from signage.errors import SignageError
from signage.models import Database

ANSWER = 10.0
"""Seconds until no answer is expected any more."""
_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class NoAnswer(Exception):
    """Nobody knows whether it was done."""


class Browser:
    """Signed in at the desk of whichever server it asks."""

    def __init__(self, sign_in: str) -> None:
        app = Flask("desk")
        app.secret_key = KEY
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        self._cookie = str(signer.dumps({"sign_in": sign_in}))

    def post(self, port: int, path: str, form: dict[str, str]) -> SimpleNamespace | None:
        """The decision that a page made of it; None where it refused. Raises NoAnswer."""
        _, page = self._ask(port, "GET", "/desk/review")
        found = _CSRF.search(page)
        if found is None:
            return None
        body = urlencode({**form, "csrf_token": found[1]})
        response, _ = self._ask(port, "POST", path, body)
        if response.status >= 500:
            raise NoAnswer
        where = urlsplit(response.getheader("Location") or "")
        done = parse_qs(where.query).get("done", [""])[0]
        if response.status not in {302, 303} or not done.isdecimal():
            return None
        revision = int(form.get("revision", "0")) + ("spans" in form)
        return SimpleNamespace(id=int(done), revision=revision)

    def _ask(self, port: int, method: str, path: str, body: str = "") -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("localhost", port, timeout=ANSWER)
        headers = {
            "Cookie": f"signage={self._cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, HTTPException) as error:
            raise NoAnswer from error
        finally:
            connection.close()
        if told := SimpleCookie(response.getheader("Set-Cookie") or "").get("signage"):
            self._cookie = told.value
        return response, text


class Desk:
    """Does one deed after the other. port: asked for before each; None: by the actions."""

    def __init__(
        self, database: Database, ledger: Ledger, browser: Browser, port: Callable[[], int | None]
    ) -> None:
        self.accepted = self.refused = 0
        self._doing: tuple[str, float] | None = None
        self._database = database
        self._ledger = ledger
        self._browser = browser
        self._port = port
        self._asked: queue.Queue[Callable[[], Deed] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._asked.unfinished_tasks > 0

    @property
    def ended(self) -> bool:
        """Whether it does nothing any more: closed, or broken by a mistake of this program's."""
        return not self._thread.is_alive()

    @property
    def doing(self) -> tuple[str, float] | None:
        """What is being done, and for how many seconds."""
        return None if (doing := self._doing) is None else (doing[0], monotonic() - doing[1])

    def ask(self, draw: Callable[[], Deed]) -> None:
        """Have one deed drawn and done."""
        self._asked.put(draw)

    def close(self) -> None:
        """End."""
        self._asked.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (draw := self._asked.get()) is not None:
            self._doing = ("what to do next", monotonic())
            try:
                self._do(draw())
            except SQLAlchemyError:
                self.refused += 1
            finally:
                self._doing = None
                self._asked.task_done()

    def _do(self, deed: Deed) -> None:
        port = self._port() if deed.page else None
        self._doing = (deed.name, monotonic())
        try:
            if port is None:
                made = deed.call(self._database, clock.now())
            elif (made := self._browser.post(port, deed.page, deed.form)) is None:
                raise SignageError
        except SignageError:
            self.refused += 1
        except (NoAnswer, SQLAlchemyError):
            self._ledger.unsure.add(deed.about)
        else:
            self.accepted += 1
            deed.accepted(made)
