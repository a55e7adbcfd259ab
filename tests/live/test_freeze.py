"""What lives for long is out of the garbage collector's sight: after the start, and whenever many
sockets came or went."""

import gc
import shutil
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from signage.live.engine import FREEZE_EVERY, WallEngine, freeze
from signage.live.limits import SAID
from tests.patience import PATIENCE
from tests.serving import Server, free_port

AT_LEAST = 100_000
"""Objects of a product that has just started: its code, its routes, its tables."""


class Knot:
    """Something that only the garbage collector can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """Other tests' objects are not to stay out of sight."""
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.fixture
def engine() -> WallEngine:
    return WallEngine(Knot, SAID, async_mode="gevent")


def test_what_is_alive_is_passed_over_and_what_is_not_is_freed() -> None:
    dead = weakref.ref(Knot())
    alive = Knot()

    freeze()

    assert dead() is None
    assert gc.get_freeze_count() > 0
    assert not any(each is alive for each in gc.get_objects())
    later = weakref.ref(Knot())
    gc.collect()
    assert later() is None  # what came since is looked after


def test_what_died_since_is_freed_the_next_time() -> None:
    alive = Knot()
    freeze()
    gone = weakref.ref(alive)
    del alive
    gc.collect()
    assert gone() is not None

    freeze()

    assert gone() is None


def test_whenever_so_many_sockets_came_or_went(engine: WallEngine) -> None:
    def frozen_with(sockets: int) -> bool:
        """Whether it freezes in the second in which it has so many."""
        gc.unfreeze()
        engine.sockets = dict.fromkeys(map(str, range(sockets)), None)
        engine.keep(0.0)
        return gc.get_freeze_count() > 0

    assert not frozen_with(FREEZE_EVERY - 1)
    assert frozen_with(FREEZE_EVERY)
    assert not frozen_with(FREEZE_EVERY)
    assert not frozen_with(2 * FREEZE_EVERY - 1)
    assert frozen_with(2 * FREEZE_EVERY + 3)
    assert not frozen_with(FREEZE_EVERY + 4)
    assert frozen_with(FREEZE_EVERY + 3)
    assert frozen_with(0)


def test_after_the_start(empty_file: Path, tmp_path: Path) -> None:
    shutil.copy(empty_file, tmp_path / "signage.db")
    server = Server(tmp_path, free_port())

    ran = subprocess.run(
        [sys.executable, "-m", "tests.live.freezes"],
        env=server.environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) > AT_LEAST
