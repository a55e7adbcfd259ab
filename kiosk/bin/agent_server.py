# ruff: noqa: INP001 - lies beside the programs that share it
"""The server, asked by HTTPS with the agent's token. No redirect is followed: the token goes to the
server that kiosk.toml names, and nowhere else.
"""

import json
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any

from wall_address import WallAddress

PATIENCE = 20
"""Seconds for one answer."""
LARGEST = 64 * 1024


class AwayError(Exception):
    """There is no answer, or none that can be used; the text is safe to log."""


class EndedError(Exception):
    """The token lets nothing in any more."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be done, and how many seconds are left to begin it."""

    id: int
    what: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """`goes`: of the commands that it takes, those that are its to do."""

    every: float
    commands: list[Command]
    goes: list[int]


class Server:
    """Where the wall comes from."""

    def __init__(self, address: WallAddress, token: str) -> None:
        self._address = address
        self._token = token

    def speak(self, said: dict[str, object]) -> Answer:
        """Tell it something. Raises AwayError and EndedError."""
        status, body = self._post("/agent", json.dumps(said).encode(), "application/json")
        if status != 200:
            raise AwayError(f"status {status}")
        try:
            told = json.loads(body)
            return Answer(
                min(max(float(told["every"]), 1.0), 300.0),
                [_command(each) for each in told["commands"]],
                [int(each) for each in told["goes"]],
            )
        except (ValueError, KeyError, TypeError):
            raise AwayError("it answers with something else") from None

    def show(self, id_: int, picture: bytes) -> int:
        """Send the picture that a command asked for; gives the status."""
        return self._post(f"/agent/pictures/{id_}", picture, "image/jpeg")[0]

    def _post(self, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        connection = self._connection()
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": kind,
            "Accept": "application/json",
            "User-Agent": "wall-kiosk-agent",
        }
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            status, told = answer.status, answer.read(LARGEST)
        except (OSError, HTTPException, ValueError) as error:
            raise AwayError(type(error).__name__) from None
        finally:
            connection.close()
        if status == 401:
            raise EndedError
        return status, told

    def _connection(self) -> HTTPConnection:
        host, port = self._address.host, self._address.port
        if self._address.scheme == "http":
            return HTTPConnection(host, port, timeout=PATIENCE)
        context = ssl.create_default_context()
        return HTTPSConnection(host, port, timeout=PATIENCE, context=context)


def _command(told: dict[str, Any]) -> Command:
    return Command(int(told["id"]), str(told["what"]), float(told["seconds"]))
