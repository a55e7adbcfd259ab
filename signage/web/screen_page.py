"""The page of one screen: what it shows, how it is, how far it has come, and how it is set up."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from flask import render_template

from signage.actions.setup_of_screens import THEMES, TURNS, ScreenDraft, draft_of, setup_seen
from signage.errors import NotFound, Problem
from signage.models import Device, Group, Screen
from signage.models.group import groups
from signage.models.pairing import are_two, looks_of
from signage.models.screens import sites
from signage.web import stale
from signage.web.applied_now import applied_now
from signage.web.context import at, database
from signage.web.desk_agents import line_just_made
from signage.web.feed_words import FEED_NAMES
from signage.web.screen_lines import STARTS, STATE_WORDS, lines_of
from signage.web.shell import shell
from signage.words import LANGUAGES, N_, translate

LABELS = {
    "name": N_("Name"),
    "site": N_("Site"),
    "group_id": N_("Group"),
    "tags": N_("Tags"),
    "locale": N_("Language of the wall"),
    "timezone": N_("Time zone"),
    "theme": N_("Theme"),
    "turned": N_("Picture"),
    "diagonal_inch": N_("Diagonal, in inches"),
    "distance_m": N_("Distance of its readers, in metres"),
    "night_from": N_("Night, from"),
    "night_to": N_("Night, to"),
    "night_percent": N_("Brightness, in percent"),
    "motion": N_("Fade between scenes"),
}


def screen_form(
    screen_id: int | None,
    draft: ScreenDraft | None,
    problems: Sequence[Problem],
    *,
    seen: str | None = None,
    overtaken: bool = False,
) -> str:
    """The page of a screen, or of a new one where there is no id; `overtaken`: somebody else set it
    up otherwise than the draft was made from."""
    with database().read() as reading:
        known, places = groups(reading), sites(reading)
        screen = None if screen_id is None else reading.get(Screen, screen_id)
        if screen_id is not None and screen is None:
            raise NotFound
        device = reading.get(Device, screen_id) if screen else None
        line = lines_of(reading, [screen])[0] if screen else None
        applied = applied_now(reading, screen) if screen else None
        now = draft_of(screen) if screen else None
    saved = _saved_meanwhile(draft, now, known) if overtaken and draft and now else None
    return render_template(
        "desk/screen.html", screen_id=screen_id, draft=draft or now,
        stale=saved, seen=seen or (setup_seen(now) if now else ""),
        problems=problems, themes=THEMES, turns=TURNS, groups=known, sites=places, line=line,
        device=device, looks=looks_of(device.looks) if device else None, states=STATE_WORDS,
        starts=STARTS, applied=applied, feed_names=FEED_NAMES,
        other=looks_of(device.other_looks) if device and are_two(device, at()) else None,
        current=shell().version, made_agent=line_just_made(screen_id),
    )  # fmt: skip


def _saved_meanwhile(
    typed: ScreenDraft, now: ScreenDraft, known: Sequence[Group]
) -> list[stale.Saved]:
    named = {group.id: group.name for group in known}
    return stale.saved_meanwhile(LABELS, _in_words(typed, named), _in_words(now, named))


def _in_words(draft: ScreenDraft, named: Mapping[int, str]) -> dict[str, object]:
    return {
        **asdict(draft),
        "group_id": named.get(draft.group_id or 0, ""),
        "tags": ", ".join(draft.tags),
        "locale": LANGUAGES.get(draft.locale, draft.locale),
        "theme": translate(THEMES.get(draft.theme, draft.theme)),
        "turned": translate(TURNS.get(draft.turned, "")),
    }
