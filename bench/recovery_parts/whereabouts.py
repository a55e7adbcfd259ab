"""What keeps everybody waiting: which server, and why; or the desk."""

import json
from http.client import HTTPConnection, HTTPException

from bench.recovery_parts.desk import Desk
from bench.recovery_parts.server_process import ServerProcess

ANSWER = 5.0
"""Seconds."""


def of_server(server: ServerProcess) -> str:
    """Whether its process runs, takes connections, and can serve; else what it said last."""
    if server.code is not None:
        return f"{server.name} ended with {server.code}: {server.last_words()}"
    if not server.takes_connections():
        since = f"{server.age():.0f} s after its start"
        return f"{server.name} takes no connections {since}: {server.last_words()}"
    return f"{server.name} {_how_it_is(server.port)}"


def of_desk(desk: Desk) -> str:
    """What it waits for."""
    if desk.ended:
        return "the desk has ended"
    if (doing := desk.doing) is None:
        return "the desk has nothing to do"
    name, seconds = doing
    return f"the desk has had no answer to “{name}” for {seconds:.0f} s"


def _how_it_is(port: int) -> str:
    connection = HTTPConnection("localhost", port, timeout=ANSWER)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        status, parts = response.status, json.loads(response.read()).get("parts", {})
    except (OSError, HTTPException, ValueError) as error:
        return f"takes connections, and does not say how it is: {type(error).__name__}"
    finally:
        connection.close()
    gone = ", ".join(name for name, part in parts.items() if part["status"] != "up")
    ready = "is ready" if status == 200 else "is not ready"
    return f"{ready}; down: {gone}" if gone else ready
