"""Parts of the agent, where the clock or the network would have to be waited for."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.patience import PATIENCE
from tests.serving import free_port

from .pi import KIOSK

LATE = """
import json, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from agent_deeds import Deeds
from agent_memory import Memory
from agent_server import Command
folder = Path(sys.argv[2])
memory = Memory(folder / "state.json", "boot")
program = f"touch {folder}/done"
deeds = Deeds(memory, restart=program, reboot=program, devtools=1)
for number, (what, left) in enumerate((("reboot", -1), ("screenshot", 0), ("restart", 100)), 1):
    deeds.do(Command(number, what, left), None, until=time.monotonic() + left)
    print(json.dumps([(folder / "done").exists(), memory.outcomes()[-1]]))
"""
AWAY = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from agent import Agent
from agent_memory import Memory
from agent_vitals import Device
folder = Path(sys.argv[2])
device = Device(folder / "sys", folder / "proc")
memory = Memory(folder / "state.json", device.boot)
agent = Agent(folder / "kiosk.toml", device, memory, None, 0.0)
print(max(agent.turn() for _ in range(9)))
"""


def says(program: str, folder: Path) -> list[Any]:
    """What a program prints that uses parts of the agent, line by line."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", program, KIOSK / "bin", folder],
        check=True, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_what_it_comes_to_too_late_is_not_begun(tmp_path: Path) -> None:
    reboot, picture, restart = says(LATE, tmp_path)

    late = {"outcome": "failed", "detail": "too-late"}
    assert reboot == [False, {"id": 1, **late}]
    assert picture == [False, {"id": 2, **late}]
    assert restart == [True, {"id": 3, "outcome": "done", "detail": ""}]


@pytest.mark.parametrize(("uptime", "least", "most"), [("60.0", 24, 36), ("3600.0", 240, 360)])
def test_a_device_that_has_just_started_looks_again_soon(
    tmp_path: Path, uptime: str, least: float, most: float
) -> None:
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc" / "uptime").write_text(f"{uptime} 1.0\n")
    wall = f"http://127.0.0.1:{free_port()}/wall#key"
    (tmp_path / "kiosk.toml").write_text(f'wall = "{wall}"\nagent = "sga_{"x" * 43}"\n')

    (longest,) = says(AWAY, tmp_path)

    assert least <= longest <= most
