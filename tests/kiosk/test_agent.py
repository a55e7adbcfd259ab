"""The agent as a process: against the real server, with a made-up /sys and harmless programs."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from signage import clock
from signage.actions import agents, commands, screens
from signage.actions.screens import ScreenDraft
from signage.models import Agent, Command, Database, Screenshot
from tests.patience import eventually
from tests.serving import Server, free_port

from .pi import KIOSK

PROGRAM = KIOSK / "bin" / "agent.py"
BOOT, NEXT_BOOT = "11111111-aaaa", "22222222-bbbb"


@dataclass
class Device:
    """A device made of files, and the agent on it."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    def __post_init__(self) -> None:
        self.write("sys/class/thermal/thermal_zone0/type", "gpu-thermal")
        self.write("sys/class/thermal/thermal_zone0/temp", "40000")
        self.write("sys/class/thermal/thermal_zone1/type", "cpu-thermal")
        self.write("sys/class/thermal/thermal_zone1/temp", "54321")
        self.write("sys/class/hwmon/hwmon0/name", "cpu_thermal")
        self.write("sys/class/hwmon/hwmon1/name", "rpi_volt")
        self.write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1")
        self.write("proc/uptime", "3600.25 1200.00")
        self.write("proc/net/wireless", (
            "Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE\n"
            " face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22\n"
            " wlan0: 0000   45.  -65.  -256        0      0      0      0      0        0\n"
        ))  # fmt: skip
        self.started(BOOT)
        (self.root / "state").mkdir()
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "KIOSK_CONFIG": str(self.root / "kiosk.toml"),
            "KIOSK_AGENT_STATE": str(self.root / "state"),
            "KIOSK_SYS": str(self.root / "sys"),
            "KIOSK_PROC": str(self.root / "proc"),
            "KIOSK_DEVTOOLS": str(free_port()),
            "KIOSK_RESTART": self.program("restart"),
            "KIOSK_REBOOT": self.program("reboot"),
            "KIOSK_AGENT_EVERY": "0.25",
        }

    def write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n")

    def started(self, boot: str) -> None:
        """The kernel's word of this start."""
        self.write("proc/sys/kernel/random/boot_id", boot)

    def program(self, name: str, then: str = "exit 0") -> str:
        """A harmless one that leaves a line each time that it is run."""
        file = self.root / name
        file.write_text(f'#!/bin/sh\necho run >>"{self.root}/{name}.runs"\n{then}\n')
        file.chmod(0o755)
        return str(file)

    def runs(self, name: str) -> int:
        """How often it was run."""
        file = self.root / f"{name}.runs"
        return len(file.read_text().splitlines()) if file.exists() else 0

    def run(self, **more: str) -> None:
        """Start the agent."""
        with (self.root / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-B", PROGRAM], env=self.environment | more, stderr=log
            )

    def kill(self) -> None:
        """As a power cut would end it; again is harmless."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @property
    def log(self) -> str:
        file = self.root / "log"
        return file.read_text() if file.exists() else ""


@pytest.fixture(scope="module")
def server(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("agents")
    data.chmod(0o700)
    shutil.copy(empty_file, data / "signage.db")
    made = Server(data, free_port())
    made.start()
    yield made
    made.stop()
    made.database.engine.dispose()


@pytest.fixture
def database(server: Server) -> Database:
    return server.database


@pytest.fixture
def screen(server: Server) -> int:
    draft = ScreenDraft("Canteen")
    return screens.add_screen(server.database, server.secret_key, draft, at=clock.now())[0]


@pytest.fixture
def device(server: Server, screen: int, tmp_path: Path) -> Iterator[Device]:
    made = Device(tmp_path)
    token = agents.make_agent(server.database, screen, at=clock.now())
    made.write("kiosk.toml", f'wall = "{server.url}/wall#key"\nagent = "{token}"')
    yield made
    made.kill()


@pytest.fixture
def asked(database: Database, screen: int, device: Device) -> Callable[[str], int]:
    """Ask the screen for something once its agent was heard of."""

    def ask(what: str) -> int:
        eventually(lambda: heard(database, screen), lambda: device.log)
        return commands.command(database, screen, what, user_id=None, at=clock.now())

    return ask


def heard(database: Database, screen: int) -> Agent | None:
    with database.read() as session:
        agent = session.get(Agent, screen)
        return agent if agent and agent.heard_at else None


def row(database: Database, id_: int) -> Command:
    with database.read() as session:
        return session.scalars(select(Command).where(Command.id == id_)).one()


def outcome(database: Database, id_: int, device: Device) -> tuple[str, str]:
    """What became of a command, as soon as something did."""
    eventually(lambda: row(database, id_).outcome, lambda: device.log)
    settled = row(database, id_)
    return settled.outcome or "", settled.detail


def first_word(database: Database, screen: int, device: Device) -> dict[str, Any]:
    """What the agent says of the device, as soon as it does."""
    agent = eventually(lambda: heard(database, screen), lambda: device.log)
    assert agent is not None
    return agent.said


def test_it_tells_how_the_device_is(database: Database, screen: int, device: Device) -> None:
    device.run()

    assert first_word(database, screen, device) == {
        "temperature": 54.3, "signal": -65, "uptime": 3600, "undervoltage": True, "version": "1",
    }  # fmt: skip


def test_a_bare_device_tells_what_it_can(database: Database, screen: int, device: Device) -> None:
    shutil.rmtree(device.root / "sys")
    (device.root / "proc/net/wireless").write_text("nothing of the kind\n a: b\n")

    device.run()

    said = first_word(database, screen, device)
    assert (said["temperature"], said["signal"], said["undervoltage"]) == (None, None, None)
    assert said["uptime"] == 3600


def test_a_restart_is_done_once_and_told(
    database: Database, device: Device, asked: Callable[[str], int]
) -> None:
    device.run()
    id_ = asked("restart")

    assert outcome(database, id_, device) == ("done", "")
    assert device.runs("restart") == 1
    assert row(database, id_).told_at is not None
    assert outcome(database, asked("restart"), device) == ("done", "")
    assert device.runs("restart") == 2


def test_one_is_taken_at_a_time(
    database: Database, screen: int, device: Device, asked: Callable[[str], int]
) -> None:
    go = device.root / "go"
    device.program("restart", then=f'until [ -e "{go}" ]; do sleep 0.05; done')
    device.run()
    eventually(lambda: heard(database, screen), lambda: device.log)
    device.kill()
    first, second = asked("restart"), asked("restart")

    device.run()
    eventually(lambda: device.runs("restart"), lambda: device.log)
    assert row(database, second).told_at is None, "it waits at the server, where its time is known"
    go.touch()

    assert outcome(database, first, device) == ("done", "")
    assert outcome(database, second, device) == ("done", "")
    assert device.runs("restart") == 2


def test_what_the_device_does_not_allow_is_told(
    database: Database, device: Device, asked: Callable[[str], int]
) -> None:
    device.program("restart", then="exit 1")
    device.run()

    assert outcome(database, asked("restart"), device) == ("failed", "not-allowed")


def test_a_reboot_is_done_when_the_device_has_started_anew(
    database: Database, device: Device, asked: Callable[[str], int]
) -> None:
    device.run()
    id_ = asked("reboot")
    eventually(lambda: device.runs("reboot"), lambda: device.log)
    assert row(database, id_).outcome is None
    assert row(database, id_).told_at is not None, "it had said so before"

    device.kill()
    device.started(NEXT_BOOT)
    device.run()

    assert outcome(database, id_, device) == ("done", "")
    assert device.runs("reboot") == 1


def test_ended_between_its_word_and_the_deed_it_says_that_nobody_knows(
    database: Database, device: Device, asked: Callable[[str], int]
) -> None:
    device.program("restart", then="exec sleep 60")
    device.run()
    id_ = asked("restart")
    eventually(lambda: device.runs("restart"), lambda: device.log)

    device.kill()
    device.run()

    assert outcome(database, id_, device) == ("failed", "interrupted")
    assert device.runs("restart") == 1, "it is not done a second time"


def test_a_reboot_that_does_not_come_is_waited_for_by_its_time(
    database: Database, device: Device, asked: Callable[[str], int]
) -> None:
    device.run()
    id_ = asked("reboot")
    eventually(lambda: device.runs("reboot"), lambda: device.log)
    device.kill()
    state = device.root / "state" / "state.json"
    begun = state.read_text()
    assert f'"boot": "{BOOT}"' in begun
    state.write_text(begun.replace('"until": ', '"until": -'))

    device.run()

    assert outcome(database, id_, device) == ("failed", "no-start")
    assert device.runs("reboot") == 1


def test_an_outcome_waits_for_the_server(
    database: Database, device: Device, asked: Callable[[str], int], server: Server
) -> None:
    done = device.root / "go"
    device.program("restart", then=f'until [ -e "{done}" ]; do sleep 0.05; done')
    device.run()
    id_ = asked("restart")
    eventually(lambda: device.runs("restart"), lambda: device.log)
    server.stop()
    done.touch()
    eventually(lambda: "does not answer" in device.log, lambda: device.log)
    server.start()

    assert outcome(database, id_, device) == ("done", "")
    assert device.runs("restart") == 1


def test_notes_that_a_power_cut_spoilt_are_begun_anew(
    database: Database, device: Device, asked: Callable[[str], int]
) -> None:
    device.write("state/state.json", '{"begun": {"7": nul')
    device.run()

    assert outcome(database, asked("restart"), device) == ("done", "")
    assert "begins anew" in device.log


def test_a_token_that_has_ended_does_nothing_more(
    database: Database, screen: int, device: Device
) -> None:
    device.run()
    eventually(lambda: heard(database, screen), lambda: device.log)
    agents.end_agent(database, screen, at=clock.now())

    eventually(lambda: "its token has ended" in device.log, lambda: device.log)
    assert device.process is not None
    assert device.process.poll() is None, "it waits for another"
    assert device.runs("reboot") + device.runs("restart") == 0


def test_without_a_token_it_waits_and_says_so_once(device: Device) -> None:
    device.write("kiosk.toml", 'wall = "https://wall.example.org/wall#secret-key"')
    device.run()

    eventually(lambda: "has no line agent" in device.log, lambda: device.log)
    assert device.process is not None
    assert device.process.poll() is None
    assert "secret-key" not in device.log


def test_a_picture_of_a_real_page_arrives(
    database: Database, screen: int, device: Device, devtools: int, asked: Callable[[str], int]
) -> None:
    device.run(KIOSK_DEVTOOLS=str(devtools))

    assert outcome(database, asked("screenshot"), device) == ("done", "")
    with database.read() as session:
        kept = session.scalars(select(Screenshot).where(Screenshot.screen_id == screen)).one()
        assert (kept.width, kept.data[8:12]) == (800, b"WEBP")


def test_a_browser_that_is_not_there_is_told(
    database: Database, device: Device, asked: Callable[[str], int]
) -> None:
    device.run()

    assert outcome(database, asked("screenshot"), device) == ("failed", "no-browser")


def test_no_secret_is_in_its_log_or_on_its_command_line(
    database: Database, device: Device, asked: Callable[[str], int]
) -> None:
    device.run()
    outcome(database, asked("restart"), device)
    assert device.process is not None
    line = Path(f"/proc/{device.process.pid}/cmdline").read_bytes().decode()

    token = (device.root / "kiosk.toml").read_text().partition('agent = "')[2].partition('"')[0]
    assert token.startswith("sga_")
    assert token not in device.log + line + (device.root / "state" / "state.json").read_text()
