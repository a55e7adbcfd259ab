"""Two who change the same settings at once: the second is told, and nothing typed is lost."""

import re
from datetime import datetime

import pytest

from signage.actions.groups import add_group
from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import write_notice
from signage.actions.screens import ScreenDraft, add_screen
from signage.models import Database, Notice, Screen, Touchpoint, preferences
from tests.answers import draft, take
from tests.web.conftest import SECRET, Browser

SEEN = re.compile(r'name="seen" value="([0-9a-f]*)"')


def seen(desk: Browser, path: str) -> str:
    (found,) = SEEN.findall(desk.get(path).text)
    return f"{found}"


def settings(**changed: object) -> dict[str, object]:
    usual = {
        "title": "Our customers", "language": "en", "timezone": "Europe/Stockholm",
        "grace_seconds": "8", "window_days": "90", "age_target_hours": "24", "expiry_days": "60",
        "without_consent": "anonymous",
    }  # fmt: skip
    return {**usual, **changed}


def test_the_second_to_change_settings_sees_what_the_first_saved(
    desk: Browser, database: Database
) -> None:
    path = "/desk/settings"
    both = seen(desk, path)
    assert desk.post(path, **settings(title="The first’s"), seen=both).status_code == 302

    answer = desk.post(path, **settings(title="The second’s", grace_seconds="20"), seen=both)

    assert answer.status_code == 409
    assert 'value="The second’s"' in answer.text
    assert 'value="20"' in answer.text
    told = answer.text[answer.text.index('class="meanwhile"') :]
    assert "<dt>What the wall calls itself</dt> <dd><bdi>The first’s</bdi></dd>" in told
    again = SEEN.findall(answer.text)[0]
    assert desk.post(path, **settings(title="The second’s"), seen=again).status_code == 302
    with database.read() as session:
        assert preferences(session).title == "The second’s"


def test_a_mistake_in_between_does_not_hide_what_the_first_saved(desk: Browser) -> None:
    path = "/desk/settings"
    both = seen(desk, path)
    desk.post(path, **settings(title="The first’s"), seen=both)

    mistaken = desk.post(path, **settings(title="Mine", grace_seconds="9000"), seen=both)

    assert (mistaken.status_code, SEEN.findall(mistaken.text)) == (422, [both])
    assert desk.post(path, **settings(title="Mine"), seen=both).status_code == 409


def test_the_look_and_the_settings_are_not_in_each_others_way(desk: Browser) -> None:
    look, both = "/desk/settings/look", seen(desk, "/desk/settings/look")
    desk.post("/desk/settings", **settings(title="Another"))

    assert desk.post(look, frame="full", ask="How was it?", seen=both).status_code == 302
    answer = desk.post(look, frame="quiet", ask="And you?", title_ces="Effort", seen=both)

    assert answer.status_code == 409
    assert all(typed in answer.text for typed in ('value="And you?"', 'value="Effort"'))
    assert "<bdi>How was it?</bdi>" in answer.text


def test_names_on_the_journey_are_not_lost(
    desk: Browser, database: Database, now: datetime
) -> None:
    path = "/desk/settings/journey"
    take(database, draft("1", at=now, touchpoint="Shop", score=9), at=now)
    both = seen(desk, path)
    take(database, draft("2", at=now, touchpoint="Web", score=9), at=now)  # nobody's change
    assert desk.post(path, shown_as_1="The shop", seen=both).status_code == 302

    answer = desk.post(path, shown_as_1="Our shop", seen=both)

    assert answer.status_code == 409
    assert 'value="Our shop"' in answer.text
    assert "<dt>Shop</dt> <dd><bdi>The shop</bdi></dd>" in answer.text
    with database.read() as session:
        assert session.get_one(Touchpoint, 1).shown_as == "The shop"


@pytest.mark.parametrize("ended", [False, True])
def test_a_notice_that_changed_or_ended_meanwhile(
    desk: Browser, database: Database, lead: int, now: datetime, *, ended: bool
) -> None:
    made = write_notice(database, NoticeDraft("First", "", None, None), user_id=lead, at=now)
    path = f"/desk/notices/{made.id}"
    both = seen(desk, path)
    if ended:
        desk.post(f"{path}/end")
    else:
        desk.post(path, headline="Second", seen=both)

    answer = desk.post(path, headline="Third", words="Mine.", seen=both)

    assert answer.status_code == 409
    assert 'value="Third"' in answer.text
    assert ">Mine.</textarea>" in answer.text
    assert ("This notice ended" if ended else "<bdi>Second</bdi>") in answer.text
    with database.read() as session:
        assert session.get_one(Notice, made.id).headline == ("First" if ended else "Second")


def test_two_who_set_up_one_screen(desk: Browser, database: Database, now: datetime) -> None:
    screen_id, _ = add_screen(database, SECRET, ScreenDraft("Lobby"), at=now)
    group = add_group(database, "Canteens", at=now)
    path = f"/desk/screens/{screen_id}"
    usual = {
        "name": "Lobby", "locale": "en", "timezone": "Europe/Oslo", "theme": "ink",
        "diagonal_inch": "55", "distance_m": "4", "night_percent": "20", "turned": "0",
    }  # fmt: skip
    both = seen(desk, path)
    first = {**usual, "group_id": str(group), "tags": "big, new"}
    assert desk.post(path, **first, seen=both).status_code == 302

    mistaken = desk.post(path, **{**usual, "diagonal_inch": "1"}, seen=both)
    assert (mistaken.status_code, SEEN.findall(mistaken.text)) == (422, [both])
    answer = desk.post(path, **{**usual, "theme": "paper"}, site="Oslo", seen=both)

    assert answer.status_code == 409
    assert all(typed in answer.text for typed in ('value="Oslo"', 'value="paper" selected'))
    for label, now_said in (("Group", "Canteens"), ("Tags", "big, new"), ("Theme", "Ink (dark)")):
        assert f"<dt>{label}</dt> <dd><bdi>{now_said}</bdi></dd>" in answer.text
    assert "<dt>Time zone</dt>" not in answer.text
    with database.read() as session:
        assert session.get_one(Screen, screen_id).site == ""
    (again,) = SEEN.findall(answer.text)
    assert desk.post(path, **usual, site="Oslo", seen=again).status_code == 302


@pytest.mark.parametrize("kept", ["texts", "goals"])
def test_the_second_to_change_what_is_kept_ready_sees_what_the_first_saved(
    desk: Browser, kept: str
) -> None:
    said = {
        "headline": "Evacuate", "minutes": "30", "look": "notice", "where": "all",
        "what": "score", "metric": "nps", "wanted": "40",
    }  # fmt: skip
    assert desk.post(f"/desk/takeovers/{kept}", **said).status_code == 302
    path = f"/desk/takeovers/{kept}/1"
    both = seen(desk, path)
    assert desk.post(path, **{**said, "minutes": "45"}, seen=both).status_code == 302

    answer = desk.post(path, **{**said, "headline": "Leave now"}, seen=both)

    assert answer.status_code == 409
    assert 'value="Leave now"' in answer.text
    assert "<dt>For how many minutes</dt> <dd><bdi>45</bdi></dd>" in answer.text
    again = SEEN.findall(answer.text)[0]
    assert desk.post(path, **{**said, "headline": "Leave now"}, seen=again).status_code == 302
    assert 'value="Leave now"' in desk.get(path).text
