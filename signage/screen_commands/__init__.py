"""What the desk does under Screens, typed: `signage screen …`, `group`, `playlist`, `week`, `plan`,
`feed`, `takeover` and `watch`."""

from signage.screen_commands import (
    asking,
    changing,
    feeds,
    grouping,
    hanging,
    letting_in,
    listing,
    played,
    playlists,
    publishing,
    takeovers,
    watching,
    weeks,
)

__all__ = [
    "asking", "changing", "feeds", "grouping", "hanging", "letting_in", "listing", "played",
    "playlists", "publishing", "takeovers", "watching", "weeks",
]  # fmt: skip
