"""What a program's token lets it do."""

from collections.abc import Mapping

from signage.words import N_

RESPONSES, TAKEOVERS, PLAYS = "responses", "takeovers", "plays"
SCOPES: Mapping[str, str] = {
    RESPONSES: N_("send answers in and erase them"),
    TAKEOVERS: N_("take over walls"),
    PLAYS: N_("read what screens have shown"),
}
"""Scope → what it allows, in words."""


def read_scopes(kept: str) -> frozenset[str]:
    """What a token may, of what is kept of it."""
    return frozenset(kept.split())
