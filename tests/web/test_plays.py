"""What was shown: its items by name, its screens found by a word."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from signage.actions.notice_draft import NoticeDraft
from signage.actions.notices import write_notice
from signage.actions.plays import keep_plays
from signage.actions.screens import ScreenDraft, add_screen
from signage.core.plays import Batch
from signage.models import Database, Improvement
from tests.web.conftest import Browser

PLAYS = "/desk/screens/plays"


def screen(database: Database, at: datetime, name: str, site: str = "Solna") -> int:
    return add_screen(database, "k" * 32, ScreenDraft(name, site), at=at)[0]


def test_items_are_told_by_name_with_a_way_to_them(
    desk: Browser, database: Database, now: datetime, lead: int
) -> None:
    long = "We answer within the hour, " * 5
    write_notice(database, NoticeDraft("Cake at two", "", None, None), user_id=lead, at=now)
    with database.write() as session:
        session.add(Improvement(did=long, label="Hour", team="", made_at=now))
    items = {(now.date(), name): (7, 90) for name in ("q12", "i1", "n1", "n99")}
    keep_plays(database, [(screen(database, now, "Hall"), Batch("q", 1, {}, items))], at=now)
    page = desk.get(f"{PLAYS}?by=item").text

    assert '<a href="/desk/quotes/12">Quote 12</a>' in page
    assert '<a href="/desk/improvements/1">Improvement 1</a>' in page
    assert "We answer within the hour" in page
    assert long not in page
    assert '<a href="/desk/notices/1">Notice 1</a>' in page
    assert ">Cake at two<" in page
    assert "Notice 99" in page  # it is gone: nothing leads there
    assert "/desk/notices/99" not in page


def test_a_screen_among_many_is_found_by_a_word(
    desk: Browser, database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signage.web.desk_plays.MOST_CHOICES", 2)
    ids = [screen(database, now, f"Hall {n}") for n in range(2)]
    assert "Find a screen" not in desk.get(PLAYS).text
    ids.append(screen(database, now, "Lobby", "Umeå"))
    page = desk.get(PLAYS).text
    assert "These are the first 2 screens" in page
    assert f'<option value="{ids[2]}"' not in page
    assert "<option>Umeå</option>" in page
    assert f'<option value="{ids[2]}" selected>' in desk.get(f"{PLAYS}?screen={ids[2]}").text
    found = desk.get(f"{PLAYS}?q=lobb").text
    assert f'<option value="{ids[2]}"' in found
    assert f'<option value="{ids[0]}"' not in found


def test_the_screens_without_a_site_are_a_list(
    desk: Browser, database: Database, now: datetime
) -> None:
    screen(database, now, "In Solna")
    screen(database, now, "Nowhere", "")
    assert 'href="/desk/screens?site=+"' in desk.get("/desk/screens/sites").text
    page = desk.get("/desk/screens?site=+").text
    assert "<bdi>Nowhere</bdi>" in page
    assert "<bdi>In Solna</bdi>" not in page
    assert '<option value=" " selected>No site</option>' in page


def test_a_revoked_screen_is_told_with_where_it_is(
    desk: Browser, database: Database, now: datetime
) -> None:
    made = screen(database, now, "Hall")
    desk.post(f"/desk/screens/{made}/revocation")
    told = "“Hall” is revoked and shows nothing of yours any more. It is kept under “Revoked”."
    assert told in desk.get("/desk/screens").text


def test_a_takeover_begins_with_an_end(desk: Browser, now: datetime) -> None:
    page = desk.get("/desk/notices/new?takes_over=1").text
    end = page.split('name="shows_until" type="datetime-local" value="')[1].split('"', 1)[0]
    there = datetime.fromisoformat(end).replace(tzinfo=ZoneInfo("Europe/Stockholm"))
    assert there >= now + timedelta(minutes=59)
    assert "what takes over walls needs an end" in page
    usual = desk.get("/desk/notices/new").text
    assert 'name="shows_until" type="datetime-local" value=""' in usual
