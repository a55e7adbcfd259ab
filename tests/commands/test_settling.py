"""`signage screen settle`: of two players with one token one stays."""

import json
from datetime import timedelta

import pytest

from signage import clock
from signage.actions import agents, pairings
from signage.core.pairing import Looks
from signage.models import Database, Device
from tests.commands.house import added, noted
from tests.test_cli import Signage

ONE, OTHER = "one-of-the-two", "other-of-the-two"


@pytest.fixture
def number(kept: Database) -> int:
    """A paired screen, two players of which were heard just now."""
    screen, now = added(kept), clock.now()
    begun = pairings.begin(kept, Looks(1920, 1080, browser="Chromium 150"), at=now)
    pairings.pair_again(kept, begun.code, screen, user_id=None, at=now)
    with kept.write() as session:
        device = session.get_one(Device, screen)
        device.page, device.heard_at = ONE, now
        device.other_page, device.other_heard_at = OTHER, now
        device.other_looks = Looks(1080, 1920, system="Linux").as_json()
    return screen


def page(kept: Database, number: int) -> tuple[str, str]:
    with kept.read() as session:
        device = session.get_one(Device, number)
        return device.page, device.only_page


def test_the_two_are_listed_and_one_stays(signage: Signage, kept: Database, number: int) -> None:
    agents.make_agent(kept, number, at=clock.now())
    shown = json.loads(signage("screen", "show", "Canteen", "--json").stdout)
    assert shown["twice"] is True
    assert signage("screen", "settle", "Canteen").stdout == (
        f"{ONE}\t1920 × 1080 · Chromium 150\n{OTHER}\t1080 × 1920 · Linux\n"
    )

    unsaid = signage("screen", "settle", "Canteen", "--stays", OTHER)
    assert (unsaid.exit_code, "1080 × 1920 · Linux stays" in unsaid.output) == (1, True)
    assert page(kept, number) == (ONE, "")
    done = signage("screen", "settle", "Canteen", "--stays", OTHER, "--yes")
    assert (done.exit_code, "needs a new line for kiosk.toml" in done.stdout) == (0, True)
    assert page(kept, number) == (OTHER, OTHER)
    assert noted(kept) == ("screen-settled", f"screen {number}", "command line")
    again = signage("screen", "settle", "Canteen", "--stays", ONE, "--yes")
    assert (again.exit_code, "There are not two players" in again.stderr) == (1, True)


def test_only_one_of_the_two_can_stay(signage: Signage, kept: Database, number: int) -> None:
    wrong = signage("screen", "settle", "Canteen", "--stays", "nobody", "--yes")
    assert (wrong.exit_code, "Choose one of the two" in wrong.stderr) == (1, True)

    with kept.write() as session:
        session.get_one(Device, number).other_heard_at = clock.now() - timedelta(minutes=5)
    for said in ((), ("--stays", OTHER, "--yes")):
        alone = signage("screen", "settle", "Canteen", *said)
        assert (alone.exit_code, "There are not two players" in alone.stderr) == (1, True)
    assert page(kept, number) == (ONE, "")
