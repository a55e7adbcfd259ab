"""A Raspberry Pi made of files: a display, a card, a profile, and stand-ins for its programs.

PATH holds nothing but what is put in `programs`, so no test can reach the machine's own Chromium,
package manager or systemd.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE

KIOSK = Path(__file__).resolve().parents[2] / "kiosk"
ORDINARY = (
    "bash",
    "cat",
    "cmp",
    "dirname",
    "env",
    "install",
    "mkdir",
    "readlink",
    "rm",
    "sleep",
    "stat",
)
TELL = '#!/bin/bash\nprintf "%s\\n" "$@" >"$SEEN/{name}"\n'


@dataclass(frozen=True, slots=True)
class Pi:
    """Everything lies below `root`."""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / "kiosk.toml"

    @property
    def profile(self) -> Path:
        return self.root / "profile"

    @property
    def runtime(self) -> Path:
        return self.root / "run"

    @property
    def start_page(self) -> Path:
        return self.runtime / "start.html"

    @property
    def connector(self) -> Path:
        return self.root / "drm" / "card1-HDMI-A-1"

    def prepare(self) -> None:
        """A device with 2 GB, a display and Chromium, but no address yet."""
        for folder in ("programs", "run", "seen", "drm/card1-HDMI-A-1", "drm/card1-Writeback-1"):
            (self.root / folder).mkdir(parents=True)
        for name in ORDINARY:
            (self.root / "programs" / name).symlink_to(str(shutil.which(name)))
        (self.root / "programs" / "python3").symlink_to(Path(sys.executable).resolve())
        (self.root / "drm/card1-Writeback-1/status").write_text("unknown\n")
        (self.root / "drm/card1-Writeback-1/modes").write_text("")
        self.connect("connected", "1920x1080\n")
        self.has_memory(mib=1850)
        self.stand_in("chromium", TELL.format(name="chromium"))

    def connect(self, status: str, modes: str) -> None:
        """What the kernel says of the display."""
        (self.connector / "status").write_text(f"{status}\n")
        (self.connector / "modes").write_text(modes)

    def has_memory(self, mib: int) -> None:
        """What the kernel says of the memory."""
        (self.root / "meminfo").write_text(f"MemTotal:  {mib * 1024} kB\nMemFree:  1024 kB\n")

    def has_shown(self, store: str) -> None:
        """Leave in the profile what a wall leaves there."""
        (self.profile / "Default" / "IndexedDB" / store).mkdir(parents=True)
        (self.profile / "Default" / "Service Worker").mkdir()

    def stand_in(self, name: str, script: str) -> None:
        """Put a program of that name in PATH, in place of any other."""
        program = self.root / "programs" / name
        program.unlink(missing_ok=True)
        program.write_text(script)
        program.chmod(0o755)

    def handed_to(self, name: str) -> list[str]:
        """The arguments with which the program was called; none when it was not."""
        seen = self.root / "seen" / name
        return seen.read_text().splitlines() if seen.exists() else []

    def run(self, *command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command on this device and wait for its end."""
        return subprocess.run(
            command,
            check=False,
            env=self.environment() | more,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def launch(self, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the launcher, whose last act is to become Chromium."""
        return self.run(KIOSK / "bin" / "launch", **more)

    def environment(self) -> dict[str, str]:
        """The whole environment of this device's programs."""
        return {
            "PATH": str(self.root / "programs"),
            "LC_ALL": "C.UTF-8",
            "SEEN": str(self.root / "seen"),
            "ROOT": str(self.root),
            "KIOSK_CONFIG": str(self.config),
            "KIOSK_PROFILE": str(self.profile),
            "KIOSK_RUNTIME": str(self.runtime),
            "KIOSK_DRM": str(self.root / "drm"),
            "KIOSK_MEMINFO": str(self.root / "meminfo"),
            "KIOSK_POLL": "0.01",
            "no_proxy": "*",
        }
