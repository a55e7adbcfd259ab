# ruff: noqa: INP001, T201 - lies beside the programs that share it; what it prints is logged
"""What the agent must not forget when it is ended at any moment: what it began, and what became of
it. One small file, put in place in one step.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

MOST = 20
"""Outcomes that are kept until the server has heard them: the oldest go first."""


class Memory:
    """`boot` is a word of this start of the device."""

    def __init__(self, file: Path, boot: str) -> None:
        self._file = file
        self._boot = boot
        self._begun: dict[str, dict[str, Any]] = {}
        self._outcomes: list[dict[str, Any]] = []
        self._read()

    def begin(self, id_: int, what: str, until: float) -> None:
        """It is about to be done; `until`: by the monotonic clock of this start."""
        self._begun[str(id_)] = {"what": what, "boot": self._boot, "until": until}
        self._write()

    def end(self, id_: int, outcome: str, detail: str = "") -> None:
        """What became of it."""
        self._begun.pop(str(id_), None)
        self._outcomes.append({"id": id_, "outcome": outcome, "detail": detail})
        self._outcomes = self._outcomes[-MOST:]
        self._write()

    def drop(self, id_: int) -> None:
        """The server knows what became of it."""
        self._begun.pop(str(id_), None)
        self._write()

    def look_back(self, now: float) -> None:
        """What was begun before this program was ended. A reboot is done once the device has
        started anew; whether anything else was done, nobody knows: it is never done again."""
        for id_, begun in list(self._begun.items()):
            anew = begun["boot"] != self._boot
            if begun["what"] != "reboot":
                self.end(int(id_), "failed", "interrupted")
            elif anew:
                self.end(int(id_), "done")
            elif now >= begun["until"]:
                self.end(int(id_), "failed", "no-start")

    def outcomes(self) -> list[dict[str, Any]]:
        """Those that the server has not heard yet."""
        return list(self._outcomes)

    def told(self, outcomes: list[dict[str, Any]]) -> None:
        """It has heard these."""
        if outcomes:
            self._outcomes = [each for each in self._outcomes if each not in outcomes]
            self._write()

    def _read(self) -> None:
        try:
            kept = json.loads(self._file.read_text("utf-8"))
            begun, outcomes = kept["begun"], kept["outcomes"]
            for id_, each in begun.items():
                self._begun[str(int(id_))] = {
                    "what": str(each["what"]), "boot": str(each["boot"]),
                    "until": float(each["until"]),
                }  # fmt: skip
            self._outcomes = [dict(each) for each in outcomes][-MOST:]
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            # The server hands a command out once, so nothing is done twice for want of this.
            print("kiosk-agent: its notes cannot be read; it begins anew", file=sys.stderr)
            self._begun, self._outcomes = {}, []

    def _write(self) -> None:
        """On the card before it goes on: the next thing may be the power going."""
        draft = self._file.with_suffix(".new")
        try:
            with draft.open("w", encoding="utf-8") as stream:
                json.dump({"begun": self._begun, "outcomes": self._outcomes}, stream)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(self._file)
            folder = os.open(self._file.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            print(f"kiosk-agent: its notes cannot be kept: {error.strerror}", file=sys.stderr)
