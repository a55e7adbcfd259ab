"""What a program's token lets it do."""

from collections.abc import Mapping

from signage.words import N_

RESPONSES, TAKEOVERS, PLAYS = "responses", "takeovers", "plays"
SCREENS, SCREENS_WRITE = "screens", "screens:write"
PROGRAMME, PROGRAMME_WRITE = "programme", "programme:write"
FEEDS_WRITE, ALERTS_WRITE = "feeds:write", "alerts:write"
SCOPES: Mapping[str, str] = {
    RESPONSES: N_("send answers in and erase them"),
    TAKEOVERS: N_("take over walls, keep texts and goals ready for that"),
    PLAYS: N_("read what screens have shown"),
    SCREENS: N_("see screens and groups, and when screens were dark"),
    SCREENS_WRITE: N_(
        "set screens and groups up, let screens in and revoke them, send them commands, "
        "see pictures of them"
    ),
    PROGRAMME: N_("read playlists, weeks and feeds"),
    PROGRAMME_WRITE: N_("draft and publish what hangs when"),
    FEEDS_WRITE: N_("make, change and delete feeds"),
    ALERTS_WRITE: N_("see where alerts go, and say where"),
}
"""Scope → what it allows, in words."""


def read_scopes(kept: str) -> frozenset[str]:
    """What a token may, of what is kept of it."""
    return frozenset(kept.split())
