"""How much of their hours screens were on: by outages, not by counting heartbeats."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from signage.core.hours import Span
from signage.core.outages import Reckoner, Uptime
from signage.models.screen import Screen
from signage.models.watch import Outage, WatchedSpan
from signage.models.watched import blind_spots, seen

PERIODS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
LONGEST = max(PERIODS.values())


@dataclass(frozen=True, slots=True)
class Line:
    """A screen's or a site's uptimes by period; `id` 0: a site of so many `screens`."""

    id: int
    name: str
    site: str
    screens: int
    uptimes: Mapping[str, Uptime]


def uptimes(session: Session, *, at: datetime, site: str | None = None) -> list[Line]:
    """Every screen that may come, by site and name; of one site alone where it is named."""
    start = at - LONGEST
    reckoner = Reckoner(blind_spots(session, start))
    watched, outages = _watched(session, start, at), _outages(session, start, at)
    here = () if site is None else (Screen.site == site,)
    return sorted(
        (
            Line(
                screen.id, screen.name, screen.site, 1,
                {
                    name: reckoner.uptime(
                        screen.hours, (at - length, at), watched[screen.id], outages[screen.id]
                    )
                    for name, length in PERIODS.items()
                },
            )
            for screen in seen(session, Screen.revoked_at.is_(None), Screen.counted, *here)
        ),
        key=lambda line: (line.site.casefold(), line.name.casefold(), line.id),
    )  # fmt: skip


def by_site(lines: Iterable[Line]) -> list[Line]:
    """The same, the screens of each site together."""
    of: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        of[line.site].append(line)
    return [
        Line(0, site, site, len(each), {name: _together(each, name) for name in PERIODS})
        for site, each in sorted(of.items(), key=lambda pair: pair[0].casefold())
    ]


def _together(lines: Sequence[Line], period: str) -> Uptime:
    return sum((line.uptimes[period] for line in lines), Uptime())


def _watched(session: Session, start: datetime, at: datetime) -> dict[int, list[Span]]:
    rows = session.execute(
        select(WatchedSpan.screen_id, WatchedSpan.since, WatchedSpan.until).where(
            or_(WatchedSpan.until.is_(None), WatchedSpan.until > start)
        )
    )
    spans: dict[int, list[Span]] = defaultdict(list)
    for screen_id, since, until in rows:
        # Whole periods are the same for all: what lies before the first of them is cut off.
        spans[screen_id].append((max(since, start), until or at))
    return spans


def _outages(session: Session, start: datetime, at: datetime) -> dict[int, list[Span]]:
    rows = session.execute(
        select(Outage.screen_id, Outage.since, Outage.ended_at, Outage.back_at).where(
            or_(Outage.ended_at.is_(None), Outage.ended_at > start)
        )
    )
    spans: dict[int, list[Span]] = defaultdict(list)
    for screen_id, since, ended_at, back_at in rows:
        spans[screen_id].append((since, ended_at or back_at or at))
    return spans
