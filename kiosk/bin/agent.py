# ruff: noqa: INP001, T201 - a program beside the modules it shares; what it prints is logged
"""The agent: tells the server how this device is, and does what only the device can.

    agent.py

It asks the server that kiosk.toml names, every 15 seconds, with the token in the line
`agent = "…"` there: temperature, Wi-Fi and power go out; restart, reboot and screenshot come in,
each done once at most. Without a line, or with a token that has ended, it waits and looks again.

It takes its places from the environment: KIOSK_CONFIG, KIOSK_AGENT_STATE, KIOSK_SYS, KIOSK_PROC,
KIOSK_DEVTOOLS (port), KIOSK_RESTART and KIOSK_REBOOT (commands), KIOSK_AGENT_EVERY (seconds).
"""

import os
import random
import sys
import time
from pathlib import Path

from agent_deeds import Deeds
from agent_memory import Memory
from agent_server import Answer, AwayError, EndedError, Server
from agent_vitals import Device
from wall_address import BadConfigError, read_address, read_token

RESTART = "systemctl --no-ask-password restart kiosk.service"
REBOOT = "systemctl --no-ask-password reboot"
IDLE = 60.0
"""Seconds until the settings are read again where they name no server or no token."""
ENDED = 300.0
"""Seconds until a token that has ended is tried again: somebody may have put another in place."""
LONGEST = 300.0
"""Seconds between two tries at most while the server does not answer."""
EARLY, LONGEST_EARLY = 600.0, 30.0
"""The same for a device that started so many seconds ago: its network may still be coming up."""


def main() -> int:
    """Go on for ever; systemd ends it, at any moment."""
    places = os.environ
    device = Device(Path(places.get("KIOSK_SYS", "/sys")), Path(places.get("KIOSK_PROC", "/proc")))
    memory = Memory(
        Path(places.get("KIOSK_AGENT_STATE", "/var/lib/kiosk-agent")) / "state.json", device.boot
    )
    agent = Agent(
        Path(places.get("KIOSK_CONFIG", "/boot/firmware/kiosk.toml")),
        device,
        memory,
        Deeds(
            memory,
            restart=places.get("KIOSK_RESTART", RESTART),
            reboot=places.get("KIOSK_REBOOT", REBOOT),
            devtools=int(places.get("KIOSK_DEVTOOLS", "9222")),
        ),
        float(places.get("KIOSK_AGENT_EVERY", "0")),
    )
    while True:
        time.sleep(agent.turn())


class Agent:
    """One device's side of the conversation."""

    def __init__(
        self, config: Path, device: Device, memory: Memory, deeds: Deeds, every: float
    ) -> None:
        self._config = config
        self._device = device
        self._memory = memory
        self._deeds = deeds
        self._every = every
        self._failures = 0
        self._said = ""

    def turn(self) -> float:
        """Speak once, do what is to be done; gives the seconds until the next time."""
        try:
            server = Server(read_address(self._config), read_token(self._config))
        except BadConfigError as error:
            return self._wait(str(error), IDLE)
        try:
            pause = self._speak(server)
        except EndedError:
            return self._wait("its token has ended: put a new one into kiosk.toml", ENDED)
        except AwayError as error:
            self._failures += 1
            often = self._every or 15.0
            longest = LONGEST_EARLY if self._device.uptime() < EARLY else LONGEST
            wait = min(often * 2 ** min(self._failures, 10), longest)
            return self._wait(f"the server does not answer: {error}", wait)
        self._failures = 0
        self._wait("the server answers", 0)
        return pause * random.uniform(0.8, 1.2)  # noqa: S311 - so that a fleet does not ask at once

    def _speak(self, server: Server) -> float:
        asked = time.monotonic()
        self._memory.look_back(asked)
        answer = self._tell(server)
        if not answer.commands:
            return self._every or answer.every
        # First it says that it has it: if it is its to do, the answer says so, and nobody else gets
        # it. One at a time, so that none runs out of time while another is done.
        first = answer.commands[0]
        if first.id in self._tell(server, takes=[first.id]).goes:
            self._deeds.do(first, server, until=asked + first.seconds)
        return 0.0

    def _tell(self, server: Server, takes: list[int] | None = None) -> Answer:
        outcomes = self._memory.outcomes()
        answer = server.speak({**self._device.vitals(), "takes": takes or [], "outcomes": outcomes})
        self._memory.told(outcomes)
        return answer

    def _wait(self, why: str, seconds: float) -> float:
        """Say once what it is that changed."""
        if why != self._said:
            self._said = why
            print(f"kiosk-agent: {why}", file=sys.stderr, flush=True)
        return seconds * random.uniform(0.8, 1.2)  # noqa: S311 - the same


if __name__ == "__main__":
    sys.exit(main())
