"""Takeovers at the desk: written, kept ready, hung, ended; and goals."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from signage.actions import groups, screens
from signage.actions.goals import look_for_goals
from signage.actions.screens import ScreenDraft
from signage.models import Database
from tests.answers import draft, items, take
from tests.web.conftest import Browser, statements

TEXT = {"headline": "Leave by the stairs", "words": "", "minutes": "45", "look": "notice"}
GOAL = {
    "headline": "The second 10", "words": "", "minutes": "20", "what": "count", "metric": "nps",
    "wanted": "2",
}  # fmt: skip


def test_one_is_hung_on_a_group_and_ended(desk: Browser, database: Database, now: datetime) -> None:
    group = groups.add_group(database, "Canteens", at=now)
    until = (now + timedelta(hours=2)).astimezone(ZoneInfo("Europe/Stockholm"))
    sent = desk.post(
        "/desk/notices", headline="Visit", words="", takes_over="on", look="celebration",
        where="some", groups=str(group), shows_until=until.strftime("%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    assert sent.headers["Location"] == "/desk/takeovers"
    page = desk.get("/desk/takeovers").text
    assert "only on Canteens" in page
    assert items(database, "notices")["n1"]["for"] == {"groups": [group], "screens": []}
    assert "checked" in desk.get("/desk/notices/1").text

    assert desk.post("/desk/takeovers/1/end").status_code == 302
    assert items(database, "notices") == {}
    assert desk.post("/desk/takeovers/1/end").status_code == 409


def test_the_form_of_one_screen_has_it_chosen(
    desk: Browser, database: Database, now: datetime
) -> None:
    screen, _ = screens.add_screen(database, "a key", ScreenDraft("Canteen"), at=now)
    page = desk.get(f"/desk/notices/new?screen={screen}").text
    assert f'name="screens" value="{screen}" checked' in page
    assert desk.get("/desk/notices/new?screen=x").status_code == 200


@pytest.mark.parametrize("address", ["notices", "takeovers/texts", "takeovers/goals"])
def test_every_wall_and_ticked_groups_are_not_both_taken(
    desk: Browser, database: Database, now: datetime, address: str
) -> None:
    group = groups.add_group(database, "Canteens", at=now)
    until = (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    fields = {**TEXT, **GOAL, "takes_over": "on", "shows_until": until, "groups": str(group)}
    refused = desk.post(f"/desk/{address}", **fields, where="all")

    assert refused.status_code == 422
    assert "Now only these are chosen" in refused.text
    assert 'value="some" checked' in refused.text
    assert f'name="groups" value="{group}" checked' in refused.text
    assert items(database, "notices") == {}
    assert desk.post(f"/desk/{address}", **fields, where="some").status_code == 302


def test_a_text_is_kept_ready_and_hung_by_one_press(desk: Browser, database: Database) -> None:
    assert "No urgent text is kept ready" in desk.get("/desk/takeovers/emergency").text
    desk.post("/desk/takeovers/texts", **TEXT, urgent="on", where="all")
    assert 'data-digit="1"' in desk.get("/desk/takeovers/emergency").text
    assert items(database, "notices") == {}

    assert desk.post("/desk/takeovers/texts/1/hanging").status_code == 302
    body = items(database, "notices")["n1"]
    assert (body["headline"], body["urgent"]) == ("Leave by the stairs", True)
    assert "End now" in desk.get("/desk/takeovers").text

    desk.post("/desk/takeovers/texts/1", **{**TEXT, "headline": "Stay"}, where="all")
    assert "Stay" in desk.get("/desk/takeovers/texts/1").text
    desk.post("/desk/takeovers/texts/1/deletion")
    for address in ("/desk/takeovers/texts/1/hanging", "/desk/takeovers/texts/1/deletion"):
        assert desk.post(address).status_code == 404


def test_a_text_whose_group_is_gone_says_so_and_hangs_on_the_others(
    desk: Browser, database: Database, now: datetime
) -> None:
    first, second = (groups.add_group(database, name, at=now) for name in ("Lobbies", "Canteens"))
    desk.post("/desk/takeovers/texts", **TEXT, where="some", groups=[str(first), str(second)])
    groups.delete_group(database, first, at=now)
    page = desk.get("/desk/takeovers").text
    assert "only on Canteens" in page
    assert "1 of them is gone" in page
    assert desk.post("/desk/takeovers/texts/1/hanging").status_code == 302

    groups.delete_group(database, second, at=now)
    refused = desk.post("/desk/takeovers/texts/1/hanging")
    assert refused.status_code == 422
    assert "All groups and screens that this is for are gone" in refused.text
    assert len(items(database, "notices")) == 1


def test_a_goal_is_offered_when_it_is_reached(
    desk: Browser, database: Database, now: datetime
) -> None:
    assert desk.post("/desk/takeovers/goals", **GOAL, where="all").status_code == 302
    assert "Celebrate now" not in desk.get("/desk/takeovers").text
    assert desk.post("/desk/takeovers/goals/1/celebration").status_code == 409

    take(database, draft("1", at=now, score=10), draft("2", at=now, score=10), at=now)
    look_for_goals(database, at=now)
    assert "Celebrate now" in desk.get("/desk/takeovers").text
    desk.post("/desk/takeovers/goals/1/celebration")
    assert items(database, "notices")["n1"]["look"] == "celebration"
    assert desk.post("/desk/takeovers/goals/1/passing").status_code == 409


@pytest.mark.parametrize(
    ("address", "fields", "wrong", "told"),
    [
        ("texts", TEXT, {"headline": ""}, "Write a headline."),
        ("texts", TEXT, {"minutes": "x"}, "Write a whole number."),
        ("texts", TEXT, {"where": "some"}, "Choose a group or a screen."),
        ("texts", TEXT, {"where": "some", "screens": "x"}, "Write a whole number."),
        ("texts", TEXT, {"where": "some", "screens": "9"}, "is gone"),
        ("goals", GOAL, {"wanted": "many"}, "with one decimal at most"),
        ("goals", GOAL, {"wanted": "5,55"}, "with one decimal at most"),
        ("goals", GOAL, {"wanted": "−1"}, "A number from 1"),
        ("goals", GOAL, {"what": "luck"}, "Choose from the list"),
    ],
)
def test_what_was_typed_stays_with_what_is_wrong_with_it(
    desk: Browser, address: str, fields: dict[str, str], wrong: dict[str, str], told: str
) -> None:
    answer = desk.post(f"/desk/takeovers/{address}", **{**fields, "where": "all", **wrong})
    assert answer.status_code == 422
    assert told in answer.text
    assert wrong.get("headline", fields["headline"]) in answer.text


def test_the_page_costs_the_same_with_many(
    desk: Browser, database: Database, now: datetime
) -> None:
    def fill() -> None:
        group = groups.add_group(database, f"Group {len(seen)}", at=now)
        for place in range(3):
            seen.append(place)
            desk.post("/desk/takeovers/texts", **TEXT, where="some", groups=str(group))
            desk.post(f"/desk/takeovers/texts/{len(seen)}/hanging")
            wanted = str(10 + len(seen))
            desk.post("/desk/takeovers/goals", **{**GOAL, "wanted": wanted}, where="all")

    seen: list[int] = []
    fill()
    desk.get("/desk/takeovers")
    with statements(database) as few:
        desk.get("/desk/takeovers")
    fill()
    with statements(database) as many:
        desk.get("/desk/takeovers")
    assert len(many) == len(few) <= 13
