# ruff: noqa: INP001 - lies beside the programs that share it
"""How this device is, as its kernel tells it."""

from contextlib import suppress
from pathlib import Path

VERSION = "1"


class Device:
    """`sys` and `proc` are where the kernel tells of itself: /sys and /proc."""

    def __init__(self, sys: Path, proc: Path) -> None:
        self._sys = sys
        self._proc = proc
        self.boot = _text(proc / "sys" / "kernel" / "random" / "boot_id")
        """A word of this start of the device."""

    def vitals(self) -> dict[str, object]:
        """What there is to tell; what cannot be read is left out."""
        told = {
            "temperature": self._temperature(),
            "signal": self._signal(),
            "uptime": self._running(),
            "undervoltage": self._undervoltage(),
            "version": VERSION,
        }
        return {name: value for name, value in told.items() if value is not None}

    def _temperature(self) -> float | None:
        """Degrees Celsius of the processor, or of whatever is measured first."""
        zones = sorted((self._sys / "class" / "thermal").glob("thermal_zone*"))
        zones.sort(key=lambda zone: "cpu" not in _text(zone / "type"))
        for zone in zones:
            with suppress(ValueError):
                return round(int(_text(zone / "temp")) / 1000, 1)
        return None

    def _signal(self) -> int | None:
        """dBm of the first wireless device that has a connection."""
        for line in _text(self._proc / "net" / "wireless").splitlines():
            name, colon, rest = line.partition(":")
            fields = rest.split()
            if colon and len(fields) > 2 and "|" not in name:
                with suppress(ValueError):
                    level = round(float(fields[2].rstrip(".")))
                    if -120 <= level < 0:
                        return level
        return None

    def uptime(self) -> float:
        """Seconds since the start of the device; endless where that cannot be read."""
        running = self._running()
        return float("inf") if running is None else running

    def _running(self) -> int | None:
        with suppress(ValueError, IndexError):
            return int(float(_text(self._proc / "uptime").split()[0]))
        return None

    def _undervoltage(self) -> bool | None:
        """Whether the Pi's own sensor says that the supply is too weak now."""
        for sensor in sorted((self._sys / "class" / "hwmon").glob("hwmon*")):
            if _text(sensor / "name") == "rpi_volt":
                said = _text(sensor / "in0_lcrit_alarm")
                return {"0": False, "1": True}.get(said)
        return None


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
