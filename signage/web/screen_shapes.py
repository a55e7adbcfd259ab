"""Screens, as programs are told of them and change them."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy.orm import Session

from signage.actions.setup_of_screens import (
    LONGEST_TAG,
    MOST_TAGS,
    THEMES,
    TURNS,
    ScreenDraft,
    draft_of,
    setup_seen,
)
from signage.core.shapes import (
    flag,
    moment,
    nothing_or,
    number,
    one_of,
    opened,
    several,
    text,
    thing,
    told,
    whole,
)
from signage.models import Device, Screen
from signage.models.screens import STATES
from signage.web.applied_now import APPLIED, applied_now, applied_told
from signage.web.calls import iso_or_none
from signage.web.screen_lines import Line, lines_of
from signage.web.shown_now import SHOWS, shown_now
from signage.words import LANGUAGES

SETUP = {
    "name": text(most=80), "site": text(most=80),
    "group_id": nothing_or(whole("null: in no group.")),
    "tags": several(text(most=LONGEST_TAG), most=MOST_TAGS),
    "locale": one_of(tuple(LANGUAGES)), "timezone": text("As Europe/Oslo.", 80),
    "theme": one_of(tuple(THEMES)), "motion": flag("Whether things move on it."),
    "diagonal_inch": whole("", 5, 200),
    "distance_m": whole("Of its nearest reader, in metres.", 1, 50),
    "night_from": text("HH:MM on its own clock, or empty.", 5), "night_to": text("The same.", 5),
    "night_percent": whole("How bright it is then; 0 is off.", 0, 90),
    "turned": one_of(tuple(TURNS), "Degrees to the right."),
}  # fmt: skip
_STATE = {
    "id": whole(), "state": one_of(STATES),
    "since": nothing_or(moment("When it was heard last, or dark first.")),
    "last_seen_at": nothing_or(moment()), "revoked_at": nothing_or(moment()),
    "simulated": flag("It is no display."),
    "twice": flag("Two players use its token: say which one stays."),
}  # fmt: skip
_REVISION = text("Changes with how it is set up: send it along, to change what you saw.", 40)
SAYS = opened(thing(
    {
        "at": moment(), "scene": nothing_or(text()), "errors": whole(),
        "uptime": whole("Seconds."), "heap": nothing_or(whole("MB.")), "dropped": whole(),
        "player": nothing_or(text()), "shell": nothing_or(text("The player's version.")),
        "worker": nothing_or(text("Whether it starts without the server.")),
    },
    ("at",), title="Vitals", about="What its page said last of itself.",
))  # fmt: skip
DEVICE = told(
    {
        "at": nothing_or(moment("When it was heard of last.")),
        "there": flag("That was lately."),
        "temperature": nothing_or(number("Degrees Celsius.")),
        "signal": nothing_or(number("dBm of its Wi-Fi.")),
        "uptime": nothing_or(whole("Seconds.")),
        "undervoltage": nothing_or(flag("Its power supply is too weak.")),
        "version": nothing_or(text("The agent's.")),
    },
    title="Device", about="What the agent on its device said last.",
)  # fmt: skip
LISTED = told({**_STATE, **SETUP}, title="ListedScreen")
SCREEN = told(
    {
        **_STATE, **SETUP, "revision": _REVISION, "paired": flag("It has a device."),
        "shows": nothing_or(SHOWS), "says": nothing_or(SAYS),
        "device": nothing_or(DEVICE), "applied": nothing_or(APPLIED),
    },
    title="Screen",
)  # fmt: skip
CHANGE = thing({**SETUP, "revision": _REVISION})
PAIR = thing({"code": text("As the screen shows it.", 40), **SETUP}, ("code", "name"))


def setup_said(draft: ScreenDraft, said: Mapping[str, Any]) -> ScreenDraft:
    """The same with what was said of it; what was not stays."""
    given: dict[str, Any] = {name: value for name, value in said.items() if name in SETUP}
    if "tags" in given:
        given["tags"] = tuple(given["tags"])
    return replace(draft, **given)


def listed(line: Line) -> dict[str, Any]:
    """A screen in a list."""
    screen = line.screen
    return {
        "id": screen.id, "state": line.state, "since": iso_or_none(line.standing.since),
        "last_seen_at": iso_or_none(screen.last_seen_at),
        "revoked_at": iso_or_none(screen.revoked_at),
        "simulated": screen.simulated, "twice": line.twice,
        **asdict(draft_of(screen)),
    }  # fmt: skip


def told_of(session: Session, screen: Screen) -> dict[str, Any]:
    """A screen with what it shows, and says of itself; none of its keys."""
    (line,) = lines_of(session, [screen])
    said = {"at": iso_or_none(line.told_at), **line.vitals.as_json()} if line.vitals else None
    return {
        **listed(line), "device": _device(line), "says": said,
        "applied": applied_told(applied_now(session, screen)),
        "revision": setup_seen(draft_of(screen)),
        "paired": session.get(Device, screen.id) is not None,
        "shows": None if screen.revoked_at else shown_now(session, screen),
    }  # fmt: skip


def _device(line: Line) -> dict[str, Any] | None:
    if line.agent is None:
        return None
    heard = iso_or_none(line.agent.heard_at)
    return {"at": heard, "there": line.agent_there, **line.report.as_json()}
