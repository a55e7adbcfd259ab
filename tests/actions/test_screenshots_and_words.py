"""Words that leave the walls leave the pictures of screens too, and get into none."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from signage.actions import decide, duplicates
from signage.actions.agents import Word, agent_of, hear, make_agent
from signage.actions.commands import command
from signage.actions.edit import edit
from signage.actions.epochs import renew_epochs
from signage.actions.erase import erase
from signage.actions.expire import expire_due
from signage.actions.programme import LEASE_HOURS
from signage.actions.screenshots import keep_screenshot
from signage.actions.sweep import sweep
from signage.core.agents import Report
from signage.core.pictures import Redrawn
from signage.core.verbatim import Cut, Revision
from signage.errors import Conflict, Invalid
from signage.models import Command, Database, Quote, Screenshot
from tests.answers import draft, hung, take
from tests.screening import says
from tests.screening import screen as new_screen

PICTURE = Redrawn("d", 1280, 720, b"picture")
LEASE = timedelta(hours=LEASE_HOURS)

pytestmark = pytest.mark.both


@pytest.fixture
def screen(database: Database, at: datetime) -> int:
    """One that shows all there is."""
    made = new_screen(database, at=at)
    says(database, made, at=at)
    return made


@pytest.fixture
def token(database: Database, screen: int, at: datetime) -> str:
    return make_agent(database, screen, at=at)


@pytest.fixture
def quote(database: Database, lead: int, screen: int, at: datetime) -> int:
    """It hangs on the screen."""
    made = hung(database, "q", lead=lead, at=at, respondent="r1", name="Ada", consent="full_name")
    says(database, screen, at=at)
    return made


def under_way(database: Database, screen: int, token: str, at: datetime) -> int:
    """A picture that the agent is about to take."""
    hear(database, agent_of(database, token), Word(Report(50)), at=at)
    id_ = command(database, screen, "screenshot", user_id=None, at=at)
    hear(database, agent_of(database, token), Word(Report(50), takes=[id_]), at=at)
    return id_


def keep(database: Database, token: str, id_: int, at: datetime) -> None:
    keep_screenshot(database, agent_of(database, token), id_, PICTURE, at=at)


def kept(database: Database) -> list[int]:
    with database.read() as session:
        return list(session.scalars(select(Screenshot.screen_id)))


def outcome(database: Database, id_: int) -> tuple[str | None, str]:
    with database.read() as session:
        row = session.get_one(Command, id_)
        return row.outcome, row.detail


def take_off(database: Database, how: str, quote: int, lead: int, at: datetime) -> None:
    """By each way that words leave the walls."""
    act: dict[str, Any] = {"user_id": lead, "at": at}
    if how == "withdrawn":
        decide.withdraw(database, quote, reason="private", **act)
    elif how == "masked":
        edit(database, quote, revision=0, spans=Revision(cuts=(Cut(0, 3),)), **act)
    elif how == "corrected":
        take(database, draft("q", at=at, score=9, name="Eve"), at=at)
    elif how == "merged":
        duplicates.merge(database, hung(database, "o", lead=lead, at=at), [quote], **act)
    elif how == "swept":
        sweep(database, scope="respondent", value="r1", reason="private", expected=1, **act)
    else:
        erase(database, "shop", "q", at=at)


@pytest.mark.parametrize("how", ["withdrawn", "masked", "corrected", "merged", "swept", "erased"])
def test_words_that_leave_take_pictures_along(
    database: Database, lead: int, screen: int, token: str, quote: int, at: datetime, how: str
) -> None:
    keep(database, token, under_way(database, screen, token, at), at)
    late = under_way(database, screen, token, at)

    take_off(database, how, quote, lead, at)

    assert kept(database) == []
    assert outcome(database, late) == ("failed", "words-left")
    with pytest.raises(Conflict):
        keep(database, token, late, at)
    assert kept(database) == [], "nor does one that was under way come in"


def test_so_does_an_erasure_of_what_hangs_nowhere(
    database: Database, lead: int, screen: int, token: str, at: datetime
) -> None:
    """Nothing is recalled for it."""
    quote = hung(database, "q", lead=lead, at=at)
    decide.withdraw(database, quote, reason="private", user_id=lead, at=at)
    says(database, screen, at=at)
    keep(database, token, under_way(database, screen, token, at), at)

    erase(database, "shop", "q", at=at)

    assert kept(database) == []


def test_words_that_hung_for_long_enough_leave_it(
    database: Database, screen: int, token: str, quote: int, at: datetime
) -> None:
    with database.write() as session:
        session.get_one(Quote, quote).expires_at = at
    keep(database, token, under_way(database, screen, token, at), at)

    assert expire_due(database, at=at) == 1

    assert kept(database) == [screen]
    assert under_way(database, screen, token, at), "nobody asked for them to be gone"


@pytest.mark.usefixtures("quote")
def test_a_wall_that_may_still_show_them_is_not_photographed(
    database: Database, screen: int, token: str, at: datetime
) -> None:
    """Its socket is down, and its device's program is there."""
    erase(database, "shop", "q", at=at)

    with pytest.raises(Invalid, match="owes"):
        under_way(database, screen, token, at)
    with pytest.raises(Invalid, match="owes"):
        under_way(database, screen, token, at + LEASE - timedelta(minutes=1))
    assert under_way(database, screen, token, at + LEASE), "it has died by then"
    assert command(database, screen, "restart", user_id=None, at=at + LEASE), "no words are in that"


@pytest.mark.usefixtures("quote")
def test_a_wall_that_has_painted_them_away_is(
    database: Database, screen: int, token: str, at: datetime
) -> None:
    erase(database, "shop", "q", at=at)
    says(database, screen, at=at)

    keep(database, token, under_way(database, screen, token, at), at)

    assert kept(database) == [screen]


@pytest.mark.usefixtures("quote")
def test_a_wall_that_never_had_them_is(database: Database, at: datetime) -> None:
    erase(database, "shop", "q", at=at)
    other = new_screen(database, "Stairs", at=at + timedelta(seconds=1))
    says(database, other, at=at + timedelta(seconds=1), painted={})

    assert under_way(database, other, make_agent(database, other, at=at), at + timedelta(seconds=2))


def test_a_withdrawal_that_was_taken_back_is_owed_no_more(
    database: Database, lead: int, screen: int, token: str, quote: int, at: datetime
) -> None:
    made = decide.withdraw(database, quote, reason="private", user_id=lead, at=at)
    with pytest.raises(Invalid, match="owes"):
        under_way(database, screen, token, at)

    decide.undo(database, made.id, user_id=lead, at=at)

    assert under_way(database, screen, token, at)


@pytest.mark.usefixtures("quote")
def test_of_a_database_that_was_put_back_nothing_is_known(
    database: Database, screen: int, token: str, at: datetime
) -> None:
    late = under_way(database, screen, token, at)
    renew_epochs(database, at=at, why="restored")

    with pytest.raises(Conflict):
        keep(database, token, late, at)
    with pytest.raises(Invalid, match="owes"):
        under_way(database, screen, token, at)
    says(database, screen, at=at, whole=True)
    assert under_way(database, screen, token, at)
