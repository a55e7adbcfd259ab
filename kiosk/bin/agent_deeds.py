# ruff: noqa: INP001, T201 - lies beside the programs that share it; what it prints is logged
"""What the agent does: each command once, noted before it is begun."""

import shlex
import subprocess
import sys
import time

from agent_memory import Memory
from agent_server import AwayError, Command, Server
from devtools import NoBrowserError, photograph

PATIENCE = 60
"""Seconds for a program to end."""
REBOOT_WITHIN = 240
"""Seconds until a reboot that has not come is called failed."""


class Deeds:
    """`restart` and `reboot` are the commands that do it; `devtools` is Chromium's port."""

    def __init__(self, memory: Memory, *, restart: str, reboot: str, devtools: int) -> None:
        self._memory = memory
        self._programs = {"restart": shlex.split(restart), "reboot": shlex.split(reboot)}
        self._devtools = devtools

    def do(self, command: Command, server: Server, *, until: float) -> None:
        """Do it, and note what became of it; a reboot ends this program. `until`: by the monotonic
        clock, when it is too late to begin it."""
        print(f"kiosk-agent: {command.what}, command {command.id}", file=sys.stderr, flush=True)
        if time.monotonic() >= until:
            self._memory.end(command.id, "failed", "too-late")
            return
        self._memory.begin(command.id, command.what, time.monotonic() + REBOOT_WITHIN)
        if command.what == "screenshot":
            self._photograph(command.id, server)
        elif command.what in self._programs:
            self._run(command)
        else:
            self._memory.end(command.id, "failed", "unknown")

    def _run(self, command: Command) -> None:
        try:
            done = subprocess.run(  # noqa: S603 - the two commands of the settings
                self._programs[command.what], check=False, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, timeout=PATIENCE,
            )  # fmt: skip
            allowed = done.returncode == 0
        except (OSError, subprocess.SubprocessError):
            allowed = False
        if not allowed:
            self._memory.end(command.id, "failed", "not-allowed")
        elif command.what != "reboot":  # that is done once the device has started anew
            self._memory.end(command.id, "done")

    def _photograph(self, id_: int, server: Server) -> None:
        try:
            status = server.show(id_, photograph(self._devtools))
        except NoBrowserError:
            self._memory.end(id_, "failed", "no-browser")
        except AwayError:
            self._memory.end(id_, "failed", "not-sent")
        else:
            if status in {200, 409}:  # kept, or nobody waits for it any more
                self._memory.drop(id_)
            else:
                self._memory.end(id_, "failed", "no-picture" if status == 422 else "not-sent")
