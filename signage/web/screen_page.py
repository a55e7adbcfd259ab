"""The page of one screen: what it shows, how it is, how far it has come, and how it is set up."""

from collections.abc import Sequence

from flask import render_template

from signage.actions.setup_of_screens import THEMES, TURNS, ScreenDraft, draft_of
from signage.errors import NotFound, Problem
from signage.models import Device, Screen
from signage.models.group import groups
from signage.models.pairing import are_two, looks_of
from signage.models.screens import sites
from signage.web.applied_now import applied_now
from signage.web.context import at, database
from signage.web.desk_agents import line_just_made
from signage.web.feed_words import FEED_NAMES
from signage.web.screen_lines import STARTS, STATE_WORDS, lines_of
from signage.web.shell import shell


def screen_form(
    screen_id: int | None, draft: ScreenDraft | None, problems: Sequence[Problem]
) -> str:
    """The page of a screen, or of a new one where there is no id."""
    with database().read() as reading:
        known, places = groups(reading), sites(reading)
        screen = None if screen_id is None else reading.get(Screen, screen_id)
        if screen_id is not None and screen is None:
            raise NotFound
        device = reading.get(Device, screen_id) if screen else None
        line = lines_of(reading, [screen])[0] if screen else None
        applied = applied_now(reading, screen) if screen else None
    return render_template(
        "desk/screen.html", screen_id=screen_id, draft=draft or (screen and draft_of(screen)),
        problems=problems, themes=THEMES, turns=TURNS, groups=known, sites=places, line=line,
        device=device, looks=looks_of(device.looks) if device else None, states=STATE_WORDS,
        starts=STARTS, applied=applied, feed_names=FEED_NAMES,
        other=looks_of(device.other_looks) if device and are_two(device, at()) else None,
        current=shell().version, made_agent=line_just_made(screen_id),
    )  # fmt: skip
