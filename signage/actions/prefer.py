"""Choosing: what the company prefers."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from signage.actions.audit import note
from signage.actions.editions import note_edition
from signage.actions.expire import follow_terms
from signage.actions.tally import mark_stale
from signage.core.expiry import LONGEST, SHORTEST
from signage.core.hours import time_zones
from signage.core.seen import check_seen, fingerprint
from signage.core.text import one_line
from signage.errors import Invalid, Problem
from signage.models import Database, Preference, Preferences, preferences
from signage.words import LANGUAGES, N_

LONGEST_GRACE = 300
LONGEST_AGE_TARGET = 720
WITHOUT_CONSENT = ("anonymous", "refuse")
SETTINGS = (
    "title", "grace_seconds", "age_target_hours", "without_consent", "window_days", "expiry_days",
    "target_score", "target_by", "question", "language", "timezone",
)  # fmt: skip
"""Choices of the settings page; the walls' look has a page of its own."""


def prefer(
    database: Database,
    chosen: Preferences,
    *,
    at: datetime,
    user_id: int | None = None,
    seen: str | None = None,
) -> None:
    """Keep the choices; raises Invalid naming each bad one, and Conflict where they are no more
    what was `seen` (`settings_seen`)."""
    chosen = _checked(chosen)
    with database.write() as session:
        check_seen(seen, settings_seen(preferences(session)))
        if changed := _changed(preferences(session), chosen):
            note_edition(session, "company", at=at, user_id=user_id)
            note(session, "settings-changed", user_id=user_id, detail=", ".join(changed), at=at)
        keep(session, chosen)
        mark_stale(session)
        follow_terms(session, at)


def settings_seen(chosen: Preferences) -> str:
    """What the form of the settings is filled from, in short."""
    return fingerprint({name: getattr(chosen, name) for name in SETTINGS})


def _changed(before: Preferences, after: Preferences) -> list[str]:
    """Names of the choices that differ; what they were set to may hold a company's own words."""
    return [
        name
        for name in Preferences.__dataclass_fields__
        if getattr(before, name) != getattr(after, name)
    ]


def keep(session: Session, chosen: Preferences) -> None:
    """Write the choices down, in the transaction of what makes them."""
    for name in Preferences.__dataclass_fields__:
        _keep(session, name, getattr(chosen, name))


def _keep(session: Session, name: str, value: object) -> None:
    row = session.get(Preference, name)
    if row is None:
        session.add(Preference(name=name, value=value))
    else:
        row.value = value


def _checked(chosen: Preferences) -> Preferences:
    title, question = one_line(chosen.title), one_line(chosen.question)
    target, by = chosen.target_score, chosen.target_by or None
    day, zone = "2027-06-30", "Europe/Stockholm"
    rules = (
        (0 < len(title) <= 60, "title", N_("A title of 1 to 60 characters.")),
        (len(question) <= 80, "question", N_("At most 80 characters.")),
        (chosen.language in LANGUAGES, "language", N_("Choose a language from the list.")),
        (
            chosen.timezone in time_zones(),
            "timezone",
            N_("Choose a time zone such as {example}."),
        ),
        (
            0 <= chosen.grace_seconds <= LONGEST_GRACE,
            "grace_seconds",
            N_("From 0 to 300 seconds."),
        ),
        (
            1 <= chosen.age_target_hours <= LONGEST_AGE_TARGET,
            "age_target_hours",
            N_("From 1 to 720 hours."),
        ),
        (SHORTEST <= chosen.expiry_days <= LONGEST, "expiry_days", N_("From 1 to 1000 days.")),
        (
            chosen.without_consent in WITHOUT_CONSENT,
            "without_consent",
            N_("Choose one of the two."),
        ),
        (7 <= chosen.window_days <= 366, "window_days", N_("From 7 to 366 days.")),
        (target is None or -100 <= target <= 100, "target_score", N_("From −100 to +100.")),
        (by is None or _is_day(by), "target_by", N_("A day such as {example}.")),
    )
    problems = [
        Problem("not-allowed", text, field, {"example": day if field == "target_by" else zone})
        for fine, field, text in rules
        if not fine
    ]
    if problems:
        raise Invalid(problems)
    return replace(chosen, title=title, question=question, target_by=by)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
