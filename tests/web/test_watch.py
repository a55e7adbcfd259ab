"""The watch, uptime and what was shown, as people at the desk and programs see them."""

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from signage.actions.plays import keep_plays
from signage.actions.screens import ScreenDraft, add_screen
from signage.actions.tokens import issue_token
from signage.core.plays import Batch
from signage.models import (
    AlertChannel,
    AlertMessage,
    AuditEntry,
    Database,
    LastLook,
    Outage,
    Screen,
    WatchedSpan,
)
from tests.answers import waiting
from tests.web.conftest import Browser, statements

HOUR = timedelta(hours=1)


def screen(database: Database, at: datetime, name: str = "Canteen", site: str = "Solna") -> int:
    made = add_screen(database, "k" * 32, ScreenDraft(name, site), at=at - 48 * HOUR)[0]
    with database.write() as session:
        session.add(WatchedSpan(screen_id=made, since=at - 48 * HOUR))
    return made


def outage(database: Database, screen_id: int, at: datetime, **more: datetime) -> None:
    with database.write() as session:
        session.add(
            Outage(
                screen_id=screen_id, site="Solna", since=at - 3 * HOUR, noticed_at=at,
                ended_by="back" if more else "", **more,
            )
        )  # fmt: skip


def shown(database: Database, screen_id: int, at: datetime, number: int = 1) -> None:
    hour = at.replace(minute=0, second=0, microsecond=0)
    scenes = {(hour - n * HOUR, "quote"): (40 + n, 3600) for n in range(3)}
    batch = Batch("q", number, scenes, {(hour.date(), "q12"): (7, 90)})
    keep_plays(database, [(screen_id, batch)], at=at)


def test_with_nothing_to_say_the_pages_say_so(desk: Browser) -> None:
    assert "the watch begins with the server" in desk.get("/desk/screens/watch").text
    assert "No screen yet" in desk.get("/desk/screens/uptime").text
    assert "Nothing was told yet" in desk.get("/desk/screens/plays").text
    assert "screens are dark" not in desk.get("/desk/wall").text


def test_what_waits_is_counted_beside_the_watch(
    desk: Browser, database: Database, now: datetime
) -> None:
    waiting(database, "1", at=now)
    assert 'Review <span class="count">1</span>' in desk.get("/desk/screens/watch").text


def test_all_is_on_is_said_only_where_all_are(
    desk: Browser, database: Database, now: datetime
) -> None:
    def told() -> str:
        page = desk.get("/desk/screens/watch").text
        return " ".join(re.sub("<[^>]+>", " ", page.partition("Dark now")[2][:3000]).split())

    def add(name: str, *, silent: timedelta | None, **hours: object) -> int:
        draft = ScreenDraft(name, timezone="UTC", **hours)  # type: ignore[arg-type]
        made = add_screen(database, "k" * 32, draft, at=now - 48 * HOUR)[0]
        with database.write() as session:
            session.get_one(Screen, made).last_seen_at = now - silent if silent else None
        return made

    with database.write() as session:
        session.add(LastLook(id=1, looked_at=now))
    assert "There is no screen to watch yet." in told()
    add("One", silent=HOUR / 360)
    assert "The one screen is on." in told()
    add("Two", silent=HOUR / 360)
    assert "All 2 screens are on." in told()
    assert "On 2" not in told()

    add("New", silent=None)
    assert "No screen is dark. On 2 Never seen 1" in told()
    night = {"night_from": f"{now - HOUR:%H:%M}", "night_to": f"{now + HOUR:%H:%M}"}
    add("Asleep", silent=9 * HOUR, night_percent=0, **night)
    add("Silent", silent=HOUR / 40)
    lost = add("Lost while the server was away", silent=2 * HOUR)
    assert "No screen is dark. On 2 Silent 2 Off by its hours 1 Never seen 1" in told()
    outage(database, lost, now)
    assert "On 2 Silent 1 Dark 1 Off by its hours 1 Never seen 1" in told()
    assert "No screen is dark" not in told()


def test_what_is_dark_is_said_on_every_page(
    desk: Browser, database: Database, now: datetime
) -> None:
    outage(database, screen(database, now), now)
    outage(database, screen(database, now, "Lobby"), now, ended_at=now - 2 * HOUR)

    assert "1 screen is dark." in desk.get("/desk/wall").text
    page = desk.get("/desk/screens/watch").text
    assert "dark since" in page
    assert "3 h" in page
    assert "1 screen is dark." not in page
    assert page.index("Canteen") < page.index("Lobby")


def test_an_address_is_added_tried_and_taken_away(desk: Browser, database: Database) -> None:
    added = desk.post(
        "/desk/screens/watch/channels", kind="webhook", address="https://example.com/alerts"
    )
    assert added.status_code == 302
    page = desk.get("/desk/screens/watch").text
    assert page.count("whsec_") == 1
    assert "whsec_" not in desk.get("/desk/screens/watch").text
    assert "Nothing was sent yet." in page

    desk.post("/desk/screens/watch/channels/1/secret")
    assert "whsec_" in desk.get("/desk/screens/watch").text
    desk.post("/desk/screens/watch/channels/1/test")
    with database.read() as session:
        assert session.scalars(select(AlertMessage.what)).all() == ["test"]
    desk.post("/desk/screens/watch/channels/1/removal")
    assert "alerts are seen at the desk alone" in desk.get("/desk/screens/watch").text
    assert desk.post("/desk/screens/watch/channels/1/removal").status_code == 404
    with database.read() as session:
        acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert [act for act in acts if act.startswith("alerts")] == [
        "alerts-to-added", "alerts-to-renewed", "alerts-to-tried", "alerts-to-removed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "address", "told"),
    [
        ("email", "a@example.com", "SIGNAGE_SMTP_HOST"),
        ("webhook", "http://example.com/", "plain http is for this machine alone"),
    ],
)
def test_an_address_that_cannot_be_is_refused_and_stays_as_typed(
    desk: Browser, kind: str, address: str, told: str
) -> None:
    answer = desk.post("/desk/screens/watch/channels", kind=kind, address=address)
    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{address}"' in answer.text


def test_a_lasting_failure_is_said_on_every_page(
    desk: Browser, database: Database, now: datetime
) -> None:
    with database.write() as session:
        session.add(AlertChannel(kind="email", address="a@example.com", nonce="n", made_at=now))
        session.flush()
        session.add(
            AlertMessage(
                channel_id=1, what="test", made_at=now, due_at=now, tries=8, failed_at=now,
                problem="unreachable",
            )
        )  # fmt: skip
        session.add(LastLook(id=1, looked_at=now))
    assert "Alerts do not arrive." in desk.get("/desk/wall").text
    assert "given up: could not be reached." in desk.get("/desk/screens/watch").text
    with database.write() as session:
        session.add(
            AlertMessage(channel_id=1, what="test", made_at=now, due_at=now, tries=1, sent_at=now)
        )
    assert "Alerts do not arrive." not in desk.get("/desk/wall").text


def test_uptime_by_site_and_screen(desk: Browser, database: Database, now: datetime) -> None:
    outage(database, screen(database, now), now, ended_at=now - 2 * HOUR)
    screen(database, now, "Entré", "Oslo")
    page = desk.get("/desk/screens/uptime").text
    assert "95.8" in page  # 23 of 24 hours
    assert "100" in page
    chosen = desk.get("/desk/screens/uptime?site=Oslo").text
    assert "Screens at Oslo" in chosen
    assert "Canteen" not in chosen
    assert "No screen is at this site" in desk.get("/desk/screens/uptime?site=Nowhere").text


def test_what_was_shown_is_found_and_taken_along(
    desk: Browser, database: Database, now: datetime
) -> None:
    canteen = screen(database, now, "=cmd()", "Solna")
    shown(database, canteen, now)
    shown(database, screen(database, now, "Lobby", "Oslo"), now)
    page = desk.get("/desk/screens/plays").text
    assert "246" in page  # six hours of two screens together
    assert "Quotes" in page
    oslo = desk.get("/desk/screens/plays?site=Oslo").text
    assert "123" in oslo
    items = desk.get("/desk/screens/plays?by=item").text
    assert 'href="/desk/quotes/12"' in items
    assert "Nothing of that was shown" in desk.get("/desk/screens/plays?name=nps").text
    assert desk.get("/desk/screens/plays?from=soon").status_code == 422

    taken = desk.post("/desk/screens/plays/export", screen=canteen)
    rows = list(csv.reader(io.StringIO(taken.text)))
    assert rows[0] == ["screen", "name", "site", "hour", "scene", "times", "seconds"]
    assert [row[1] for row in rows[1:]] == ["'=cmd()"] * 3
    assert [row[5] for row in rows[1:]] == ["42", "41", "40"]
    days = desk.post("/desk/screens/plays/export", by="item").text.splitlines()
    assert days[0] == "screen,name,site,day,item,times,seconds"
    assert len(days) == 3


def test_a_program_reads_what_was_shown(
    client: FlaskClient, database: Database, lead: int, now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    token = issue_token(database, "Media tool", user_id=lead, at=now, scopes=["plays"])
    canteen = screen(database, now)
    shown(database, canteen, now)
    headers = {"Authorization": f"Bearer {token}"}
    hour = now.replace(minute=0, second=0, microsecond=0)
    monkeypatch.setattr("signage.web.api_plays.MOST", 2)

    first = client.get("/api/v1/plays", headers=headers).get_json()
    assert first["plays"][0] == {
        "screen": canteen, "hour": f"{hour - 2 * HOUR:%Y-%m-%dT%H:%M:%SZ}", "scene": "quote",
        "times": 42, "seconds": 3600,
    }  # fmt: skip
    rest = client.get(
        "/api/v1/plays", query_string={"after": first["next"]}, headers=headers
    ).get_json()
    assert [row["times"] for row in first["plays"] + rest["plays"]] == [42, 41, 40]
    assert rest["next"] is None
    items = client.get("/api/v1/plays?by=item&name=q12", headers=headers).get_json()
    assert items["plays"] == [
        {"screen": canteen, "day": f"{hour:%Y-%m-%d}", "item": "q12", "times": 7, "seconds": 90}
    ]
    since = {"from": f"{hour:%Y-%m-%dT%H:%M:%S+00:00}"}
    late = client.get("/api/v1/plays", query_string=since, headers=headers).get_json()
    assert [row["times"] for row in late["plays"]] == [40]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("from=yesterday", "date-unreadable"), ("by=site", "not-a-choice"),
        ("screen=Canteen", "wrong-type"), ("sreen=1", "unknown-field"), ("after=x", "bad-place"),
        ("after=99999999999999.1.quote", "bad-place"), ("by=item&after=0.1.q", "bad-place"),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_is_named(
    client: FlaskClient, database: Database, lead: int, now: datetime, query: str, code: str
) -> None:
    token = issue_token(database, "Media tool", user_id=lead, at=now, scopes=["plays"])
    answer = client.get(f"/api/v1/plays?{query}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 422
    assert [each["type"] for each in answer.get_json()["problems"]] == [f"about:problem/{code}"]


def test_without_a_token_nothing_is_told(client: FlaskClient) -> None:
    assert client.get("/api/v1/plays").status_code == 401


@pytest.mark.parametrize("path", ["watch", "uptime", "plays"])
def test_a_page_costs_the_same_with_many_screens(
    desk: Browser, database: Database, now: datetime, path: str
) -> None:
    counts = []
    for n in range(2):
        for each in range(1 + 5 * n):
            made = screen(database, now, f"Screen {n}{each}", f"Site {each}")
            outage(database, made, now)
            shown(database, made, now)
        with statements(database) as seen:
            assert desk.get(f"/desk/screens/{path}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 13, seen
