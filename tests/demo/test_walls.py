"""The demo's walls: what stands at the desk under Screens."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from signage.actions.plans import feed_shows
from signage.actions.screens import revoke_screen, screen_of
from signage.actions.simulated import keys_of_others
from signage.core.slots import playing
from signage.demo.company import GRANVIDDE
from signage.demo.seed import wall_key
from signage.demo.walls import hang_walls
from signage.errors import Refused
from signage.models import Database, Group, Outage, Play, Screen, Touchpoint
from signage.models.feed_titles import feeds_there
from signage.models.plan import draft_plan, live_plan
from signage.models.uptimes import uptimes
from tests.screening import SECRET, is_there

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)


def hang(database: Database, lead: int) -> None:
    with database.write() as session:
        session.add_all(
            Touchpoint(name=each.name, position=place)
            for place, each in enumerate(GRANVIDDE.touchpoints, start=1)
        )
    hang_walls(database, SECRET, user_id=lead, at=AT)


def test_walls_hang_at_each_site_and_all_but_one_are_simulated(
    database: Database, lead: int
) -> None:
    hang(database, lead)
    keys = keys_of_others(database, SECRET, at=AT)
    with database.read() as session:
        screens = session.scalars(select(Screen)).all()

    assert {screen.site for screen in screens} == set(GRANVIDDE.sites)
    assert [screen.name for screen in screens if not screen.simulated] == ["Canteen"]
    assert set(keys) == {screen.id for screen in screens if screen.simulated}
    assert all(screen.counted for screen in screens)
    assert Counter(screen.group_id is None for screen in screens) == {False: 5, True: 1}


def test_what_is_planned_can_be_shown_and_one_change_waits(database: Database, lead: int) -> None:
    hang(database, lead)
    with database.read() as session:
        plan, draft = live_plan(session), draft_plan(session)
        there = {feed.name: feed for feed in feeds_there(session)}
        groups = {f"{group.id}" for group in session.scalars(select(Group))}

    for playlist in plan.playlists.values():
        assert playlist.entries
        assert all(feed_shows(there[each.feed], each.scene) for each in playlist.entries)
    assert set(plan.groups) == groups
    changed = [group for group in groups if plan.week(group) != draft.week(group)]
    assert len(changed) == 1
    noon = datetime(2026, 11, 27, 12, 15, tzinfo=UTC)  # a Friday, 13:15 there
    assert playing(plan.week("1").slots, noon, GRANVIDDE.timezone, {}) is None
    hour_before = noon - timedelta(hours=1)
    assert playing(plan.week("1").slots, hour_before, GRANVIDDE.timezone, {}) is not None


def test_the_days_before_are_told_of(database: Database, lead: int) -> None:
    hang(database, lead)
    with database.read() as session:
        lines = uptimes(session, at=AT)
        hours = session.scalar(select(func.count(Play.hour.distinct())))
        open_ones = session.scalar(select(func.count()).where(Outage.ended_at.is_(None)))

    shares = [line.uptimes["month"].share for line in lines if line.name != "Canteen"]
    assert all(share is not None and 0.99 < share <= 1 for share in shares)
    assert min(filter(None, shares)) < 1
    assert hours
    assert open_ones == 0


def test_the_wall_s_link_is_the_same_in_the_next_run_unless_somebody_ended_it(
    database: Database, lead: int, tmp_path: Path
) -> None:
    hang(database, lead)
    kept = tmp_path / "wall-link"
    link = wall_key(database, SECRET, kept, AT)
    wall = screen_of(database, SECRET, link).id
    is_there(database, wall, at=AT)
    assert wall_key(database, SECRET, kept, AT) == link

    revoke_screen(database, wall, at=AT)
    other = wall_key(database, SECRET, kept, AT)
    assert screen_of(database, SECRET, other).id == wall
    with pytest.raises(Refused):
        screen_of(database, SECRET, link)
    assert wall_key(database, SECRET, kept, AT) == other


def test_where_the_wall_is_gone_another_is_made_and_its_link_kept(
    database: Database, tmp_path: Path
) -> None:
    kept = tmp_path / "wall-link"
    kept.write_bytes(b"\xff no key")

    link = wall_key(database, SECRET, kept, AT)

    assert screen_of(database, SECRET, link).name == "Canteen"
    assert wall_key(database, SECRET, kept, AT) == link
    assert kept.stat().st_mode & 0o077 == 0
