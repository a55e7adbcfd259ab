"""Which screens the desk says are on, whichever process they are connected to."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from signage.actions import screens
from signage.actions.groups import add_group
from signage.actions.screens import ScreenDraft, add_screen
from signage.core.pairing import Looks
from signage.models import Database, Device, Feed, Screen, ScreenPosition, screen_map
from signage.models.applied import SAYS_WITHIN
from signage.models.screen_map import MOST_OF_ONE
from signage.settings import Settings
from signage.web.context import Parts
from signage.web.desk_screens import PAGE
from tests import answers
from tests.web.conftest import SECRET, Browser

ON = "state-on"


@pytest.fixture
def screen_id(database: Database, now: datetime) -> int:
    return add_screen(database, SECRET, ScreenDraft("Lobby"), at=now)[0]


def seen(database: Database, screen_id: int, at: datetime) -> None:
    with database.write() as session:
        session.get_one(Screen, screen_id).last_seen_at = at


def test_one_that_is_connected_here_is_on(
    app: Flask, settings: Settings, desk: Browser, database: Database, screen_id: int
) -> None:
    assert "Never seen" in desk.get("/desk/screens").text

    app.extensions["signage"] = Parts(settings, database, lambda: {screen_id: 1})

    assert ON in desk.get("/desk/screens").text


@pytest.mark.parametrize(("silent", "says"), [(10, ON), (59, ON), (100, "Silent"), (400, "Dark")])
def test_one_that_some_process_has_heard_is_told_by_its_silence(
    desk: Browser, database: Database, screen_id: int, now: datetime, silent: int, says: str
) -> None:
    seen(database, screen_id, now - timedelta(seconds=silent))

    for path in ("/desk/screens", f"/desk/screens/{screen_id}", "/desk/screens/sites"):
        assert says in desk.get(path).text


def test_screens_are_narrowed_and_paged(desk: Browser, database: Database, now: datetime) -> None:
    for number in range(PAGE + 1):
        add_screen(database, SECRET, ScreenDraft(f"Wall {number:02}", site="Solna"), at=now)
    add_screen(database, SECRET, ScreenDraft("Far", site="Oslo", tags=("big",)), at=now)

    first, second = (desk.get(f"/desk/screens?site=Solna&page={page}").text for page in (1, 2))
    assert ("Wall 00" in first, "Wall 50" in first) == (True, False)
    assert "page=2&amp;site=Solna" in first
    assert ("Wall 00" in second, "Wall 50" in second) == (False, True)
    assert "Far" in desk.get("/desk/screens?tag=big").text
    for query in ("q=nothing", "group=7", "tag=none", "state=dark"):
        assert "No screen fits that." in desk.get(f"/desk/screens?{query}").text
    for query in ("group=x", "group=9999999999999999999999", "state=made-up", "site=", "page=x"):
        assert desk.get(f"/desk/screens?{query}").status_code == 200


def test_screens_stand_by_site_with_how_many_are_on(
    desk: Browser, database: Database, now: datetime
) -> None:
    solna = [add_screen(database, SECRET, ScreenDraft(f"Wall {n}", site="Solna"), at=now)[0]
             for n in range(3)]  # fmt: skip
    add_screen(database, SECRET, ScreenDraft("Far"), at=now)
    seen(database, solna[0], now)
    seen(database, solna[1], now - timedelta(hours=1))

    def heads(query: str) -> list[str]:
        page = desk.get(f"/desk/screens{query}").text
        parts = re.findall(r'<div class="at-site">(.*?)</div>', page, re.DOTALL)
        return [" ".join(re.sub("<[^>]+>", " ", part).split()) for part in parts]

    whole = "Solna 3 screens On 1 Dark 1 Never seen 1"
    assert heads("") == ["No site 1 screen Never seen 1", whole]
    assert heads("?state=dark") == [whole]


def test_how_far_a_screen_is_with_what_was_published_is_said(
    desk: Browser, database: Database, lead: int, screen_id: int, now: datetime
) -> None:
    def told() -> str:
        page = desk.get(f"/desk/screens/{screen_id}").text
        part = page.partition("Has it got what was published?")[2].partition("</details>")[0]
        return " ".join(re.sub("<[^>]+>", " ", part).split())

    assert told() == ""  # it never came
    answers.hung(database, "1", lead=lead, at=now, comment="Swept after.")
    with database.write() as session:
        quotes = session.scalars(select(Feed).where(Feed.name == "quotes")).one()
        place = ScreenPosition(
            screen_id=screen_id, feed_id=quotes.id, epoch=quotes.epoch, rev=quotes.rev,
            painted_at=now,
        )  # fmt: skip
        session.add(place)
    seen(database, screen_id, now)
    assert "behind" not in told().partition("Feed by feed")[2].partition("Improvements")[0]

    before = now - SAYS_WITHIN
    for name in ("2", "3"):
        answers.hung(database, name, lead=lead, at=before, comment=f"Swept after, {name}.")
    edit = ScreenDraft("Lobby", theme="paper")
    screens.change_screen(database, screen_id, edit, at=before, user_id=lead)
    assert "Settings and playlists 1 change behind" in told()
    assert "Quotes 2 changes behind" in told()
    assert "It says every half a minute what it shows." in told()
    seen(database, screen_id, now - timedelta(hours=1))
    assert "As it said when it was heard last." in told()


def test_two_devices_of_one_screen_are_told_while_both_are_heard(
    desk: Browser, database: Database, screen_id: int, now: datetime
) -> None:
    looks = Looks(1920, 1080, network="10.0.0.x").as_json()
    with database.write() as session:
        session.add(
            Device(
                screen_id=screen_id, issued_at=now, looks=looks, page="one-" * 3, heard_at=now,
                other_page="two-" * 3, other_looks={**looks, "network": "10.0.7.x"},
                other_heard_at=now,
            )
        )  # fmt: skip
    assert "Two devices run as this screen" in desk.get("/desk/screens").text
    page = desk.get(f"/desk/screens/{screen_id}").text
    assert ("10.0.0.x" in page, "10.0.7.x" in page) == (True, True)

    wrong = desk.post(f"/desk/screens/{screen_id}/settling", stays="made up")
    assert wrong.status_code == 409
    answer = desk.post(f"/desk/screens/{screen_id}/settling", stays="two-" * 3)

    assert answer.status_code == 302
    assert "Two devices run as this screen" not in desk.get(f"/desk/screens/{screen_id}").text


def test_a_miniature_is_framed_by_the_desk_alone_and_told_what_the_screen_is(
    app: Flask, settings: Settings, desk: Browser, database: Database, screen_id: int
) -> None:
    told = []

    def tell(asked: int, have: object) -> str | None:
        told.append((asked, have))
        return None if asked == 99 else "{}"

    app.extensions["signage"] = Parts(settings, database, dict, told=tell)
    answer = desk.get(f"/desk/screens/{screen_id}/miniature")
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert f"/desk/screens/{screen_id}/showing" in answer.text

    assert desk.get(f"/desk/screens/{screen_id}/showing?have=%7B%22feeds%22%3A1%7D").text == "{}"
    assert desk.get(f"/desk/screens/{screen_id}/showing?have=nonsense").text == "{}"
    assert desk.get("/desk/screens/99/showing").status_code == 404
    assert told == [(screen_id, {"feeds": 1}), (screen_id, {}), (99, {})]


def test_the_map_names_screens_on_their_sites_and_groups(
    desk: Browser, database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    lobbies = add_group(database, "Lobbies", at=now)
    names = [f"Wall {number:02}" for number in range(MOST_OF_ONE + 2)]
    ids = {
        name: add_screen(database, SECRET, ScreenDraft(name, site="Åre"), at=now)[0]
        for name in names
    }
    far, _ = add_screen(database, SECRET, ScreenDraft("Far", site="Oslo", group_id=lobbies), at=now)
    seen(database, ids["Wall 13"], now - timedelta(minutes=4))

    page = desk.get("/desk/screens/sites").text
    assert page.index(f"/desk/screens/{ids['Wall 13']}") < page.index(f'/{ids["Wall 00"]}"')
    assert page.count(f'/desk/screens/{far}"') == 2, "on its site and in its group"
    assert "Wall 10" in page
    assert "Wall 11" not in page, "named are those first that somebody should look at"
    assert "and 2 more" in page

    monkeypatch.setattr(screen_map, "MOST", len(names))
    assert "Wall 13" not in desk.get("/desk/screens/sites").text
