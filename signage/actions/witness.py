"""A witness outside of the database: how far its feeds had come, in a small file beside it.

A start that finds the database behind its witness knows that it was put back, by whatever means.
"""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from signage.actions.epochs import Heads, heads_of, renew_epochs
from signage.models import Database

NAME = "witness.json"
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Witness:
    """What was seen of the database."""

    feeds: Heads
    boot: str
    """Which run of the machine it was; "" where that is not told."""
    running: bool
    """Whether the server was still running."""


def seen_now(database: Database, *, running: bool) -> Witness:
    """What there is to see."""
    with database.read() as session:
        return Witness(heads_of(session), _boot(), running)


def keep(witness: Witness, data: Path) -> None:
    """Write it into the data folder: whole or not at all, and on the disk when this is back."""
    path = data / NAME
    made = path.with_name(f"{NAME}.{secrets.token_hex(4)}")
    feeds = {name: {"epoch": epoch, "rev": rev} for name, (epoch, rev) in witness.feeds.items()}
    text = json.dumps({"feeds": feeds, "boot": witness.boot, "running": witness.running})
    try:
        with made.open("x", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def kept(data: Path) -> Witness | None:
    """The witness of the data folder; None where there is none that can be read."""
    try:
        told: Any = json.loads((data / NAME).read_text("utf-8"))
        feeds = {name: (str(at["epoch"]), int(at["rev"])) for name, at in told["feeds"].items()}
        return Witness(feeds, str(told["boot"]), bool(told["running"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def tells(witness: Witness | None, database: Database) -> str | None:
    """Why the epochs must be renewed, as `renew_epochs` takes it; None if they need not be."""
    if witness is None:
        return None
    with database.read() as session:
        heads = heads_of(session)
    for name, (epoch, rev) in witness.feeds.items():
        if name in heads and (heads[name][0] != epoch or heads[name][1] < rev):
            return "restored"
    # SQLite may lose its last commits when the power goes, though not when the process does.
    cut = database.is_sqlite and witness.running and witness.boot not in {"", _boot()}
    return "power-cut" if cut else None


def hear(database: Database, data: Path, *, at: datetime) -> str | None:
    """At the start: renew the epochs if the witness tells that; gives why, or None."""
    why = tells(kept(data), database)
    if why is not None:
        renew_epochs(database, at=at, why=why)
    with suppress(OSError):  # a full disk keeps no server from starting
        keep(seen_now(database, running=True), data)
    return why


def _boot() -> str:
    try:
        return _BOOT.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
