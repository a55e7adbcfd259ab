"""Hanging the demo's walls, through the same actions that people use."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, update

from signage.actions.feeds import FeedDraft, make_feed
from signage.actions.groups import add_group
from signage.actions.plans import add_playlist, set_default, set_entry, set_slot
from signage.actions.plays import keep_plays
from signage.actions.publish_plan import publish_plan
from signage.actions.screens import add_screen
from signage.core.feed_rules import FeedRule
from signage.core.plan import Plan
from signage.core.plays import Batch
from signage.demo import fleet
from signage.models import Database, FeedItem, Outage, Screen, Touchpoint, WatchedSpan
from signage.models.plan import draft_plan

WATCHED = timedelta(days=30)
LATELY = 7
"""Days of which is told what was shown."""
MOST_ITEMS = 12


def hang_walls(database: Database, secret_key: str, *, user_id: int, at: datetime) -> None:
    """All of them, into a product that has content and no screens."""
    since = at - WATCHED
    groups = {name: add_group(database, name, at=since) for name in fleet.GROUPS}
    own = replace(fleet.OWN, group_id=groups[fleet.CANTEENS])
    add_screen(database, secret_key, own, at=since)
    others: dict[str, int] = {}
    for group, draft in fleet.OTHERS:
        hung = replace(draft, group_id=groups.get(group))
        others[draft.name], _ = add_screen(database, secret_key, hung, at=since)
    _plan(database, {name: str(id_) for name, id_ in groups.items()}, user_id, at)
    _remember(database, others, at)


def _plan(database: Database, groups: dict[str, str], user_id: int, at: datetime) -> None:
    """What hangs when: published, but for one change that waits."""
    lunch, warehouse, desks = _playlists(database, _feeds(database, user_id, at), user_id, at)
    noon = replace(fleet.LUNCH_HOUR, playlist=lunch)
    early = replace(fleet.EARLY_LUNCH, playlist=lunch)
    coffee = replace(fleet.FRIDAY_COFFEE, playlist=lunch)
    set_slot(database, groups[fleet.CANTEENS], noon, at=at, user_id=user_id)
    set_default(database, groups[fleet.WAREHOUSE], warehouse, at=at, user_id=user_id)
    set_slot(database, groups[fleet.WAREHOUSE], early, at=at, user_id=user_id)
    set_default(database, groups[fleet.DESKS], desks, at=at, user_id=user_id)
    publish_plan(database, seen=_drafted(database).digest, user_id=user_id, at=at)
    set_slot(database, groups[fleet.DESKS], coffee, at=at, user_id=user_id)


def _feeds(database: Database, user_id: int, at: datetime) -> tuple[str, ...]:
    """The names of the feeds that are made at the desk."""
    with database.read() as session:
        ids = dict(session.execute(select(Touchpoint.name, Touchpoint.id)).all())
    made = (
        make_feed(
            database, FeedDraft(title, FeedRule(touchpoints=tuple(ids[each] for each in about))),
            user_id=user_id, at=at,
        )
        for title, about in fleet.FEEDS.items()
    )  # fmt: skip
    return tuple(f"f{each.id}" for each in made)


def _playlists(
    database: Database, feeds: tuple[str, ...], user_id: int, at: datetime
) -> Sequence[str]:
    ids = []
    for each in fleet.rounds(*feeds):
        made = add_playlist(database, each.name, at=at, user_id=user_id)
        for entry in each.entries:
            seen = _drafted(database).playlists[made].digest
            set_entry(database, made, None, entry, seen=seen, at=at, user_id=user_id)
        ids.append(made)
    return ids


def _drafted(database: Database) -> Plan:
    with database.read() as session:
        return draft_plan(session)


def _remember(database: Database, others: dict[str, int], at: datetime) -> None:
    """The simulated ones were watched for a while, were dark at times, told what they showed."""
    with database.write() as session:
        mine = Screen.id.in_(others.values())
        session.execute(update(Screen).where(mine).values(simulated=True))
        session.add_all(WatchedSpan(screen_id=id_, since=at - WATCHED) for id_ in others.values())
        session.add_all(
            _outage(session.get_one(Screen, others[name]), at - timedelta(hours=hours), minutes)
            for name, hours, minutes in fleet.DARK
        )
        items = list(session.scalars(select(FeedItem.item).distinct().order_by(FeedItem.item)))
    quotes = [item for item in items if item.startswith("q")][:MOST_ITEMS]
    told = [(id_, _shown(quotes, id_, at)) for id_ in others.values()]
    keep_plays(database, told, at=at)


def _outage(screen: Screen, since: datetime, minutes: int) -> Outage:
    over = since + timedelta(minutes=minutes)
    return Outage(
        screen_id=screen.id, site=screen.site, since=since,
        noticed_at=since + timedelta(minutes=3), back_at=over, ended_at=over, ended_by="back",
    )  # fmt: skip


def _shown(quotes: Sequence[str], screen_id: int, at: datetime) -> Batch:
    """What a screen showed in the hours of the days before, each a little differently."""
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [today - timedelta(days=n) for n in range(1, LATELY + 1)]
    scenes = {
        (day + timedelta(hours=hour), scene): (times - (hour + screen_id) % 7, seconds)
        for day in days
        for hour in fleet.HOURS
        for scene, (times, seconds) in fleet.SHOWN.items()
    }
    items = {
        (day.date(), quote): (times := 5 + (n * n + screen_id + day.day) % 11, 17 * times)
        for day in days
        for n, quote in enumerate(quotes)
    }
    return Batch("demo", 1, scenes, items)
