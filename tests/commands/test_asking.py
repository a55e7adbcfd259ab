"""`signage screen command`: asked, waited for, and told."""

from threading import Thread

import pytest
from sqlalchemy import select

from signage import clock
from signage.actions import agents, commands, screens
from signage.core.agents import Report
from signage.core.commands import LIMIT, Said
from signage.models import Command, Database
from tests.commands.house import added, noted
from tests.patience import eventually
from tests.test_cli import Signage


def settled_as(kept: Database, said: str, detail: str = "") -> Thread:
    """A serving process in small: it tells the first command, and settles it."""

    def settle() -> None:
        def open_now() -> list[commands.Open]:
            with kept.read() as session:
                return commands.open_commands(session, at=clock.now())

        (one,) = eventually(open_now)
        commands.note_told(kept, [one.id], at=clock.now())
        outcome = Said(one.id, said, detail)
        commands.settle(kept, [(one.screen_id, outcome)], at=clock.now())

    serving = Thread(target=settle)
    serving.start()
    return serving


@pytest.mark.parametrize(
    ("outcome", "detail", "code", "words"),
    [
        ("done", "", 0, "done\n"),
        (
            "done", "quote q-7 1920 1080 ink", 0,
            "done: scene quote, item q-7, 1920 × 1080 pixels\n",
        ),
        ("failed", "unknown", 1, "failed: its player does not know this command\n"),
    ],
)  # fmt: skip
def test_the_outcome_of_a_command_is_waited_for(
    signage: Signage, kept: Database, outcome: str, detail: str, code: int, words: str
) -> None:
    number = added(kept)
    serving = settled_as(kept, outcome, detail)

    result = signage("screen", "command", "Canteen", "report")
    serving.join()

    assert result.exit_code == code
    assert (result.stdout if code == 0 else result.stderr).endswith(words)
    with kept.read() as session:
        row = session.scalars(select(Command)).one()
    assert (row.screen_id, row.what, row.user_id) == (number, "report", None)
    about = f"screen {number}"
    assert noted(kept) == ("screen-commanded", about, "report, command line")


def test_a_command_that_nobody_takes_waits(signage: Signage, kept: Database) -> None:
    added(kept)

    result = signage("screen", "command", "Canteen", "identify", "--wait", "0")

    assert (result.exit_code, result.stdout) == (3, "")
    assert "no server runs on these data" in result.stderr
    with kept.read() as session:
        assert [one.what for one in commands.open_commands(session, at=clock.now())] == ["identify"]


def test_a_command_whose_time_is_over_is_not_done(
    signage: Signage, kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(kept)
    monkeypatch.setattr("signage.actions.commands.limit_of", lambda _: LIMIT * 0)

    result = signage("screen", "command", "Canteen", "identify")

    assert result.exit_code == 1
    assert "not done in time" in result.stderr
    assert "Nobody took it" in result.stderr


def test_a_command_to_a_revoked_screen_is_refused(signage: Signage, kept: Database) -> None:
    screens.revoke_screen(kept, added(kept), at=clock.now())

    result = signage("screen", "command", "Canteen", "identify")

    assert (result.exit_code, result.stderr) == (1, "Its link has ended: nothing reaches it.\n")
    assert signage("screen", "command", "Canteen", "dance").exit_code == 2


@pytest.mark.parametrize("what", ["restart", "reboot"])
def test_a_screen_is_turned_black_only_after_a_yes(
    signage: Signage, kept: Database, what: str
) -> None:
    number = added(kept)
    token = agents.make_agent(kept, number, at=clock.now())
    word = agents.Word(Report(50))
    agents.hear(kept, agents.agent_of(kept, token), word, at=clock.now())

    unsaid = signage("screen", "command", "Canteen", what, "--wait", "0")

    assert (unsaid.exit_code, "The screen is black" in unsaid.output) == (1, True)
    with kept.read() as session:
        assert session.scalars(select(Command.what)).all() == []
    assert signage("screen", "command", "Canteen", what, "--wait", "0", "--yes").exit_code == 3
    with kept.read() as session:
        assert session.scalars(select(Command.what)).all() == [what]


def test_a_restart_needs_an_agent(signage: Signage, kept: Database) -> None:
    added(kept)

    result = signage("screen", "command", "Canteen", "restart", "--yes")

    assert result.exit_code == 1
    assert "Its device has no program that could do that." in result.stderr
