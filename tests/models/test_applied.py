"""How far screens are with what was published, and how many of them are on: on each database."""

from datetime import datetime, timedelta

import pytest

from signage.actions.editions import latest_edition
from signage.actions.screens import ScreenDraft, change_screen
from signage.models import Database, Outage, Screen
from signage.models.applied import Applied, applied_by
from signage.models.screens import States, by_site
from signage.models.watched import count_watched
from tests import answers
from tests.screening import heads, says, screen

pytestmark = pytest.mark.both
NAMES = ("quotes", "nps", "made up")


def applied(database: Database, screen_id: int) -> Applied:
    with database.read() as session:
        return applied_by(session, session.get_one(Screen, screen_id), NAMES)


def test_a_screen_is_behind_by_what_it_does_not_show(
    database: Database, lead: int, at: datetime
) -> None:
    one, other = screen(database, at=at), screen(database, "Lobby", at=at)
    answers.hung(database, "1", lead=lead, at=at, comment="Swept after.")
    assert [each.rev for each in applied(database, one).feeds] == [None, None]
    says(database, one, at=at)
    assert applied(database, one).late == ()

    answers.hung(database, "2", lead=lead, at=at, comment="Swept before, too.")
    (late,) = [each for each in applied(database, one).late if each.name == "quotes"]
    assert (late.title, late.behind) == ("", 1)
    change_screen(database, other, ScreenDraft("Lobby", "Oslo"), at=at, user_id=lead)
    assert applied(database, one).behind == 0, "it concerns the other alone"
    change_screen(database, one, ScreenDraft("Hall"), at=at, user_id=lead)
    assert applied(database, one).behind == 1
    with database.read() as session:
        latest = latest_edition(session)
    says(database, one, at=at, edition=latest)
    told = applied(database, one)
    assert (told.programme, told.latest, told.behind) == (latest, latest, 0)
    assert heads(database)["quotes"][1] == told.feeds[0].rev


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
