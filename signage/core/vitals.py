"""What a wall's page says of its own state, held to bounds: it is shown on the desk, and a wall may
lie. No field can hold customers' words."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

WORKERS = frozenset({"kept", "starting", "insecure", "unsupported", "failed"})
"""Whether the wall can start without the server (`kept`), or why not."""
MOST_KINDS = 8
LARGEST = 2**31 - 1
_WORD = re.compile(r"[\w.+-]{1,40}")
_KIND = re.compile(r"[\w-]{1,30} [\w-]{1,30}")


@dataclass(frozen=True, slots=True)
class Vitals:
    """heap and storage in MB, uptime in seconds; faults: scene and kind of error → times;
    shell: the player's version, failed: one that was left again. None where it was not said."""

    scene: str | None = None
    errors: int = 0
    faults: Mapping[str, int] = field(default_factory=dict)
    uptime: int = 0
    heap: int | None = None
    dropped: int = 0
    storage_used: int | None = None
    storage_quota: int | None = None
    player: str | None = None
    shell: str | None = None
    worker: str | None = None
    failed: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For the database; `Vitals(**…)` reads it."""
        return asdict(self)

    def differs(self, other: "Vitals") -> bool:
        """Whether somebody should hear of it before the next look: all but what grows by itself."""
        return any(
            getattr(self, name) != getattr(other, name)
            for name in ("errors", "player", "shell", "worker", "failed")
        )


def read_vitals(said: Mapping[str, Any]) -> Vitals:
    """What a heartbeat says; anything malformed counts as not said."""
    storage = said.get("storage")
    storage = storage if isinstance(storage, dict) else {}
    worker = said.get("worker")
    return Vitals(
        scene=_word(said.get("scene")),
        errors=_whole(said.get("errors")) or 0,
        faults=_faults(said.get("faults")),
        uptime=_whole(said.get("uptime")) or 0,
        heap=_whole(said.get("heap")),
        dropped=_whole(said.get("dropped")) or 0,
        storage_used=_whole(storage.get("used")),
        storage_quota=_whole(storage.get("quota")),
        player=_word(said.get("player")),
        shell=_word(said.get("shell")),
        worker=worker if isinstance(worker, str) and worker in WORKERS else None,
        failed=_word(said.get("failed")),
    )


def _faults(said: object) -> dict[str, int]:
    told = said if isinstance(said, dict) else {}
    kinds = [kind for kind in told if isinstance(kind, str) and _KIND.fullmatch(kind)]
    return {kind: times for kind in kinds[:MOST_KINDS] if (times := _whole(told[kind]))}


def _whole(said: object) -> int | None:
    # A bool is an int to Python.
    return said if type(said) is int and 0 <= said <= LARGEST else None


def _word(said: object) -> str | None:
    return said if isinstance(said, str) and _WORD.fullmatch(said) else None
