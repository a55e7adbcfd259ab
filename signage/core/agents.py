"""The program on a screen's device: what it says of the device, and what it can be asked to do."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from signage.words import N_

EVERY = 15
"""Seconds between two words of an agent."""
LATELY = timedelta(seconds=90)
"""Heard of within this, an agent is there."""
HOT = 80
"""Degrees Celsius: from here on a Raspberry Pi slows itself down."""
FAIR_SIGNAL, WEAK_SIGNAL = -60, -75
"""dBm: below the first, Wi-Fi is not strong; below the second, it is weak."""
NEEDS_LINE = N_(
    "The token of the program on its device has ended too. The device needs a new line for"
    " kiosk.toml: make a token for it."
)
_VERSION = re.compile(r"[\w.+-]{1,20}")
_LONGEST_UPTIME = 10 * 366 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Report:
    """How a device is: degrees Celsius, dBm of its Wi-Fi, seconds since its start, whether its
    power supply is too weak, and the agent's version. None where it was not said."""

    temperature: float | None = None
    signal: int | None = None
    uptime: int | None = None
    undervoltage: bool | None = None
    version: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For the database; `report_of` reads it."""
        return asdict(self)

    @property
    def is_hot(self) -> bool:
        """Whether it slows itself down."""
        return self.temperature is not None and self.temperature >= HOT

    @property
    def reception(self) -> str | None:
        """strong, fair or weak; None where it has no Wi-Fi."""
        if self.signal is None:
            return None
        if self.signal < WEAK_SIGNAL:
            return "weak"
        return "fair" if self.signal < FAIR_SIGNAL else "strong"

    def alarms_unlike(self, other: "Report") -> bool:
        """Whether something began or ended that somebody is to see at once."""
        return any(
            getattr(self, name) != getattr(other, name)
            for name in ("is_hot", "undervoltage", "version")
        )


def was_heard(heard_at: datetime | None, at: datetime) -> bool:
    """Whether an agent that was heard of last then is there."""
    return heard_at is not None and at - heard_at <= LATELY


def read_report(said: Mapping[str, Any]) -> Report:
    """What an agent says, held to bounds; anything malformed counts as not said."""
    temperature = _number(said.get("temperature"), -60, 200)
    signal = _number(said.get("signal"), -120, 0)
    uptime = _number(said.get("uptime"), 0, _LONGEST_UPTIME)
    volts, version = said.get("undervoltage"), said.get("version")
    return Report(
        temperature=None if temperature is None else round(temperature, 1),
        signal=None if signal is None else round(signal),
        uptime=None if uptime is None else int(uptime),
        undervoltage=volts if isinstance(volts, bool) else None,
        version=version if isinstance(version, str) and _VERSION.fullmatch(version) else None,
    )


def report_of(kept: Mapping[str, Any] | None) -> Report:
    """What was kept of an agent's words; nothing, where it has said none."""
    return Report(**kept) if kept else Report()


def _number(said: object, least: float, most: float) -> float | None:
    # A bool is an int to Python; NaN is within nothing.
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    return float(said) if least <= said <= most else None
