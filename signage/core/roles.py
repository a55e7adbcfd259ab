"""Who may do what at the desk: the one table of it."""

from collections.abc import Mapping

VIEWER, LEAD, ADMIN = "viewer", "lead", "admin"
ROLES = (VIEWER, LEAD, ADMIN)
"""Each may do all that the ones before it may."""

ANYONE = "anyone"
"""What needs no sign-in: the way in, the wall's page, what a watcher asks."""
PROGRAM = "program"
"""What a token opens, never a person's session."""

ACTS: Mapping[str, str] = {
    "look": VIEWER,
    "own": VIEWER,
    "moderate": LEAD,
    "improve": LEAD,
    "notices": LEAD,
    "screens": LEAD,
    "feeds": LEAD,
    "intake": LEAD,
    "export": LEAD,
    "rules": LEAD,
    "alerts": ADMIN,
    "settings": ADMIN,
    "tokens": ADMIN,
    "people": ADMIN,
    "audit": ADMIN,
}
"""Act → the least role that may do it. docs/operations.md says what belongs to each."""


def may(role: str | None, act: str) -> bool:
    """Whether somebody with this role may do it; None is somebody who is not signed in. Whatever
    is not in the table, nobody may."""
    if act == ANYONE:
        return True
    if role not in ROLES or act not in ACTS:
        return False
    return ROLES.index(role) >= ROLES.index(ACTS[act])
