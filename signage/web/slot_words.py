"""Slots, weeks and scenes in words."""

import re
from collections.abc import Sequence
from datetime import date

from babel.dates import DateTimePattern, format_date, get_date_format, get_day_names

from signage.core.plan import Entry, Plan, Week
from signage.core.slots import DAY, Slot
from signage.core.week import Conflict, Idle
from signage.web.country_words import country_name
from signage.words import N_, day_in_words, language, locale, translate

SCENE_WORDS = {
    "quote": N_("Quotes, one at a time"), "mosaic": N_("Several short quotes"),
    "improvement": N_("You said – we did"), "notice": N_("Notices"), "nps": N_("NPS"),
    "csat": N_("CSAT"), "ces": N_("CES"), "touchpoints": N_("The touchpoints"),
    "mix": N_("The honest mix"), "ask": N_("The survey’s code"),
}  # fmt: skip

_WITHOUT_YEAR = re.compile(r"[\s,]*y+$")


def scene_word(entry: Entry, titles: dict[str, str]) -> str:
    """What an entry shows, and of which feed where that was made at the desk."""
    told = translate(SCENE_WORDS.get(entry.scene, entry.scene))
    title = titles.get(entry.feed)
    return f"{told}: {title}" if title else told


def day_names(width: str = "abbreviated") -> list[str]:
    """Monday first."""
    names = get_day_names(width, "stand-alone", language())  # type: ignore[arg-type]  # its words
    return [names[n] for n in range(7)]


def clock(minutes: int) -> str:
    """Minutes of a day as HH:MM; the end of the day is 24:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def days_word(days: Sequence[int]) -> str:
    """Mon–Fri, Sun."""
    names, runs = day_names(), list[list[int]]()
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    if len(days) == len(names):
        return translate(N_("every day"))
    told = (
        f"{names[run[0]]}–{names[run[-1]]}" if len(run) > 2 else ", ".join(names[n] for n in run)
        for run in runs
    )
    return ", ".join(told)


def slot_word(slot: Slot) -> str:
    """Mon–Fri 11:00–13:30, from 1 December, not on holidays (Sweden)."""
    begin, end = slot.span
    hours = translate(N_("all day")) if (begin, end) == (0, DAY) else f"{slot.starts}–{slot.ends}"
    parts = [f"{days_word(slot.days)} {hours}"]
    if end > DAY:
        past = translate(N_("past midnight"))
        parts[0] += f" ({past})"
    if slot.first:
        parts.append(translate(N_("from {day}")).format(day=_day(slot.first)))
    if slot.last:
        parts.append(translate(N_("until {day}")).format(day=_day(slot.last)))
    if slot.holidays:
        text = N_("only on holidays ({country})")
        text = N_("not on holidays ({country})") if slot.holidays == "not" else text
        parts.append(translate(text).format(country=country_name(slot.country)))
    if slot.priority:
        parts.append(translate(N_("priority {number}")).format(number=slot.priority))
    return ", ".join(parts)


def conflict_word(conflict: Conflict, week: Week, plan: Plan) -> str:
    """Who hangs, who waits, and when first."""
    hangs, waits = week.slots[conflict.hangs], week.slots[conflict.waits]
    text = N_("{day} {begins}–{ends}: “{hangs}” hangs and “{waits}” waits; both have priority {n}.")
    return translate(text).format(
        day=_day(conflict.day), begins=clock(conflict.begins), ends=clock(conflict.ends),
        hangs=name_of(plan, hangs.playlist), waits=name_of(plan, waits.playlist), n=hangs.priority,
    )  # fmt: skip


def idle_word(idle: Idle, week: Week, plan: Plan) -> str:
    """Why a slot never hangs."""
    slot = week.slots[idle.place]
    text = {
        "past": N_("“{name}”, {slot}: its last day is over."),
        "never": N_("“{name}”, {slot}: no day of the next thirteen months is one of its days."),
        "covered": N_("“{name}”, {slot}: {others} hangs at all its times."),
    }[idle.why]
    others = ", ".join(f"“{name_of(plan, week.slots[n].playlist)}”" for n in idle.by)
    return translate(text).format(
        name=name_of(plan, slot.playlist), slot=slot_word(slot), others=others
    )


def gap_words(gaps: Sequence[tuple[int, int]]) -> list[str]:
    """Sat 00:00 – Mon 07:00."""
    names = day_names()

    def moment(minutes: int, *, ends: bool) -> str:
        day, minute = divmod(minutes, DAY)
        if ends and minute == 0:
            day, minute = day - 1, DAY
        return f"{names[day % 7]} {clock(minute)}"

    def stretch(begins: int, ends: int) -> str:
        since, until = moment(begins, ends=False), moment(ends, ends=True)
        same = since.split()[0] == until.split()[0] and ends - begins <= DAY
        return f"{since}–{until.split()[1]}" if same else f"{since} – {until}"

    return [stretch(*gap) for gap in gaps]


def day_word(day: date) -> str:
    """Monday 30 November."""
    return day_in_words(format_date(day, _WITHOUT_YEAR.sub("", _full().pattern), locale=locale()))


def name_of(plan: Plan, playlist_id: str) -> str:
    """A playlist's name; empty is the one that comes with the product."""
    if not playlist_id:
        return translate(N_("The playlist that comes with it"))
    found = plan.playlists.get(playlist_id)
    return found.name if found else "–"


def _day(day: str | date) -> str:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return day_in_words(format_date(day, "long", locale=locale()))


def _full() -> DateTimePattern:
    # Whether there is a point, a comma or a word between is each language's own.
    return get_date_format("full", locale=locale())
