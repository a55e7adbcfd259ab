"""What an alert says: to people in words, to programs in fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from signage.models import Alert, AlertMessage, Outage, Screen, preferences
from signage.models.alerted import dark_with
from signage.models.watched import of_alert
from signage.settings import Settings
from signage.words import N_, speaking, translate, translate_plural

MOST_NAMED = 50
"""Screens that one message names."""
TYPES = {"dark": "screens.dark", "clear": "screens.back", "test": "test"}


@dataclass(frozen=True, slots=True)
class Told:
    """A message as it is sent: to people `subject` and `text`, to programs `fields`."""

    subject: str
    text: str
    fields: dict[str, Any]


def told(session: Session, settings: Settings, message: AlertMessage) -> Told:
    """What a message says, in the company's language."""
    chosen = preferences(session)
    alert = session.get(Alert, message.alert_id) if message.alert_id else None
    outages = of_alert(session, alert) if alert else ()
    if alert and message.what == "dark":
        # Those that it counts as dark, but that an earlier alert told of.
        outages = [*outages, *dark_with(session, alert, most=MOST_NAMED)]
    if message.what == "clear":
        outages = [each for each in outages if each[0].ended_by == "back"]
    page = f"{settings.url}/desk/screens/watch"
    with speaking(chosen.language):
        subject = subject_of(message.what, alert, [screen.name for _, screen in outages])
        lines = [
            _line(outage, screen, ZoneInfo(chosen.timezone))
            for outage, screen in outages[:MOST_NAMED]
        ]
        if message.what == "test":
            lines = [translate(N_("Alerts arrive at this address. No screen is concerned."))]
    text = "\n".join([subject, "", *lines, "", page, ""])
    fields = {
        "type": TYPES[message.what],
        "timestamp": _iso(message.made_at),
        "data": {"url": page, **(_fields(alert, outages) if alert else {})},
    }
    return Told(f"{chosen.title}: {subject}", text, fields)


def subject_of(what: str, alert: Alert | None, names: Sequence[str]) -> str:
    """One sentence, in the language in force."""
    if alert is None:
        return translate(N_("This is a test"))
    params = {
        "n": len(names) if what == "clear" else alert.dark,
        "total": alert.total,
        "site": alert.site,
        "name": names[0] if names else "",
    }
    return _sentence(what, alert, len(names)).format(**params)


def _sentence(what: str, alert: Alert, named: int) -> str:
    at_site = bool(alert.site)
    if what == "clear" and named != 1:
        return _all_back(at_site, named)
    if what == "clear":
        text = N_("{name} ({site}) is on again") if at_site else N_("{name} is on again")
    elif alert.whole and at_site:
        text = N_("All {n} screens at {site} are dark")
    elif named == alert.dark == 1:
        text = N_("{name} ({site}) is dark") if at_site else N_("{name} is dark")
    elif at_site:
        text = N_("{n} of {total} screens at {site} are dark")
    else:
        text = N_("{n} of {total} screens without a site are dark")
    return translate(text)


def _all_back(at_site: bool, n: int) -> str:
    if at_site:
        return translate_plural(
            "{n} screen at {site} is on again", "{n} screens at {site} are on again", n
        )
    return translate_plural("{n} screen is on again", "{n} screens are on again", n)


def _line(outage: Outage, screen: Screen, zone: ZoneInfo) -> str:
    since = outage.since.astimezone(zone)
    if outage.ended_at is None:
        text = N_("{name}: dark since {since}")
        return translate(text).format(name=screen.name, since=f"{since:%Y-%m-%d %H:%M %Z}")
    until = outage.ended_at.astimezone(zone)
    return translate(N_("{name}: dark from {since} to {until}")).format(
        name=screen.name, since=f"{since:%Y-%m-%d %H:%M}", until=f"{until:%Y-%m-%d %H:%M %Z}"
    )


def _fields(alert: Alert, outages: Sequence[tuple[Outage, Screen]]) -> dict[str, Any]:
    return {
        "alert": alert.id,
        "site": alert.site,
        "whole_site": alert.whole,
        "dark": alert.dark,
        "total": alert.total,
        "screens": [
            {
                "id": screen.id,
                "name": screen.name,
                "dark_since": _iso(outage.since),
                "back_at": _iso(outage.ended_at),
            }
            for outage, screen in outages[:MOST_NAMED]
        ],
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
