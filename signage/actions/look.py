"""What the walls look like: the company's colour, logo and titles, and where customers answer."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from signage.actions import audit, outbox
from signage.actions.editions import note_edition
from signage.actions.pictures import forget_pictures, keep_picture
from signage.actions.prefer import keep
from signage.core.codes import modules_of
from signage.core.contrast import HEX
from signage.core.origins import MOST, is_origin, split_origins
from signage.core.pictures import Redrawn
from signage.core.seen import check_seen, fingerprint
from signage.core.text import one_line
from signage.errors import Invalid, Problem
from signage.models import Database, Preferences, preferences
from signage.words import N_

FRAMES = ("full", "quiet")
TITLED = {
    "improvement": N_("Improvements"),
    "csat": N_("CSAT"),
    "ces": N_("CES"),
    "touchpoints": N_("Touchpoints"),
    "mix": N_("Honest mix"),
}
"""Scenes whose title the company may choose, in words; NPS takes the survey's question."""
MOST_TITLE = 60
LOGO_SIDE = 640
ASK = "ask"
LOOK = ("accent", "frame", "titles", "survey_url", "ask", "logo", "framed_by")
"""Preferences of the walls' look."""


@dataclass(frozen=True, slots=True)
class Look:
    """What an admin chose. logo None: as it is now."""

    accent: str
    frame: str
    titles: dict[str, str]
    survey_url: str
    ask: str
    logo: Redrawn | None = None
    no_logo: bool = False
    framed_by: str = ""


def dress(
    database: Database, look: Look, *, user_id: int, at: datetime, seen: str | None = None
) -> None:
    """Keep it; walls follow within a second. Raises Invalid naming each bad choice, and Conflict
    where the look is no more what was `seen` (`look_seen`)."""
    look = _checked(look)
    with database.write() as session:
        before = preferences(session)
        check_seen(seen, look_seen(before))
        logo = "" if look.no_logo else before.logo
        if look.logo is not None:
            logo = keep_picture(session, look.logo, at).digest
        chosen = replace(
            before, accent=look.accent, frame=look.frame, titles=look.titles,
            survey_url=look.survey_url, ask=look.ask, logo=logo, framed_by=look.framed_by,
        )  # fmt: skip
        if chosen == before:
            return
        keep(session, chosen)
        note_edition(session, "company", at=at, user_id=user_id)
        audit.note(session, "settings-changed", user_id=user_id, about="look", at=at)
        _hang_ask(session, chosen, at)
        forget_pictures(session)


def look_seen(chosen: Preferences) -> str:
    """What the form of the look is filled from, in short."""
    return fingerprint({name: getattr(chosen, name) for name in LOOK})


def ask_body(chosen: Preferences) -> dict[str, Any]:
    """The survey's address as the wall shows it (docs/protocol.md)."""
    return {
        "id": ASK,
        "kind": "ask",
        "headline": chosen.ask,
        "address": short_address(chosen.survey_url),
        "modules": modules_of(chosen.survey_url),
        "words": 12,
    }


def short_address(url: str) -> str:
    """An address as people type it."""
    parts = urlsplit(url)
    shown = f"{parts.netloc}{parts.path}".removeprefix("www.").rstrip("/")
    return f"{shown}?{parts.query}" if parts.query else shown


def _hang_ask(session: Session, chosen: Preferences, at: datetime) -> None:
    feed = outbox.feed_named(session, "notices")
    if chosen.survey_url:
        outbox.put(session, feed, ASK, ask_body(chosen), at)
    else:
        outbox.drop(session, feed, ASK, at)


def _checked(look: Look) -> Look:
    titles = {scene: one_line(title) for scene, title in look.titles.items() if scene in TITLED}
    ask, url = one_line(look.ask), look.survey_url.strip()
    problems: list[Problem | None] = [
        None
        if not look.accent or HEX.fullmatch(look.accent)
        else Problem("not-a-colour", N_("A colour such as #0a7d5c, or nothing."), "accent"),
        None
        if look.frame in FRAMES
        else Problem("not-allowed", N_("Choose from the list."), "frame"),
        None
        if not url or _is_address(url)
        else Problem(
            "not-an-address", N_("An address such as https://example.com/survey."), "survey_url"
        ),
        *(
            Problem("too-long", N_("At most {most} characters."), field, {"most": MOST_TITLE})
            for field, text in [("ask", ask), *((f"title_{s}", t) for s, t in titles.items())]
            if len(text) > MOST_TITLE
        ),
    ]
    framers = split_origins(look.framed_by)
    problems.append(_wrong_framers(framers))
    if found := [problem for problem in problems if problem]:
        raise Invalid(found)
    kept = {scene: title for scene, title in titles.items() if title}
    return replace(look, titles=kept, ask=ask, survey_url=url, framed_by=" ".join(framers))


def _wrong_framers(framers: list[str]) -> Problem | None:
    if len(framers) > MOST:
        return Problem("too-many", N_("At most {most} sites."), "framed_by", {"most": MOST})
    if wrong := next((each for each in framers if not is_origin(each)), None):
        told = N_("“{site}” is no site such as https://signs.example.com.")
        return Problem("not-an-origin", told, "framed_by", {"site": wrong[:60]})
    return None


def _is_address(url: str) -> bool:
    """An address of the web that fits a QR code read from across a room."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url
    return (
        named
        and plain
        and len(url) <= 200
        and parts.scheme in {"http", "https"}
        and not parts.username
    )
