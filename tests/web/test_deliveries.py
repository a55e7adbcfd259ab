"""Which walls a withdrawal has reached, as the desk tells it."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from signage.actions import decide
from signage.actions.epochs import renew_epochs
from signage.actions.erase import erase
from signage.actions.prefer import prefer
from signage.actions.screens import ScreenDraft, change_screen, renew_link, revoke_screen
from signage.models import Database, Preferences, Recall, Screen
from tests.answers import hung
from tests.screening import SECRET, heads, is_there, says, screen
from tests.web.conftest import Browser, statements

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WORDS = "Great help. Call me on 555 0199 please."


def withdrawn(database: Database, lead: int, at: datetime, name: str = "1") -> int:
    """Words that hung for two hours and were taken down at `at`; gives the decision's id."""
    quote = hung(database, name, lead=lead, at=at - 2 * HOUR, comment=WORDS)
    return decide.withdraw(database, quote, reason="private", user_id=lead, at=at).id


def text(desk: Browser, path: str) -> str:
    """The page's words, in one line."""
    page = re.sub(r"<script.*?</script>", " ", desk.get(path).text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def sentence(desk: Browser, path: str = "/desk/deliveries") -> str:
    found = re.search(r'class="delivered"[^>]*>(.*?)</p>', desk.get(path).text, re.DOTALL)
    assert found
    return " ".join(found[1].split())


@pytest.mark.parametrize(
    "path",
    ["", "/1", "/1/progress", "/programmes", "/programmes/1"],
)
def test_nobody_sees_it_without_signing_in(
    nobody: Browser, database: Database, lead: int, now: datetime, path: str
) -> None:
    withdrawn(database, lead, now)
    prefer(database, Preferences(title="x"), at=now)

    answer = nobody.get(f"/desk/deliveries{path}")

    assert answer.status_code == 302
    assert "/sign-in" in answer.location


@pytest.mark.parametrize("path", ["/7", "/7/progress", "/programmes/7", "/x", f"/{2**63}"])
def test_what_there_is_not_is_not_found(desk: Browser, path: str) -> None:
    assert desk.get(f"/desk/deliveries{path}").status_code == 404


def test_an_empty_product_says_what_will_stand_there(desk: Browser) -> None:
    assert "Nothing has been taken down yet" in text(desk, "/desk/deliveries")
    assert "No programme yet" in text(desk, "/desk/deliveries/programmes")


def test_a_withdrawal_is_told_in_one_true_sentence(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    walls = [screen(database, f"Wall {place}", at=now - 9 * HOUR) for place in range(3)]
    lobby = screen(database, "Lobby", at=now - 9 * HOUR)
    is_there(database, *walls, at=now - MINUTE)
    is_there(database, lobby, at=now - HOUR)
    withdrawn(database, lead, now - timedelta(seconds=20))
    assert sentence(desk).startswith("gone from 0 of 4 walls; 3 have not confirmed yet; 1")

    says(database, *walls, at=now)

    assert re.fullmatch(
        r"gone from 3 of 4 walls; 1 offline since (\d+ \w+( \d{4})? )?\d\d:\d\d, "
        r"its copy dies \d+ \w+( \d{4})? \d\d:\d\d",
        sentence(desk),
    )
    says(database, lobby, at=now)
    assert sentence(desk) == "gone from 4 of 4 walls"


def test_times_are_the_companys_and_the_readers_language(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    wall = screen(database, at=now - 9 * HOUR)
    is_there(database, wall, at=now - HOUR)
    withdrawn(database, lead, now - MINUTE)
    prefer(database, Preferences(timezone="Pacific/Auckland"), at=now)

    since = (now - HOUR).astimezone(ZoneInfo("Pacific/Auckland"))
    assert f"{since:%H:%M}, its copy dies" in sentence(desk)


def test_a_copy_whose_lease_has_ended_is_gone_by_itself(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    wall = screen(database, at=now - 100 * HOUR)
    is_there(database, wall, at=now - 75 * HOUR)
    quote = hung(database, lead=lead, at=now - 90 * HOUR)
    decide.withdraw(database, quote, reason="private", user_id=lead, at=now - 70 * HOUR)

    assert sentence(desk) == "gone from 1 of 1 wall; 1 copy died by itself"
    assert "its copy died by itself" in text(desk, "/desk/deliveries/1")


def test_who_never_had_the_words_owes_nothing(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    before = screen(database, "Gone before", at=now - 9 * HOUR)
    is_there(database, before, at=now - 3 * HOUR)
    dead = screen(database, "Dead", at=now - 99 * HOUR)
    is_there(database, dead, at=now - 90 * HOUR)
    screen(database, "Never", at=now - 9 * HOUR)
    withdrawn(database, lead, now - MINUTE)
    after = screen(database, "Later", at=now)
    is_there(database, after, at=now)

    assert sentence(desk) == "no wall was showing these words"


def test_a_wall_whose_contact_was_not_written_yet_owes_it(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    """Words that hung for seconds only; contacts are written at most half a minute late."""
    wall = screen(database, at=now - 9 * HOUR)
    quote = hung(database, lead=lead, at=now - timedelta(seconds=20))
    is_there(database, wall, at=now - timedelta(seconds=40))
    decide.withdraw(database, quote, reason="private", user_id=lead, at=now)

    assert sentence(desk) == "gone from 0 of 1 wall; 1 has not confirmed yet"


def test_a_revoked_wall_holds_its_copy_until_the_lease_ends(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    wall = screen(database, at=now - 9 * HOUR)
    is_there(database, wall, at=now - HOUR)
    revoke_screen(database, wall, at=now - HOUR)
    withdrawn(database, lead, now)

    assert "gone from 0 of 1 wall; 1 offline since" in sentence(desk)


def test_a_device_that_a_screen_had_before_is_told_until_its_copy_dies(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    wall = screen(database, at=now - 9 * HOUR)
    is_there(database, wall, at=now - 2 * HOUR)
    renew_link(database, SECRET, wall, at=now - HOUR)
    withdrawn(database, lead, now - MINUTE)
    says(database, wall, at=now)

    assert sentence(desk).startswith("gone from 0 of 1 wall; 1 offline since")
    line = "gone from this screen; a device that it had before is offline since"
    assert line in text(desk, "/desk/deliveries/1")


def test_after_a_restore_a_wall_has_confirmed_once_it_has_told_what_it_shows(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    """The words may have hung once more after the backup was made: nobody knows it any more."""
    wall, away = (screen(database, name, at=now - 9 * HOUR) for name in ("Atrium", "Lobby"))
    is_there(database, wall, away, at=now - 2 * HOUR)
    withdrawn(database, lead, now - HOUR)
    says(database, wall, away, at=now - HOUR)
    assert sentence(desk) == "gone from 2 of 2 walls"
    before = heads(database)

    renew_epochs(database, at=now - 30 * MINUTE, why="restored")

    assert re.fullmatch(
        r"gone from 0 of 2 walls; 2 offline since .*? or later, the last copy dies .*?",
        sentence(desk),
    )
    says(database, wall, at=now, painted=before, whole=True)
    told = "gone from 0 of 2 walls; 1 has not confirmed yet; 1 offline since"
    assert sentence(desk).startswith(told)
    says(database, wall, at=now, whole=True)
    assert sentence(desk).startswith("gone from 1 of 2 walls; 1 offline since")
    page = text(desk, "/desk/deliveries/1")
    assert re.search(r"Lobby Solna offline since .*?; its copy dies .* Atrium Solna gone", page)
    says(database, away, at=now, whole=True)
    assert sentence(desk) == "gone from 2 of 2 walls"


def test_after_a_restore_any_wall_may_have_the_words_until_their_lease_has_ended(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    old, never = (screen(database, name, at=now - 400 * HOUR) for name in ("Old", "Never"))
    is_there(database, old, at=now - 390 * HOUR)
    withdrawn(database, lead, now - 200 * HOUR)
    screen(database, "Later", at=now - 150 * HOUR)
    assert sentence(desk) == "no wall was showing these words"

    renew_epochs(database, at=now - HOUR, why="proof")
    assert sentence(desk).startswith("gone from 0 of 3 walls; 3 offline since")
    says(database, old, never, at=now - 100 * HOUR, whole=True)
    assert sentence(desk).startswith("gone from 2 of 3 walls; 1 offline since")
    renew_epochs(database, at=now - 73 * HOUR, why="asked")
    assert sentence(desk) == "gone from 2 of 2 walls"


def test_after_a_restore_a_programme_was_seen_by_who_was_heard(
    desk: Browser, database: Database, now: datetime
) -> None:
    wall = screen(database, at=now - HOUR)
    is_there(database, wall, at=now - HOUR)
    prefer(database, Preferences(title="x"), at=now - MINUTE)
    says(database, wall, at=now, edition=1, whole=True)
    assert sentence(desk, "/desk/deliveries/programmes") == "seen by 1 of 1 wall"

    renew_epochs(database, at=now, why="restored")

    told = sentence(desk, "/desk/deliveries/programmes")
    assert told == "seen by 0 of 1 wall; 1 has not confirmed yet"


def test_a_withdrawal_that_was_undone_is_told_as_such(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    decision = withdrawn(database, lead, now - MINUTE)
    decide.undo(database, decision, user_id=lead, at=now)

    assert sentence(desk).startswith("taken back ")
    assert desk.get("/desk/deliveries/1").status_code == 200


def test_who_decided_and_the_first_words_as_they_hung(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    withdrawn(database, lead, now)
    page = text(desk, "/desk/deliveries")

    assert "“Great help. Call me on 555 0199 please.”" in page
    assert "by Lead" in page
    assert "not announced yet" in page


def test_an_erased_answer_leaves_no_word_there(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    hung(database, lead=lead, at=now - HOUR, comment=WORDS)
    erase(database, "shop", "1", at=now)
    for path in ("/desk/deliveries", "/desk/deliveries/1"):
        page = text(desk, path)
        assert "An erased answer" in page
        assert "erased" in page
        assert "Great" not in page


def test_screen_by_screen_with_those_that_owe_first(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    done = screen(database, "Atrium", at=now - 9 * HOUR)
    waits = screen(database, "Basement", at=now - 9 * HOUR)
    away = screen(database, "Canteen", at=now - 9 * HOUR)
    is_there(database, done, waits, at=now - MINUTE)
    is_there(database, away, at=now - HOUR)
    withdrawn(database, lead, now - timedelta(seconds=10))
    says(database, done, at=now)

    page = text(desk, "/desk/deliveries/1")

    states = re.search(r"State (.*?) Back to deliveries", page)
    assert states
    assert re.fullmatch(
        r"Basement Solna last heard from .*?; not confirmed yet "
        r"Canteen Solna offline since .*?; its copy dies .*? Atrium Solna gone from the screen .*?",
        states[1],
    )


def test_progress_for_pages_that_are_open(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    wall = screen(database, at=now - 9 * HOUR)
    is_there(database, wall, at=now - MINUTE)
    withdrawn(database, lead, now)

    assert desk.get("/desk/deliveries/1/progress").json == {
        "sentence": "gone from 0 of 1 wall; 1 has not confirmed yet", "complete": False,
    }  # fmt: skip
    says(database, wall, at=now)
    assert desk.get("/desk/deliveries/1/progress").json == {
        "sentence": "gone from 1 of 1 wall", "complete": True,
    }  # fmt: skip


def test_after_a_withdrawal_the_wall_page_tells_it_and_leads_there(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    wall = screen(database, at=now - 9 * HOUR)
    is_there(database, wall, at=now - MINUTE)
    quote = hung(database, lead=lead, at=now - HOUR)

    answer = desk.post(f"/desk/quotes/{quote}/withdrawal", reason="private")

    page = desk.get(answer.location).text
    assert "gone from 0 of 1 wall" in page
    assert 'data-delivery="/desk/deliveries/1/progress"' in page
    assert 'href="/desk/deliveries/1"' in page
    says(database, wall, at=now + MINUTE)
    page = desk.get(answer.location).text
    assert "gone from 1 of 1 wall" in page
    assert "data-delivery" not in page


def test_words_that_hung_on_no_wall_any_more(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    decision = withdrawn(database, lead, now)
    with database.write() as session:
        session.delete(session.get_one(Recall, 1))

    assert "it hung on no wall any more." in text(desk, f"/desk/wall?done={decision}")


def test_programmes_are_told_the_same_way(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    one, two = (screen(database, name, at=now - 9 * HOUR) for name in ("Atrium", "Lobby"))
    is_there(database, one, at=now)
    is_there(database, two, at=now - HOUR)
    prefer(database, Preferences(title="Voices"), at=now, user_id=lead)
    says(database, one, at=now, edition=1)
    change_screen(database, two, ScreenDraft("Hall", site="Solna"), at=now)
    with database.write() as session:
        session.execute(update(Screen).where(Screen.id == one).values(name="Atrium & more"))

    page = text(desk, "/desk/deliveries/programmes")

    assert "Programme 1: settings changed seen by 1 of 2 walls; 1 offline since" in page
    assert "by Lead" in page
    assert "Programme 2: screen Hall set up differently seen by 0 of 1 wall" in page
    detail = text(desk, "/desk/deliveries/programmes/1")
    assert re.search(r"Hall Solna offline since \S+.* Atrium &amp; more Solna seen ", detail)


def test_a_link_that_ended_is_to_be_seen_by_nobody(
    desk: Browser, database: Database, now: datetime
) -> None:
    revoke_screen(database, screen(database, at=now - HOUR), at=now)

    page = text(desk, "/desk/deliveries/programmes")

    assert "link of screen Canteen revoked no wall is to see it" in page


def test_long_lists_have_pages(desk: Browser, database: Database, lead: int, now: datetime) -> None:
    for number in range(26):
        withdrawn(database, lead, now, str(number))
        prefer(database, Preferences(title=f"Title {number}"), at=now)
    for path in ("/desk/deliveries", "/desk/deliveries/programmes"):
        assert desk.get(path).text.count("<li>") == 25
        assert "Older" in text(desk, path)
        assert desk.get(f"{path}?page=2").text.count("<li>") == 1
        assert "There is nothing older." in text(desk, f"{path}?page=9")


def test_a_full_page_costs_no_more_statements_than_a_short_one(
    desk: Browser, database: Database, lead: int, now: datetime
) -> None:
    counts = []
    for place in range(3):
        screen(database, f"Wall {place}", at=now - 9 * HOUR)
        withdrawn(database, lead, now, str(place))
        prefer(database, Preferences(title=f"Title {place}"), at=now, user_id=lead)
        for path in ("/desk/deliveries", "/desk/deliveries/programmes"):
            with statements(database) as seen:
                desk.get(path)
            counts.append(len(seen))

    assert len(set(counts[::2])) == len(set(counts[1::2])) == 1, counts
    assert heads(database)["quotes"][1] == 6
