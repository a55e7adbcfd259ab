"""What the desk does under Screens, typed: `signage screen …`, `group`, `playlist`, `week`, `plan`,
`feed`, `takeover` and `watch`."""

from signage.screen_commands import (
    asking,
    changing,
    drafting,
    feeds,
    grouping,
    hanging,
    letting_in,
    listing,
    played,
    playlists,
    publishing,
    settling,
    showing,
    takeovers,
    watching,
    weeks,
)

__all__ = [
    "asking", "changing", "drafting", "feeds", "grouping", "hanging", "letting_in", "listing",
    "played", "playlists", "publishing", "settling", "showing", "takeovers", "watching", "weeks",
]  # fmt: skip
