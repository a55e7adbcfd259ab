"""What a screen's page, and the agent on its device, can be asked to do, and what they may say of
it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from signage.words import N_

IDENTIFY, RELOAD, REPORT = "identify", "reload", "report"
COMMANDS: Mapping[str, str] = {
    IDENTIFY: N_("Show its name for 20 seconds"),
    RELOAD: N_("Load its page again"),
    REPORT: N_("Say what it shows"),
}
"""What its page does → what it is, in words."""
SCREENSHOT, RESTART, REBOOT = "screenshot", "restart", "reboot"
BY_AGENT: Mapping[str, str] = {
    SCREENSHOT: N_("Take a picture of it"),
    RESTART: N_("Restart its player"),
    REBOOT: N_("Restart the device"),
}
"""The same of what the agent on its device does."""
ALL: Mapping[str, str] = {**COMMANDS, **BY_AGENT}
SURE: Mapping[str, str] = {
    RESTART: N_("The screen is black for some seconds. Restart its player?"),
    REBOOT: N_("The screen is black for a minute or two. Restart the device?"),
}
"""What is asked before a command is sent."""
LIMIT = timedelta(minutes=2)
"""What is not begun by then is not done any more; for most it has to be done as well."""
_LIMITS = {REBOOT: timedelta(minutes=5)}
OUTCOMES = {
    "done": N_("done"), "failed": N_("failed"), "expired": N_("not done in time"),
}  # fmt: skip
WHY = {
    "unknown": N_("its player does not know this command"),
    "no-page": N_("the page could not be loaded anew, so the one that runs was kept"),
    "no-memory": N_("its browser keeps nothing, so it could not tell a second time from the first"),
    "interrupted": N_("the device’s program was ended meanwhile; whether it was done is not known"),
    "not-allowed": N_("the device did not let its program do it"),
    "no-start": N_("the device did not start anew"),
    "too-late": N_("the device’s program came to it too late"),
    "no-browser": N_("its browser does not answer"),
    "no-picture": N_("the picture could not be read"),
    "not-sent": N_("the picture did not reach the server"),
    "words-left": N_("words were taken off the walls meanwhile, so no picture was kept"),
}
"""Why something failed, as the page or the agent says it."""
_SHOWS = re.compile(r"[\w-]{1,30} [\w.-]{1,40} [1-9]\d{0,4} [1-9]\d{0,4} (ink|paper)")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a command. detail: one of WHY, or, of a report, scene, item, width,
    height and theme with spaces between: never a word that hangs there."""

    id: int
    outcome: str
    detail: str


def limit_of(what: str) -> timedelta:
    """How long after it was asked for an outcome counts."""
    return _LIMITS.get(what, LIMIT)


def read_said(told: Mapping[str, Any]) -> Said | None:
    """An outcome, held to bounds; None for anything malformed."""
    id_, outcome, detail = told.get("id"), told.get("outcome"), told.get("detail", "")
    if type(id_) is not int or id_ < 1 or not isinstance(outcome, str):
        return None
    if outcome not in {"done", "failed"}:
        return None
    known = isinstance(detail, str) and (detail in WHY or _SHOWS.fullmatch(detail) is not None)
    return Said(id_, outcome, detail if known else "")
