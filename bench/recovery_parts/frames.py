"""Socket.IO packets of one namespace, as text."""

import json
import re
from dataclasses import dataclass
from typing import Any

_PACKET = re.compile(r"(?s)([0-6])(?:/wall,)?(\d*)(.*)")


@dataclass(frozen=True, slots=True)
class Packet:
    """kind: connect 0, disconnect 1, event 2, ack 3, connect_error 4."""

    kind: str
    id: int | None
    data: Any


def connect(auth: object) -> str:
    """Knock."""
    return f"0/wall,{json.dumps(auth)}"


def event(name: str, said: object, id_: int | None = None) -> str:
    """Say something; with an id it is to be answered."""
    number = "" if id_ is None else str(id_)
    return f"2/wall,{number}{json.dumps([name, said])}"


def read(text: str) -> Packet:
    """A packet of the server; raises ValueError for anything else."""
    found = _PACKET.fullmatch(text)
    if found is None:
        raise ValueError("no packet")
    kind, number, rest = found.groups()
    return Packet(kind, int(number) if number else None, json.loads(rest) if rest else None)
