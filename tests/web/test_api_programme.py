"""Playlists, weeks, publication, feeds and the watch by the API."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from signage.actions.screens import ScreenDraft, add_screen
from signage.models import AuditEntry, Database, Outage, WatchedSpan
from tests.answers import hung
from tests.planning import drafted, planned_lunch
from tests.web.conftest import SECRET
from tests.web.programs import Ask, flaws, program

WORDS = {"scene": "quote", "feed": "quotes", "count": 2, "every": 1, "offset": 0, "dwell": None}


@pytest.fixture
def ask(client: FlaskClient, database: Database, lead: int) -> Ask:
    return program(
        client, database, lead, "programme", "programme:write", "feeds:write", "screens",
        "screens:write",
    )  # fmt: skip


@pytest.fixture
def canteen(database: Database, now: datetime) -> int:
    return add_screen(database, SECRET, ScreenDraft("Canteen", site="Solna"), at=now)[0]


def test_a_playlist_is_drafted_whole(ask: Ask) -> None:
    made = ask("POST /playlists", name="Lunch", like="built-in")
    assert (made.status_code, made.get_json()["id"]) == (201, 1)
    told = ask("PATCH /playlists/1", scenes=[{"scene": "quote", "feed": "quotes", "count": 2}])
    assert told.get_json()["scenes"] == [WORDS]
    late = ask("PATCH /playlists/1", name="Mine", revision=made.get_json()["revision"])
    assert late.status_code == 409
    again = ask("PATCH /playlists/1", name="Midday", revision=told.get_json()["revision"])
    assert (again.get_json()["name"], again.get_json()["scenes"]) == ("Midday", [WORDS])
    assert ask("GET /playlists").get_json()["playlists"] == [again.get_json()]
    assert ask("GET /playlists?of=live").get_json() == {"playlists": [], "next": None}
    assert ask("GET /playlists/1?of=live").status_code == 404
    assert ask("DELETE /playlists/1").status_code == 200
    assert ask("DELETE /playlists/1").status_code == 404


def test_scenes_that_cannot_be_are_named_and_nothing_is_drafted(ask: Ask) -> None:
    ask("POST /playlists", name="Lunch")
    wrong = [WORDS, {"scene": "quote", "feed": "nps"}, {"scene": "nps", "feed": "gone"}]
    answer = ask("PATCH /playlists/1", name="Midday", scenes=wrong)
    assert flaws(answer) == ["scenes.1.what", "scenes.2.what"]
    bad = [{"scene": "dance", "feed": "quotes"}, {"scene": "quote", "feed": "quotes", "dwell": 1}]
    assert flaws(ask("PATCH /playlists/1", scenes=bad)) == ["scenes.0.scene", "scenes.1.dwell"]
    told = ask("GET /playlists/1").get_json()
    assert (told["name"], told["scenes"]) == ("Lunch", [])


def test_a_week_is_drafted_published_and_undone(ask: Ask, database: Database, canteen: int) -> None:
    for name in ("Words", "Lunch"):
        ask("POST /playlists", name=name, like="built-in")
    slot = {"playlist": 2, "days": [4, 0], "from": "11:00", "to": "13:00"}
    week = ask("PATCH /weeks/0", default=1, slots=[slot]).get_json()
    (kept,) = week["slots"]
    assert (week["default"], kept["days"], kept["playlist"]) == (1, [0, 4], 2)
    longer = {**kept, "to": "14:00"}
    changed = ask("PATCH /weeks/0", slots=[longer, slot], revision=week["revision"]).get_json()
    assert [each["id"] for each in changed["slots"]] == [kept["id"], kept["id"] + 1]
    assert ask("PATCH /weeks/0", slots=[], revision=week["revision"]).status_code == 409
    assert flaws(ask("DELETE /playlists/2")) == [None]

    drafted_ = ask("GET /publication").get_json()
    assert (drafted_["published"], drafted_["screens"]) == (None, 1)
    assert drafted_["weeks"][0]["added"] == [each["id"] for each in changed["slots"]]
    assert ask("POST /publication", revision="something else").status_code == 409
    shown = ask("POST /publication", revision=drafted_["draft"]["revision"])
    assert (shown.status_code, shown.get_json()["draft"]) == (201, None)
    assert ask(f"GET /screens/{canteen}").get_json()["shows"]["playlist"] in {1, 2}

    number = shown.get_json()["published"]["id"]
    undone = ask("POST /publication/undo", published=number)
    assert undone.status_code == 201
    assert ask("POST /publication/undo", published=number).status_code == 409
    assert ask(f"GET /screens/{canteen}").get_json()["shows"]["playlist"] is None
    back = undone.get_json()["draft"]["revision"]
    assert ask(f"DELETE /publication/draft?revision={back}").get_json()["draft"] is None
    assert drafted(database).playlists == {}


def test_slots_that_cannot_be_are_named(ask: Ask, database: Database, now: datetime) -> None:
    planned_lunch(database, at=now)
    slot = {"playlist": 1, "days": [0], "from": "11:00", "to": "13:00"}
    wrong = [
        slot, {**slot, "from": "25:00"}, {**slot, "holidays": "not"},
        {**slot, "first": "2026-02-30", "priority": 9},
    ]  # fmt: skip
    named = ["slots.1.from", "slots.2.country", "slots.3.first"]
    assert flaws(ask("PATCH /weeks/0", slots=wrong)) == named
    assert flaws(ask("PATCH /weeks/0", slots=[{**slot, "playlist": 9}])) == ["slots.0.playlist"]
    assert ask("PATCH /weeks/0", default=9).status_code == 404
    assert ask("PATCH /weeks/5", default=None).status_code == 404
    assert [each["group"] for each in ask("GET /weeks").get_json()["weeks"]] == [0]


def test_a_feed_is_made_changed_deleted_and_brought_back(
    ask: Ask, database: Database, lead: int, now: datetime
) -> None:
    quote = hung(database, lead=lead, at=now)
    made = ask("POST /feeds", title="Praise", kind="quotes", size=9, order="oldest").get_json()
    assert (made["name"], made["rule"]["size"], made["version"]) == ("f1", 9, 1)
    assert made["holds"] == [quote]
    changed = ask("PATCH /feeds/1", bands=["bad"], version=1).get_json()
    assert (changed["title"], changed["rule"]["size"], changed["version"]) == ("Praise", 9, 2)
    assert ask("PATCH /feeds/1", title="Mine", version=1).status_code == 409
    assert flaws(ask("PATCH /feeds/1", touchpoints=[9], version=2)) == ["touchpoints"]

    listed = ask("GET /feeds").get_json()["feeds"]
    assert [(each["id"], "holds" in each) for each in listed] == [(1, False)]
    assert ask("DELETE /feeds/1").get_json() == {"status": "deleted"}
    assert ask("GET /feeds/1").status_code == 404
    assert ask("POST /feeds/1/restoration").get_json()["title"] == "Praise"
    assert flaws(ask("POST /feeds", title="", kind="quotes")) == ["title"]


def test_outages_and_uptime_are_told(
    ask: Ask, database: Database, canteen: int, now: datetime
) -> None:
    with database.write() as session:
        session.add(WatchedSpan(screen_id=canteen, since=now - timedelta(days=2)))
        for hours, ended in ((30, now - timedelta(hours=18)), (6, None)):
            since = now - timedelta(hours=hours)
            session.add(
                Outage(screen_id=canteen, site="Solna", since=since, noticed_at=since,
                       ended_at=ended, ended_by="back" if ended else "")
            )  # fmt: skip
    told = ask("GET /outages").get_json()["outages"]
    assert [(each["id"], each["ended_by"]) for each in told] == [(2, ""), (1, "back")]
    assert [each["id"] for each in ask("GET /outages?open=true").get_json()["outages"]] == [2]
    assert ask("GET /outages?open=false&after=1").get_json()["outages"] == []
    assert ask(f"GET /outages?screen={canteen + 1}").get_json()["outages"] == []

    uptime = ask("GET /uptime")
    assert uptime.headers["X-RateLimit-Limit"] == "60", "it reckons with all screens"
    (line,) = uptime.get_json()["screens"]
    assert line["on"]["day"] == pytest.approx(0.5, abs=0.01)
    (site,) = ask("GET /uptime/sites").get_json()["sites"]
    assert (site["site"], site["screens"]) == ("Solna", 1)
    assert site["on"] == pytest.approx(line["on"], abs=0.01)  # a moment later


def test_a_weeks_conflicts_idle_slots_and_gaps_are_told(
    ask: Ask, database: Database, now: datetime
) -> None:
    planned_lunch(database, at=now)  # playlist 1, slot 2, on weekdays from 11:00 to 13:30
    other = ask("POST /playlists", name="Other").get_json()["id"]
    (lunch,) = ask("GET /weeks/0").get_json()["slots"]
    meets = {"playlist": other, "days": [2], "from": "13:00", "to": "14:00"}
    over = {**meets, "days": [0], "last": "2020-01-06"}
    week = ask("PATCH /weeks/0", slots=[lunch, meets, over]).get_json()
    ids = [each["id"] for each in week["slots"]]

    told = ask("GET /weeks/0/findings?week=2026-04-16").get_json()
    (conflict,) = told["conflicts"]
    assert (conflict["hangs"], conflict["waits"]) == (ids[0], ids[1])
    assert (conflict["from"], conflict["to"]) == ("13:00", "13:30")
    assert told["idle"] == [{"slot": ids[2], "why": "past", "by": []}]
    assert told["gaps"][0] == {"from": "2026-04-13T00:00", "to": "2026-04-13T11:00"}
    assert told["gaps"][-1] == {"from": "2026-04-17T13:30", "to": "2026-04-20T00:00"}
    live = ask("GET /weeks/0/findings?of=live").get_json()
    assert (live["conflicts"], live["idle"], len(live["gaps"])) == ([], [], 1)
    assert ask("GET /weeks/9/findings").status_code == 404
    assert flaws(ask("GET /weeks/0/findings?week=2999-01-01")) == ["week"]


def test_what_a_program_drafts_names_its_token(ask: Ask, database: Database) -> None:
    ask("POST /playlists", name="Lunch", like="built-in")
    for _ in range(2):  # what changes nothing leaves nothing
        ask("PATCH /playlists/1", name="Midday")
        ask("PATCH /weeks/0", default=1)
    ask("PATCH /weeks/0", default=None)
    ask("DELETE /playlists/1")
    with database.read() as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.act == "plan-drafted"))
        told = [(row.about, row.detail) for row in rows]
    about = ("playlist 1", "playlist 1", "no group", "no group", "playlist 1")
    assert told == [(each, "token 1") for each in about]
