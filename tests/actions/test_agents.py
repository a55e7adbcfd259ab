"""Agents are let in by their own token, and given each command once."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from signage.actions import agents, screens
from signage.actions.agents import Told, Word, agent_of, end_agent, hear, make_agent
from signage.actions.commands import command, expire_commands, open_commands, settle
from signage.actions.screenshots import KEPT, forget_screenshots, keep_screenshot
from signage.core.agents import LATELY, Report
from signage.core.commands import LIMIT, Said
from signage.core.pictures import Redrawn
from signage.errors import Conflict, Invalid, NotFound, Refused
from signage.models import Agent, AuditEntry, Command, Database, Screenshot
from tests.screening import screen as new_screen

SECOND = timedelta(seconds=1)
PICTURE = Redrawn("d", 1280, 720, b"picture")

pytestmark = pytest.mark.both


@pytest.fixture
def screen(database: Database, at: datetime) -> int:
    return new_screen(database, at=at)


@pytest.fixture
def token(database: Database, screen: int, at: datetime) -> str:
    """Of an agent that was heard of just now."""
    made = make_agent(database, screen, at=at)
    speak(database, made, at=at)
    return made


def speak(database: Database, token: str, word: Word | None = None, *, at: datetime) -> Told:
    return hear(database, agent_of(database, token), word or Word(Report(50)), at=at)


def taken(database: Database, token: str, *ids: int, at: datetime) -> list[int]:
    return list(speak(database, token, Word(Report(50), takes=ids), at=at).goes)


def row(database: Database, id_: int) -> Command:
    with database.read() as session:
        return session.get_one(Command, id_)


def last_act(database: Database) -> tuple[str, str]:
    with database.read() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    return entry.act, entry.about


def test_a_token_lets_one_screens_agent_in_until_it_ends(
    database: Database, screen: int, at: datetime
) -> None:
    first = make_agent(database, screen, at=at)
    assert last_act(database) == ("agent-made", f"screen {screen}")
    assert agent_of(database, first).screen_id == screen

    second = make_agent(database, screen, at=at)
    with pytest.raises(Refused):
        agent_of(database, first)
    end_agent(database, screen, at=at)
    end_agent(database, screen, at=at)

    with pytest.raises(Refused):
        agent_of(database, second)
    assert last_act(database) == ("agent-ended", f"screen {screen}")
    with database.read() as session:
        kept = session.scalars(select(AuditEntry.act)).all()
    assert kept.count("agent-ended") == 1


def test_only_its_hash_is_kept(database: Database, screen: int, at: datetime) -> None:
    token = make_agent(database, screen, at=at)
    with database.read() as session:
        assert token not in str(vars(session.get_one(Agent, screen)))


def test_a_screen_that_is_revoked_has_no_agent(
    database: Database, screen: int, token: str, at: datetime
) -> None:
    screens.revoke_screen(database, screen, at=at)

    with pytest.raises(Refused):
        agent_of(database, token)
    with pytest.raises(Invalid, match="revoked"):
        make_agent(database, screen, at=at)
    with pytest.raises(NotFound):
        make_agent(database, screen + 1, at=at)


def test_a_token_that_ends_in_that_moment_is_refused(
    database: Database, screen: int, token: str, at: datetime
) -> None:
    before = agent_of(database, token)
    end_agent(database, screen, at=at)

    with pytest.raises(Refused):
        hear(database, before, Word(Report(90)), at=at)


def test_what_it_says_is_written_now_and_then(
    database: Database, screen: int, token: str, at: datetime
) -> None:
    def kept() -> tuple[datetime | None, float | None]:
        with database.read() as session:
            agent = session.get_one(Agent, screen)
            return agent.heard_at, agent.said["temperature"]

    speak(database, token, Word(Report(51)), at=at + SECOND)
    assert kept() == (at, 50)
    speak(database, token, Word(Report(81)), at=at + 2 * SECOND)
    assert kept() == (at + 2 * SECOND, 81), "hot is to be seen at once"
    speak(database, token, Word(Report(82)), at=at + 2 * SECOND + agents.NOTED)
    assert kept() == (at + 2 * SECOND + agents.NOTED, 82)


def test_a_command_goes_to_whoever_takes_it_first_once(
    database: Database, lead: int, screen: int, token: str, at: datetime
) -> None:
    id_ = command(database, screen, "restart", user_id=lead, at=at)
    with database.read() as session:
        assert open_commands(session, at=at) == [], "it is none for its page"

    told = speak(database, token, at=at + SECOND)
    assert [(c.id, c.what, c.seconds) for c in told.commands] == [(id_, "restart", 119.0)]
    assert list(told.goes) == []
    assert taken(database, token, id_, at=at + SECOND) == [id_]

    assert taken(database, token, id_, at=at + 2 * SECOND) == [], "a second one, or a replay"
    assert list(speak(database, token, at=at + 2 * SECOND).commands) == []
    assert row(database, id_).told_at == at + SECOND


def test_the_first_outcome_of_its_own_agent_counts(
    database: Database, lead: int, screen: int, token: str, at: datetime
) -> None:
    other = new_screen(database, "Stairs", at=at)
    stranger = make_agent(database, other, at=at)
    id_ = command(database, screen, "restart", user_id=lead, at=at)
    assert taken(database, stranger, id_, at=at) == []
    taken(database, token, id_, at=at)

    says = Word(Report(), said=[Said(id_, "failed", "not-allowed")])
    speak(database, stranger, says, at=at)
    assert settle(database, [(screen, Said(id_, "done", ""))], at=at) == 0, "nor is it its page's"
    assert row(database, id_).outcome is None
    speak(database, token, says, at=at)
    speak(database, token, Word(Report(), said=[Said(id_, "done", "")]), at=at)

    assert (row(database, id_).outcome, row(database, id_).detail) == ("failed", "not-allowed")


def test_an_agent_settles_nothing_of_its_page(
    database: Database, lead: int, screen: int, token: str, at: datetime
) -> None:
    id_ = command(database, screen, "reload", user_id=lead, at=at)

    assert list(speak(database, token, at=at).commands) == []
    assert taken(database, token, id_, at=at) == []
    speak(database, token, Word(Report(), said=[Said(id_, "done", "")]), at=at)
    assert row(database, id_).outcome is None


def test_what_is_past_its_time_is_not_begun(
    database: Database, lead: int, screen: int, token: str, at: datetime
) -> None:
    id_ = command(database, screen, "reboot", user_id=lead, at=at)

    assert list(speak(database, token, at=at + LIMIT).commands) == []
    assert taken(database, token, id_, at=at + LIMIT) == []


def test_a_reboot_has_longer_to_be_done(
    database: Database, lead: int, screen: int, token: str, at: datetime
) -> None:
    reboot = command(database, screen, "reboot", user_id=lead, at=at)
    restart = command(database, screen, "restart", user_id=lead, at=at)
    taken(database, token, reboot, restart, at=at)
    later = at + 2 * LIMIT
    assert expire_commands(database, at=later) == 1

    done = [Said(reboot, "done", ""), Said(restart, "done", "")]
    speak(database, token, Word(Report(), said=done), at=later)

    assert (row(database, reboot).outcome, row(database, restart).outcome) == ("done", "expired")
    assert expire_commands(database, at=later + 2 * LIMIT) == 0


@pytest.mark.parametrize("what", ["screenshot", "restart", "reboot"])
def test_what_needs_an_agent_is_refused_without_one(
    database: Database, lead: int, screen: int, at: datetime, what: str
) -> None:
    with pytest.raises(Invalid, match="no-agent"):
        command(database, screen, what, user_id=lead, at=at)
    token = make_agent(database, screen, at=at)
    with pytest.raises(Invalid, match="agent-away"):
        command(database, screen, what, user_id=lead, at=at)
    speak(database, token, at=at)

    assert command(database, screen, what, user_id=lead, at=at)
    with pytest.raises(Invalid, match="agent-away"):
        command(database, screen, what, user_id=lead, at=at + LATELY + SECOND)


def pictured(database: Database, screen: int, token: str, at: datetime) -> int:
    id_ = command(database, screen, "screenshot", user_id=None, at=at)
    taken(database, token, id_, at=at)
    return id_


def test_the_latest_picture_is_kept_for_an_hour(
    database: Database, screen: int, token: str, at: datetime
) -> None:
    agent = agent_of(database, token)
    for moment, sides in ((at, (1280, 720)), (at + SECOND, (720, 1280))):
        id_ = pictured(database, screen, token, moment)
        picture = Redrawn("d", *sides, data=b"%d" % sides[0])
        keep_screenshot(database, agent, id_, picture, at=moment)
        assert row(database, id_).outcome == "done"

    with database.read() as session:
        kept = session.scalars(select(Screenshot)).one()
        assert (kept.width, kept.taken_at, kept.data) == (720, at + SECOND, b"720")
    forget_screenshots(database, at=at + KEPT)
    with database.read() as session:
        assert session.scalars(select(Screenshot.screen_id)).all() == [screen]
    forget_screenshots(database, at=at + SECOND + KEPT)
    with database.read() as session:
        assert session.scalars(select(Screenshot.screen_id)).all() == []


def test_a_picture_that_nobody_waits_for_is_refused(
    database: Database, screen: int, token: str, at: datetime
) -> None:
    agent = agent_of(database, token)
    stranger = agent_of(
        database, make_agent(database, new_screen(database, "Stairs", at=at), at=at)
    )
    untaken = command(database, screen, "screenshot", user_id=None, at=at)
    other = command(database, screen, "restart", user_id=None, at=at)
    taken(database, token, other, at=at)
    for id_ in (untaken, other, 999):
        with pytest.raises(Conflict):
            keep_screenshot(database, agent, id_, PICTURE, at=at)
    taken(database, token, untaken, at=at)
    with pytest.raises(Conflict):
        keep_screenshot(database, stranger, untaken, PICTURE, at=at)
    with pytest.raises(Conflict):
        keep_screenshot(database, agent, untaken, PICTURE, at=at + LIMIT)
    keep_screenshot(database, agent, untaken, PICTURE, at=at)
    with pytest.raises(Conflict):
        keep_screenshot(database, agent, untaken, PICTURE, at=at)


def test_a_token_that_ends_under_way_sends_no_picture(
    database: Database, screen: int, token: str, at: datetime
) -> None:
    agent, id_ = agent_of(database, token), pictured(database, screen, token, at)
    make_agent(database, screen, at=at)

    with pytest.raises(Refused):
        keep_screenshot(database, agent, id_, PICTURE, at=at)


@pytest.mark.sqlite_alone
def test_a_picture_that_was_dropped_is_gone_from_the_files(
    database: Database, screen: int, token: str, at: datetime, tmp_path: Path
) -> None:
    agent, id_ = agent_of(database, token), pictured(database, screen, token, at)
    picture = Redrawn("d", 1280, 720, b"unmistakable dots" * 900)
    keep_screenshot(database, agent, id_, picture, at=at)

    forget_screenshots(database, at=at + KEPT)

    left = b"".join(path.read_bytes() for path in tmp_path.glob("signage.db*"))
    assert b"unmistakable dots" not in left


def test_what_it_says_is_written_after_the_clock_was_set_back(
    database: Database, screen: int, token: str, at: datetime
) -> None:
    before = at - timedelta(hours=1)

    speak(database, token, Word(Report(51)), at=before)

    with database.read() as session:
        assert session.get_one(Agent, screen).heard_at == before
