"""The hash chain of the audit log: each entry seals itself and all before it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

BEGINNING = "0" * 64
"""What the first entry follows."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One entry as it is kept."""

    number: int
    act: str
    user_id: int | None
    about: str
    detail: str
    made_at: datetime
    previous: str
    seal: str


def seal_of(entry: Sealed) -> str:
    """SHA-256 over the previous seal and everything that the entry says; its own seal is not
    looked at."""
    made_at = entry.made_at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [entry.previous, entry.number, entry.act, entry.user_id, entry.about, entry.detail]
    return hashlib.sha256(json.dumps([*said, made_at]).encode()).hexdigest()


def first_broken(entries: Iterable[Sealed]) -> int | None:
    """The number of the first entry that was altered, or before which some are missing; None
    where the chain holds from 1 on."""
    previous, number = BEGINNING, 1
    for entry in entries:
        if entry.number != number or entry.previous != previous or seal_of(entry) != entry.seal:
            return number
        previous, number = entry.seal, number + 1
    return None
