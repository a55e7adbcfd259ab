"""`signage` on a machine whose clock can be set while it runs.

BENCH_CLOCK=file python -m bench.recovery_parts.own_clock serve …
"""

import mmap
import os
import struct
import time
from pathlib import Path

_AHEAD = struct.Struct("d")


def set_clock(file: Path, seconds: float) -> None:
    """Let the clock be ahead by so much from now on; behind, where that is negative."""
    # In its place, since a running server has it mapped.
    with file.open("r+b" if file.exists() else "w+b") as opened:
        opened.write(_AHEAD.pack(seconds))


def main() -> None:
    """Run a command of the product, whose every look at the time goes through here."""
    with Path(os.environ["BENCH_CLOCK"]).open("rb") as opened:
        ahead = mmap.mmap(opened.fileno(), _AHEAD.size, access=mmap.ACCESS_READ)
    right = time.time
    time.time = lambda: right() + _AHEAD.unpack_from(ahead)[0]
    # Only now: what is imported may keep the function.
    from signage.__main__ import main as run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
