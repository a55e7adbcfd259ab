"""What every page's template can say: words, dates and numbers in the reader's language."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta
from babel.numbers import format_decimal, format_percent
from flask import Flask, g

from signage import __version__
from signage.core.roles import may
from signage.models import preferences
from signage.models.alerted import news
from signage.models.queue import count_in
from signage.web import rule_words
from signage.web.ages import lasting
from signage.web.context import at, database
from signage.web.looking_again import flashes
from signage.web.permit import role_here
from signage.web.plays import scene_word
from signage.web.wording import FILTERS
from signage.words import (
    LANGUAGES,
    N_,
    day_in_words,
    language,
    locale,
    translate,
    translate_plural,
)


def prepare(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        translate, translate_plural, newstyle=True
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "day": day,
        "moment": moment,
        "when": when,
        "day_time": day_time,
        "ago": ago,
        "local": local,
        "lasting": lasting,
        "number": number,
        "share": share,
        "span": span,
        "scene_word": scene_word,
        "signed": signed,
        **FILTERS,
        **rule_words.FILTERS,
    }
    app.context_processor(_common)


def day(value: date | str | None, form: str = "long") -> str:
    """3 February 2026"""
    if not value:
        return ""
    given = date.fromisoformat(value) if isinstance(value, str) else value
    return day_in_words(format_date(given, form, locale=locale()))


def moment(value: datetime | None) -> str:
    """Day and time in the company's time zone."""
    return format_datetime(value, "short", tzinfo=_zone(), locale=locale()) if value else ""


def when(value: datetime | None, seconds: bool = False) -> str:
    """The time alone where it was today, else with its day: 13:40, or 16 April 13:40."""
    if value is None:
        return ""
    if value.astimezone(_zone()).date() != at().astimezone(_zone()).date():
        return day_time(value)
    return format_skeleton("Hms" if seconds else "Hm", value, tzinfo=_zone(), locale=locale())


def day_time(value: datetime | None) -> str:
    """16 April 13:40; with the year where it is not this one."""
    if value is None:
        return ""
    zone = _zone()
    this_year = value.astimezone(zone).year == at().astimezone(zone).year
    skeletons = ("MMMMd" if this_year else "yMMMMd", "Hm")
    date_, time = (
        format_skeleton(skeleton, value, tzinfo=zone, locale=locale()) for skeleton in skeletons
    )
    return translate(N_("{day} {time}")).format(day=day_in_words(date_), time=time)


def ago(value: datetime | None) -> str:
    """How long since, in the largest unit: 3 hours."""
    if value is None:
        return ""
    passed = max(at() - value, timedelta(seconds=1))
    return format_timedelta(passed, threshold=1, format="short", locale=locale())


def local(value: datetime | None) -> str:
    """What a field for a time takes: as the company's clock shows it."""
    return value.astimezone(_zone()).strftime("%Y-%m-%dT%H:%M") if value else ""


def number(value: float | None, digits: int = 0) -> str:
    """1 284"""
    if value is None:
        return "–"
    form = "#,##0" if not digits else "#,##0." + "0" * digits
    return format_decimal(value, format=form, locale=locale())


def share(value: float | None) -> str:
    """99.4 %; never rounded up to all of it."""
    if value is None:
        return "–"
    tenths = value if value == 1 else min(value, 0.999)
    return format_percent(tenths, "#,##0.#\u00a0%", locale=locale())


def span(seconds: float) -> str:
    """How long, in the largest two units: 3 h 5 min."""
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{number(hours)} h {minutes} min" if minutes else f"{number(hours)} h"
    return f"{minutes} min" if minutes else f"{left} s"


def signed(value: float | None) -> str:
    """+27 or −4, with a true minus."""
    if value is None:
        return "–"
    whole = round(value)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"


def _zone() -> ZoneInfo:
    if "zone" not in g:
        with database().read() as session:
            g.zone = ZoneInfo(preferences(session).timezone)
    return g.zone  # type: ignore[no-any-return]  # g is untyped


def _common() -> dict[str, object]:
    common: dict[str, object] = {
        "language": language(),
        "languages": LANGUAGES,
        "me": g.get("me"),
        "may": lambda act: may(role_here(), act),
        "version": __version__,
        "flashes": flashes,
        "now": at(),
    }
    if g.get("me") is not None:
        with database().read() as session:
            common["counts"] = {
                state: count_in(session, state) for state in ("waiting", "published")
            }
            common["company"] = preferences(session)
            if may(role_here(), "screens"):
                common["watch"] = news(session)
    return common
