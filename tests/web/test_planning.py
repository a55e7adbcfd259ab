"""Playlists, weeks, publishing and looking ahead, as a lead meets them."""

import re
from datetime import datetime

import pytest
from sqlalchemy import select

from signage.actions.groups import add_group
from signage.actions.screens import add_screen
from signage.actions.setup_of_screens import ScreenDraft
from signage.models import Database, Feed
from tests.planning import drafted, live, planned_lunch, publish
from tests.web.conftest import Browser

LISTS, WEEK = "/desk/screens/playlists", "/desk/screens/weeks/none"
PUBLISHING = "/desk/screens/publication"
SLOT = {
    "playlist": "1", "days": ["0", "4"], "starts": "22:00", "ends": "02:00", "holidays": "not",
    "country": "se", "priority": "2",
}  # fmt: skip


def test_a_playlist_is_made_and_its_scenes_put_in_order(database: Database, desk: Browser) -> None:
    assert "No playlist of your own yet" in desk.get(LISTS).text
    assert desk.post(LISTS, name="Lunch", like="built-in").status_code == 302

    def change(deed: str, **fields: str) -> list[str]:
        seen = drafted(database).playlists["1"].digest
        assert desk.post(f"{LISTS}/1/{deed}", seen=seen, **fields).status_code == 302
        return [entry.scene for entry in drafted(database).playlists["1"].entries]

    assert change("order", up="1")[:3] == ["improvement", "quote", "notice"]
    assert change("order", down="0")[:3] == ["quote", "improvement", "notice"]
    assert change("order", **{"from": "0", "to": "2"})[:3] == ["improvement", "notice", "quote"]
    assert change("order", remove="0")[:2] == ["notice", "quote"]
    scenes = change("scenes", what="mosaic/quotes", count="2", every="3", offset="2", dwell="40")
    assert scenes[-1] == "mosaic"
    made = drafted(database).playlists["1"].entries[-1]
    assert (made.count, made.every, made.offset, made.dwell) == (2, 3, 1, 40)
    page = desk.get(f"{LISTS}/1").text
    assert "40 seconds at least" in page
    assert "in one round of 3" in page


def test_what_is_wrong_with_a_scene_or_a_name_is_told(database: Database, desk: Browser) -> None:
    desk.post(LISTS, name="Lunch", like="")
    seen = drafted(database).playlists["1"].digest
    answer = desk.post(f"{LISTS}/1/scenes", seen=seen, what="quote/nps", dwell="2")

    assert answer.status_code == 422
    assert "Choose what it shows from the list." in answer.text
    assert '<a href="#dwell-new">From 5 to 600 seconds' in answer.text
    assert re.search(r'id="dwell-new"[^>]* value="2" aria-invalid="true"', answer.text)
    assert desk.post(LISTS, name=" lunch ").status_code == 422
    assert desk.post(f"{LISTS}/1", name="").status_code == 422
    assert desk.post(f"{LISTS}/1/scenes", seen="old", what="nps/nps").status_code == 409
    assert desk.post(f"{LISTS}/1/order", seen="old", up="0").status_code == 409


def test_what_was_typed_for_a_scene_stays(database: Database, desk: Browser) -> None:
    desk.post(LISTS, name="Lunch", like="built-in")
    seen = drafted(database).playlists["1"].digest
    typed = {"count": "many", "every": "3", "offset": "2", "dwell": "40"}
    answer = desk.post(f"{LISTS}/1/scenes", seen=seen, place="1", what="quote/quotes", **typed)

    assert answer.status_code == 422
    assert '<a href="#count-1">Write a whole number.' in answer.text
    for name, value in typed.items():
        assert re.search(rf'id="{name}-1"[^>]* value="{value}"', answer.text), name
    assert answer.text.count("<details open>") == 1
    assert answer.text.count('value="many"') == 1
    new = desk.post(f"{LISTS}/1/scenes", seen=seen, what="mosaic/quotes", dwell="2").text
    assert '<option value="mosaic/quotes" selected>' in new
    assert "<details open>" not in new


def test_a_scene_whose_feed_is_gone_is_named(
    database: Database, desk: Browser, now: datetime
) -> None:
    planned_lunch(database, at=now, feed="csat")
    with database.write() as session:
        session.delete(session.scalars(select(Feed).where(Feed.name == "csat")).one())

    assert "passed over: its feed is gone" in desk.get(f"{LISTS}/1").text
    assert "1 scene is passed over" in desk.get(LISTS).text


def test_a_slot_is_added_changed_and_deleted(database: Database, desk: Browser) -> None:
    assert "Make a playlist first" in desk.get(WEEK).text
    desk.post(LISTS, name="Lunch", like="built-in")
    assert "No slot yet" in desk.get(WEEK).text
    assert desk.post(f"{WEEK}/slots", **SLOT).status_code == 302

    page = desk.get(WEEK).text
    assert "Mon, Fri 22:00–02:00 (past midnight), not on holidays (Sweden), priority 2" in page
    form = desk.get(f"{WEEK}/slots/2").text
    assert 'value="22:00"' in form
    seen = form.split('name="seen" value="')[1].split('"')[0]
    changed = {**SLOT, "starts": "08:00", "ends": "12:00", "seen": seen}
    assert desk.post(f"{WEEK}/slots/2", **changed).status_code == 302
    assert desk.post(f"{WEEK}/slots/2", **changed).status_code == 409
    assert "08:00–12:00" in desk.get(WEEK).text
    assert desk.post(f"{WEEK}/slots/2/deletion").status_code == 302
    assert drafted(database).week(None).slots == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"days": []}, "one day of the week"), ({"starts": "25:00"}, "A time such as"),
     ({"first": "2026-02-30"}, "Write the day"), ({"country": "XX"}, "Whose holidays?"),
     ({"first": "2026-02-03", "last": "2026-02-02"}, "comes after"),
     ({"priority": "10"}, "from 0 to 9"), ({"holidays": "some"}, "one of the three"),
     ({"playlist": ""}, "Choose a playlist")],
)  # fmt: skip
def test_what_is_wrong_with_a_slot_is_told(
    desk: Browser, wrong: dict[str, object], said: str
) -> None:
    desk.post(LISTS, name="Lunch", like="built-in")
    answer = desk.post(f"{WEEK}/slots", **{**SLOT, **wrong})

    assert answer.status_code == 422
    assert said in answer.text


def test_conflicts_idle_slots_and_gaps_are_named_in_words(
    database: Database, desk: Browser, now: datetime
) -> None:
    planned_lunch(database, at=now)
    planned_lunch(database, at=now, feed="csat", starts="13:00", ends="15:00")
    planned_lunch(database, at=now, feed="ces", last="2020-01-01")
    page = " ".join(desk.get(WEEK).text.split())

    assert "“Lunch nps 0” hangs and “Lunch csat 0” waits; both have priority 0." in page
    assert "“Lunch ces 0”" in page
    assert "its last day is over" in page
    assert "Left to the default: Mon 00:00–11:00" in page


def test_publishing_says_which_screens_change_and_can_be_undone(
    database: Database, desk: Browser, now: datetime
) -> None:
    group = add_group(database, "Canteens", at=now)
    add_screen(database, "k" * 32, ScreenDraft("By the oven", group_id=group), at=now)
    assert "Nothing waits to be published" in desk.get(PUBLISHING).text
    planned_lunch(database, at=now, group=str(group))
    page = desk.get(PUBLISHING).text
    assert "1 screen changes" in page
    assert "Canteens" in page
    assert "A new slot: “Lunch nps" in page

    assert desk.post(PUBLISHING, seen="old").status_code == 409
    assert desk.post(PUBLISHING, seen=drafted(database).digest).status_code == 302
    assert len(live(database).week(group).slots) == 1
    assert desk.post(f"{PUBLISHING}/undo", plan="1").status_code == 302
    assert live(database).groups == {}
    assert desk.post(f"{PUBLISHING}/undo", plan="1").status_code == 409
    assert "1 screen changes" in desk.get(PUBLISHING).text
    assert desk.post(f"{PUBLISHING}/discard", seen=drafted(database).digest).status_code == 302
    assert "Nothing waits to be published" in desk.get(PUBLISHING).text


def test_looking_ahead_says_what_will_hang_without_a_script(
    database: Database, desk: Browser, now: datetime
) -> None:
    planned_lunch(database, at=now)
    ahead = "/desk/screens/ahead?day=2026-12-04&time="

    assert "<bdi>Lunch nps 0</bdi>" in desk.get(f"{ahead}12:00").text  # a Friday
    assert "<bdi>The playlist that comes with it</bdi>" in desk.get(f"{ahead}15:00").text
    assert desk.get(f"{ahead}x").status_code == 422
    assert desk.get("/desk/screens/ahead?group=77").status_code == 404


def test_the_default_of_a_group_is_chosen(database: Database, desk: Browser, now: datetime) -> None:
    lunch = planned_lunch(database, at=now)
    assert desk.post(f"{WEEK}/default", playlist=lunch).status_code == 302
    assert desk.post("/desk/screens/weeks/9/default", playlist=lunch).status_code == 404
    assert desk.post("/desk/screens/weeks/0/default", playlist=lunch).status_code == 404
    assert "by default: Lunch nps 0" in " ".join(desk.get("/desk/screens/weeks").text.split())
    publish(database, at=now)
    assert desk.post(f"{LISTS}/{lunch}/deletion").status_code == 422


def test_countries_are_chosen_by_their_names(desk: Browser, database: Database) -> None:
    desk.post(LISTS, name="Lunch", like="built-in")
    page = desk.get(f"{WEEK}/slots/new").text
    assert '<option value="SE" selected>Sweden</option>' in page
    assert '<option value="JP">Japan</option>' in page
    near, others = page.split("<optgroup")[1:3]
    assert ">Finland<" in near and ">Finland<" not in others  # noqa: PT018 - one matter
    desk.post(f"{WEEK}/slots", **{**SLOT, "country": "SV"})
    assert drafted(database).week(None).slots[0].country == "SV"
    assert "(El Salvador)" in desk.get(WEEK).text
