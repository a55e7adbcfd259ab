"""Looking ahead by the API: what the desk's slider answers, drafted and published."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from signage.actions import plans
from signage.actions.groups import add_group
from signage.actions.screens import ScreenDraft, add_screen, revoke_screen
from signage.models import ApiToken, Database
from tests.planning import planned_lunch, publish
from tests.web.conftest import SECRET, Browser, statements
from tests.web.programs import Ask, flaws, program

OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def ask(client: FlaskClient, database: Database, lead: int) -> Ask:
    return program(client, database, lead, "programme", "takeovers")


@pytest.fixture
def canteens(database: Database, now: datetime) -> int:
    """A group with one screen, 1, in Oslo."""
    group = add_group(database, "Canteens", at=now)
    draft = ScreenDraft("Canteen", timezone="Europe/Oslo", group_id=group)
    add_screen(database, SECRET, draft, at=now)
    return group


def noon(now: datetime) -> datetime:
    """A Friday at noon in Oslo, at least a week ahead."""
    day = now.astimezone(OSLO).date() + timedelta(days=7)
    day += timedelta(days=(4 - day.weekday()) % 7)
    return datetime(day.year, day.month, day.day, 12, tzinfo=OSLO)


def spelt(moment: datetime) -> str:
    return moment.isoformat().replace("+", "%2B")


def test_what_hangs_at_a_moment_is_told_as_drafted_and_as_published(
    ask: Ask, database: Database, canteens: int, now: datetime
) -> None:
    lunch, friday = noon(now), spelt(noon(now))
    playlist = planned_lunch(database, at=now, group=str(canteens))
    told = ask(f"GET /ahead?screen=1&at={friday}").get_json()

    assert (told["playlist"], told["slot"]) == (int(playlist), 2)
    assert (told["screen"], told["group"], told["of"]) == (1, canteens, "draft")
    assert (told["timezone"], told["local"]) == ("Europe/Oslo", lunch.isoformat())
    assert [(each["scene"], each["feed"]) for each in told["scenes"]] == [("nps", "nps")]
    assert ask(f"GET /ahead?group={canteens}&at={friday}").get_json() == {**told, "screen": None}

    live = f"GET /ahead?screen=1&at={friday}&of=live"
    before = ask(live).get_json()
    assert (before["playlist"], before["slot"], before["of"]) == (None, None, "live")
    assert before["scenes"][0]["scene"] == "quote", "what comes with the product"
    publish(database, at=now)
    assert ask(live).get_json() == {**told, "of": "live"}

    later = spelt(lunch + timedelta(hours=2))
    assert ask(f"GET /ahead?screen=1&at={later}").get_json()["slot"] is None
    assert ask(f"GET /ahead?group=0&at={friday}").get_json()["playlist"] is None


def test_it_says_the_same_as_the_desk(
    ask: Ask, desk: Browser, database: Database, canteens: int, now: datetime
) -> None:
    planned_lunch(database, at=now, group=str(canteens))
    day = noon(now)
    for hours in (0, 1, 2):
        when = day + timedelta(hours=hours)
        named = ask(f"GET /ahead?group={canteens}&at={spelt(when)}").get_json()["name"]
        path = f"/desk/screens/ahead?group={canteens}&day={when.date()}&time={when:%H:%M}"
        page = desk.get(path)
        assert page.status_code == 200
        assert (f"<bdi>Lunch nps {canteens}</bdi>" in page.text) is (named is not None), hours


def test_holidays_count_beyond_what_walls_know(
    ask: Ask, database: Database, canteens: int, now: datetime
) -> None:
    planned_lunch(database, at=now, group=str(canteens), holidays="only", country="SE")
    publish(database, at=now)
    year = now.year + 3
    # New Year's Day, where it is no weekend; else a Monday before.
    day = datetime(year, 1, 1, 12, tzinfo=OSLO)
    of_week = day.weekday() < 5
    told = ask(f"GET /ahead?screen=1&of=live&at={spelt(day)}").get_json()
    assert (told["slot"] is not None) is of_week
    plain = ask(f"GET /ahead?screen=1&of=live&at={spelt(day - timedelta(days=40))}").get_json()
    assert plain["slot"] is None


def test_takeovers_that_are_known_are_told_of(ask: Ask, canteens: int, now: datetime) -> None:
    lunch = noon(now)
    until = (lunch + timedelta(hours=1)).isoformat()
    said = {"from": lunch.isoformat(), "until": until}
    everywhere = ask("POST /takeovers", headline="Visit", **said).get_json()["id"]
    alone = ask("POST /takeovers", headline="Cake", screens=[1], **said).get_json()["id"]
    of_group = ask("POST /takeovers", headline="Soup", groups=[canteens], **said).get_json()["id"]
    at = f"at={spelt(lunch)}"

    assert ask(f"GET /ahead?screen=1&{at}").get_json()["takeovers"] == [everywhere, alone, of_group]
    grouped = ask(f"GET /ahead?group={canteens}&{at}").get_json()
    assert grouped["takeovers"] == [everywhere, of_group]
    assert ask(f"GET /ahead?group=0&{at}").get_json()["takeovers"] == [everywhere]
    assert ask("GET /ahead?screen=1").get_json()["takeovers"] == []


def test_an_empty_default_shows_what_comes_with_the_product(
    ask: Ask, database: Database, canteens: int, now: datetime
) -> None:
    empty = plans.add_playlist(database, "Soon", at=now)
    plans.set_default(database, str(canteens), empty, at=now)
    told = ask("GET /ahead?screen=1").get_json()
    assert (told["name"], len(told["scenes"]) > 5) == ("Soon", True)


@pytest.mark.usefixtures("canteens")
def test_what_cannot_be_asked_is_told(ask: Ask, database: Database, now: datetime) -> None:
    assert flaws(ask("GET /ahead")) == ["screen"]
    assert flaws(ask("GET /ahead?screen=1&group=1")) == ["screen"]
    assert flaws(ask("GET /ahead?screen=1&at=friday")) == ["at"]
    far = spelt(now + timedelta(days=4001))
    assert flaws(ask(f"GET /ahead?screen=1&at={far}")) == ["at"]
    assert flaws(ask("GET /ahead?screen=1&of=yesterday")) == ["of"]
    assert ask("GET /ahead?screen=9").status_code == 404
    assert ask("GET /ahead?group=9").status_code == 404
    add_screen(database, SECRET, ScreenDraft("Lobby"), at=now)
    revoke_screen(database, 2, at=now)
    assert flaws(ask("GET /ahead?screen=2")) == ["screen"]


def test_it_costs_the_same_with_many_takeovers(
    ask: Ask, database: Database, canteens: int, now: datetime
) -> None:
    def cost() -> int:
        with statements(database) as seen:
            assert ask("GET /ahead?screen=1").status_code == 200
        return len(seen)

    planned_lunch(database, at=now, group=str(canteens))
    with database.write() as session:  # its last use, too, is noted now and then
        session.get_one(ApiToken, 1).last_used_at = now + timedelta(days=1)
    before = cost()
    for number in range(9):
        ask("POST /takeovers", headline=f"No {number}", minutes=5, screens=[1])
    assert cost() == before <= 5
