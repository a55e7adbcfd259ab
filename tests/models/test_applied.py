"""How far screens are with what was published, and how many of them are on: on each database."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete

from signage.actions.editions import latest_edition
from signage.actions.screens import ScreenDraft, change_screen
from signage.models import Database, FeedChange, Outage, Screen
from signage.models.applied import SAYS_WITHIN, Applied, applied_by
from signage.models.screens import States, by_site
from signage.models.watched import count_watched
from tests import answers
from tests.screening import heads, says, screen

pytestmark = pytest.mark.both
NAMES = ("quotes", "nps", "made up")


def applied(database: Database, screen_id: int, at: datetime) -> Applied:
    with database.read() as session:
        return applied_by(session, session.get_one(Screen, screen_id), NAMES, at=at)


def test_a_screen_is_behind_by_what_it_does_not_show(
    database: Database, lead: int, at: datetime
) -> None:
    later = at + SAYS_WITHIN
    one, other = screen(database, at=at), screen(database, "Lobby", at=at)
    answers.hung(database, "1", lead=lead, at=at, comment="Swept after.")
    assert [each.rev for each in applied(database, one, later).feeds] == [None, None]
    says(database, one, at=at)
    assert applied(database, one, later).late == ()

    answers.hung(database, "2", lead=lead, at=at, comment="Swept before, too.")
    (late,) = [each for each in applied(database, one, later).late if each.name == "quotes"]
    assert (late.title, late.behind) == ("", 1)
    change_screen(database, other, ScreenDraft("Lobby", "Oslo"), at=at, user_id=lead)
    assert applied(database, one, later).behind == 0, "it concerns the other alone"
    change_screen(database, one, ScreenDraft("Hall"), at=at, user_id=lead)
    assert applied(database, one, later).behind == 1
    with database.read() as session:
        latest = latest_edition(session)
    says(database, one, at=at, edition=latest)
    told = applied(database, one, later)
    assert (told.programme, told.latest, told.behind) == (latest, latest, 0)
    assert heads(database)["quotes"][1] == told.feeds[0].rev


def test_what_came_out_since_it_last_could_say_so_is_no_arrears(
    database: Database, lead: int, at: datetime
) -> None:
    one, soon = screen(database, at=at), at + SAYS_WITHIN / 2
    answers.hung(database, "1", lead=lead, at=at, comment="Swept after.")
    says(database, one, at=at)
    answers.hung(database, "2", lead=lead, at=soon, comment="Swept before, too.")
    change_screen(database, one, ScreenDraft("Hall"), at=soon, user_id=lead)

    now = applied(database, one, soon)
    assert (now.late, now.behind) == ((), 0)
    assert now.feeds[0].latest == (now.feeds[0].rev or 0) + 1
    assert applied(database, one, at + SAYS_WITHIN).late == ()
    then = applied(database, one, soon + SAYS_WITHIN)
    assert ([each.name for each in then.late], then.behind) == (["quotes"], 1)

    with database.write() as session:
        session.execute(delete(FeedChange).where(FeedChange.made_at <= at))
    assert applied(database, one, soon).late == (), "also where older changes are forgotten"
    with database.write() as session:
        session.execute(delete(FeedChange))
    assert [each.name for each in applied(database, one, soon).late] == ["quotes"]


def test_an_outage_alone_makes_a_screen_count_as_dark(database: Database, at: datetime) -> None:
    on, silent, dark, never = (screen(database, name, at=at) for name in "abcd")
    with database.write() as session:
        for id_, hours in ((on, 0), (silent, 2), (dark, 2)):
            session.get_one(Screen, id_).last_seen_at = at - timedelta(hours=hours)
        session.add(Outage(screen_id=dark, site="Solna", since=at, noticed_at=at))
        session.get_one(Screen, never).counted = False
    with database.read() as session:
        states = States(session, at)
        counts = count_watched(session, states)
        (site,) = by_site(session, states, {"Solna", "nowhere"})

    assert counts == {"on": 1, "stale": 1, "dark": 1, "off": 0, "never": 0}
    assert (site.name, site.screens, site.on, site.dark, site.never) == ("Solna", 4, 1, 2, 1)
    with database.read() as session:
        assert by_site(session, states, set()) == []
