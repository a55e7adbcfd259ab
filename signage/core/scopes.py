"""What a program's token lets it do."""

from collections.abc import Mapping

from signage.words import N_

RESPONSES, TAKEOVERS, PLAYS = "responses", "takeovers", "plays"
SCREENS, SCREENS_WRITE = "screens", "screens:write"
SCOPES: Mapping[str, str] = {
    RESPONSES: N_("send answers in and erase them"),
    TAKEOVERS: N_("take over walls"),
    PLAYS: N_("read what screens have shown"),
    SCREENS: N_("see screens and groups, and when screens were dark"),
    SCREENS_WRITE: N_("set screens and groups up, pair and revoke screens, send them commands"),
}
"""Scope → what it allows, in words."""


def read_scopes(kept: str) -> frozenset[str]:
    """What a token may, of what is kept of it."""
    return frozenset(kept.split())
